import { classifyNumbers, createNumberClass } from '../../src/business/component/number';
import { selectStockDifferences } from '../../src/business/view/number-stock';
import { encodeId, type Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey, newNumber } from '../support/party-world';
import { monthly, oneTime, openingOf, registerChargeCodes, sellPlan, subscriberOfOrder } from './order-catalogue';
import { acc, cus, useOrderWorld, type OrderRow } from './order-world';

/* Opening ahead 预开户 by an agent, activation 激活 by the real owner, and the end of one that nobody activates. */

const database = useDatabase();
const world = useOrderWorld(database);
let stock: NumberWorld;
let numbers: string[];
let next = 0;
let agent: { customerId: Id<'customer'>; accountId: Id<'account'> };

const PASSPORT = { kind: 'PASSPORT', number: 'E12345678' } as const;
const owner = async () => {
  const customerId = await world.customer({ documents: [PASSPORT] });
  return { customerId, accountId: await world.account(customerId) };
};

beforeAll(async () => {
  stock = new NumberWorld(database, world);
  numbers = await stock.range(await stock.pool(world.hangzhou), 20);
  await registerChargeCodes(world);
  await sellPlan(world, 'PLAN-31', [monthly('31.00'), oneTime('53.00')]);
  await sellPlan(world, 'PLAN-8', [monthly('8.00')]);
  await sellPlan(world, 'ADD-10', [monthly('10.00')], 'ADD_ON');
  agent = await world.payer();
});
afterEach(async () => {
  expect(await selectStockDifferences({ sql: database.core.reader(), now: world.clock.now() }, 100)).toEqual([]);
});

const SUBSCRIBER = `query ($id: ID!) { subscriber(id: $id) {
  status accessNumber products { product { code } order { orderNo } validity { from } }
  customers { role customer { id } } paymentRelations { isDefault account { id } } } }`;
interface Seen {
  readonly status: string;
  readonly products: readonly { readonly product: { readonly code: string } }[];
  readonly customers: readonly { readonly role: string; readonly customer: { readonly id: string } | null }[];
  readonly paymentRelations: readonly unknown[];
}
const see = async (id: string | null) => (await world.read<{ subscriber: Seen }>(SUBSCRIBER, { id })).subscriber;
const pay = (order: OrderRow | null, amount: string) =>
  world.mutate('recordOrderPayment', {
    orderId: order?.id, expectedVersion: order?.version, method: 'CASH', amount: { amount, currency: 'CNY' }, reference: newKey(),
  }); // prettier-ignore

async function preOpened(more: Readonly<Record<string, unknown>> = {}) {
  const identifier = numbers[(next += 1)] as string;
  const opening = openingOf(world, agent.accountId, 'PLAN-31', { identifier, addOns: [{ code: 'ADD-10' }], ...more });
  const order = await world.order(agent.customerId, [{ preOpen: opening }]);
  return { order, number: identifier, id: await subscriberOfOrder(world, order) };
}
const activating = (subscriberId: string | null, accountId: Id<'account'>, more: object = {}) => [
  { activate: { subscriberId, accountId: acc(accountId), ...more } },
];

test('it has its number, holds nothing and costs nothing; the real owner activates it, and what was chosen begins then', async () => {
  const { order, number, id } = await preOpened({ sim: '8986 0012 3456 7890 1234' });
  expect(order.state).toBe('completed');
  expect(await stock.stateOf(number)).toBe('occupied');
  expect(await see(id)).toMatchObject({ status: 'pendingActive', accessNumber: number, products: [] });
  const { customerId, accountId } = await owner();
  world.clock.advance({ hours: 24 * 31 });
  const items = activating(id, accountId);
  const { quotationId, due } = await world.quote(customerId, items, { accountId: acc(accountId) });
  expect(due).toBe('53.00');
  const { order: asked } = await world.mutate('submitOrder', { quotationId });
  expect((await see(id)).status).toBe('pendingActive');
  const { order: activated } = await pay(asked, '53.00');
  expect(activated?.state).toBe('completed');
  const from = world.clock.now().toString({ fractionalSecondDigits: 3 });
  const seen = await see(id);
  expect(seen).toMatchObject({
    status: 'active',
    products: ['PLAN-31', 'ADD-10'].map((code) => ({ product: { code }, order: { orderNo: activated?.orderNo }, validity: { from } })),
    paymentRelations: [{ isDefault: true, account: { id: acc(accountId) } }],
  });
  expect(seen.customers.map(({ role, customer }) => [role, customer?.id]).sort()).toEqual(
    ['OWNER', 'PAYER', 'USER'].map((role) => [role, cus(customerId)]),
  );
  expect(await world.booksOf(accountId)).toMatchObject({ 1001: 5300, 6001: -5000, 2221: -300 });
  expect(await world.refusalsOf(customerId, items, { accountId: acc(accountId) })).toEqual([
    'items.0.activate.subscriberId STATUS_REFUSES',
  ]);
});

test('its time in net begins when it is activated, not when it was opened ahead', async () => {
  const { id } = await preOpened();
  world.clock.advance({ hours: 24 * 200 });
  const { customerId, accountId } = await owner();
  await world.order(customerId, activating(id, accountId, { plan: { code: 'PLAN-8' } }));
  const heir = await owner();
  const leaving = [{ portOut: { subscriberId: id } }];
  const giving = [{ transfer: { subscriberId: id, customerId: cus(heir.customerId), accountId: acc(heir.accountId) } }];
  world.clock.advance({ hours: 24 * 31 });
  expect(await world.refusalsOf(customerId, giving)).toEqual(['items.0.transfer.subscriberId MONTHS_IN_NET']);
  world.clock.advance({ hours: 24 * 88 });
  expect(await world.refusalsOf(customerId, leaving)).toEqual(['items.0.portOut.subscriberId DAYS_IN_NET']);
  expect(await world.refusalsOf(customerId, giving)).toEqual([]);
  world.clock.advance({ hours: 24 });
  expect(await world.refusalsOf(customerId, leaving)).toEqual([]);
});

test('another plan may be chosen at the counter, and another customer may use it', async () => {
  const { id } = await preOpened();
  const { customerId, accountId } = await owner();
  const user = await world.customer();
  const added = activating(id, accountId, { addOns: [{ code: 'ADD-10' }] });
  expect(await world.refusalsOf(customerId, added)).toEqual(['items.0.activate.addOns ITEM_INVALID']);
  const wrong = activating(id, accountId, { plan: { code: 'ADD-10' } });
  expect(await world.refusalsOf(customerId, wrong)).toEqual(['items.0.activate.plan PRODUCT_KIND_WRONG']);
  const order = await world.order(customerId, activating(id, accountId, { plan: { code: 'PLAN-8' }, userId: cus(user) }));
  expect(order.state).toBe('completed');
  const seen = await see(id);
  expect(seen.products.map(({ product }) => product.code)).toEqual(['PLAN-8']);
  expect(seen.customers).toContainEqual({ role: 'USER', customer: { id: cus(user) } });
});

test('it is for a customer under his real name, on his own account, and for nobody else’s clerk', async () => {
  const { id } = await preOpened();
  const nameless = await world.payer();
  const { errors } = await world.quote(nameless.customerId, activating(id, nameless.accountId), { language: 'zh' });
  expect(errors).toEqual([{ code: 'NOT_REAL_NAME', field: ['items', '0', 'activate'], message: '客户尚未实名登记，请先登记有效证件' }]);
  const real = await owner();
  expect(await world.refusalsOf(real.customerId, activating(id, agent.accountId))).toEqual([
    'items.0.activate.accountId ACCOUNT_NOT_THEIRS',
  ]);
  const ningbo = await world.customer({ organisationId: world.ningbo, documents: [PASSPORT] });
  const theirs = await world.account(ningbo, { organisationId: world.ningbo });
  const at = { by: world.clerkAt(world.ningbo), organisationId: encodeId('organisation', world.ningbo) };
  expect(await world.refusalsOf(ningbo, activating(id, theirs), at)).toEqual(['items.0.activate.subscriberId SUBSCRIBER_NOT_FOUND']);
});

test('before it is activated nothing else is done for it but its number and card, or its end', async () => {
  const { id, number } = await preOpened();
  const refused = async (item: Readonly<Record<string, unknown>>) => world.refusalsOf(agent.customerId, [item]);
  expect(await refused({ suspend: { subscriberId: id, reason: 'LOSS' } })).toContain('items.0.suspend.subscriberId STATUS_REFUSES');
  expect(await refused({ addProduct: { subscriberId: id, product: { code: 'ADD-10' } } })).toContain(
    'items.0.addProduct.subscriberId STATUS_REFUSES',
  );
  const other = newNumber();
  await world.order(agent.customerId, [{ changeNumber: { subscriberId: id, identifier: other } }]);
  expect(await stock.stateOf(number)).toBe('frozen');
  expect(await see(id)).toMatchObject({ status: 'pendingActive', accessNumber: other });
});

test('one that nobody activates is closed by an order: its number is free at once, and it was never in service', async () => {
  const { id, number } = await preOpened();
  const order = await world.order(agent.customerId, [{ terminate: { subscriberId: id } }]);
  expect(order.state).toBe('completed');
  expect(await stock.stateOf(number)).toBe('idle');
  expect(await see(id)).toMatchObject({ status: 'cancelled', products: [], paymentRelations: [] });
  const { customerId, accountId } = await owner();
  expect(await world.refusalsOf(customerId, activating(id, accountId))).toEqual(['items.0.activate.subscriberId NOT_ACTIVE']);
  const again = await world.order(agent.customerId, [{ preOpen: openingOf(world, agent.accountId, 'PLAN-8', { identifier: number }) }]);
  expect(again.state).toBe('completed');
});

test('a number of a class is deposited and undertaken for by who activates it', async () => {
  const yuan = (amount: bigint) => ({ amountMinor: amount * 100n, currency: 'CNY' as CurrencyCode });
  const terms = { name: '靓号', minimumSpend: yuan(20n), minimumSpendMonths: 12, deposit: yuan(100n), depositChargeCode: 'HELD' };
  await world.run(createNumberClass, { code: 'GOOD', ...terms });
  await world.run(classifyNumbers, { numbers: [numbers[next + 1] as string], classCode: 'GOOD' });
  const { id, number } = await preOpened();
  expect(await world.booksOf(agent.accountId)).toEqual({});
  const { customerId, accountId } = await owner();
  const cheap = activating(id, accountId, { plan: { code: 'PLAN-8' } });
  expect(await world.refusalsOf(customerId, cheap, { accountId: acc(accountId) })).toEqual(['items.0.activate.plan NUMBER_NEEDS_SPEND']);
  // What was agreed upon counts, not the list.
  const agreed = activating(id, accountId, {
    plan: { code: 'PLAN-31', prices: [{ code: 'RECURRING', amount: { amount: '19.99', currency: 'CNY' } }] },
  });
  expect(await world.refusalsOf(customerId, agreed, { accountId: acc(accountId) })).toEqual(['items.0.activate.plan NUMBER_NEEDS_SPEND']);
  const order = await world.order(customerId, activating(id, accountId), { accountId: acc(accountId) });
  expect((await pay(order, '153.00')).order?.state).toBe('completed');
  const commitments = 'query ($id: ID!) { subscriber(id: $id) { numberCommitments { number minimumSpend { amount } } } }';
  expect(await world.read(commitments, { id })).toEqual({
    subscriber: { numberCommitments: [{ number, minimumSpend: { amount: '20.00' } }] },
  });

  // The agent who gives it such a number before is asked for nothing: its owner is, once.
  const other = await preOpened();
  const good = numbers[(next += 1)] as string;
  await world.run(classifyNumbers, { numbers: [good], classCode: 'GOOD' });
  const changing = await world.quote(agent.customerId, [{ changeNumber: { subscriberId: other.id, identifier: good } }]);
  expect(changing).toMatchObject({ due: '0.00', errors: [] });
  const late = await world.quote(agent.customerId, [{ changeNumber: { subscriberId: other.id, identifier: newNumber() } }]);
  expect((await world.mutate('submitOrder', { quotationId: changing.quotationId })).order?.state).toBe('completed');
  const owning = await owner();
  const activated = await world.order(owning.customerId, activating(other.id, owning.accountId), { accountId: acc(owning.accountId) });
  expect((await pay(activated, '153.00')).order?.state).toBe('completed');
  // In service it is another matter.
  expect((await world.mutate('submitOrder', { quotationId: late.quotationId })).errors.map(({ code }) => code)).toContain('NOT_THEIRS');
  const deposits = 'query ($id: ID!) { subscriber(id: $id) { numberDeposits { number amount { amount } } } }';
  expect(await world.read(deposits, { id: other.id })).toEqual({
    subscriber: { numberDeposits: [{ number: good, amount: { amount: '100.00' } }] },
  });
  expect(await world.booksOf(agent.accountId)).toEqual({});
});

test('of two who activate it at once one has it', async () => {
  const { id } = await preOpened();
  const [one, other] = [await owner(), await owner()];
  const plan = { plan: { code: 'PLAN-8' } };
  const quoted = [
    await world.quote(one.customerId, activating(id, one.accountId, plan)),
    await world.quote(other.customerId, activating(id, other.accountId, plan)),
  ];
  const ends = await Promise.all(quoted.map(({ quotationId }) => world.mutate('submitOrder', { quotationId })));
  expect(ends.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(['STATUS_REFUSES']);
  expect((await see(id)).customers.map(({ role }) => role).sort()).toEqual(['OWNER', 'PAYER', 'USER']);
});
