import { addCustomerDocument } from '../../src/business/component/customer';
import { classifyNumbers, createNumberClass, takeBackNumbers } from '../../src/business/component/number';
import { selectStockDifferences } from '../../src/business/view/number-stock';
import { encodeId, type Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey, newNumber } from '../support/party-world';
import { monthly, oneTime, openingOf, registerChargeCodes, sellPlan, subscriberOfOrder } from './order-catalogue';
import { acc, sub, useOrderWorld, type Household, type OrderRow } from './order-world';

/* 携号转网: a number that comes with its customer, one that goes with him, and one that comes back. */

const database = useDatabase();
const world = useOrderWorld(database);
let stock: NumberWorld;
let numbers: string[];
let next = -1;

beforeAll(async () => {
  stock = new NumberWorld(database, world);
  numbers = await stock.range(await stock.pool(world.hangzhou), 14);
  await registerChargeCodes(world);
  await sellPlan(world, 'PLAN-31', [monthly('31.00'), oneTime('53.00')]);
  await sellPlan(world, 'PLAN-8', [monthly('8.00')]);
});
afterEach(async () => {
  expect(await selectStockDifferences({ sql: database.core.reader(), now: world.clock.now() }, 100)).toEqual([]);
});

const pay = (order: OrderRow | null, amount: string) =>
  world.mutate('recordOrderPayment', {
    orderId: order?.id, expectedVersion: order?.version, method: 'CASH', amount: { amount, currency: 'CNY' }, reference: newKey(),
  }); // prettier-ignore
const see = async (id: string | null) =>
  (
    await world.read<{ subscriber: { status: string; accessNumber: string | null; products: unknown[] } }>(
      'query ($id: ID!) { subscriber(id: $id) { status accessNumber products { product { code } } } }',
      { id },
    )
  ).subscriber;
const itemOf = async (order: OrderRow) =>
  (
    await world.read<{ order: { state: string; items: { content: Record<string, unknown>; result: unknown }[] } }>(
      'query ($id: ID!) { order(id: $id) { state items { content result } } }',
      { id: order.id },
    )
  ).order.items[0];
async function endWork(name: string, order: OrderRow): Promise<string[]> {
  const ask = 'query ($id: ID!) { order(id: $id) { workOrders { id version queue state } } }';
  const { order: read } = await world.read<{ order: { workOrders: { id: string; version: number; queue: string }[] } }>(ask, {
    id: order.id,
  });
  const [work] = read.workOrders;
  expect(work?.queue).toBe('PORTING');
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await world.read<Record<string, { userErrors: { code: string; field: string[] }[] }>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code field } } }`,
    { input: { idempotencyKey: newKey(), workOrderId: work?.id, expectedVersion: work?.version } },
  );
  return (answer[name]?.userErrors ?? []).map(({ code, field }) => `${field.join('.')} ${code}`);
}
const stateOf = async (order: OrderRow) =>
  (await world.read<{ order: { state: string } }>('query ($id: ID!) { order(id: $id) { state } }', { id: order.id })).order.state;

const portingIn = (accountId: Id<'account'>, identifier: string | undefined, more: object = {}) => [
  { portIn: openingOf(world, accountId, 'PLAN-8', { identifier, donor: '中国移动', authorisationCode: '12345678', ...more }) },
];
/** A subscriber of a customer under his real name, in net for a year; with a number of the stock. */
async function settled(): Promise<Household & { readonly number: string }> {
  const household = await world.household();
  const number = numbers[(next += 1)] as string;
  await world.order(household.customerId, [{ changeNumber: { subscriberId: sub(household.subscriberId), identifier: number } }]);
  const { customerId } = household;
  const expectedVersion = await world.versionOf('customer', customerId);
  await world.run(addCustomerDocument, { customerId, expectedVersion, document: { kind: 'PASSPORT', number: 'E12345678' } });
  return { ...household, number };
}
const leaving = (subscriberId: Id<'subscriber'>) => [{ portOut: { subscriberId: sub(subscriberId), recipient: '中国电信' } }];
async function gone() {
  const party = await settled();
  const order = await world.order(party.customerId, leaving(party.subscriberId));
  expect(await endWork('completeWorkOrder', order)).toEqual([]);
  return { ...party, order };
}

test('a number that comes from another operator is quoted like an opening, and comes when people have agreed on it', async () => {
  const { customerId, accountId } = await world.payer();
  const number = newNumber();
  const items = portingIn(accountId, number, { plan: { code: 'PLAN-31' } });
  const { quotationId, due } = await world.quote(customerId, items, { accountId: acc(accountId) });
  expect(due).toBe('53.00');
  const { order: asked } = await world.mutate('submitOrder', { quotationId });
  const { order } = await pay(asked, '53.00');
  expect(order?.state).toBe('inProgress');
  expect(await stock.stocked(number)).toBeUndefined();
  expect(await itemOf(order as OrderRow)).toMatchObject({
    content: { donor: '中国移动', authorisationCode: '12345678', identifier: number },
  });
  expect(await endWork('completeWorkOrder', order as OrderRow)).toEqual([]);
  expect(await stateOf(order as OrderRow)).toBe('completed');
  const id = await subscriberOfOrder(world, order);
  expect(await see(id)).toEqual({ status: 'active', accessNumber: number, products: [{ product: { code: 'PLAN-31' } }] });
  expect(await stock.stateOf(number)).toBe('portedIn');
  // It goes back to the operator whose it is.
  world.clock.advance({ hours: 1 });
  const end = await world.order(customerId, [{ terminate: { subscriberId: id } }]);
  expect(end.state).toBe('completed');
  expect(await stock.stateOf(number)).toBe('scrapped');
});

test('what cannot come is told: a line that does not port, a number that is ours, one that is in use, a place without a pool', async () => {
  const { customerId, accountId } = await world.payer();
  const refusals = (number: string | undefined, more: object = {}) => world.refusalsOf(customerId, portingIn(accountId, number, more));
  expect(await refusals('057188886666', { serviceType: 'FIXED_LINE' })).toEqual(['items.0.portIn.serviceType NUMBER_NOT_PORTABLE']);
  const { errors } = await world.quote(customerId, portingIn(accountId, '057188886666', { serviceType: 'FIXED_LINE' }), { language: 'zh' });
  expect(errors[0]?.message).toBe('该业务类型不支持携号转网');
  expect(await refusals('12')).toEqual(['items.0.portIn.identifier IDENTIFIER_INVALID']);
  expect(await refusals(numbers[11])).toEqual(['items.0.portIn.identifier STATE_REFUSES']);
  const used = newNumber();
  await world.subscriber(customerId, accountId, { identifier: used });
  expect(await refusals(used)).toEqual(['items.0.portIn.identifier NUMBER_TAKEN']);
  expect(await refusals(newNumber(), { donor: ' ' })).toEqual(['items.0.portIn.donor BLANK']);
  const ningbo = { organisationId: encodeId('organisation', world.ningbo) };
  const everywhere = world.clerkAt(world.root);
  expect(await world.refusalsOf(customerId, portingIn(accountId, newNumber(), ningbo), { by: everywhere })).toEqual([
    'items.0.portIn.organisationId POOL_MISSING',
  ]);
});

test('one order at a time brings a number: of two at once one is told, and has it when the other comes to nothing', async () => {
  const number = newNumber();
  const parties = [await world.payer(), await world.payer()];
  const quotations = [];
  for (const { customerId, accountId } of parties) quotations.push(await world.quote(customerId, portingIn(accountId, ` ${number}`)));
  expect(quotations.flatMap(({ errors }) => errors)).toEqual([]);
  const submit = ({ quotationId }: { quotationId: string }) => world.mutate('submitOrder', { quotationId });
  const both = await Promise.all(quotations.map(submit));
  expect(both.flatMap(({ errors }) => errors)).toEqual([
    {
      code: 'PORTING_UNDER_WAY',
      field: ['items', '0', 'portIn', 'identifier'],
      message: 'That number is being brought already, by an order that is not finished.',
    },
  ]);
  const [first] = both.flatMap(({ order }) => order ?? []);
  const { customerId, accountId } = await world.payer();
  const { errors } = await world.quote(customerId, portingIn(accountId, number), { language: 'zh' });
  expect(errors.map(({ message }) => message)).toEqual(['该号码的携入正在办理中']);
  expect(await endWork('failWorkOrder', first as OrderRow)).toEqual([]);
  const late = quotations[both.findIndex(({ order }) => order === null)];
  const { order: second } = await submit(late as { quotationId: string });
  expect(await endWork('completeWorkOrder', second as OrderRow)).toEqual([]);
  expect([await stateOf(second as OrderRow), await stock.stateOf(number)]).toEqual(['completed', 'portedIn']);
});

test('whoever may go gets a code and its end, and is gone when it has been agreed on', async () => {
  const { customerId, subscriberId, number } = await settled();
  const order = await world.order(customerId, leaving(subscriberId));
  expect(order.state).toBe('inProgress');
  const expiresAt = world.clock.now().add({ hours: 24 * 30 });
  const content = (await itemOf(order))?.content as { authorisation: { code: string; expiresAt: string }; recipient: string };
  expect(content).toMatchObject({ recipient: '中国电信', authorisation: { code: expect.stringMatching(/^\d{8}$/) as string } });
  expect(content.authorisation.expiresAt).toBe(expiresAt.toString());
  expect((await see(sub(subscriberId))).status).toBe('active');
  expect(await world.refusalsOf(customerId, [{ terminate: { subscriberId: sub(subscriberId) } }])).toEqual([
    'items.0.terminate.subscriberId ORDER_UNDER_WAY',
  ]);
  expect(await endWork('completeWorkOrder', order)).toEqual([]);
  expect(await see(sub(subscriberId))).toEqual({ status: 'terminated', accessNumber: null, products: [] });
  expect(await stock.stateOf(number)).toBe('portedOut');
  expect((await itemOf(order))?.result).toEqual({ numbers: [number], recipient: '中国电信' });
});

test('a code that has expired lets nobody go any more', async () => {
  const { customerId, subscriberId, number } = await settled();
  const order = await world.order(customerId, leaving(subscriberId));
  world.clock.advance({ hours: 24 * 30 });
  expect(await endWork('completeWorkOrder', order)).toEqual(['items.0.portOut.subscriberId AUTHORISATION_EXPIRED']);
  expect(await endWork('failWorkOrder', order)).toEqual([]);
  expect((await see(sub(subscriberId))).status).toBe('active');
  expect(await stock.stateOf(number)).toBe('occupied');
});

test('what is held for a number comes back when it has gone, not before', async () => {
  const { customerId, accountId, subscriberId } = await settled();
  const yuan = (amount: bigint) => ({ amountMinor: amount * 100n, currency: 'CNY' as CurrencyCode });
  const terms = { name: '靓号', minimumSpend: yuan(0n), minimumSpendMonths: 0, deposit: yuan(30n) };
  await world.run(createNumberClass, { code: 'HELD', ...terms });
  const good = numbers[(next += 1)] as string;
  await world.run(classifyNumbers, { numbers: [good], classCode: 'HELD' });
  const changed = await world.order(customerId, [{ changeNumber: { subscriberId: sub(subscriberId), identifier: good } }], {
    accountId: acc(accountId),
  });
  await pay(changed, '30.00');
  const refused = await world.order(customerId, leaving(subscriberId));
  expect(await endWork('failWorkOrder', refused)).toEqual([]);
  expect(await world.booksOf(accountId)).toEqual({ 1001: 3000, 2241: -3000 });
  const order = await world.order(customerId, leaving(subscriberId));
  expect(await world.booksOf(accountId)).toEqual({ 1001: 3000, 2241: -3000 });
  expect(await endWork('completeWorkOrder', order)).toEqual([]);
  expect(await world.booksOf(accountId)).toEqual({ 1001: 3000, 2203: -3000 });
});

test('what stands in the way of going is told, each with its own reason', async () => {
  const { customerId, subscriberId, accountId } = await settled();
  const refusals = (of: Id<'customer'>, id: Id<'subscriber'>) => world.refusalsOf(of, leaving(id), { accountId: null });
  const nameless = await world.household();
  expect(await refusals(nameless.customerId, nameless.subscriberId)).toEqual(['items.0.portOut.subscriberId NOT_REAL_NAME']);
  const young = await world.subscriber(customerId, accountId);
  expect(await refusals(customerId, young)).toEqual(['items.0.portOut.subscriberId DAYS_IN_NET']);
  const { errors } = await world.quote(customerId, leaving(young), { language: 'zh' });
  expect(errors.map(({ message }) => message)).toEqual(['在网须满 120 天']);
  await database.raw("UPDATE subscriber SET stop_reasons = 2 | 8, status = 'suspended' WHERE id = $1", [subscriberId]);
  expect(await refusals(customerId, subscriberId)).toEqual([
    'items.0.portOut.subscriberId STOP_REASON_REFUSES',
    'items.0.portOut.subscriberId IN_ARREARS',
    'items.0.portOut.subscriberId STATUS_REFUSES',
  ]);
  await database.raw("UPDATE subscriber SET stop_reasons = 0, status = 'active' WHERE id = $1", [subscriberId]);
  expect(await refusals(customerId, subscriberId)).toEqual([]);
  const line = await world.subscriber(customerId, accountId, { serviceType: 'BROADBAND', identifier: 'port-line-1', attributes: {} });
  expect(await refusals(customerId, line)).toEqual([
    'items.0.portOut.subscriberId DAYS_IN_NET',
    'items.0.portOut.subscriberId NUMBER_NOT_PORTABLE',
  ]);
});

test('what was undertaken for its number binds it as a contract does, while it has that number', async () => {
  const yuan = (amount: bigint) => ({ amountMinor: amount * 100n, currency: 'CNY' as CurrencyCode });
  await world.run(createNumberClass, { code: 'GOOD', name: '靓号', minimumSpend: yuan(8n), minimumSpendMonths: 24, deposit: yuan(0n) });
  await world.run(classifyNumbers, { numbers: [numbers[10] as string], classCode: 'GOOD' });
  const { customerId, accountId } = await settled();
  const opened = await world.order(customerId, [{ open: openingOf(world, accountId, 'PLAN-8', { identifier: numbers[10] }) }]);
  const id = await subscriberOfOrder(world, opened);
  world.clock.advance({ hours: 24 * 121 });
  const { errors } = await world.quote(customerId, [{ portOut: { subscriberId: id } }]);
  expect(errors).toMatchObject([{ code: 'IN_CONTRACT', field: ['items', '0', 'portOut', 'subscriberId'] }]);
  await world.order(customerId, [{ changeNumber: { subscriberId: id, identifier: newNumber() } }]);
  expect(await world.refusalsOf(customerId, [{ portOut: { subscriberId: id } }])).toEqual([]);
});

test('one that went comes home with its customer, and one that the other operator gives back rests', async () => {
  const [home, given] = [await gone(), await gone()];
  expect(await stock.stateOf(home.number)).toBe('portedOut');
  const { customerId, accountId } = await world.payer();
  const order = await world.order(customerId, portingIn(accountId, home.number));
  expect(await endWork('completeWorkOrder', order)).toEqual([]);
  expect(await see(await subscriberOfOrder(world, order))).toMatchObject({ status: 'active', accessNumber: home.number });
  expect(await stock.stateOf(home.number)).toBe('occupied');
  const as = (node: Id<'organisation'>) => world.as(['number:write'], node);
  expect(await world.refused(takeBackNumbers, { numbers: [given.number] }, as(world.ningbo))).toEqual(['numbers.0 NOT_FOUND']);
  expect(await world.refused(takeBackNumbers, { numbers: [home.number] }, as(world.hangzhou))).toEqual(['numbers.0 STATE_REFUSES']);
  await world.run(takeBackNumbers, { numbers: [given.number] }, as(world.hangzhou));
  expect(await stock.stocked(given.number)).toMatchObject({ state: 'frozen', subscriber_id: null });
});
