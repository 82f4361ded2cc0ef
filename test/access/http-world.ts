import { addCustomerContact, addCustomerDocument } from '../../src/business/component/customer';
import { registerServiceTypes } from '../../src/business/component/service';
import { systemClock, type Instant } from '../../src/kernel/clock';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import { TestClock } from '../support/call-context';
import { useDatabase, type TestDatabase } from '../support/database';
import { HttpServer } from '../support/http-server';
import { PartyWorld } from '../support/party-world';
import { AccessWorld, PASSWORD } from './access-world';

/** The machine's clock, which a test may move on: over HTTP, tokens follow the machine's clock too. */
class MovableClock extends TestClock {
  private ahead = { milliseconds: 0 };

  public override now(): Instant {
    return systemClock.now().add(this.ahead);
  }

  public override advance(duration: Parameters<TestClock['advance']>[0]): Instant {
    const now = this.now();
    this.ahead = { milliseconds: this.ahead.milliseconds + Number(now.add(duration).epochMilliseconds - now.epochMilliseconds) };
    return this.now();
  }
}

class WorldOnMachineTime extends AccessWorld {
  public override readonly clock = new MovableClock();
}

export type Role = 'admin' | 'cityAdmin' | 'clerk' | 'otherClerk' | 'oneLine' | 'supervisor' | 'auditor' | 'nobody';

/** What one place has: a person with his account and two lines of business, and a company whose name is in clear. */
export interface Parties {
  readonly node: Id<'organisation'>;
  readonly personId: Id<'customer'>;
  readonly personName: string;
  readonly passport: string;
  readonly mobileContact: string;
  readonly companyId: Id<'customer'>;
  readonly companyName: string;
  readonly accountId: Id<'account'>;
  readonly companyAccountId: Id<'account'>;
  readonly mobileId: Id<'subscriber'>;
  readonly mobile: string;
  readonly broadbandId: Id<'subscriber'>;
  readonly login: string;
}

export interface HttpWorldOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Of authentication. Read when the world is founded. */
  readonly limits?: Parameters<AccessWorld['anotherProcess']>[0];
}

/**
 * An operator that is served over HTTP: two cities with halls, a partner, staff of each kind, and parties in each place.
 * All of it is made through the use cases.
 */
export class HttpWorld {
  public readonly access: AccessWorld;
  public readonly parties: PartyWorld;
  public readonly server: HttpServer;
  public readonly staff = {} as Record<Role, Id<'staff'>>;
  public partnerNode!: Id<'organisation'>;
  public partnerClient!: Id<'apiClient'>;
  public partnerSecret!: string;
  /** Of the hall of city 1, the hall of city 2, and the partner. */
  public ours!: Parties;
  public theirs!: Parties;
  public partners!: Parties;
  private readonly tokens = new Map<Role | 'partner', Promise<string>>();

  public constructor(
    public readonly database: TestDatabase,
    private readonly options: HttpWorldOptions = {},
  ) {
    this.access = new WorldOnMachineTime(database);
    this.parties = new PartyWorld(database);
    this.server = new HttpServer(database);
  }

  public async found(): Promise<void> {
    const { access, parties } = this;
    await access.found();
    await access.run(registerServiceTypes, {});
    Object.assign(parties, { context: access.system, root: access.root, hangzhou: access.hangzhou, ningbo: access.ningbo });
    this.partnerNode = await access.node(access.root, 'PARTNER-1', 'PARTNER');
    const { apiClientId, secretSeed } = await access.client('partner-1', this.partnerNode);
    this.partnerClient = apiClientId;
    this.partnerSecret = access.authentication.revealClientSecret(secretSeed ?? '');
    // Budgets are another test's matter.
    await this.database.raw('UPDATE api_client SET cost_capacity = 1000000, cost_restore = 1000000');
    await this.hire();
    this.ours = await this.settle(access.hallOne, '杭州', 1);
    this.theirs = await this.settle(access.ningboHall, '宁波', 2);
    this.partners = await this.settle(this.partnerNode, '伙伴', 3);
    const authentication = access.anotherProcess(this.options.limits);
    await this.server.start({
      clock: access.clock,
      authentication,
      ...(this.options.environment && { environment: this.options.environment }),
    });
  }

  private async hire(): Promise<void> {
    const { root, hangzhou, hallOne, ningboHall } = this.access;
    const members: readonly [Role, Id<'organisation'>, string | null, readonly string[] | null][] = [
      ['admin', root, 'SYSTEM_ADMINISTRATOR', null],
      ['cityAdmin', hangzhou, 'SYSTEM_ADMINISTRATOR', null],
      ['clerk', hallOne, 'HALL_CLERK', null],
      ['otherClerk', ningboHall, 'HALL_CLERK', null],
      ['oneLine', hallOne, 'HALL_CLERK', ['BROADBAND']],
      ['supervisor', hallOne, 'HALL_SUPERVISOR', null],
      ['auditor', root, 'AUDITOR', null],
      ['nobody', hallOne, null, null],
    ];
    for (const [name, node, role, lines] of members) {
      this.staff[name] = await this.access.staff(loginNameOf(name), node);
      if (role !== null) await this.access.grant(this.staff[name], role, node, lines);
    }
  }

  /** Parties at a node, with names and numbers that nothing else has. */
  private async settle(node: Id<'organisation'>, place: string, digit: number): Promise<Parties> {
    const { parties, access } = this;
    const [personName, companyName] = [`${place}人${digit}甲乙`, `${place}公司${digit}`];
    const [passport, mobileContact] = [`E${digit}7654321`, `1397000000${digit}`];
    const at = { organisationId: node };
    const personId = await parties.customer({ ...at, name: personName });
    await access.run(addCustomerDocument, { customerId: personId, expectedVersion: 1, document: { kind: 'PASSPORT', number: passport } });
    await access.run(addCustomerContact, {
      customerId: personId,
      expectedVersion: 2,
      contact: { kind: 'MOBILE', value: mobileContact, person: `联系人${digit}` },
    });
    const companyId = await parties.customer({ ...at, kind: 'ENTERPRISE', name: companyName });
    const accountId = await parties.account(personId, { ...at, name: `${place}账户${digit}` });
    const companyAccountId = await parties.account(companyId, { ...at, name: `${place}公司账户${digit}` });
    const [mobile, login] = [`1390000000${digit}`, `${['hz', 'nb', 'pt'][digit - 1]}-line-${digit}`];
    const mobileId = await parties.subscriber(personId, accountId, { ...at, identifier: mobile });
    const broadbandId = await parties.subscriber(personId, accountId, { ...at, serviceType: 'BROADBAND', identifier: login });
    return {
      node,
      personId,
      personName,
      passport,
      mobileContact,
      companyId,
      companyName,
      accountId,
      companyAccountId,
      mobileId,
      mobile,
      broadbandId,
      login,
    };
  }

  /** The access token of a member of staff, who logs in over HTTP the first time. */
  public token(role: Role): Promise<string> {
    return this.remembered(role, async () => (await this.logIn(loginNameOf(role))).accessToken);
  }

  public partnerToken(): Promise<string> {
    return this.remembered('partner', async () => {
      const body = { grant_type: 'client_credentials', client_id: 'partner-1', client_secret: this.partnerSecret };
      const answer = await this.server.post('/auth/token', body);
      return String(answer.json['access_token']);
    });
  }

  private remembered(who: Role | 'partner', logIn: () => Promise<string>): Promise<string> {
    const known = this.tokens.get(who) ?? logIn();
    this.tokens.set(who, known);
    return known;
  }

  public async logIn(loginName: string, password = PASSWORD): Promise<{ accessToken: string; refreshToken: string }> {
    const answer = await this.server.post('/auth/log-in', { loginName, password });
    if (answer.status !== 200) throw new Error(`log-in of ${loginName}: ${answer.status} ${answer.text}`);
    return answer.json as { accessToken: string; refreshToken: string };
  }
}

export function loginNameOf(role: Role): string {
  return role.replace(/[A-Z]/g, (letter) => `.${letter.toLowerCase()}`);
}

/** An idempotency key that no other call of any test has. */
export function freshKey(): string {
  return newId('event');
}

export { encodeId };

/** A served world for a test file: founded before its tests, gone after them. */
export function useHttpWorld(options: HttpWorldOptions = {}): HttpWorld {
  const database = useDatabase();
  const world = new HttpWorld(database, options);
  beforeAll(() => world.found());
  afterAll(() => world.server.stop());
  return world;
}
