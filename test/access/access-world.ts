import { createOrganisation, foundOperator } from '../../src/business/component/organisation';
import {
  Authentication,
  createApiClient,
  createStaff,
  grantRole,
  registerStandardRoles,
  type LogIn,
  type Principal,
  type StaffPrincipal,
} from '../../src/business/component/staff';
import type { CallContext } from '../../src/business/context';
import { execute, keepUnit, type UseCase } from '../../src/business/execute';
import type { OrganisationKind } from '../../src/data/operation/organisation/organisation';
import type { Id } from '../../src/kernel/id';
import type { Result } from '../../src/kernel/result';
import type { Json } from '../../src/kernel/stable-json';
import { systemContext, TestClock } from '../support/call-context';
import type { TestDatabase } from '../support/database';
import { newKey, refusalsIn, valueOf } from '../support/party-world';

export const PASSWORD = 'correct horse battery';
export const ORIGIN = { address: '10.0.0.7', traceId: 'trace' };

export const LIMITS = {
  accessTokenSeconds: 600, refreshTokenSeconds: 43_200, logInAttempts: 5, lockOutSeconds: 900,
  oidcIssuer: undefined, oidcAudience: undefined, oidcJwksUrl: undefined,
}; // prettier-ignore

type Node = Id<'organisation'>;

/** A province with two cities of two halls each, the standard roles, a counter application, and staff as a test wants them. */
export class AccessWorld {
  public readonly clock = new TestClock();
  public system!: CallContext;
  public authentication!: Authentication;
  public root!: Node;
  public hangzhou!: Node;
  public ningbo!: Node;
  public hallOne!: Node;
  public hallTwo!: Node;
  public ningboHall!: Node;
  public counter!: Id<'apiClient'>;

  public constructor(public readonly database: TestDatabase) {}

  public async found(): Promise<void> {
    const { core } = this.database;
    this.system = systemContext(core, { clock: this.clock });
    this.authentication = this.anotherProcess();
    this.root = (await this.run(foundOperator, { code: 'ZJ', name: '浙江' })).organisationId;
    this.hangzhou = await this.node(this.root, 'HZ', 'CITY');
    this.ningbo = await this.node(this.root, 'NB', 'CITY');
    this.hallOne = await this.node(this.hangzhou, 'HZ-1', 'HALL');
    this.hallTwo = await this.node(this.hangzhou, 'HZ-2', 'HALL');
    this.ningboHall = await this.node(this.ningbo, 'NB-1', 'HALL');
    await this.run(registerStandardRoles, {});
    this.counter = (await this.client('counter')).apiClientId;
  }

  /** Authentication as another process of the same operator has it: the same database and key, nothing remembered. */
  public anotherProcess(configuration: Partial<ConstructorParameters<typeof Authentication>[0]['configuration']> = {}): Authentication {
    return new Authentication({
      database: this.database.core,
      clock: this.clock,
      keepUnit,
      signingKey: 'a signing key of at least 32 characters',
      configuration: { ...LIMITS, ...configuration },
    });
  }

  public async node(organisationId: Node, code: string, kind: OrganisationKind = 'HALL'): Promise<Node> {
    return (await this.run(createOrganisation, { organisationId, code, name: code, kind })).organisationId;
  }

  public client(code: string, partnerNode: Node | null = null): Promise<{ apiClientId: Id<'apiClient'>; secretSeed: string | null }> {
    return this.run(createApiClient, {
      code, name: code, kind: partnerNode === null ? 'STAFF_APPLICATION' : 'PARTNER', organisationId: partnerNode, documentMode: 'off',
      costCapacity: 10_000, costRestore: 500, secret: this.authentication.draftClientSecret(),
    }); // prettier-ignore
  }

  public async staff(loginName: string, organisationId: Node, password: string | null = PASSWORD): Promise<Id<'staff'>> {
    const prepared = password === null ? null : await this.authentication.preparePassword(password);
    return (await this.run(createStaff, { loginName, name: loginName, organisationId, password: prepared })).staffId;
  }

  public async roleId(code: string): Promise<Id<'role'>> {
    const [role] = await this.database.raw<{ id: Id<'role'> }>('SELECT id FROM role WHERE code = $1', [code]);
    if (role === undefined) throw new Error(`no role ${code}`);
    return role.id;
  }

  public async grant(
    staffId: Id<'staff'>,
    role: string,
    organisationId: Node,
    lines: readonly string[] | null = null,
  ): Promise<Id<'grant'>> {
    const roleId = await this.roleId(role);
    return (await this.run(grantRole, { staffId, roleId, organisationId, linesOfBusiness: lines })).grantId;
  }

  /** Somebody new with one role, logged in: what he may do comes of his grants, not of the test. */
  public async member(loginName: string, role: string, node: Node, lines: readonly string[] | null = null): Promise<Member> {
    const staffId = await this.staff(loginName, node);
    await this.grant(staffId, role, node, lines);
    return new Member(this, loginName, staffId, await this.logIn(loginName));
  }

  public async logIn(loginName: string, password = PASSWORD, authentication = this.authentication): Promise<LogIn> {
    return valueOf(await authentication.logIn({ loginName, password, clientCode: 'counter' }, ORIGIN));
  }

  /** Why a log-in is refused; 'in' when it is not. */
  public async tryLogIn(loginName: string, password: string, authentication = this.authentication): Promise<string> {
    const result = await authentication.logIn({ loginName, password, clientCode: 'counter' }, ORIGIN);
    return result.ok ? 'in' : refusalsIn(result).join();
  }

  public async run<Input, Output extends Json>(
    useCase: UseCase<Input, Output, string>,
    input: Input,
    context = this.system,
  ): Promise<Output> {
    return valueOf(await execute(context, useCase, input, newKey()));
  }

  public async refused<Input, Output extends Json>(
    useCase: UseCase<Input, Output, string>,
    input: Input,
    context = this.system,
  ): Promise<string[]> {
    const result: Result<Output> = await execute(context, useCase, input, newKey());
    if (result.ok) throw new Error(`${useCase.name} was not refused: ${JSON.stringify(result.value)}`);
    return refusalsIn(result);
  }

  public async versionOf(table: 'organisation' | 'staff' | 'role' | 'api_client', id: string): Promise<number> {
    const [row] = await this.database.raw<{ version: number }>(`SELECT version FROM ${table} WHERE id = $1`, [id]);
    if (row === undefined) throw new Error(`no ${table} ${id}`);
    return row.version;
  }

  /** What the audit trail says of a subject, oldest first. */
  public trail(subjectId: string): Promise<{ operation: string; actor_id: string; after: Record<string, unknown> | null }[]> {
    return this.database.raw('SELECT operation, actor_id, after FROM audit_entry WHERE subject_id = $1 ORDER BY id', [subjectId]);
  }
}

/** A member of staff who has logged in. */
export class Member {
  public constructor(
    private readonly world: AccessWorld,
    public readonly loginName: string,
    public readonly staffId: Id<'staff'>,
    public readonly logIn: LogIn,
  ) {}

  public async principal(authentication = this.world.authentication): Promise<StaffPrincipal> {
    const principal = await authentication.verifyAccessToken(this.logIn.accessToken);
    if (principal.kind !== 'STAFF') throw new Error('not a member of staff');
    return principal;
  }

  /** A call of his now. */
  public async context(): Promise<CallContext> {
    return contextOf(this.world, await this.principal());
  }
}

export function contextOf(world: AccessWorld, principal: Principal): CallContext {
  const context = systemContext(world.database.core, { clock: world.clock, scope: principal.scope });
  return {
    ...context,
    now: world.clock.now(),
    actor: { kind: principal.kind, id: principal.actorId, clientId: principal.actorId, address: null },
  };
}

export function useAccessWorld(database: TestDatabase): AccessWorld {
  const world = new AccessWorld(database);
  beforeAll(() => world.found());
  return world;
}
