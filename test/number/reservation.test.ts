import {
  createNumberPool, releaseNumber, reserveNumber, selectAccessNumbersById, type NumberReserved,
  type ReserveNumberInput,
} from '../../src/business/component/number'; // prettier-ignore
import type { CallContext } from '../../src/business/context';
import { execute } from '../../src/business/execute';
import type { CoreDatabase } from '../../src/data/connection/core-database';
import { newId } from '../../src/kernel/id';
import type { Result } from '../../src/kernel/result';
import { TEST_LIMITS, useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey, refusalsIn, usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);
const numbers = new NumberWorld(database, world);

type Reserve = (context: CallContext, input: ReserveNumberInput) => Promise<Result<NumberReserved>>;

interface Process {
  readonly reserve: Reserve;
  /** Its own connections. */
  readonly core?: CoreDatabase;
}

const here: Process = { reserve: (context, input) => execute(context, reserveNumber, input, newKey()) };
let there: Process;

/** The program loaded once more: as another process it shares the database, and nothing else. */
beforeAll(async () => {
  let opened: Promise<CoreDatabase> | undefined;
  jest.isolateModules(() => {
    const load = <Module extends object>(path: string): Module => jest.requireActual<Module>(`../../src/${path}`);
    const { execute: run } = load<{ execute: typeof execute }>('business/execute');
    const { reserveNumber: useCase } = load<{ reserveNumber: typeof reserveNumber }>('business/component/number');
    const { CoreDatabase: Core } = load<{ CoreDatabase: typeof CoreDatabase }>('data/connection/core-database');
    expect([run === execute, useCase === reserveNumber]).toEqual([false, false]);
    opened = Core.open(database.url, { ...TEST_LIMITS }, () => undefined);
    there = { reserve: (context, input) => run(context, useCase, input, newKey()) };
  });
  there = { ...there, core: (await opened) as CoreDatabase };
});
afterAll(() => there.core?.close());

const processes: readonly [string, (clerk: number) => Process][] = [
  ['one process', () => here],
  ['two processes', (clerk) => (clerk % 2 === 0 ? here : there)],
];

describe.each(processes)('100 clerks at once, in %s,', (_name, processOf) => {
  const all = (input: (clerk: number) => Parameters<Reserve>[1]): Promise<Result<NumberReserved>[]> =>
    Promise.all(
      Array.from({ length: 100 }, (_, clerk) => {
        const { reserve, core } = processOf(clerk);
        return reserve(numbers.clerk(world.hangzhou, core === undefined ? {} : { core }), input(clerk));
      }),
    );

  it('who want any of 50 numbers: 50 have one each, 50 are told, and none is had twice', async () => {
    const numberPoolId = await numbers.pool(world.root);
    const range = await numbers.range(numberPoolId, 50);
    const ends = await all(() => ({ numberPoolId }));
    const got = ends.flatMap((end) => (end.ok ? [end.value.number] : []));
    expect([...got].sort()).toEqual(range);
    expect(ends.filter((end) => !end.ok).map(refusalsIn)).toEqual(Array(50).fill(['numberPoolId NONE_FREE']));
    const [row] = await database.raw(
      `SELECT count(*)::int AS numbers, count(DISTINCT holder_id)::int AS clerks FROM access_number WHERE pool_id = $1 AND state = 'preOccupied'`,
      [numberPoolId],
    );
    expect(row).toEqual({ numbers: 50, clerks: 50 });
  });

  it('who want any that ends in 8, of 50 of which five do: five have one', async () => {
    const numberPoolId = await numbers.pool(world.root);
    const range = await numbers.range(numberPoolId, 50);
    const ends = await all(() => ({ numberPoolId, pattern: { endsWith: '8' } }));
    expect(ends.flatMap((end) => (end.ok ? [end.value.number] : [])).sort()).toEqual(range.filter((number) => number.endsWith('8')));
  });

  it('who want the very same number: exactly one has it', async () => {
    const numberPoolId = await numbers.pool(world.root);
    const [number = ''] = await numbers.range(numberPoolId, 1);
    const ends = await all(() => ({ number }));
    expect(ends.flatMap((end) => (end.ok ? [end.value.number] : []))).toEqual([number]);
    expect(ends.filter((end) => !end.ok).map(refusalsIn)).toEqual(Array(99).fill(['number NUMBER_NOT_FREE']));
    const told = ends.find((end) => !end.ok);
    expect(told?.ok === false && told.refusals[0]?.message).toEqual({
      zh: `号码 ${number} 现在不是空闲状态，请另选`,
      en: `The number ${number} is not free now; choose another.`,
    });
    // A trail and an event for the one, and for nobody else.
    const [trail] = await database.raw(
      `SELECT count(*)::int AS lines, (SELECT count(*)::int FROM outbox_event e WHERE e.subject_id = n.id) AS events
       FROM access_number n JOIN audit_entry a ON a.subject_id = n.id WHERE n.value = $1 GROUP BY n.id`,
      [number],
    );
    expect(trail).toEqual({ lines: 1, events: 1 });
  });
});

describe('a reservation', () => {
  it('lasts as long as the operator says, or as the clerk asks; then the number is idle, before maintenance comes by', async () => {
    const numberPoolId = await numbers.pool(world.root);
    const [first = '', second = ''] = await numbers.range(numberPoolId, 2);
    const [mine, other] = [numbers.clerk(world.hangzhou), numbers.clerk(world.hangzhou)];
    const now = world.clock.now();
    expect(await world.run(reserveNumber, { number: first }, mine)).toMatchObject({ until: now.add({ minutes: 30 }).toString() });
    expect(await world.run(reserveNumber, { number: second, minutes: 5 }, mine)).toMatchObject({
      until: now.add({ minutes: 5 }).toString(),
    });
    world.clock.advance({ minutes: 5 });
    world.clock.advance({ milliseconds: -1 });
    expect(await world.refused(reserveNumber, { number: second }, other)).toEqual(['number NUMBER_NOT_FREE']);
    world.clock.advance({ milliseconds: 1 });
    await world.run(reserveNumber, { number: second }, other);
    expect(await world.refused(reserveNumber, { number: first }, other)).toEqual(['number NUMBER_NOT_FREE']);
    world.clock.advance({ minutes: 25 });
    expect(await world.run(reserveNumber, { numberPoolId }, other)).toMatchObject({ number: first });
  });

  it('is extended by its holder, and given back by him or by who manages the pool', async () => {
    const numberPoolId = await numbers.pool(world.hangzhou);
    const [number = ''] = await numbers.range(numberPoolId, 1);
    const [mine, other] = [numbers.clerk(world.hangzhou), numbers.clerk(world.hangzhou)];
    const manager = numbers.clerk(world.hangzhou, { permissions: ['number:reserve', 'number:write'] });
    await world.run(reserveNumber, { number, minutes: 1 }, mine);
    await world.run(reserveNumber, { number, minutes: 60 }, mine);
    world.clock.advance({ minutes: 30 });
    expect(await world.refused(releaseNumber, { number }, other)).toEqual(['number HELD_BY_ANOTHER']);
    await world.run(releaseNumber, { number }, mine);
    expect(await world.refused(releaseNumber, { number }, mine)).toEqual(['number STATE_REFUSES']);
    await world.run(reserveNumber, { number }, other);
    await world.run(releaseNumber, { number }, manager);
    expect(await numbers.stocked(number)).toEqual({ state: 'idle', until: null, holder_id: null, subscriber_id: null });
  });

  it('is of one number or of one pool, for some minutes, by a member of staff', async () => {
    const numberPoolId = await numbers.pool(world.hangzhou);
    const clerk = numbers.clerk(world.hangzhou);
    const refused = (input: ReserveNumberInput) => world.refused(reserveNumber, input, clerk);
    expect(await refused({})).toEqual(['NUMBER_OR_POOL']);
    expect(await refused({ number: '17700000000', numberPoolId })).toEqual(['NUMBER_OR_POOL']);
    expect(await refused({ number: '17700000000', classCode: 'GOLD' })).toEqual(['NUMBER_OR_POOL']);
    expect(await refused({ numberPoolId, minutes: 0 })).toEqual(['minutes MINUTES_INVALID']);
    expect(await refused({ numberPoolId, minutes: 1_441 })).toEqual(['minutes MINUTES_INVALID']);
    expect(await refused({ numberPoolId, pattern: { endsWith: '%' } })).toEqual(['pattern.endsWith PATTERN_INVALID']);
    expect(await refused({ numberPoolId })).toEqual(['numberPoolId NONE_FREE']);
    expect(await refused({ number: '17799999999' })).toEqual(['number NUMBER_NOT_FREE']);
    expect(await world.refused(reserveNumber, { numberPoolId })).toEqual(['STAFF_ONLY']);
    expect(await world.refused(releaseNumber, { number: '17799999999' }, clerk)).toEqual(['number NOT_FOUND']);
  });

  it('is one of at most 20 that a clerk holds', async () => {
    const numberPoolId = await numbers.pool(world.hangzhou);
    await numbers.range(numberPoolId, 22);
    const clerk = numbers.clerk(world.hangzhou);
    for (let count = 0; count < 20; count += 1) await world.run(reserveNumber, { numberPoolId }, clerk);
    expect(await world.refused(reserveNumber, { numberPoolId }, clerk)).toEqual(['TOO_MANY_HELD']);
    world.clock.advance({ minutes: 30 });
    await world.run(reserveNumber, { numberPoolId }, clerk);
  });
});

describe('a pool', () => {
  it('is used at its node and below it; what is of another city is not there', async () => {
    const [ours, province] = [await numbers.pool(world.hangzhou), await numbers.pool(world.root)];
    const [[number = ''], [common = '']] = [await numbers.range(ours, 1), await numbers.range(province, 1)];
    const [clerk, elsewhereClerk] = [numbers.clerk(world.hangzhou), numbers.clerk(world.ningbo)];
    expect(await world.refused(reserveNumber, { number }, elsewhereClerk)).toEqual(['number NUMBER_NOT_FREE']);
    expect(await world.refused(reserveNumber, { numberPoolId: ours }, elsewhereClerk)).toEqual(['numberPoolId NONE_FREE']);
    const { accessNumberId } = await world.run(reserveNumber, { number }, clerk);
    expect(await world.refused(releaseNumber, { number }, elsewhereClerk)).toEqual(['number NOT_FOUND']);
    await world.run(reserveNumber, { number: common }, elsewhereClerk);
    expect((await selectAccessNumbersById(clerk, [accessNumberId])).map(({ value }) => value)).toEqual([number]);
    expect(await selectAccessNumbersById(elsewhereClerk, [accessNumberId])).toEqual([]);
  });

  it('is of one line of business', async () => {
    const numberPoolId = await numbers.pool(world.hangzhou);
    await numbers.range(numberPoolId, 1);
    const clerk = numbers.clerk(world.hangzhou, { lines: ['BROADBAND'] });
    expect(await world.refused(reserveNumber, { numberPoolId }, clerk)).toEqual(['numberPoolId NONE_FREE']);
    const manager = numbers.clerk(world.hangzhou, { permissions: ['number:write'], lines: ['BROADBAND'] });
    const input = {
      organisationId: world.hangzhou,
      code: `P-${newId('event')}`.toUpperCase().slice(0, 30),
      name: '池',
      serviceType: 'MOBILE',
    };
    expect(await world.refused(createNumberPool, input, manager)).toEqual(['organisationId ORGANISATION_NOT_FOUND']);
  });
});
