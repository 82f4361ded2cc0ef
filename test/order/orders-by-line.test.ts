import { PERMISSION_CODES } from '../../src/business/component/staff';
import { newId } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { scopeAt, type Caller } from '../support/graph';
import { newKey } from '../support/party-world';
import { useBundleWorld, type Holder } from './bundle-world';
import { acc, type OrderRow } from './order-world';

/* Who is limited to a line of business neither sees nor changes an order, a quotation or a step of work that is about another. */

const database = useDatabase();
const world = useBundleWorld(database);
const ofMobile = (): Caller => ({ scope: scopeAt(world.hangzhou, PERMISSION_CODES, ['MOBILE']), staffId: newId('staff') });

interface Placed extends Holder {
  readonly quotationId: string;
  readonly order: OrderRow;
}

async function place(holder: Holder, items: readonly object[], by: Caller = world.clerk): Promise<Placed> {
  const { quotationId, errors } = await world.quote(holder.customerId, items as never, { accountId: acc(holder.accountId), by });
  expect(errors).toEqual([]);
  const { order } = await world.mutate('submitOrder', { quotationId }, by);
  if (order === null) throw new Error('not submitted');
  return { ...holder, quotationId, order };
}

/** What a caller sees of an order, by every way to it. */
async function seenBy(by: Caller, { quotationId, order }: Placed): Promise<boolean[]> {
  const seen = await world.read<Record<string, { nodes: { id: string }[] } | { id: string } | null>>(
    `query ($id: ID!, $no: String!, $quotation: ID!) {
       byId: order(id: $id) { id } byNo: order(orderNo: $no) { id } byNode: node(id: $id) { id } quotation(id: $quotation) { id }
       orders(first: 100) { nodes { id } }
     }`,
    { id: order.id, no: order.orderNo, quotation: quotationId },
    by,
  );
  const { byId, byNo, byNode, quotation, orders } = seen;
  const listed = (orders as { nodes: { id: string }[] }).nodes.some(({ id }) => id === order.id);
  return [byId !== null, byNo !== null, byNode !== null, quotation !== null, listed];
}

test('one of another line is not there for him, whatever he asks for; one of his own is', async () => {
  const holder = await world.payer();
  const broadband = await place(holder, [world.open(holder, 'BROADBAND', 'BROADBAND-300M')]);
  const mobile = await place(holder, [world.open(holder, 'MOBILE', 'MOBILE-HANDSET-199')], ofMobile());
  expect(broadband.order.state).toBe('pending');
  expect(await seenBy(ofMobile(), broadband)).toEqual([false, false, false, false, false]);
  expect(await seenBy(ofMobile(), mobile)).toEqual([true, true, true, true, true]);
  expect(await seenBy(world.clerk, broadband)).toEqual([true, true, true, true, true]);
  const { id: orderId, version: expectedVersion } = broadband.order;
  const payment = { method: 'CASH', amount: { amount: '1.00', currency: 'CNY' }, reference: newKey() };
  const refused = async (name: string, input: object): Promise<string[]> =>
    (await world.mutate(name, { orderId, expectedVersion, ...input }, ofMobile())).errors.map(({ code }) => code);
  expect(await refused('recordOrderPayment', payment)).toEqual(['NOT_FOUND']);
  expect(await refused('cancelOrder', {})).toEqual(['NOT_FOUND']);
  expect(await refused('approveOrder', {})).toEqual(['NOT_FOUND']);
  expect(await refused('amendOrder', { quotationId: mobile.quotationId })).toEqual(['NOT_FOUND']);
  // One with a price for several lines is one agreement.
  const fusion = await place(holder, world.fusion(holder));
  expect(await seenBy(ofMobile(), fusion)).toEqual([false, false, false, false, false]);
  expect((await world.mutate('cancelOrder', { orderId, expectedVersion })).order?.state).toBe('cancelled');
});

test('a quotation that no order has used is his to see and to submit by its lines', async () => {
  const holder = await world.payer();
  const { quotationId } = await world.quote(holder.customerId, [world.open(holder, 'BROADBAND', 'BROADBAND-300M')], {
    accountId: acc(holder.accountId),
  });
  const { errors } = await world.mutate('submitOrder', { quotationId }, ofMobile());
  expect(errors.map(({ code }) => code)).toEqual(['QUOTATION_NOT_FOUND']);
});

test('a step of work is done by those of its line', async () => {
  const input = {
    idempotencyKey: newKey(), kind: 'OPEN', fee: { amount: '0', currency: 'CNY' }, feeTaxIncluded: true, dueMinutes: 30, monthsInNet: 0,
    daysInNet: 0, stopReasonsAllowed: [], arrearsRefused: false, workQueue: 'FIELD',
  }; // prettier-ignore
  const rule = 'mutation ($input: SetOrderKindRuleInput!) { setOrderKindRule(input: $input) { userErrors { code } } }';
  expect(await world.read(rule, { input }, world.clerkAt(world.root))).toEqual({ setOrderKindRule: { userErrors: [] } });
  const holder = await world.payer();
  expect((await world.sell(holder, [world.open(holder, 'BROADBAND', 'BROADBAND-300M')])).state).toBe('inProgress');
  const queue = '{ workQueue(first: 10, filter: { queue: "FIELD" }) { nodes { id version } } }';
  type Queue = { workQueue: { nodes: { id: string; version: number }[] } };
  expect((await world.read<Queue>(queue, {}, ofMobile())).workQueue.nodes).toEqual([]);
  const [work] = (await world.read<Queue>(queue)).workQueue.nodes;
  const complete = 'mutation ($input: CompleteWorkOrderInput!) { completeWorkOrder(input: $input) { userErrors { code } } }';
  expect(work).toBeDefined();
  const done = { idempotencyKey: newKey(), workOrderId: work?.id, expectedVersion: work?.version };
  expect(await world.read(complete, { input: done }, ofMobile())).toEqual({ completeWorkOrder: { userErrors: [{ code: 'NOT_FOUND' }] } });
});
