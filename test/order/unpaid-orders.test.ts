import { expireOrders } from '../../src/business/process/acceptance';
import { programContext } from '../../src/business/process/program-context';
import { selectStockDifferences } from '../../src/business/view/number-stock';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey } from '../support/party-world';
import { acc, cus, sub, useOrderWorld, type OrderRow } from './order-world';

/* An order that nobody pays, or decides on, is cancelled after its time, and gives everything back; a loss does not wait for it. */

const database = useDatabase();
const world = useOrderWorld(database);
let stock: NumberWorld;
let numbers: string[];

async function setRule(more: Readonly<Record<string, unknown>>): Promise<string[]> {
  const input = {
    idempotencyKey: newKey(), fee: { amount: '10.00', currency: 'CNY' }, feeChargeCode: 'NUMBER_FEE', feeTaxIncluded: true, dueMinutes: 30,
    monthsInNet: 0, daysInNet: 0, stopReasonsAllowed: [], arrearsRefused: false, ...more,
  }; // prettier-ignore
  const { setOrderKindRule } = await world.read<{ setOrderKindRule: { userErrors: { code: string; field: string[] }[] } }>(
    'mutation ($input: SetOrderKindRuleInput!) { setOrderKindRule(input: $input) { userErrors { code field } } }',
    { input },
    world.clerkAt(world.root),
  );
  return setOrderKindRule.userErrors.map(({ code, field }) => `${field.join('.')} ${code}`);
}
beforeAll(async () => {
  stock = new NumberWorld(database, world);
  numbers = await stock.range(await stock.pool(world.hangzhou), 6);
  await world.chargeCode('NUMBER_FEE', 600);
  expect(await setRule({ kind: 'CHANGE_NUMBER', paymentHours: 48 })).toEqual([]);
  expect(await setRule({ kind: 'TRANSFER' })).toEqual([]);
});
afterEach(async () => {
  expect(await selectStockDifferences({ sql: database.core.reader(), now: world.clock.now() }, 100)).toEqual([]);
});

const expire = () =>
  expireOrders(programContext(database.core, world.clock, { kind: 'SYSTEM', id: 'clock', clientId: 'clock', address: null }, 'test'));
const pay = (order: OrderRow, amount: string) =>
  world.mutate('recordOrderPayment', {
    orderId: order.id, expectedVersion: order.version, method: 'CASH', amount: { amount, currency: 'CNY' }, reference: newKey(),
  }); // prettier-ignore
const see = async (order: OrderRow) =>
  (await world.read<{ order: { state: string; expiresAt: string | null; paid: { amount: string } } }>(
    'query ($id: ID!) { order(id: $id) { state expiresAt paid { amount } } }',
    { id: order.id },
  )).order; // prettier-ignore

async function changing(number: string | undefined, more: Readonly<Record<string, unknown>> = {}) {
  const party = await world.household();
  const items = [{ changeNumber: { subscriberId: sub(party.subscriberId), identifier: number } }];
  return { ...party, order: await world.order(party.customerId, items, { accountId: acc(party.accountId), ...more }) };
}

test('it is cancelled when its time is over, not before; its number is free and its payment given back', async () => {
  const { order, accountId } = await changing(numbers[0]);
  const expiresAt = world.clock.now().add({ hours: 48 });
  expect(await see(order)).toMatchObject({ state: 'pending', expiresAt: expiresAt.toString({ fractionalSecondDigits: 3 }) });
  const { order: part } = await pay(order, '4.00');
  expect(await see(part as OrderRow)).toMatchObject({ expiresAt: expiresAt.toString({ fractionalSecondDigits: 3 }) });
  world.clock.set(expiresAt.subtract({ seconds: 1 }).toString());
  expect(await expire()).toEqual({ orders: 0, more: false });
  expect(await stock.stateOf(numbers[0] as string)).toBe('preOccupied');
  world.clock.advance({ seconds: 1 });
  expect(await expire()).toEqual({ orders: 1, more: false });
  expect(await see(order)).toEqual({ state: 'cancelled', expiresAt: null, paid: { amount: '0.00' } });
  expect(await stock.stateOf(numbers[0] as string)).toBe('idle');
  expect(await world.booksOf(accountId)).toEqual({});
  expect((await world.historyOf(order.id)).slice(-2)).toEqual(['order pending→cancelled EXPIRED', '1 pending→cancelled EXPIRED']);
  expect((await pay(part as OrderRow, '6.00')).errors).toMatchObject([{ code: 'STALE_VERSION' }]);
  expect(await expire()).toEqual({ orders: 0, more: false });
});

test('one that waits for approval has its time too, and another from then on for its payment', async () => {
  const { customerId, accountId, subscriberId } = await world.household();
  const items = [{ changeNumber: { subscriberId: sub(subscriberId), identifier: numbers[1] } }];
  const held = async () => {
    const { quotationId } = await world.quote(customerId, items, { accountId: acc(accountId) });
    await database.raw(
      "UPDATE quotation SET approval_needed = true WHERE valid_until > now() - interval '1 year' AND used_by_order_id IS NULL",
    );
    return (await world.mutate('submitOrder', { quotationId })).order as OrderRow;
  };
  const first = await held();
  expect(first.state).toBe('held');
  world.clock.advance({ hours: 47 });
  const approve = { orderId: first.id, expectedVersion: 1 };
  const approved = await world.mutate('approveOrder', approve, world.clerkAt(world.hangzhou));
  expect(approved.order?.state).toBe('pending');
  world.clock.advance({ hours: 47 });
  expect(await expire()).toEqual({ orders: 0, more: false });
  expect(await stock.stateOf(numbers[1] as string)).toBe('preOccupied');
  expect((await pay(approved.order as OrderRow, '10.00')).order?.state).toBe('completed');
  const [, , again] = numbers;
  items[0] = { changeNumber: { subscriberId: sub(subscriberId), identifier: again } };
  const second = await held();
  world.clock.advance({ hours: 48 });
  expect(await expire()).toEqual({ orders: 1, more: false });
  expect((await see(second)).state).toBe('cancelled');
  expect(await stock.stateOf(again as string)).toBe('idle');
});

test('of its last payment and its end at one moment one comes first, and nothing is lost', async () => {
  const { order, accountId } = await changing(numbers[3]);
  world.clock.advance({ hours: 48 });
  const [paid] = await Promise.all([pay(order, '10.00'), expire()]);
  const { state } = await see(order);
  expect(state).toBe(paid.order === null ? 'cancelled' : 'completed');
  expect(await stock.stateOf(numbers[3] as string)).toBe(state === 'completed' ? 'occupied' : 'idle');
  expect(await world.booksOf(accountId)).toEqual(state === 'completed' ? { 1001: 1000, 6001: -943, 2221: -57 } : {});
});

test('the shortest of its items’ times counts, a week where the rule says nothing, and its bounds are told', async () => {
  const { customerId, accountId, subscriberId } = await world.household();
  const heir = await world.payer();
  const transfer = { transfer: { subscriberId: sub(subscriberId), customerId: cus(heir.customerId), accountId: acc(heir.accountId) } };
  const now = world.clock.now();
  const order = await world.order(customerId, [transfer], { accountId: acc(accountId) });
  expect((await see(order)).expiresAt).toBe(now.add({ hours: 168 }).toString({ fractionalSecondDigits: 3 }));
  const { order: amended } = await changing(numbers[4]);
  expect((await see(amended)).expiresAt).toBe(now.add({ hours: 48 }).toString({ fractionalSecondDigits: 3 }));
  expect(await setRule({ kind: 'CHANGE_NUMBER', paymentHours: 0 })).toEqual(['paymentHours RULE_INVALID']);
  expect(await setRule({ kind: 'CHANGE_NUMBER', paymentHours: 8_761 })).toEqual(['paymentHours RULE_INVALID']);
});

test('a phone that is lost is stopped while an order waits, and that order is checked again before its effect', async () => {
  const { order, customerId, subscriberId } = await changing(numbers[5]);
  const stop = (reason: string) => [{ suspend: { subscriberId: sub(subscriberId), reason } }];
  expect(await world.refusalsOf(customerId, stop('CUSTOMER_REQUEST'))).toEqual(['items.0.suspend.subscriberId ORDER_UNDER_WAY']);
  expect((await world.order(customerId, stop('LOSS'))).state).toBe('completed');
  expect((await pay(order, '10.00')).errors).toMatchObject([
    { code: 'STOP_REASON_REFUSES', field: ['items', '0', 'changeNumber', 'subscriberId'] },
  ]);
  expect((await world.order(customerId, [{ resume: { subscriberId: sub(subscriberId), reason: 'LOSS' } }])).state).toBe('completed');
  expect((await pay(order, '10.00')).order?.state).toBe('completed');
});
