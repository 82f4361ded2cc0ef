import {
  NUMBER_STATES, changeNumberClass, changeNumberPool, classifyNumbers, closeNumberPool, createNumberClass, createNumberPool, freezeNumber,
  freezeNumbersOf, holdNumbers, occupyNumber, portIn, portOut, preOccupyNumbers, releaseHeldBy, releaseNumber, reserveNumber,
  scrapNumbers, selectAccessNumberByValue, takeBack, turnOverElapsed, unholdNumbers, type NumberRefusal, type NumberState,
} from '../../src/business/component/number'; // prettier-ignore
import { changeOperatorParameter } from '../../src/business/component/organisation';
import type { Unit } from '../../src/business/context';
import { execute, type UseCase } from '../../src/business/execute';
import { addNumberRange, addNumbers } from '../../src/business/process/stock-numbers';
import { newId, type Id } from '../../src/kernel/id';
import { currencyOf, type CurrencyCode } from '../../src/kernel/money';
import { ok, type Result } from '../../src/kernel/result';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { NumberWorld, someOrder } from '../support/number-world';
import { newKey, refusalsIn, usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);
const numbers = new NumberWorld(database, world);

const staffId = newId('staff');
let numberPoolId: Id<'numberPool'>;
let subscriberId: Id<'subscriber'>;
beforeAll(async () => {
  numberPoolId = await numbers.pool(world.hangzhou);
  const { customerId, accountId } = await world.payer();
  subscriberId = await world.subscriber(customerId, accountId);
});

let count = 0;
const newValue = (): string => `1660000${String((count += 1)).padStart(4, '0')}`;

/** A use case of a test's own, around a function that other components call in their units. */
function inUnit<Input extends Json>(
  name: string,
  run: (unit: Unit, input: Input) => Promise<Result<unknown>>,
): UseCase<Input, Json, string> {
  return {
    name,
    permission: 'subscriber:write',
    run: async (unit, input) => {
      const result = await run(unit, input);
      return result.ok ? ok(null) : result;
    },
  };
}

/** A number of the stock in a state, set past the rules. */
async function inState(state: NumberState): Promise<string> {
  const value = newValue();
  await numbers.add(numberPoolId, value);
  const until = state === 'preOccupied' || state === 'frozen' ? world.clock.now().add({ minutes: 10 }).toString() : null;
  const held = state === 'preOccupied' ? staffId : null;
  const has = state === 'occupied' || state === 'portedIn' ? subscriberId : null;
  await database.raw(
    `UPDATE access_number SET state = $2, until = $3, holder_kind = $4, holder_id = $5, subscriber_id = $6 WHERE value = $1`,
    [value, state, until, held === null ? null : 'STAFF', held, has],
  );
  return value;
}

interface Operation {
  readonly name: string;
  /** From which states it leads where; from any other it is refused. */
  readonly leads: Partial<Record<NumberState, NumberState>>;
  /** Its refusal; null where it leaves alone what is none of its business. */
  readonly code: NumberRefusal | null;
  run(value: string): Promise<Result<unknown>>;
}

const run = <Input>(useCase: UseCase<Input, Json, string>, input: Input, context = world.context): Promise<Result<unknown>> =>
  execute(context, useCase, input, newKey());
const newcomer = newId('subscriber');

const occupying = inUnit<{ value: string; holder: 'order' | null }>('occupying', async (unit, { value }) => {
  const claim = { value, serviceType: 'MOBILE', organisationId: world.hangzhou, subscriberId: newcomer, holder: null };
  const outcome = await occupyNumber(unit, claim);
  // The subscriber's row must come in the same unit; here the number has a subscriber that is there.
  await unit.transaction.manager.query('UPDATE access_number SET subscriber_id = $1 WHERE subscriber_id = $2', [subscriberId, newcomer]);
  return outcome === 'AVAILABLE' ? ok(null) : { ok: false, refusals: [{ code: outcome, field: null, message: { zh: '', en: '' } }] };
});

const operations: readonly Operation[] = [
  { name: 'reserveNumber', leads: { idle: 'preOccupied' }, code: 'NUMBER_NOT_FREE',
    run: (number) => run(reserveNumber, { number }, numbers.clerk(world.hangzhou)) },
  { name: 'reserveNumber by its holder', leads: { idle: 'preOccupied', preOccupied: 'preOccupied' }, code: 'NUMBER_NOT_FREE',
    run: (number) => run(reserveNumber, { number }, numbers.clerk(world.hangzhou, { staffId })) },
  { name: 'releaseNumber', leads: { preOccupied: 'idle' }, code: 'STATE_REFUSES',
    run: (number) => run(releaseNumber, { number }, numbers.clerk(world.hangzhou, { staffId })) },
  { name: 'holdNumbers', leads: { idle: 'held' }, code: 'STATE_REFUSES', run: (number) => run(holdNumbers, { numbers: [number] }) },
  { name: 'unholdNumbers', leads: { held: 'idle' }, code: 'STATE_REFUSES', run: (number) => run(unholdNumbers, { numbers: [number] }) },
  { name: 'scrapNumbers', leads: { idle: 'scrapped', held: 'scrapped', frozen: 'scrapped' }, code: 'STATE_REFUSES',
    run: (number) => run(scrapNumbers, { numbers: [number] }) },
  { name: 'addNumbers', leads: { scrapped: 'idle' }, code: 'NUMBERS_IN_STOCK',
    run: (number) => run(addNumbers, { numberPoolId, numbers: [number], classes: [] }) },
  { name: 'freezeNumber', leads: { occupied: 'frozen', portedIn: 'scrapped' }, code: null,
    run: (value) => run(inUnit<{ value: string }>('freezing', async (unit) => {
      await freezeNumber(unit, value, subscriberId, unit.now.add({ hours: 1 }));
      return ok(null);
    }), { value }) },
  { name: 'portOut', leads: { occupied: 'portedOut', portedIn: 'scrapped' }, code: 'NOT_FOUND',
    run: (value) => run(inUnit<{ value: string }>('portingOut', (unit) => portOut(unit, value, subscriberId)), { value }) },
  { name: 'portIn', leads: { portedOut: 'occupied', scrapped: 'portedIn' }, code: 'STATE_REFUSES',
    run: (value) => run(inUnit<{ value: string }>('portingIn', (unit) =>
      portIn(unit, { value, serviceType: 'MOBILE', organisationId: world.hangzhou, subscriberId }, 'subscriber:write')), { value }) },
  { name: 'takeBack', leads: { portedOut: 'frozen' }, code: 'STATE_REFUSES',
    run: (value) => run(inUnit<{ value: string }>('takingBack', (unit) => takeBack(unit, value, world.hangzhou)), { value }) },
]; // prettier-ignore

describe.each(operations)('$name', ({ leads, code, run: operate }) => {
  it.each(NUMBER_STATES)('of a number that is %s', async (state) => {
    const value = await inState(state);
    const before = await numbers.stocked(value);
    const result = await operate(value);
    const next = leads[state];
    if (next === undefined) {
      expect(refusalsIn(result).map((refusal) => refusal.split(' ').at(-1))).toEqual(code === null ? [] : [code]);
      expect(await numbers.stocked(value)).toEqual(before);
    } else {
      expect(refusalsIn(result)).toEqual([]);
      expect(await numbers.stateOf(value)).toBe(next);
    }
  });
});

describe('occupyNumber', () => {
  const outcomes: Readonly<Record<NumberState, string>> = {
    idle: 'occupied',
    preOccupied: 'UNAVAILABLE',
    occupied: 'IN_USE',
    frozen: 'UNAVAILABLE',
    held: 'UNAVAILABLE',
    portedOut: 'UNAVAILABLE',
    portedIn: 'IN_USE',
    scrapped: 'UNAVAILABLE',
  };

  it.each(NUMBER_STATES)('of a number that is %s', async (state) => {
    const value = await inState(state);
    const result = await run(occupying, { value, holder: null });
    expect(result.ok ? await numbers.stateOf(value) : refusalsIn(result)[0]).toBe(outcomes[state]);
  });

  it('by the clerk who holds it, and not by another', async () => {
    const value = await inState('preOccupied');
    expect(refusalsIn(await run(occupying, { value, holder: null }, numbers.clerk(world.hangzhou)))).toEqual(['UNAVAILABLE']);
    expect(refusalsIn(await run(occupying, { value, holder: null }, numbers.clerk(world.hangzhou, { staffId })))).toEqual([]);
  });
});

describe('an order', () => {
  const until = () => world.clock.now().add({ hours: 1 });
  const preOccupying = (values: readonly string[], holder = someOrder()) => ({
    holder,
    useCase: inUnit<{ values: readonly string[] }>('preOccupying', (unit) => preOccupyNumbers(unit, values, holder, until())),
    input: { values },
  });

  it('pre-occupies all of its numbers or none, those too that its clerk reserved, and gives them back', async () => {
    const clerk = numbers.clerk(world.hangzhou, { staffId });
    const [free, reserved, frozen] = [await inState('idle'), await inState('preOccupied'), await inState('frozen')];
    const all = preOccupying([free, reserved, frozen]);
    expect(refusalsIn(await run(all.useCase, all.input, clerk))).toEqual(['numbers.2 NUMBER_NOT_FREE']);
    expect([await numbers.stateOf(free), (await numbers.stocked(reserved))?.holder_id]).toEqual(['idle', staffId]);
    const two = preOccupying([free, reserved]);
    expect(refusalsIn(await run(two.useCase, two.input, numbers.clerk(world.hangzhou)))).toEqual(['numbers.1 NUMBER_NOT_FREE']);
    expect(refusalsIn(await run(two.useCase, two.input, clerk))).toEqual([]);
    expect([(await numbers.stocked(free))?.holder_id, (await numbers.stocked(reserved))?.holder_id]).toEqual([
      two.holder.id,
      two.holder.id,
    ]);
    // A clerk does not give back what an order holds.
    expect(await world.refused(releaseNumber, { number: free }, clerk)).toEqual(['number HELD_BY_ANOTHER']);
    const releasing = inUnit<{ order: string }>('releasing', async (unit) => {
      await releaseHeldBy(unit, two.holder);
      return ok(null);
    });
    await run(releasing, { order: two.holder.id });
    expect([await numbers.stateOf(free), await numbers.stateOf(reserved)]).toEqual(['idle', 'idle']);
  });

  it('and another with the same numbers the other way round: one has them all, nobody waits in a ring', async () => {
    for (let round = 0; round < 5; round += 1) {
      const values = [await inState('idle'), await inState('idle'), await inState('idle')];
      const orders = [preOccupying(values), preOccupying([...values].reverse())];
      const ends = await Promise.all(orders.map(({ useCase, input }) => run(useCase, input)));
      expect(ends.filter((end) => end.ok)).toHaveLength(1);
    }
  });
});

describe('time', () => {
  it('ends a reservation and a rest, wherever numbers are picked or shown; maintenance then says so of the rows', async () => {
    const [reserved, frozen] = [await inState('preOccupied'), await inState('frozen')];
    const states = async () => {
      const shown = await Promise.all([reserved, frozen].map((value) => selectAccessNumberByValue(world.context, value)));
      return shown.map((number) => [number?.state, number?.until === null, number?.holder === null]);
    };
    expect(await states()).toEqual([['preOccupied', false, false], ['frozen', false, true]]); // prettier-ignore
    world.clock.advance({ minutes: 10 });
    expect(await states()).toEqual([['idle', true, true], ['idle', true, true]]); // prettier-ignore
    expect([await numbers.stateOf(reserved), await numbers.stateOf(frozen)]).toEqual(['preOccupied', 'frozen']);
    await world.run(holdNumbers, { numbers: [frozen] });
    await database.core.transaction(async (transaction) => {
      expect(await turnOverElapsed(transaction, world.clock.now(), 1)).toBe(1);
      expect(await turnOverElapsed(transaction, world.clock.now(), 5_000)).toBeGreaterThanOrEqual(0);
      expect(await turnOverElapsed(transaction, world.clock.now(), 5_000)).toBe(0);
      return { commit: true, value: undefined };
    });
    expect([await numbers.stateOf(reserved), await numbers.stateOf(frozen)]).toEqual(['idle', 'held']);
  });

  it('of rest is the operator’s parameter', async () => {
    const { customerId, accountId } = await world.payer();
    const identifier = await inState('idle');
    const owner = await world.subscriber(customerId, accountId, { identifier });
    await world.run(changeOperatorParameter, { parameter: 'numberFreezeDays', value: 7, expectedVersion: 0 });
    const lettingGo = inUnit<{ owner: string }>('lettingGo', async (unit) => {
      await freezeNumbersOf(unit, owner);
      return ok(null);
    });
    await run(lettingGo, { owner });
    const [row] = await database.raw<{ ends: boolean }>('SELECT until = $2::timestamptz AS ends FROM access_number WHERE value = $1', [
      identifier,
      world.clock
        .now()
        .add({ hours: 7 * 24 })
        .toString(),
    ]);
    expect(row?.ends).toBe(true);
  });
});

const cny = currencyOf('CNY') as CurrencyCode;
const yuan = (amount: number) => ({ amountMinor: BigInt(amount) * 100n, currency: cny });
const newClass = (more: object = {}) => ({
  code: `C${newKey().toUpperCase()}`,
  name: '钻石号',
  nameEn: 'Diamond',
  minimumSpend: yuan(188),
  minimumSpendMonths: 24,
  deposit: yuan(500),
  ...more,
});

describe('a class of good numbers', () => {
  it('is made and changed at the root; its amounts are exact', async () => {
    const input = newClass();
    const { numberClassId } = await world.run(createNumberClass, input);
    await world.run(changeNumberClass, { numberClassId, expectedVersion: 1, deposit: yuan(0), nameEn: null });
    const rows = await database.raw('SELECT * FROM number_class WHERE id = $1', [numberClassId]);
    expect(rows).toMatchObject([
      { name_en: null, currency: 'CNY', minimum_spend_minor: '18800', minimum_spend_months: 24, deposit_minor: '0', version: 2 },
    ]);
    expect(await world.refused(createNumberClass, input)).toEqual(['code CODE_TAKEN']);
    expect(await world.refused(changeNumberClass, { numberClassId, expectedVersion: 1 })).toEqual(['expectedVersion STALE_VERSION']);
    expect(await world.refused(changeNumberClass, { numberClassId: newId('numberClass'), expectedVersion: 1 })).toEqual([
      'numberClassId NOT_FOUND',
    ]);
    const cityManager = numbers.clerk(world.hangzhou, { permissions: ['number:write'] });
    expect(await world.refused(createNumberClass, newClass(), cityManager)).toEqual(['OUTSIDE_SCOPE']);
    const mobileManager = numbers.clerk(world.root, { permissions: ['number:write'], lines: ['MOBILE'] });
    expect(await world.refused(createNumberClass, newClass(), mobileManager)).toEqual(['OUTSIDE_SCOPE']);
  });

  it.each([
    [{ code: 'gold' }, 'code CODE_INVALID'],
    [{ name: ' ' }, 'name BLANK'],
    [{ name: '号'.repeat(201) }, 'name TOO_LONG'],
    [{ nameEn: 'a\u200bb' }, 'nameEn CHARACTERS_REFUSED'],
    [{ minimumSpend: { amountMinor: -1n, currency: cny } }, 'minimumSpend AMOUNT_INVALID'],
    [{ deposit: { amountMinor: -1n, currency: cny } }, 'deposit AMOUNT_INVALID'],
    [{ deposit: { amountMinor: 1n, currency: currencyOf('USD') } }, 'deposit AMOUNT_INVALID'],
    [{ minimumSpendMonths: 0 }, 'minimumSpendMonths SPEND_MONTHS_INVALID'],
    [{ minimumSpendMonths: 121 }, 'minimumSpendMonths SPEND_MONTHS_INVALID'],
    [{ minimumSpend: yuan(0) }, 'minimumSpendMonths SPEND_MONTHS_INVALID'],
  ])('is refused with %j', async (more, refusal) => {
    expect(await world.refused(createNumberClass, newClass(more))).toContain(refusal);
  });

  it('is given by patterns when a range comes into stock, and by hand', async () => {
    const [gold, silver] = [newClass(), newClass()];
    await world.run(createNumberClass, gold);
    await world.run(createNumberClass, silver);
    const pool = await numbers.pool(world.hangzhou);
    const classes = [
      { classCode: gold.code, pattern: { tailShape: 'AAAA' } },
      { classCode: silver.code, pattern: { endsWith: '8', without: '4' } },
    ];
    const stocked = await world.run(addNumberRange, { numberPoolId: pool, first: '16688880000', last: '16688889999', classes });
    expect(stocked).toEqual({ numberPoolId: pool, added: 10_000, occupied: 0 });
    const counted = await database.raw(
      `SELECT class_code, count(*)::int AS numbers FROM access_number WHERE pool_id = $1 AND class_code IS NOT NULL GROUP BY 1 ORDER BY 1`,
      [pool],
    );
    // 9 × 9 × 9 end in 8 without a 4, of which 8888 is gold.
    expect(counted).toEqual([{ class_code: gold.code, numbers: 10 }, { class_code: silver.code, numbers: 728 }]); // prettier-ignore
    await world.run(classifyNumbers, { numbers: ['16688880001', '16688880000'], classCode: silver.code });
    await world.run(classifyNumbers, { numbers: ['16688880001'], classCode: null });
    expect((await selectAccessNumberByValue(world.context, '16688880000'))?.classCode).toBe(silver.code);
    expect((await selectAccessNumberByValue(world.context, '16688880001'))?.classCode).toBeNull();
    expect(await world.refused(classifyNumbers, { numbers: ['16688880001'], classCode: 'NONE' })).toEqual(['classCode CLASS_NOT_FOUND']);
    const clerk = numbers.clerk(world.hangzhou);
    expect(await world.run(reserveNumber, { numberPoolId: pool, classCode: gold.code, pattern: { endsWith: '77' } }, clerk)).toMatchObject({
      number: '16688887777',
    });
  });
});

describe('a pool', () => {
  it('is made at a node for a line of business with numbers, renamed, and closed when nothing is left in it', async () => {
    const input = { organisationId: world.hangzhou, code: `P${newKey().toUpperCase()}`, name: '池', serviceType: 'MOBILE' };
    const { numberPoolId: pool } = await world.run(createNumberPool, input);
    expect(await world.refused(createNumberPool, input)).toEqual(['code CODE_TAKEN']);
    expect(await world.refused(createNumberPool, { ...input, code: 'x', name: '' })).toEqual(['code CODE_INVALID', 'name BLANK']);
    expect(await world.refused(createNumberPool, { ...input, serviceType: 'NONE' })).toEqual(['serviceType SERVICE_TYPE_NOT_FOUND']);
    expect(await world.refused(createNumberPool, { ...input, serviceType: 'BROADBAND' })).toEqual([
      'serviceType SERVICE_TYPE_WITHOUT_NUMBERS',
    ]);
    const elsewhere = numbers.clerk(world.ningbo, { permissions: ['number:write', 'number:read'] });
    expect(await world.refused(createNumberPool, input, elsewhere)).toEqual(['organisationId ORGANISATION_NOT_FOUND']);
    await world.run(changeNumberPool, { numberPoolId: pool, expectedVersion: 1, name: '新池', nameEn: 'New' });
    expect(await world.refused(changeNumberPool, { numberPoolId: pool, expectedVersion: 1 })).toEqual(['expectedVersion STALE_VERSION']);
    expect(await world.refused(changeNumberPool, { numberPoolId: pool, expectedVersion: 2 }, elsewhere)).toEqual([
      'numberPoolId NOT_FOUND',
    ]);
    const value = newValue();
    await numbers.add(pool, value);
    expect(await world.refused(closeNumberPool, { numberPoolId: pool, expectedVersion: 2 })).toEqual(['numberPoolId NUMBERS_LEFT']);
    await world.run(scrapNumbers, { numbers: [value] });
    await world.run(closeNumberPool, { numberPoolId: pool, expectedVersion: 2 });
    expect(await world.refused(addNumbers, { numberPoolId: pool, numbers: [value], classes: [] })).toEqual(['numberPoolId NOT_ACTIVE']);
    // Elsewhere the number comes into stock again.
    await numbers.add(numberPoolId, value);
    expect((await selectAccessNumberByValue(world.context, value))?.poolId).toBe(numberPoolId);
  });

  it('takes a range whole, or not at all', async () => {
    const pool = await numbers.pool(world.hangzhou);
    const add = (first: string, last: string, classes: object[] = []) =>
      world.refused(addNumberRange, { numberPoolId: pool, first, last, classes: classes as never });
    await numbers.add(pool, '16677770005', '16677770007');
    expect(await add('16677770000', '16677770009')).toEqual(['NUMBERS_IN_STOCK']);
    expect(await add('16677770009', '16677770000')).toEqual(['last RANGE_INVALID']);
    expect(await add('12877770000', '12877770009')).toEqual(['NUMBER_INVALID']);
    expect(await add('16677770010', '16677770019', [{ classCode: 'NONE', pattern: { endsWith: 'x' } }])).toEqual([
      'classes.0.classCode CLASS_NOT_FOUND',
      'classes.0.pattern.endsWith PATTERN_INVALID',
    ]);
    expect(await add('16677770010', '16677770019', Array(21).fill({ classCode: 'NONE', pattern: {} }))).toEqual(['classes TOO_MANY']);
    expect(await world.refused(addNumbers, { numberPoolId: pool, numbers: [], classes: [] })).toEqual(['numbers BLANK']);
    expect(await world.refused(addNumbers, { numberPoolId: pool, numbers: ['1', '1'], classes: [] })).toEqual([
      'numbers.1 NUMBER_REPEATED',
    ]);
    const [row] = await database.raw('SELECT count(*)::int AS numbers FROM access_number WHERE pool_id = $1', [pool]);
    expect(row).toEqual({ numbers: 2 });
    const message = await execute(
      world.context,
      addNumberRange,
      { numberPoolId: pool, first: '16677770000', last: '16677770009', classes: [] },
      newKey(),
    );
    expect(message.ok === false && message.refusals[0]?.message).toEqual({
      zh: '其中 2 个号码已在库（如 16677770005），未作任何更改',
      en: 'Of these numbers 2 are in stock already, the first being 16677770005; nothing was changed.',
    });
  });

  it('is managed where its node is: a node below uses its numbers, and does not keep them back', async () => {
    const pool = await numbers.pool(world.root);
    const [value = ''] = await numbers.range(pool, 1);
    const below = numbers.clerk(world.hangzhou, { permissions: ['number:write', 'number:read'] });
    expect(await world.refused(holdNumbers, { numbers: [value] }, below)).toEqual(['numbers.0 NOT_FOUND']);
    expect(await world.refused(holdNumbers, { numbers: Array.from({ length: 1_001 }, newValue) })).toEqual(['numbers TOO_MANY']);
    const missing = world.run(holdNumbers, { numbers: [value, newValue()] });
    await expect(missing).rejects.toThrow(/NOT_FOUND/);
    expect(await numbers.stateOf(value)).toBe('idle');
  });
});
