import { startDueOrders } from '../../src/business/process/acceptance';
import { programContext } from '../../src/business/process/program-context';
import { useDatabase } from '../support/database';
import { useBundleWorld, type Holder } from './bundle-world';
import { acc } from './order-world';

/* A contract is not left without its price by a quotation, or an order for later, that was made before it bound. */

const database = useDatabase();
const world = useBundleWorld(database);

const start = () =>
  startDueOrders(programContext(database.core, world.clock, { kind: 'SYSTEM', id: 'clock', clientId: 'clock', address: null }, 'test'));
const quote = (holder: Holder, items: readonly object[], more: Readonly<Record<string, unknown>> = {}) =>
  world.quote(holder.customerId, items as never, { accountId: acc(holder.accountId), ...more });

async function mobile(): Promise<Holder & { id: string }> {
  const holder = await world.payer();
  const { subscribers } = await world.soldBy(await world.sell(holder, [world.open(holder, 'MOBILE', 'MOBILE-5G-129')]));
  return { ...holder, id: subscribers[0] ?? '' };
}
const handset = (subscriberId: string) => ({ changePlan: { subscriberId, plan: { code: 'MOBILE-HANDSET-199' }, when: 'NOW' } });

test('closing that was quoted before another plan bound is to be quoted again', async () => {
  const holder = await mobile();
  const close = { terminate: { subscriberId: holder.id } };
  const before = await quote(holder, [close]);
  expect(before.due).toBe('0.00');
  await world.sell(holder, [handset(holder.id)]);
  const { errors } = await world.mutate('submitOrder', { quotationId: before.quotationId });
  expect(errors).toEqual([
    {
      code: 'CONTRACT_NOT_QUOTED', field: ['items', '0', 'terminate'],
      message: 'What it costs to leave the contract of MOBILE-HANDSET-199 was not quoted: ask for another quotation.',
    },
  ]); // prettier-ignore
  const { errors: told } = await world.mutate('submitOrder', { quotationId: before.quotationId }, { ...world.clerk, language: 'zh' });
  expect(told.map(({ message }) => message)).toEqual(['报价未包含终止合约 MOBILE-HANDSET-199 的违约金，请重新报价']);
  const again = await quote(holder, [close]);
  expect(Number(again.due)).toBeGreaterThan(1_000);
  expect((await world.sell(holder, [close])).state).toBe('completed');
});

test('an order for later fails at its start where a contract has come to bind meanwhile', async () => {
  const holder = await mobile();
  const at = world.clock.now().add({ hours: 24 * 30 });
  const { quotationId } = await quote(holder, [{ terminate: { subscriberId: holder.id } }], { requestedStartAt: at.toString() });
  const { order } = await world.mutate('submitOrder', { quotationId });
  expect(order?.state).toBe('acknowledged');
  await world.sell(holder, [handset(holder.id)]);
  world.clock.set(at.toString());
  expect(await start()).toEqual({ orders: 1, more: false });
  const seen = await world.read<{ order: { state: string; items: { result: { refusals: { code: string }[] } }[] } }>(
    'query ($id: ID!) { order(id: $id) { state items { result } } }',
    { id: order?.id },
  );
  expect(seen.order.state).toBe('failed');
  expect(seen.order.items[0]?.result.refusals.map(({ code }) => code)).toEqual(['CONTRACT_NOT_QUOTED']);
});

test('members that were each quoted to leave others behind cannot all leave for nothing; told of it, they can', async () => {
  const holder = await world.payer();
  const { subscribers } = await world.soldBy(await world.sell(holder, world.fusion(holder)));
  const leave = (subscriberId: string) => ({ leaveBundle: { subscriberId } });
  const quotations = [];
  world.clock.advance({ hours: 24 });
  for (const id of subscribers) quotations.push(await quote(holder, [leave(id)]));
  expect(quotations.map(({ due }) => due)).toEqual(['0.00', '0.00', '0.00']);
  const submitted = [];
  for (const { quotationId } of quotations) submitted.push(await world.mutate('submitOrder', { quotationId }));
  expect(submitted.map(({ order, errors }) => order?.state ?? errors.map(({ code }) => code))).toEqual([
    'completed',
    'completed',
    ['CONTRACT_NOT_QUOTED'],
  ]);
  const last = await quote(holder, [leave(subscribers[2] ?? '')]);
  expect(Number(last.due)).toBeGreaterThan(900);
  // As one order they are told at once, and leave in one another's place.
  const other = await world.payer();
  const { subscribers: all } = await world.soldBy(await world.sell(other, world.fusion(other)));
  world.clock.advance({ hours: 24 });
  expect((await world.sell(other, all.map(leave))).state).toBe('completed');
});
