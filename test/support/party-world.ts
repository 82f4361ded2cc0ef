import { createAccount, type CreateAccountInput } from '../../src/business/component/account';
import { createCustomer, type CreateCustomerInput } from '../../src/business/component/customer';
import { createOrganisation, foundOperator } from '../../src/business/component/organisation';
import { registerServiceTypes } from '../../src/business/component/service';
import { openSubscriber, type OpenSubscriberInput } from '../../src/business/component/subscriber';
import type { CallContext } from '../../src/business/context';
import { execute, type UseCase } from '../../src/business/execute';
import type { Id } from '../../src/kernel/id';
import type { Result } from '../../src/kernel/result';
import { Scope, type Permission } from '../../src/kernel/scope';
import type { Json } from '../../src/kernel/stable-json';
import { systemContext, TestClock } from './call-context';
import type { TestDatabase } from './database';

let keys = 0;
let numbers = 0;

/** An idempotency key that no other call has. */
export function newKey(): string {
  keys += 1;
  return `key-${keys}`;
}

/** A mobile number that no other subscriber of the run has. */
export function newNumber(): string {
  numbers += 1;
  return `138${String(numbers).padStart(8, '0')}`;
}

export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusals)}`);
  return result.value;
}

/** The codes of a refusal, with the fields to blame; empty when it was none. */
export function refusalsIn(result: Result<unknown>): string[] {
  return result.ok ? [] : result.refusals.map(({ code, field }) => (field === null ? code : `${field.join('.')} ${code}`));
}

/** An operator with two cities, and short ways to open parties in them through the real use cases. */
export class PartyWorld {
  public readonly clock = new TestClock();
  public context!: CallContext;
  public root!: Id<'organisation'>;
  public hangzhou!: Id<'organisation'>;
  public ningbo!: Id<'organisation'>;
  /** How subscribers come to be that a test begins with. */
  protected readonly openedBy: typeof openSubscriber = openSubscriber;

  public constructor(private readonly database: TestDatabase) {}

  public async found(): Promise<void> {
    this.context = systemContext(this.database.core, { clock: this.clock });
    await this.run(registerServiceTypes, {});
    this.root = (await this.run(foundOperator, { code: 'ZJ', name: '浙江', taxNumber: '91350100M000100Y43' })).organisationId;
    const city = async (code: string, name: string) =>
      (await this.run(createOrganisation, { organisationId: this.root, code, name, kind: 'CITY' as const })).organisationId;
    this.hangzhou = await city('HZ', '杭州');
    this.ningbo = await city('NB', '宁波');
  }

  /** Someone with the permissions at one node, for some lines of business. */
  public as(permissions: readonly Permission[], node: Id<'organisation'>, lines: readonly string[] | null = null): CallContext {
    const scope = Scope.of(permissions.map((permission) => ({ permission, node, lines })));
    return systemContext(this.database.core, { clock: this.clock, scope, clientId: `clerk-${newKey()}` });
  }

  /** Runs a use case that must not be refused. */
  public async run<Input, Output extends Json>(
    useCase: UseCase<Input, Output, string>,
    input: Input,
    context = this.context,
  ): Promise<Output> {
    return valueOf(await execute(context, useCase, input, newKey()));
  }

  /** Runs a use case that must be refused; returns why. */
  public async refused<Input, Output extends Json>(
    useCase: UseCase<Input, Output, string>,
    input: Input,
    context = this.context,
  ): Promise<string[]> {
    const result = await execute(context, useCase, input, newKey());
    if (result.ok) throw new Error(`${useCase.name} was not refused: ${JSON.stringify(result.value)}`);
    return refusalsIn(result);
  }

  public async customer(more: Partial<CreateCustomerInput> = {}): Promise<Id<'customer'>> {
    const input: CreateCustomerInput = {
      kind: 'INDIVIDUAL',
      name: '张伟',
      grade: 'STANDARD',
      organisationId: this.hangzhou,
      documents: [],
      contacts: [],
      attributes: {},
      ...more,
    };
    return (await this.run(createCustomer, input)).customerId;
  }

  public async account(customerId: Id<'customer'>, more: Partial<CreateAccountInput> = {}): Promise<Id<'account'>> {
    const input: CreateAccountInput = {
      customerId,
      organisationId: this.hangzhou,
      name: '主账户',
      currency: 'CNY',
      ratingType: 'POSTPAID',
      paymentMethod: 'CASH',
      billingDay: 1,
      attributes: {},
      ...more,
    };
    return (await this.run(createAccount, input)).accountId;
  }

  public async subscriber(
    ownerId: Id<'customer'>,
    accountId: Id<'account'>,
    more: Partial<OpenSubscriberInput> = {},
  ): Promise<Id<'subscriber'>> {
    const input: OpenSubscriberInput = {
      serviceType: 'MOBILE',
      organisationId: this.hangzhou,
      ownerId,
      accountId,
      identifier: newNumber(),
      attributes: {},
      ...more,
    };
    return (await this.run(this.openedBy, input)).subscriberId;
  }

  /** A customer with one account. */
  public async payer(more: { customer?: Partial<CreateCustomerInput>; account?: Partial<CreateAccountInput> } = {}): Promise<{
    customerId: Id<'customer'>;
    accountId: Id<'account'>;
  }> {
    const customerId = await this.customer(more.customer);
    return { customerId, accountId: await this.account(customerId, more.account) };
  }

  /** The first step of an order that people have to do. */
  public readonly readWorkOrder = async (orderId: string): Promise<Id<'workOrder'> | undefined> => {
    const [row] = await this.database.raw<{ id: Id<'workOrder'> }>('SELECT id FROM work_order WHERE order_id = $1 ORDER BY item_no', [
      orderId,
    ]);
    return row?.id;
  };

  public async versionOf(
    table: 'customer' | 'account' | 'subscriber' | 'product' | 'discount' | 'product_order' | 'work_order',
    id: string,
  ): Promise<number> {
    const [row] = await this.database.raw<{ version: number }>(`SELECT version FROM ${table} WHERE id = $1`, [id]);
    if (row === undefined) throw new Error(`no ${table} ${id}`);
    return row.version;
  }
}

/** A world of its own for a test file, founded before its tests. */
export function usePartyWorld(database: TestDatabase): PartyWorld {
  const world = new PartyWorld(database);
  beforeAll(() => world.found());
  return world;
}
