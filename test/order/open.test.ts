import { createProduct, draftProductVersion, moveProductVersion } from '../../src/business/component/product';
import { reserveNumber } from '../../src/business/component/number';
import { registerChargeCode } from '../../src/business/component/service';
import { terminateSubscriber } from '../../src/business/process/terminate-subscriber';
import { decodeId, encodeId, type Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey, newNumber } from '../support/party-world';
import { acc, cus, useOrderWorld, type OrderRow } from './order-world';

/* Opening a subscriber with a plan and what is added to it: what it costs, what it is refused for, and what the subscriber then holds. */

const database = useDatabase();
const world = useOrderWorld(database);
let stock: NumberWorld;
let numbers: string[];

const price = (kind: string, code: string, more: Json) => ({
  kind, code, name: code, nameEn: code, taxIncluded: true, ...(more as object),
}); // prettier-ignore
const monthly = (amount: string) => price('RECURRING', 'MONTHLY', { chargeCode: 'MONTHLY_FEE', timing: 'ADVANCE', phases: [{ amount }] });

async function sell(code: string, definition: Json, kind: 'PLAN' | 'ADD_ON' = 'PLAN', organisationId = world.root, serviceType = 'MOBILE') {
  const made = { code, name: `产品${code}`, nameEn: `Product ${code}`, kind, serviceType, organisationId };
  const { productId } = await world.run(createProduct, made);
  const { versionId } = await world.run(draftProductVersion, { productId, expectedVersion: 1, definition });
  await world.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await world.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
  return { productId, versionId };
}

beforeAll(async () => {
  stock = new NumberWorld(database, world);
  numbers = await stock.range(await stock.pool(world.hangzhou), 8);
  await world.chargeCode('INSTALLATION', 600);
  const terms = {
    revenueAccount: '6001', deferredAccount: '2204', discountAccount: null, taxCategory: null, writeOffPriority: 100, billGroup: 'BASIC',
    discountable: false, invoiceable: true, bearsLateFee: false, collectedFor: null,
  }; // prettier-ignore
  const code = { name: '账目', nameEn: 'Charge', serviceType: null, from: world.clock.now() };
  await world.run(registerChargeCode, { ...code, code: 'MONTHLY_FEE', kind: 'RECURRING', terms });
  await world.run(registerChargeCode, {
    ...code,
    code: 'DEPOSIT',
    kind: 'DEPOSIT',
    terms: { ...terms, deferredAccount: null, invoiceable: false },
  });
  await world.run(registerChargeCode, { ...code, code: 'PENALTY', kind: 'PENALTY', terms: { ...terms, deferredAccount: null } });
  await sell('PLAN-30', { prices: [monthly('31.00')] });
  await sell('PLAN-FEES', {
    prices: [
      monthly('31.00'),
      price('ONE_TIME', 'SETUP', { chargeCode: 'INSTALLATION', amount: '53.00' }),
      price('DEPOSIT', 'HELD', { chargeCode: 'DEPOSIT', amount: '100.00' }),
    ],
    term: { months: 12, renewal: 'OPEN', earlyTermination: { kind: 'FIXED', amount: '60.00', chargeCode: 'PENALTY', taxIncluded: true } },
  });
  await sell('ADD-10', { prices: [monthly('10.00')], quantity: { least: 1, most: 3, standard: 2 } }, 'ADD_ON');
  await sell('ADD-NEEDS', { prices: [monthly('1.00')], rules: { requires: [['ADD-10']] } }, 'ADD_ON');
  await sell('ADD-NOT', { prices: [monthly('1.00')], rules: { excludes: ['ADD-10'] } }, 'ADD_ON');
  await sell('PLAN-GOLD', { prices: [monthly('1.00')], eligibility: { grades: ['GOLD'], tenureMonths: { least: 6 } } });
  await sell('PLAN-NB', { prices: [monthly('1.00')] }, 'PLAN', world.ningbo);
  await sell('PLAN-BB', { prices: [monthly('1.00')] }, 'PLAN', world.root, 'BROADBAND');
});

const opening = (accountId: Id<'account'>, more: Readonly<Record<string, unknown>> = {}) => [
  {
    open: {
      serviceType: 'MOBILE',
      organisationId: encodeId('organisation', world.hangzhou),
      identifier: newNumber(),
      accountId: acc(accountId),
      plan: { code: 'PLAN-30' },
      ...more,
    },
  },
];
const itemOf = async (order: OrderRow) => {
  const seen = 'query ($id: ID!) { order(id: $id) { items { kind state subscriber { id } content result } } }';
  const { order: read } = await world.read<{ order: { items: { subscriber: { id: string } | null; content: object; result: object }[] } }>(
    seen,
    {
      id: order.id,
    },
  );
  return read.items[0];
};
const heldBy = async (id: string, args = ''): Promise<unknown> => {
  const products = `products${args} { isPlan quantity itemNo term { from until renewal } product { code } productVersion { number } order { orderNo } }`;
  return (await world.read<{ subscriber: { products: unknown } }>(`query ($id: ID!) { subscriber(id: $id) { ${products} } }`, { id }))
    .subscriber.products;
};
const later = () => ({ requestedStartAt: world.clock.now().add({ hours: 3 }).toString() });

test('it is done at once where nothing is due, and the subscriber holds what was ordered, by its order', async () => {
  const { customerId, accountId } = await world.payer();
  const items = opening(accountId, { identifier: numbers[0], addOns: [{ code: 'ADD-10' }, { code: 'ADD-NEEDS', quantity: 1 }] });
  const before = world.clock.now();
  world.clock.advance({ minutes: 1 });
  const order = await world.order(customerId, items);
  expect(order.state).toBe('completed');
  expect(await stock.stateOf(numbers[0] as string)).toBe('occupied');
  const item = await itemOf(order);
  expect(item).toMatchObject({ kind: 'OPEN', state: 'completed', result: { products: 3 } });
  expect(JSON.stringify(item?.content)).not.toMatch(/Id"/);
  const id = item?.subscriber?.id as string;
  const one = { itemNo: 1, productVersion: { number: 1 }, order: { orderNo: order.orderNo }, term: null };
  const held = [
    { ...one, isPlan: true, quantity: 1, product: { code: 'PLAN-30' } },
    { ...one, isPlan: false, quantity: 2, product: { code: 'ADD-10' } },
    { ...one, isPlan: false, quantity: 1, product: { code: 'ADD-NEEDS' } },
  ];
  expect(await heldBy(id)).toEqual(held);
  expect(await heldBy(id, `(validAt: "${before.toString()}")`)).toEqual([]);
  expect(await heldBy(id, `(knownAt: "${before.toString()}")`)).toEqual([]);
  const instances = await world.read<{ subscriber: { products: { id: string }[] } }>(
    'query ($id: ID!) { subscriber(id: $id) { products { id } } }',
    { id },
  );
  const node = 'query ($id: ID!) { node(id: $id) { __typename ... on ProductInstance { quantity subscriber { id } } } }';
  const asked = { id: instances.subscriber.products[1]?.id };
  expect(await world.read(node, asked)).toEqual({ node: { __typename: 'ProductInstance', quantity: 2, subscriber: { id } } });
  expect(await world.read(node, asked, world.clerkAt(world.ningbo))).toEqual({ node: null });
  world.clock.advance({ minutes: 1 });
  const open = world.clock.now();
  world.clock.advance({ minutes: 1 });
  await world.order(customerId, [{ terminate: { subscriberId: id } }]);
  expect(await heldBy(id)).toEqual([]);
  expect(await heldBy(id, `(validAt: "${open.toString()}")`)).toEqual(held);
});

/** Counts, by a trigger, the statements that insert into tables while something is done. */
async function insertionsDuring(tables: readonly string[], act: () => Promise<unknown>): Promise<Record<string, number>> {
  await database.raw(`
    CREATE TABLE insertion (name text NOT NULL);
    GRANT INSERT ON insertion TO PUBLIC;
    CREATE FUNCTION note_insertion() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO insertion VALUES (TG_TABLE_NAME); RETURN NULL; END $$;
    ${tables.map((table) => `CREATE TRIGGER noted AFTER INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION note_insertion();`).join('\n')}`);
  await act();
  const rows = await database.raw<{ name: string; times: number }>('SELECT name, count(*)::integer AS times FROM insertion GROUP BY name');
  await database.raw('DROP FUNCTION note_insertion CASCADE');
  await database.raw('DROP TABLE insertion');
  return Object.fromEntries(rows.map(({ name, times }) => [name, times]));
}

test('openings that follow one another are written at once, each by its own item', async () => {
  const { customerId, accountId } = await world.payer();
  const add = { addOns: [{ code: 'ADD-10' }] };
  const items = [opening(accountId), opening(accountId, add), opening(accountId)].flat();
  const tables = ['subscriber', 'subscriber_identifier', 'subscriber_status', 'payment_relation', 'product_instance', 'subscriber_product'];
  let order: OrderRow | undefined;
  const times = await insertionsDuring(tables, async () => (order = await world.order(customerId, items)));
  expect(order?.state).toBe('completed');
  expect(times).toEqual(Object.fromEntries(tables.map((table) => [table, 1])));
  const { order: read } = await world.read<{
    order: {
      items: {
        result: { products: number };
        subscriber: { accessNumber: string; products: { itemNo: number; product: { code: string } }[] };
      }[];
    };
  }>('query ($id: ID!) { order(id: $id) { items { result subscriber { accessNumber products { itemNo product { code } } } } } }', {
    id: order?.id,
  });
  const plan = (itemNo: number) => ({ itemNo, product: { code: 'PLAN-30' } });
  const numbersGiven = items.map(({ open }) => open.identifier);
  expect(read.items.map(({ subscriber }) => subscriber.accessNumber)).toEqual(numbersGiven);
  expect(read.items.map(({ subscriber }) => subscriber.products)).toEqual([
    [plan(1)],
    [plan(2), { itemNo: 2, product: { code: 'ADD-10' } }],
    [plan(3)],
  ]);
  expect(read.items.map(({ result }) => result.products)).toEqual([1, 2, 1]);
});

test('fees and deposits are due at once, the first period is told with its days, and nothing is opened before all is paid', async () => {
  const { customerId, accountId } = await world.payer({ account: { billingDay: 1 } });
  const items = opening(accountId, { identifier: numbers[1], plan: { code: 'PLAN-FEES' }, addOns: [{ code: 'ADD-10', quantity: 3 }] });
  expect(await world.refusalsOf(customerId, items)).toEqual(['accountId ACCOUNT_NEEDED']);
  const { quotationId, due } = await world.quote(customerId, items, { accountId: acc(accountId) });
  expect(due).toBe('153.00');
  const ask =
    'query ($id: ID!) { quotation(id: $id) { lines { kind chargeCode quantity amount { amount } tax { amount } dueNow explanation } } }';
  const fee = { chargeCode: 'MONTHLY_FEE', tax: { amount: '0.00' }, dueNow: false };
  const days = '2026-01-05 to 2026-01-31:';
  expect(await world.read(ask, { id: quotationId })).toEqual({
    quotation: {
      lines: [
        // 2026-01-05 to 01-31 are 27 of 31 days.
        { kind: 'RECURRING', ...fee, quantity: 1, amount: { amount: '27.00' }, explanation: `${days} 31.00 × 27/31 days = 27.00` },
        // 53.00 with 6 % in it.
        {
          kind: 'ONE_TIME', chargeCode: 'INSTALLATION', quantity: 1, amount: { amount: '53.00' }, tax: { amount: '3.00' }, dueNow: true,
          explanation: '53.00 × 1',
        },
        {
          kind: 'DEPOSIT', chargeCode: 'DEPOSIT', quantity: 1, amount: { amount: '100.00' }, tax: { amount: '0.00' }, dueNow: true,
          explanation: '100.00 × 1',
        },
        // 30.00 × 27 / 31 = 26.129.
        { kind: 'RECURRING', ...fee, quantity: 3, amount: { amount: '26.13' }, explanation: `${days} 30.00 × 27/31 days = 26.13` },
      ],
    },
  }); // prettier-ignore
  const { order } = await world.mutate('submitOrder', { quotationId });
  expect(order?.state).toBe('pending');
  expect(await stock.stateOf(numbers[1] as string)).toBe('preOccupied');
  expect((await itemOf(order as OrderRow))?.subscriber).toBeNull();
  const paid = await world.mutate('recordOrderPayment', {
    orderId: order?.id, expectedVersion: 1, method: 'CASH', amount: { amount: '153.00', currency: 'CNY' }, reference: newKey(),
  }); // prettier-ignore
  expect(paid).toMatchObject({ errors: [], order: { state: 'completed' } });
  expect(await stock.stateOf(numbers[1] as string)).toBe('occupied');
  expect(await world.booksOf(accountId)).toMatchObject({ 1001: 15300, 6001: -5000, 2221: -300 });
  const id = (await itemOf(order as OrderRow))?.subscriber?.id as string;
  const [plan] = (await heldBy(id)) as { term: unknown }[];
  expect(plan?.term).toEqual({ from: '2026-01-05', until: '2027-01-05', renewal: 'OPEN' });
});

test('a subscriber that holds products is closed by an order, and holds nothing from then on', async () => {
  const { customerId, accountId } = await world.payer();
  const order = await world.order(customerId, opening(accountId, { addOns: [{ code: 'ADD-10' }] }));
  const id = (await itemOf(order))?.subscriber?.id as string;
  const open = world.clock.now();
  world.clock.advance({ minutes: 1 });
  const subscriberId = decodeId('subscriber', id) as Id<'subscriber'>;
  expect(await world.refused(terminateSubscriber, { subscriberId, expectedVersion: 1 })).toEqual(['subscriberId HOLDS_PRODUCTS']);
  await world.order(customerId, [{ terminate: { subscriberId: id } }]);
  expect(await heldBy(id)).toEqual([]);
  expect(await heldBy(id, `(validAt: "${open.toString()}")`)).toHaveLength(2);
});

test('of two clerks who want one number one gets it, and a cancelled order lets it go', async () => {
  const [one, other] = [await world.payer(), await world.payer()];
  const identifier = numbers[2] as string;
  const [first, second] = await Promise.all([
    world.quote(one.customerId, opening(one.accountId, { identifier }), later()),
    world.quote(other.customerId, opening(other.accountId, { identifier }), later()),
  ]);
  const submitted = await Promise.all([first, second].map(({ quotationId }) => world.mutate('submitOrder', { quotationId })));
  const [won] = submitted.flatMap(({ order }) => order ?? []);
  expect(submitted.flatMap(({ errors }) => errors.map(({ code, field }) => `${(field ?? []).join('.')} ${code}`))).toEqual([
    'items.0.open.identifier NUMBER_UNAVAILABLE',
  ]);
  expect(await stock.stateOf(identifier)).toBe('preOccupied');
  await world.mutate('cancelOrder', { orderId: won?.id, expectedVersion: 1 });
  expect(await stock.stateOf(identifier)).toBe('idle');
  const order = await world.order(other.customerId, opening(other.accountId, { identifier }));
  expect(order.state).toBe('completed');
  expect(await world.refusalsOf(one.customerId, opening(one.accountId, { identifier }))).toEqual(['items.0.open.identifier NUMBER_TAKEN']);
});

test('a number that another clerk has reserved is refused, one’s own is not', async () => {
  const { customerId, accountId } = await world.payer();
  const identifier = numbers[3] as string;
  const mine = stock.clerk(world.hangzhou, world.clerk.staffId === undefined ? {} : { staffId: world.clerk.staffId });
  await world.run(reserveNumber, { number: identifier }, mine);
  const stranger = world.clerkAt(world.hangzhou);
  const items = opening(accountId, { identifier });
  expect(await world.refusalsOf(customerId, items, { by: stranger })).toEqual(['items.0.open.identifier NUMBER_UNAVAILABLE']);
  expect((await world.order(customerId, items)).state).toBe('completed');
});

test('every reason why not is told, with its field', async () => {
  const { customerId, accountId } = await world.payer();
  const refusals = (more: Readonly<Record<string, unknown>>) => world.refusalsOf(customerId, opening(accountId, more));
  expect(await refusals({ serviceType: 'NONE' })).toEqual(['items.0.open.serviceType SERVICE_TYPE_NOT_FOUND']);
  expect(await refusals({ identifier: '12' })).toEqual(['items.0.open.identifier IDENTIFIER_INVALID']);
  expect(await refusals({ sim: '1' })).toEqual(['items.0.open.sim SIM_INVALID']);
  expect(await refusals({ plan: { code: 'NOTHING' } })).toEqual(['items.0.open.plan PRODUCT_NOT_SOLD']);
  expect(await refusals({ plan: { code: 'PLAN-NB' } })).toEqual(['items.0.open.plan PRODUCT_NOT_SOLD']);
  expect(await refusals({ plan: { code: 'ADD-10' } })).toEqual(['items.0.open.plan PRODUCT_KIND_WRONG']);
  expect(await refusals({ plan: { code: 'PLAN-BB' } })).toEqual(['items.0.open.plan PRODUCT_OF_ANOTHER_LINE']);
  expect(await refusals({ addOns: [{ code: 'ADD-10', quantity: 4 }] })).toEqual(['items.0.open.addOns.0 QUANTITY_REFUSED']);
  expect(await refusals({ addOns: [{ code: 'ADD-NEEDS' }] })).toEqual(['items.0.open.addOns.0 PRODUCT_REQUIRED']);
  expect(await refusals({ addOns: [{ code: 'ADD-10' }, { code: 'ADD-NOT' }] })).toEqual(['items.0.open.addOns.1 PRODUCT_EXCLUDED']);
  expect(await refusals({ addOns: [{ code: 'ADD-NOT' }, { code: 'ADD-NOT' }] })).toContain('items.0.open.addOns.1 PRODUCT_TOO_OFTEN');
  expect(await refusals({ addOns: [{ code: 'ADD-10', quantity: 0 }] })).toEqual(['items.0.open.addOns.0.quantity ITEM_INVALID']);
  const { errors } = await world.quote(customerId, opening(accountId, { plan: { code: 'PLAN-GOLD' } }), { language: 'zh' });
  expect(errors).toEqual([
    { code: 'NOT_ELIGIBLE', field: ['items', '0', 'open', 'plan'], message: '不符合产品 PLAN-GOLD 的办理资格（客户等级、在网时长）' },
  ]);
  const old = await world.household();
  await database.raw("UPDATE customer SET grade = 'GOLD' WHERE id = $1", [old.customerId]);
  expect(await world.refusalsOf(old.customerId, opening(old.accountId, { plan: { code: 'PLAN-GOLD' } }))).toEqual([]);
});

test('what it names must be there for the caller, and the version that was quoted is the one that is sold', async () => {
  const { customerId, accountId } = await world.payer();
  const stranger = await world.customer({ organisationId: world.ningbo });
  const by = world.clerk;
  expect(await world.refusalsOf(customerId, opening(accountId, { userId: cus(stranger) }), { by })).toEqual([
    'items.0.open.userId CUSTOMER_NOT_FOUND',
  ]);
  const elsewhere = { organisationId: encodeId('organisation', world.ningbo) };
  expect(await world.refusalsOf(customerId, opening(accountId, elsewhere), { by })).toEqual([
    'items.0.open.organisationId ORGANISATION_NOT_FOUND',
  ]);
  const { productId } = await sell('PLAN-NEXT', { prices: [monthly('31.00')] });
  const { quotationId } = await world.quote(customerId, opening(accountId, { plan: { code: 'PLAN-NEXT' } }));
  world.clock.advance({ minutes: 1 });
  const [row] = await database.raw<{ version: number }>('SELECT version FROM product WHERE id = $1', [productId]);
  const draft = { productId, expectedVersion: row?.version ?? 0, definition: { prices: [monthly('62.00')] } };
  const { versionId } = await world.run(draftProductVersion, draft);
  await world.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await world.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
  const { order } = await world.mutate('submitOrder', { quotationId });
  const id = (await itemOf(order as OrderRow))?.subscriber?.id as string;
  expect(await heldBy(id)).toMatchObject([{ productVersion: { number: 1 } }]);
});
