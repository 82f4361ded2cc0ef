import { EventEmitter, once } from 'node:events';
import type { Unit } from '../../src/business/context';
import { execute, type UseCase } from '../../src/business/execute';
import { occupyStocked, stockNumbers, type NumbersToStock } from '../../src/business/component/number';
import type { OrderChanged } from '../../src/business/component/order';
import { holdNumberHolders } from '../../src/business/component/subscriber';
import { quoteOrderIn, submitOrderIn, type QuoteOrderInput } from '../../src/business/process/acceptance';
import { putIntoStock, type Stocked } from '../../src/business/process/stock-numbers/put-into-stock';
import type { Id } from '../../src/kernel/id';
import { ok } from '../../src/kernel/result';
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

/** Brings a number into stock as slowly as somebody likes: the gate is opened by an event. */
async function bringSlowly(numberPoolId: NumbersToStock['numberPoolId'], values: readonly string[]) {
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
  const adding = execute(world.context, slowly, { numberPoolId, values, classes: [] }, newKey());
  await until(10_000, async () => (await advisoryLocks(true)) > 0);
  return { adding, open: () => gate.emit('open') };
}

async function advisoryLocks(granted: boolean): Promise<number> {
  const rows = await database.raw(`SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted = ${granted}
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
  return rows.length;
}

/** As a row of a file is accepted: in one unit. */
async function quoteAndSubmit(unit: Unit, input: QuoteOrderInput) {
  const quoted = await quoteOrderIn(unit, input);
  return quoted.ok ? submitOrderIn(unit, quoted.value) : quoted;
}

const acceptAtOnce: UseCase<QuoteOrderInput, OrderChanged, string> = {
  name: 'acceptAtOnce',
  permission: 'order:write',
  run: quoteAndSubmit,
};

let place = 0;

describe('one that is just coming into stock is waited for, and is then in use', () => {
  const accept = {
    'quoted, then submitted': async (customerId: Id<'customer'>, subscriberId: Id<'subscriber'>, number: string) =>
      (await world.order(customerId, change(subscriberId, number))).state,
    'quoted and submitted in one unit': async (customerId: Id<'customer'>, subscriberId: Id<'subscriber'>, identifier: string) => {
      const items = [{ kind: 'CHANGE_NUMBER' as const, content: { subscriberId, identifier } }];
      const input = {
        organisationId: world.hangzhou,
        customerId,
        accountId: null,
        items,
        requestedStartAt: null,
        externalId: null,
        note: null,
      };
      const accepted = await execute(world.context, acceptAtOnce, input, newKey());
      return accepted.ok ? accepted.value.state : accepted.refusals;
    },
  };
  test.each(Object.entries(accept))('%s', async (_way, acceptIt) => {
    const { customerId, subscriberId } = await world.household();
    const number = `1765555${String((place += 1)).padStart(4, '0')}`;
    const { adding, open } = await bringSlowly(await stock.pool(world.hangzhou), [number]);
    const accepting = acceptIt(customerId, subscriberId, number);
    await until(10_000, async () => (await advisoryLocks(false)) > 0);
    open();
    expect(await adding).toMatchObject({ ok: true, value: { added: 1 } });
    expect(await accepting).toBe('completed');
    expect(await stock.stateOf(number)).toBe('occupied');
  });
});

test('numbers are locked before subscribers where an order is quoted and submitted in one unit, as by who brings them into stock', async () => {
  const { customerId, subscriberId } = await world.household();
  const [row] = await database.raw<{ value: string }>(
    `SELECT value FROM subscriber_identifier WHERE subscriber_id = '${subscriberId}' AND kind = 'NUMBER'`,
  );
  const own = row?.value as string;
  const gate = new EventEmitter();
  const attempts = { adding: 0, accepting: 0 };
  // Between the block of the numbers and the subscribers that have them.
  const addSlowly: UseCase<NumbersToStock, { occupied: number }, string> = {
    name: 'addSlowly',
    permission: 'number:write',
    async run(unit, input) {
      const pool = await stockNumbers(unit, input);
      if (!pool.ok) return pool;
      if ((attempts.adding += 1) === 1) await once(gate, 'open');
      const occupied = await occupyStocked(unit, pool.value, await holdNumberHolders(unit, input.values));
      return occupied.ok ? ok({ occupied: occupied.value }) : occupied;
    },
  };
  const accept: typeof acceptAtOnce = {
    ...acceptAtOnce,
    run(unit, input) {
      attempts.accepting += 1;
      return quoteAndSubmit(unit, input);
    },
  };
  const numberPoolId = await stock.pool(world.hangzhou);
  const adding = execute(world.context, addSlowly, { numberPoolId, values: [own], classes: [] }, newKey());
  await until(10_000, async () => (await advisoryLocks(true)) > 0);
  // Of the same block, and in no stock.
  const identifier = `${own.slice(0, -4)}${String((Number(own.slice(-4)) + 5_000) % 10_000).padStart(4, '0')}`;
  const items = [{ kind: 'CHANGE_NUMBER' as const, content: { subscriberId, identifier } }];
  const input = {
    organisationId: world.hangzhou,
    customerId,
    accountId: null,
    items,
    requestedStartAt: null,
    externalId: null,
    note: null,
  };
  const accepting = execute(world.context, accept, input, newKey());
  await until(10_000, async () => (await advisoryLocks(false)) > 0);
  gate.emit('open');
  expect(await adding).toMatchObject({ ok: true, value: { occupied: 1 } });
  expect(await accepting).toMatchObject({ ok: true, value: { state: 'completed' } });
  // Nobody was broken off for a deadlock.
  expect(attempts).toEqual({ adding: 1, accepting: 1 });
});
