import { createNumberClass, classifyNumbers } from '../../src/business/component/number';
import { quoteOrder } from '../../src/business/process/acceptance';
import { selectStockDifferences } from '../../src/business/view/number-stock';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import type { Caller } from '../support/graph';
import { NumberWorld } from '../support/number-world';
import { newNumber } from '../support/party-world';
import { sub, useOrderWorld } from './order-world';

/* Any free number 选号: chosen and kept when the quotation is asked for, kept by its order, and never anybody else's. */

const database = useDatabase();
const world = useOrderWorld(database);
let stock: NumberWorld;

beforeAll(() => {
  stock = new NumberWorld(database, world);
});
afterEach(async () => {
  expect(await selectStockDifferences({ sql: database.core.reader(), now: world.clock.now() }, 100)).toEqual([]);
});

const AT_ONCE = 10;

const change = (subscriberId: Id<'subscriber'>, anyNumber: object, more: object = {}) => [
  { changeNumber: { subscriberId: sub(subscriberId), anyNumber, ...more } },
];
const ofPool = (id: Id<'numberPool'>) => ({ numberPoolId: encodeId('numberPool', id) });
const chosenOf = async (quotationId: string, by: Caller = world.clerk) =>
  (
    await world.read<{ quotation: { chosenNumbers: { itemNo: number; number: string; keptUntil: string }[] } }>(
      'query ($id: ID!) { quotation(id: $id) { chosenNumbers { itemNo number keptUntil } } }',
      { id: quotationId },
      by,
    )
  ).quotation.chosenNumbers;
const numberOf = async (id: Id<'subscriber'>) =>
  (await world.read<{ subscriber: { accessNumber: string } }>('query ($id: ID!) { subscriber(id: $id) { accessNumber } }', { id: sub(id) }))
    .subscriber.accessNumber;

test('the quotation says which, keeps it for the clerk for a time, and its order gives it', async () => {
  const pool = await stock.pool(world.hangzhou);
  const numbers = await stock.range(pool, 20);
  const { customerId, subscriberId } = await world.household();
  const { quotationId, errors } = await world.quote(customerId, change(subscriberId, { ...ofPool(pool), pattern: { endsWith: '7' } }));
  expect(errors).toEqual([]);
  const [chosen] = await chosenOf(quotationId);
  expect(chosen).toMatchObject({ itemNo: 1, number: numbers[7] });
  const keptUntil = world.clock.now().add({ minutes: 30 }).toString({ fractionalSecondDigits: 3 });
  expect(chosen?.keptUntil).toBe(keptUntil);
  const staffId = world.clerk.staffId;
  expect(await stock.stocked(numbers[7] as string)).toMatchObject({ state: 'preOccupied', holder_id: staffId });
  const other = await world.household();
  const named = [{ changeNumber: { subscriberId: sub(other.subscriberId), identifier: numbers[7] } }];
  expect(await world.refusalsOf(other.customerId, named, { by: world.clerkAt(world.hangzhou) })).toEqual([
    'items.0.changeNumber.identifier NUMBER_UNAVAILABLE',
  ]);
  // A colleague submits it.
  const { order } = await world.mutate('submitOrder', { quotationId }, world.clerkAt(world.hangzhou));
  expect(order?.state).toBe('completed');
  expect(await numberOf(subscriberId)).toBe(numbers[7]);
  expect(await stock.stateOf(numbers[7] as string)).toBe('occupied');
});

test('one that waits keeps it; one that was kept too long may be another’s by then', async () => {
  const pool = await stock.pool(world.hangzhou);
  const [only] = await stock.range(pool, 1);
  const [one, other] = [await world.household(), await world.household()];
  const later = { requestedStartAt: world.clock.now().add({ hours: 3 }).toString() };
  const first = await world.quote(one.customerId, change(one.subscriberId, ofPool(pool)), later);
  const colleague = world.clerkAt(world.hangzhou);
  expect(await world.refusalsOf(other.customerId, change(other.subscriberId, ofPool(pool)), { by: colleague })).toEqual([
    'items.0.changeNumber.anyNumber NONE_CHOSEN',
  ]);
  world.clock.advance({ minutes: 30 });
  const second = await world.quote(other.customerId, change(other.subscriberId, ofPool(pool)), { by: colleague, ...later });
  expect(second.errors).toEqual([]);
  const lost = await world.mutate('submitOrder', { quotationId: first.quotationId });
  expect(lost.errors).toMatchObject([{ code: 'NUMBER_UNAVAILABLE', field: ['items', '0', 'changeNumber', 'identifier'] }]);
  const { order } = await world.mutate('submitOrder', { quotationId: second.quotationId }, colleague);
  world.clock.advance({ hours: 2 });
  expect(await stock.stocked(only as string)).toMatchObject({ state: 'preOccupied' });
  await world.mutate('cancelOrder', { orderId: order?.id, expectedVersion: 1 });
  expect(await stock.stateOf(only as string)).toBe('idle');
});

test('it is of the line and the place of the subscriber, and of no class unless one is asked for', async () => {
  const ningbo = world.clerkAt(world.ningbo);
  const pool = await stock.pool(world.ningbo);
  const [good, ordinary] = await stock.range(pool, 2);
  const code = 'GOOD-1';
  const nothing = { amountMinor: 0n, currency: 'CNY' as const };
  await world.run(createNumberClass, { code, name: '靓号', minimumSpend: nothing, minimumSpendMonths: 0, deposit: nothing } as never);
  await world.run(classifyNumbers, { numbers: [good as string], classCode: code });
  const { customerId, subscriberId } = await world.household();
  expect(await world.refusalsOf(customerId, change(subscriberId, ofPool(pool)))).toEqual([
    'items.0.changeNumber.anyNumber.numberPoolId NOT_FOUND',
  ]);
  const theirs = await world.customer({ organisationId: world.ningbo });
  const accountId = await world.account(theirs, { organisationId: world.ningbo });
  const there = await world.subscriber(theirs, accountId, { organisationId: world.ningbo });
  const at = { by: ningbo, organisationId: encodeId('organisation', world.ningbo) };
  const chosen = async (anyNumber: object) => {
    const { quotationId, errors } = await world.quote(theirs, change(there, anyNumber), at);
    return errors.length > 0 ? errors.map(({ code: why }) => why) : (await chosenOf(quotationId, ningbo)).map(({ number }) => number);
  };
  expect(await chosen({})).toEqual([ordinary]);
  expect(await chosen({})).toEqual(['NONE_CHOSEN']);
  expect(await chosen({ classCode: code })).toEqual([good]);
  expect(await chosen({ classCode: 'NO-SUCH' })).toEqual(['NONE_CHOSEN']);
  expect(await chosen({ pattern: { tailShape: 'abc' } })).toEqual(['PATTERN_INVALID']);
});

test('a number or a wish, not both and not neither; and a clerk holds a bounded number', async () => {
  const { customerId, subscriberId } = await world.household();
  const both = change(subscriberId, {}, { identifier: newNumber() });
  expect(await world.refusalsOf(customerId, both)).toEqual(['items.0.changeNumber.identifier NUMBER_OR_ANY']);
  const { errors } = await world.quote(customerId, [{ changeNumber: { subscriberId: sub(subscriberId) } }], { language: 'zh' });
  expect(errors).toEqual([
    { code: 'NUMBER_OR_ANY', field: ['items', '0', 'changeNumber', 'identifier'], message: '请指定号码（账号），或选号条件，二者选一' },
  ]);
  const pool = await stock.pool(world.hangzhou);
  await stock.range(pool, 25);
  const by = world.clerkAt(world.hangzhou);
  for (let held = 0; held < 20; held += 1) {
    expect((await world.quote(customerId, change(subscriberId, ofPool(pool)), { by })).errors).toEqual([]);
  }
  expect(await world.refusalsOf(customerId, change(subscriberId, ofPool(pool)), { by })).toEqual([
    'items.0.changeNumber.anyNumber TOO_MANY_HELD',
  ]);
  const content = { subscriberId, identifier: null, anyNumber: { numberPoolId: pool, classCode: null, pattern: {} } };
  const asked = { organisationId: world.hangzhou, customerId, accountId: null, requestedStartAt: null, externalId: null, note: null };
  expect(await world.refused(quoteOrder, { ...asked, items: [{ kind: 'CHANGE_NUMBER', content }] })).toEqual([
    'items.0.changeNumber.anyNumber STAFF_ONLY',
  ]);
});

test('of a hundred who ask at once for fifty numbers, fifty get one each and fifty are told', async () => {
  const pool = await stock.pool(world.hangzhou);
  const numbers = await stock.range(pool, 50);
  const household = await world.payer();
  const subscribers: Id<'subscriber'>[] = [];
  for (let count = 0; count < 100; count += 1) subscribers.push(await world.subscriber(household.customerId, household.accountId));
  const clerks = subscribers.map(() => ({ ...world.clerk, staffId: newId('staff') }));
  const ends: Awaited<ReturnType<typeof world.quote>>[] = [];
  const ask = async (place: number): Promise<void> => {
    const subscriberId = subscribers[place];
    if (subscriberId === undefined) return;
    ends.push(await world.quote(household.customerId, change(subscriberId, ofPool(pool)), { by: clerks[place] as Caller }));
    await ask(place + AT_ONCE);
  };
  // As many at once as have a connection each, however slow the machine is.
  await Promise.all(Array.from({ length: AT_ONCE }, (_, place) => ask(place)));
  const won = ends.filter(({ errors }) => errors.length === 0);
  expect(ends.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(Array(50).fill('NONE_CHOSEN'));
  const chosen = await Promise.all(won.map(async ({ quotationId }) => (await chosenOf(quotationId))[0]?.number));
  expect(chosen.sort()).toEqual(numbers);
});
