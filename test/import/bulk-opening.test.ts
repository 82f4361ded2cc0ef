import { Temporal } from 'temporal-polyfill';
import { createAccount } from '../../src/business/component/account';
import { createCustomer } from '../../src/business/component/customer';
import { openSubscriber } from '../../src/business/component/subscriber';
import type { CallContext } from '../../src/business/context';
import { execute } from '../../src/business/execute';
import { openParties, type Parties } from '../../src/business/process/bulk-opening';
import { newId, type Id } from '../../src/kernel/id';
import { currencyOf, type CurrencyCode } from '../../src/kernel/money';
import { Scope } from '../../src/kernel/scope';
import { useDatabase } from '../support/database';
import { SetClock, contextOn, foundTestOperator, valueOf, type Operator } from './operator-fixture';

const database = useDatabase();
const clock = new SetClock();
let context: CallContext;
let operator: Operator;

beforeAll(async () => {
  context = contextOn(database, clock);
  operator = await foundTestOperator(context);
});

const TABLES = [
  'customer', 'customer_document', 'customer_contact', 'account', 'account_billing_day', 'subscriber', 'subscriber_identifier',
  'subscriber_customer', 'subscriber_status', 'payment_relation', 'audit_entry', 'outbox_event',
] as const; // prettier-ignore

interface Opened {
  readonly customerId: string;
  readonly accountId: string;
  readonly subscriberIds: readonly string[];
}

/** Every row that belongs to the parties, without what must differ: ids and numbers are named, not told. */
async function rowsOf({ customerId, accountId, subscriberIds }: Opened): Promise<Record<string, unknown[]>> {
  const own = [customerId, accountId, ...subscriberIds];
  const names = new Map<string, string>([
    [customerId, 'CUSTOMER'],
    [accountId, 'ACCOUNT'],
    ...subscriberIds.map((id, n) => [id, `SUBSCRIBER ${n}`] as [string, string]),
  ]);
  for (const [table, column] of [
    ['customer', 'customer_no'],
    ['account', 'account_no'],
    ['subscriber', 'subscriber_no'],
  ] as const) {
    for (const row of await database.raw<{ id: string; no: string }>(`SELECT id, ${column} AS no FROM ${table} WHERE id = ANY ($1)`, [
      own,
    ])) {
      names.set(row.no, `NO OF ${names.get(row.id)}`);
    }
  }
  const written: Record<string, unknown[]> = {};
  for (const table of TABLES) {
    const owner = /^(customer|account|subscriber)$/.test(table)
      ? ['id']
      : /_entry$|_event$/.test(table)
        ? ['subject_id']
        : /^subscriber_|^payment/.test(table)
          ? ['subscriber_id']
          : [`${table.split('_')[0]}_id`];
    const rows = await database.raw<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${owner[0]} = ANY ($1)`,
      [own],
    );
    written[table] = rows
      .map(({ row }) => {
        const { id, operation: _operation, ...rest } = row;
        const named = names.has(id as string) ? { id, ...rest } : rest;
        return [...names].reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(named));
      })
      .sort();
  }
  return written;
}

const instant = (date: string): Temporal.Instant => Temporal.Instant.from(`${date}T00:00:00Z`);

const person = {
  kind: 'INDIVIDUAL', name: '张 伟', nameEn: 'Zhang Wei', grade: 'GOLD',
  documents: [
    { kind: 'RESIDENT_ID', number: '11010519491231002x' },
    { kind: 'PASSPORT', number: 'e1234 5678', issuingAuthority: '公安部', validFrom: instant('2020-01-01'), validTo: instant('2030-01-01') },
  ],
  contacts: [{ kind: 'MOBILE', value: '13800000001' }, { kind: 'ADDRESS', value: ' 西湖区 1 号 ', person: '张伟' }],
  attributes: { source: 'test', nested: { a: [1, null] } },
} as const; // prettier-ignore
const purse = {
  name: ' 个人账户 ',
  currency: 'CNY',
  ratingType: 'POSTPAID',
  paymentMethod: 'CASH',
  billingDay: 31,
  attributes: { x: 1 },
} as const;
const services = [
  { serviceType: 'MOBILE', identifier: ' 13900000001 ', sim: '89860012345678901234', attributes: {} },
  { serviceType: 'FIXED_LINE', identifier: '057188880001', attributes: { lines: 2 } },
] as const;

async function openSingly(numbers: readonly string[], sim: string): Promise<Opened> {
  const { hallId: organisationId } = operator;
  const { customerId } = valueOf(await execute(context, createCustomer, { ...person, organisationId }, newId('event')));
  const { accountId } = valueOf(await execute(context, createAccount, { ...purse, customerId, organisationId }, newId('event')));
  const subscriberIds: string[] = [];
  for (const [place, service] of services.entries()) {
    const input = {
      ...service,
      identifier: numbers[place] as string,
      ...('sim' in service ? { sim } : {}),
      organisationId,
      ownerId: customerId,
      accountId,
    };
    subscriberIds.push(valueOf(await execute(context, openSubscriber, input, newId('event'))).subscriberId);
  }
  return { customerId, accountId, subscriberIds };
}

function partiesOf(count: number, first = 0): Parties & { readonly opened: Opened[] } {
  const { hallId: organisationId } = operator;
  const all = Array.from({ length: count }, (_, n) => {
    const [customerId, accountId] = [newId('customer'), newId('account')];
    const subscribers = services.map((service) => ({
      ...service,
      ...('sim' in service ? { sim: `8986${String(first + n).padStart(16, '0')}` } : {}),
      identifier: service.serviceType === 'MOBILE' ? `137${String(first + n).padStart(8, '0')}` : `0571${String(first + n).padStart(8, '0')}`,
      subscriberId: newId('subscriber'), organisationId, ownerId: customerId, accountId, paymentRelations: [],
    })); // prettier-ignore
    return {
      customer: { ...person, customerId, organisationId },
      account: { ...purse, accountId, customerId, organisationId },
      subscribers,
    };
  });
  return {
    customers: all.map(({ customer }) => customer),
    accounts: all.map(({ account }) => account),
    subscribers: all.flatMap(({ subscribers }) => subscribers),
    opened: all.map(({ customer, account, subscribers }) => ({
      ...customer,
      ...account,
      subscriberIds: subscribers.map((one) => one.subscriberId),
    })),
  };
}

const listsOf = ({ customers, accounts, subscribers }: Parties): Parties => ({ customers, accounts, subscribers });

async function countCustomers(): Promise<number> {
  const [row] = await database.raw<{ count: string }>('SELECT count(*) FROM customer');
  return Number(row?.count);
}

describe('opening in bulk', () => {
  it('writes, row for row and fact for fact, what the single use cases write', async () => {
    const singly = await rowsOf(await openSingly(['13700000000', '057100000000'], '89860000000000000000'));
    await database.raw(`DELETE FROM subscriber_identifier`);
    const parties = partiesOf(1);
    valueOf(await execute(context, openParties, listsOf(parties), newId('event')));
    const inBulk = await rowsOf(parties.opened[0] as Opened);
    for (const table of TABLES) {
      // The identifiers of the single opening are gone from their table only.
      expect({ [table]: inBulk[table] }).toEqual({ [table]: singly[table] });
      expect(inBulk[table]?.length).toBeGreaterThan(0);
    }
    const audited = await database.raw(`SELECT DISTINCT operation FROM audit_entry WHERE subject_id = ANY ($1)`, [
      [parties.opened[0]?.customerId, parties.opened[0]?.accountId, ...(parties.opened[0]?.subscriberIds ?? [])],
    ]);
    expect(audited).toEqual([{ operation: 'openParties' }]);
  });

  it('opens payment relations beside the default, to accounts of others', async () => {
    const [owner, employer] = [partiesOf(1, 100), partiesOf(1, 101)];
    const CNY = currencyOf('CNY') as CurrencyCode;
    const relation = {
      accountId: employer.accounts[0]?.accountId as Id<'account'>,
      chargeGroup: 'DATA',
      priority: 10,
      cap: { amountMinor: 5_000n, currency: CNY },
    };
    const subscribers = owner.subscribers.map((subscriber, place) => ({ ...subscriber, paymentRelations: place === 0 ? [relation] : [] }));
    valueOf(await execute(context, openParties, listsOf(employer), newId('event')));
    valueOf(await execute(context, openParties, { ...listsOf(owner), subscribers }, newId('event')));
    const rows = await database.raw(
      'SELECT account_id, charge_group, priority, cap_minor, is_default FROM payment_relation WHERE subscriber_id = $1 ORDER BY is_default',
      [subscribers[0]?.subscriberId],
    );
    expect(rows).toEqual([
      { account_id: relation.accountId, charge_group: 'DATA', priority: 10, cap_minor: '5000', is_default: false },
      { account_id: owner.accounts[0]?.accountId, charge_group: null, priority: 999, cap_minor: null, is_default: true },
    ]);
  });

  it('names every party at fault, and opens none of them', async () => {
    const parties = listsOf(partiesOf(4, 200));
    const [first, second, third] = parties.subscribers;
    const before = await countCustomers();
    const broken: Parties = {
      customers: parties.customers.map((customer, n) => (n === 1 ? { ...customer, name: ' ' } : customer)),
      accounts: parties.accounts.map((account, n) => (n === 2 ? { ...account, currency: 'XXX', customerId: newId('customer') } : account)),
      subscribers: [
        { ...first, identifier: '12345' },
        { ...second, identifier: third?.identifier === undefined ? '' : '057100000200' },
        { ...third, identifier: '13700000000' },
        ...parties.subscribers.slice(3, 5),
        { ...parties.subscribers[5], identifier: '057100000200' },
      ] as Parties['subscribers'],
    };
    const result = await execute(context, openParties, broken, newId('event'));
    expect(result.ok).toBe(false);
    const refused = result.ok ? [] : result.refusals.map(({ field, code }) => `${field?.join('.')} ${code}`);
    expect(refused.sort()).toEqual([
      'accounts.2.currency CURRENCY_UNKNOWN',
      'accounts.2.customerId CUSTOMER_NOT_FOUND',
      'customers.1.name BLANK',
      'subscribers.0.identifier IDENTIFIER_INVALID',
      'subscribers.2.identifier NUMBER_TAKEN',
      'subscribers.5.identifier NUMBER_TAKEN',
    ]);
    expect(await countCustomers()).toBe(before);
  });

  it('opens only where the caller holds the permission', async () => {
    const scope = Scope.of([{ permission: 'import:run', node: newId('organisation'), lines: null }]);
    const result = await execute(contextOn(database, clock, scope), openParties, listsOf(partiesOf(1, 300)), newId('event'));
    const codes = result.ok ? [] : result.refusals.map(({ field, code }) => `${field?.[0]} ${code}`);
    expect(codes).toEqual([
      'customers ORGANISATION_NOT_FOUND',
      'accounts ORGANISATION_NOT_FOUND',
      'subscribers ORGANISATION_NOT_FOUND',
      'subscribers ORGANISATION_NOT_FOUND',
    ]);
  });

  it('takes as many statements for 2,000 customers as for one', async () => {
    const statementsFor = async (parties: Parties): Promise<number> => {
      const tally = { statements: 0 };
      valueOf(await execute({ ...context, tally }, openParties, parties, newId('event')));
      return tally.statements;
    };
    const one = await statementsFor(listsOf(partiesOf(1, 9_000)));
    const startedMs = performance.now();
    // Service types are read again when they have been kept for 5 s.
    expect(await statementsFor(listsOf(partiesOf(2_000, 10_000)))).toBeLessThanOrEqual(one + 1);
    const perSecond = (2_000 / (performance.now() - startedMs)) * 1_000;
    process.stderr.write(`${Math.round(perSecond)} customers/s, each with 2 documents, 2 contacts, an account and 2 subscribers\n`);
  });
});
