import { chooseNumber, reserveNumber, type NumberWish } from '../../src/business/component/number';
import { preOccupyAny } from '../../src/data/operation/number/reserve-number';
import type { Unit } from '../../src/business/context';
import { execute, type UseCase } from '../../src/business/execute';
import { sql } from '../../src/data/connection/sql';
import { newId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey, usePartyWorld } from '../support/party-world';

/* Any number of a large pool: whichever is free is found, however many are not, and without a look at all of them. */

const database = useDatabase();
const world = usePartyWorld(database);
const stock = new NumberWorld(database, world);

const POOL = 45_000;
const valueOf = (head: string, place: number): string => `${head}${String(place).padStart(8, '0')}`;

/** A pool of {@link POOL} numbers that are `state`, past the program: it takes them in by ranges of a few thousand. */
async function large(head: string, state: 'held' | 'idle', classCode: string | null = null): Promise<Id<'numberPool'>> {
  const poolId = await stock.pool(world.hangzhou);
  if (classCode !== null) {
    await database.raw(
      `INSERT INTO number_class (id, code, name, currency, minimum_spend_minor, minimum_spend_months, deposit_minor, version, created_at)
       VALUES ($1, $2, $2, 'CNY', 0, 0, 0, 1, now())`,
      [newId('numberClass'), classCode],
    );
  }
  await database.raw(
    `INSERT INTO access_number (id, value, pool_id, organisation_id, service_type, class_code, state, version, changed_at)
     SELECT gen_random_uuid(), $1::text || lpad(n::text, 8, '0'), $2, $3, 'MOBILE', $4, $5, 1, now() FROM generate_series(0, $6 - 1) AS n`,
    [head, poolId, world.hangzhou, classCode, state, POOL],
  );
  return poolId;
}
const free = (value: string): Promise<unknown> =>
  database.raw(`UPDATE access_number SET state = 'idle', until = NULL, holder_kind = NULL, holder_id = NULL WHERE value = $1`, [value]);

/** As the quotation of an order chooses one. */
const choosing = (lookedAtMax?: number): UseCase<NumberWish, { readonly number: string }, never> =>
  ({
    name: 'chooseNumber',
    permission: 'number:reserve',
    run: async (unit: Unit, wish: NumberWish) => {
      const chosen = await chooseNumber(unit, wish, lookedAtMax === undefined ? {} : { lookedAtMax });
      return chosen.ok ? { ok: true, value: { number: chosen.value.number } } : chosen;
    },
  }) as never;
const wish = (numberPoolId: Id<'numberPool'>, more: Partial<NumberWish> = {}): NumberWish => ({
  serviceType: 'MOBILE', organisationId: world.hangzhou, numberPoolId, classCode: null, pattern: {}, ...more,
}); // prettier-ignore
const clerk = () => stock.clerk(world.hangzhou);

test('the last of many that are not free is found by each pattern, along whichever index', async () => {
  const poolId = await large('151', 'held');
  const patterns = [
    { contains: '44' }, { without: '3' }, { startsWith: '151' }, { endsWith: '2' }, { tailShape: 'AAB' }, { startsWith: '1510004', without: '9' },
  ]; // prettier-ignore
  const last = valueOf('151', 44_442);
  for (const pattern of patterns) {
    await free(last);
    expect([pattern, await world.run(choosing(), wish(poolId, { pattern }), clerk())]).toEqual([pattern, { number: last }]);
  }
  await free(last);
  expect(await world.run(reserveNumber, { numberPoolId: poolId, pattern: { contains: '44' } }, clerk())).toMatchObject({ number: last });
  expect(await world.refused(choosing(), wish(poolId, { pattern: { contains: '44' } }), clerk())).toEqual(['NONE_CHOSEN']);
});

test('where more would have to be looked at than may be, that is told; a head leads to the rest', async () => {
  const poolId = await large('152', 'held');
  const last = valueOf('152', 44_999);
  await free(last);
  const asked = wish(poolId, { pattern: { contains: '99' } });
  const refused = await execute(clerk(), choosing(40_000), asked, newKey());
  expect(refused.ok ? [] : refused.refusals).toMatchObject([
    {
      code: 'NONE_SEEN', field: ['pattern'],
      message: {
        zh: '已查看 40000 个号码，未见符合条件的空闲号码，请给出号头或更长的尾号',
        en: 'Of the 40000 numbers that were looked at none is free and fits: give a head, or more of the tail.',
      },
    },
  ]); // prettier-ignore
  const headed = wish(poolId, { pattern: { contains: '99', startsWith: '152000449' } });
  expect(await world.run(choosing(40_000), headed, clerk())).toEqual({ number: last });
});

test('an ordinary number is looked for among the ordinary, however many of a class are free beside it', async () => {
  const poolId = await large('153', 'idle', 'MANY');
  const ordinary = valueOf('153', 44_000);
  await database.raw('UPDATE access_number SET class_code = NULL WHERE value = $1', [ordinary]);
  await database.raw('ANALYZE access_number');
  const holder = { kind: 'STAFF', id: newId('staff') } as const;
  const fetched = sql`SELECT idx_tup_fetch + seq_tup_read AS rows FROM pg_stat_xact_user_tables WHERE relname = 'access_number'`;
  /** How many rows a choice looks at. */
  const looking = (classCode: string | null) =>
    database.core.transaction(async (transaction) => {
      const now = world.clock.now();
      const context = { sql: transaction, scope: clerk().scope, now };
      const occupation = { holder, until: now.add({ minutes: 5 }) };
      const wanted = { pattern: {}, classCode, ordinary: classCode === null };
      const taken = await preOccupyAny(context, poolId, wanted, occupation, { left: 0 });
      const [row] = await transaction.query<{ rows: string }>(fetched);
      return { commit: false, value: { taken: typeof taken === 'string' ? taken : taken.value, rows: Number(row?.rows) } };
    });
  const [one, ofClass] = [(await looking(null)).value, (await looking('MANY')).value];
  expect([one.taken, ofClass.taken]).toEqual([ordinary, valueOf('153', 0)]);
  // Four each, and what earlier transactions left behind.
  expect(Math.max(one.rows, ofClass.rows)).toBeLessThan(1_000);
});
