import { assignSubscriberCustomer } from '../../src/business/process/beside-orders';
import { decodeId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { newKey, newNumber } from '../support/party-world';
import { useBundleWorld, type Holder } from './bundle-world';
import { acc, cus } from './order-world';

/* What the items of one order do to each other, and what becomes of an order whose subscriber is somebody else's by the time people do it. */

const database = useDatabase();
const world = useBundleWorld(database);

async function mobile(): Promise<Holder & { id: string }> {
  const holder = await world.payer();
  const { subscribers } = await world.soldBy(await world.sell(holder, [world.open(holder, 'MOBILE', 'MOBILE-HANDSET-199')]));
  return { ...holder, id: subscribers[0] ?? '' };
}

test('what can be done once is told where it is asked for twice, and nothing comes after the closing', async () => {
  const { customerId, accountId, id } = await mobile();
  const heir = await world.payer();
  const close = { terminate: { subscriberId: id } };
  const suspend = (reason: string) => ({ suspend: { subscriberId: id, reason } });
  const number = () => ({ changeNumber: { subscriberId: id, identifier: newNumber() } });
  const card = (sim: string) => ({ replaceSim: { subscriberId: id, sim } });
  const withCard = (sim: string) => ({
    open: { ...(world.open({ customerId, accountId }, 'MOBILE', 'MOBILE-5G-129')['open'] as object), sim },
  });
  const transfer = { transfer: { subscriberId: id, customerId: cus(heir.customerId), accountId: acc(heir.accountId) } };
  const day = (to: number) => ({ changeBillingDay: { accountId: acc(accountId), day: to } });
  const [twice, closed] = ['ITEM_TWICE', 'CLOSED_BEFORE'].map(
    (code) =>
      (kind: string, field = 'subscriberId') =>
        `items.1.${kind}.${field} ${code}`,
  );
  const cases: readonly (readonly [readonly object[], string | undefined])[] = [
    [[close, close], closed?.('terminate')],
    [[close, { addProduct: { subscriberId: id, product: { code: 'MOBILE-RING-BACK' } } }], closed?.('addProduct')],
    [[close, suspend('LOSS')], closed?.('suspend')],
    [[suspend('LOSS'), suspend('LOSS')], twice?.('suspend')],
    [[number(), number()], twice?.('changeNumber')],
    [[card('89860000000000000001'), card('89860000000000000002')], twice?.('replaceSim')],
    [[withCard('89860000000000000003'), withCard('8986 0000 0000 0000 0003')], 'items.1.open.sim NUMBER_TAKEN'],
    [[day(5), day(6)], twice?.('changeBillingDay', 'accountId')],
  ];
  for (const [items, told] of cases) {
    expect(await world.refusalsOf(customerId, items as never, { accountId: acc(accountId) })).toEqual([told]);
  }
  const both = await world.refusalsOf(customerId, [transfer, transfer] as never, { accountId: acc(accountId) });
  expect(both).toContain('items.1.transfer.subscriberId ITEM_TWICE');
  const { errors } = await world.quote(customerId, [close, close], { accountId: acc(accountId), language: 'zh' });
  expect(errors.map(({ message }) => message)).toEqual(['本订单第 1 项已将该用户销户']);
  // What goes together still does.
  const { errors: none } = await world.quote(customerId, [suspend('LOSS'), suspend('CUSTOMER_REQUEST'), card('89860000000000000004')]);
  expect(none).toEqual([]);
});

test('who leaves a bundle is not closed beside it: either would ask for the contract', async () => {
  const holder = await world.payer();
  const { subscribers } = await world.soldBy(await world.sell(holder, world.fusion(holder)));
  const [first] = subscribers;
  const items = [{ leaveBundle: { subscriberId: first } }, { terminate: { subscriberId: first } }];
  expect(await world.refusalsOf(holder.customerId, items, { accountId: acc(holder.accountId) })).toEqual([
    'items.1.terminate.subscriberId ITEM_TWICE',
  ]);
});

test('what people do for a customer is not done to a subscriber that has become another’s meanwhile', async () => {
  const input = {
    idempotencyKey: newKey(), kind: 'REPLACE_SIM', fee: { amount: '0', currency: 'CNY' }, feeTaxIncluded: true, dueMinutes: 30, monthsInNet: 0,
    daysInNet: 0, stopReasonsAllowed: [], arrearsRefused: false, workQueue: 'COUNTER',
  }; // prettier-ignore
  const rule = 'mutation ($input: SetOrderKindRuleInput!) { setOrderKindRule(input: $input) { userErrors { code } } }';
  expect(await world.read(rule, { input }, world.clerkAt(world.root))).toEqual({ setOrderKindRule: { userErrors: [] } });
  const { customerId, id } = await mobile();
  const heir = await world.payer();
  const subscriberId = decodeId('subscriber', id) as Id<'subscriber'>;
  const change = { subscriberId, expectedVersion: await world.versionOf('subscriber', subscriberId) };
  // Said before the order; while it is under way nobody may say so.
  const from = world.clock.now().add({ minutes: 10 });
  await world.run(assignSubscriberCustomer, { ...change, role: 'OWNER', customerId: heir.customerId, from });
  const order = await world.order(customerId, [{ replaceSim: { subscriberId: id, sim: '89860000000000000009' } }]);
  expect(order.state).toBe('inProgress');
  world.clock.advance({ minutes: 10 });
  const seen = await world.read<{ order: { workOrders: { id: string; version: number }[] } }>(
    'query ($id: ID!) { order(id: $id) { workOrders { id version } } }',
    { id: order.id },
  );
  const [work] = seen.order.workOrders;
  const complete = 'mutation ($input: CompleteWorkOrderInput!) { completeWorkOrder(input: $input) { userErrors { code field } } }';
  const done = { idempotencyKey: newKey(), workOrderId: work?.id, expectedVersion: work?.version };
  expect(await world.read(complete, { input: done })).toEqual({
    completeWorkOrder: { userErrors: [{ code: 'NOT_THEIRS', field: ['items', '0', 'replaceSim', 'subscriberId'] }] },
  });
  expect((await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: 1 })).order?.state).toBe('cancelled');
});

test('characters that nobody sees are told where they stand, before they reach the database', async () => {
  const holder = await world.payer();
  const opening = world.open(holder, 'MOBILE', 'MOBILE-5G-129')['open'] as Readonly<Record<string, unknown>>;
  const refusals = (more: object, beside: object = {}) =>
    world.refusalsOf(holder.customerId, [{ open: { ...opening, ...more } }], { accountId: acc(holder.accountId), ...beside });
  expect(await refusals({ plan: { code: 'MOBILE-5G-129\u0000' } })).toEqual(['items.0.open.plan.code CHARACTERS_REFUSED']);
  expect(await refusals({ attributes: { floor: ['3', '\u202e4'] } })).toEqual(['items.0.open.attributes.floor.1 CHARACTERS_REFUSED']);
  expect(await refusals({ attributes: { 'flo\u200bor': 3 } })).toEqual(['items.0.open.attributes CHARACTERS_REFUSED']);
  expect(await refusals({}, { note: 'a\u0000' })).toEqual(['note CHARACTERS_REFUSED']);
  expect(await refusals({}, { externalId: '\u200b' })).toEqual(['externalId CHARACTERS_REFUSED']);
  expect(await refusals({}, { note: '长'.repeat(501) })).toEqual(['note TOO_LONG']);
  expect(await refusals({}, { note: '第一行\n第二行' })).toEqual([]);
});
