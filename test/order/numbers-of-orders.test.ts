import { EventEmitter, once } from 'node:events';
import { execute, type UseCase } from '../../src/business/execute';
import type { NumbersToStock } from '../../src/business/component/number';
import { putIntoStock, type Stocked } from '../../src/business/process/stock-numbers/put-into-stock';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey } from '../support/party-world';
import { until } from '../support/program';
import { sub, useOrderWorld } from './order-world';

/* A number of the stock that an order is to give out is kept for it while it waits, and is nobody else's. */

const database = useDatabase();
const world = useOrderWorld(database);
let stock: NumberWorld;
let numbers: string[];
beforeAll(async () => {
  stock = new NumberWorld(database, world);
  numbers = await stock.range(await stock.pool(world.hangzhou), 4);
});

const change = (subscriberId: Parameters<typeof sub>[0], identifier: string | undefined) => [
  { changeNumber: { subscriberId: sub(subscriberId), identifier } },
];
const later = () => ({ requestedStartAt: world.clock.now().add({ hours: 3 }).toString() });

test('it is kept by the order that waits, refused to others, and free again when the order is cancelled', async () => {
  const [number] = numbers;
  const [one, other] = [await world.household(), await world.household()];
  const order = await world.order(one.customerId, change(one.subscriberId, number), later());
  expect(order.state).toBe('acknowledged');
  expect(await stock.stateOf(number as string)).toBe('preOccupied');
  expect(await world.refusalsOf(other.customerId, change(other.subscriberId, number))).toEqual([
    'items.0.changeNumber.identifier NUMBER_UNAVAILABLE',
  ]);
  await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: 1 });
  expect(await stock.stateOf(number as string)).toBe('idle');
  expect((await world.order(other.customerId, change(other.subscriberId, number))).state).toBe('completed');
  expect(await stock.stateOf(number as string)).toBe('occupied');
});

test('it rests when its subscriber has another, or is closed', async () => {
  const [, first, second] = numbers;
  const { customerId, subscriberId } = await world.household();
  await world.order(customerId, change(subscriberId, first));
  await world.order(customerId, change(subscriberId, second));
  expect([await stock.stateOf(first as string), await stock.stateOf(second as string)]).toEqual(['frozen', 'occupied']);
  await world.order(customerId, [{ terminate: { subscriberId: sub(subscriberId) } }]);
  expect(await stock.stateOf(second as string)).toBe('frozen');
});

test('one that is just coming into stock is waited for, and is then in use', async () => {
  const { customerId, subscriberId } = await world.household();
  const numberPoolId = await stock.pool(world.hangzhou);
  const gate = new EventEmitter();
  const slowly: UseCase<NumbersToStock, Stocked, string> = {
    name: 'addSlowly',
    permission: 'number:write',
    async run(unit, input) {
      const added = await putIntoStock(unit, input);
      await once(gate, 'open');
      return added;
    },
  };
  const range = { numberPoolId, values: ['17655550004', '17655550005'], classes: [] };
  const waiting = async (granted: boolean) =>
    (await database.raw<{ pid: number }>(`SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted = ${granted}
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)).length; // prettier-ignore
  const adding = execute(world.context, slowly, range, newKey());
  await until(10_000, async () => (await waiting(true)) > 0);
  const ordering = world.order(customerId, change(subscriberId, '17655550005'));
  await until(10_000, async () => (await waiting(false)) > 0);
  gate.emit('open');
  expect(await adding).toMatchObject({ ok: true, value: { added: 2 } });
  expect((await ordering).state).toBe('completed');
  expect(await stock.stateOf('17655550005')).toBe('occupied');
});
