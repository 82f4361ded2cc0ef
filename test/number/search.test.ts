import * as fc from 'fast-check';
import {
  SCANNED_MAX, countFreeNumbers, reserveNumber, searchAccessNumbers, type AccessNumberFilter, type NumberPattern, type SearchedPools,
} from '../../src/business/component/number'; // prettier-ignore
import { matchesPattern } from '../../src/business/component/number/model/pattern';
import type { CallContext } from '../../src/business/context';
import type { Id } from '../../src/kernel/id';
import type { Cursor } from '../../src/kernel/page';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { usePartyWorld } from '../support/party-world';
import { plansOf as allPlansOf, type Plan } from '../support/plans';

const database = useDatabase();
const world = usePartyWorld(database);
const numbers = new NumberWorld(database, world);

const MILLION = 1_000_000;
let big: Id<'numberPool'>;
let small: Id<'numberPool'>;

/** A million numbers of one pool: written past the use case, and indexed once at the end, or this would take a minute. */
async function fill(poolId: Id<'numberPool'>): Promise<void> {
  const indexes = await database.raw<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename = 'access_number' AND indexname LIKE 'access\\_number\\_%' AND indexname <> 'access_number_pkey'`,
  );
  for (const { name } of indexes) await database.raw(`DROP INDEX ${name}`);
  await database.raw(`SET session_replication_role = replica; SET maintenance_work_mem = '256MB'; SET synchronous_commit = off`);
  await database.raw(
    `INSERT INTO access_number (id, value, pool_id, organisation_id, service_type, state, subscriber_id, version, changed_at)
     SELECT lpad(to_hex(n), 32, '0')::uuid, '1380' || lpad(n::text, 7, '0'), $1, $2, 'MOBILE',
            CASE WHEN n % 10 = 0 THEN 'idle' ELSE 'scrapped' END, NULL, 1, now() FROM generate_series(0, $3::integer - 1) AS n`,
    [poolId, world.hangzhou, MILLION],
  );
  await database.raw('SET session_replication_role = origin');
  for (const { definition } of indexes) await database.raw(definition);
  await database.raw('ANALYZE access_number');
}

beforeAll(async () => {
  [big, small] = [await numbers.pool(world.hangzhou), await numbers.pool(world.ningbo)];
  await fill(big);
  await numbers.range(small, 30);
}, 120_000);

/** How a read of the stock went. */
async function plansOf(context: CallContext, read: (context: CallContext) => Promise<unknown>): Promise<Plan[]> {
  return (await allPlansOf(database, context, read)).filter((node) => node['Relation Name'] === 'access_number');
}

const ask = (pools: SearchedPools, filter: Partial<AccessNumberFilter>, after: Cursor | null = null, first = 20) =>
  searchAccessNumbers(world.context, pools, { pattern: {}, ...filter }, { first, after });

describe('a search among a million numbers', () => {
  const searches: readonly [string, Partial<AccessNumberFilter>, string][] = [
    ['a head', { pattern: { startsWith: '13800999' } }, 'access_number_by_value'],
    ['nothing', {}, 'access_number_by_value'],
    ['a tail', { pattern: { endsWith: '8888' } }, 'access_number_by_tail'],
    ['a tail that none has in this state', { pattern: { endsWith: '8888' }, state: 'idle' }, 'access_number_by_tail'],
    ['a shape', { pattern: { tailShape: 'AABB' } }, 'access_number_by_shape'],
    ['a rare shape', { pattern: { tailShape: 'AAAAAA' } }, 'access_number_by_shape'],
    ['a head and a shape', { pattern: { startsWith: '138', tailShape: 'ABABAB', without: '4' } }, 'access_number_by_shape'],
    ['a content', { pattern: { contains: '8888' } }, 'access_number_by_value'],
    ['a content that none has', { pattern: { contains: '999999999' } }, 'access_number_by_value'],
    ['a class that none has', { classCode: 'NONE' }, 'access_number_by_value'],
    ['a state that none has', { state: 'held' }, 'access_number_by_value'],
  ];

  it.each(searches)('by %s goes along an index, and looks at a bounded part', async (_name, filter, index) => {
    const plans = await plansOf(world.context, (context) =>
      searchAccessNumbers(context, { poolId: big }, { pattern: {}, ...filter }, { first: 20, after: null }),
    );
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      expect(plan['Node Type']).toMatch(/^(?:Index(?: Only)? Scan|Bitmap Heap Scan)$/);
      if (plan['Index Name'] !== undefined) expect(plan['Index Name']).toBe(index);
      expect((plan['Actual Rows'] ?? 0) + (plan['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(SCANNED_MAX);
    }
  });

  it('any number is taken from the index of what is free', async () => {
    const clerk = numbers.clerk(world.hangzhou);
    expect(await world.run(reserveNumber, { numberPoolId: big }, clerk)).toMatchObject({ number: '13800000000' });
    expect(await world.run(reserveNumber, { numberPoolId: big, pattern: { endsWith: '88880' } }, clerk)).toMatchObject({
      number: '13800088880',
    });
    const [plan] = await plansOf(world.context, (context) => countFreeNumbers(context, [big]));
    expect(plan).toMatchObject({ 'Index Name': 'access_number_free', 'Actual Rows': 1_000 });
  });

  it('finds what is there in the order of its index, page by page', async () => {
    const { rows, hasNextPage } = await ask({ poolId: big }, { pattern: { endsWith: '88888' } });
    expect([rows.map(({ value }) => value), hasNextPage]).toEqual([
      ['13800088888', '13800188888', '13800288888', '13800388888', '13800488888', '13800588888', '13800688888', '13800788888', '13800888888', '13800988888'],
      false,
    ]); // prettier-ignore
    const heads = await ask({ poolId: big }, { pattern: { startsWith: '1380012345' } }, null, 4);
    expect(heads.rows.map(({ value }) => value)).toEqual(['13800123450', '13800123451', '13800123452', '13800123453']);
    const more = await ask({ poolId: big }, { pattern: { startsWith: '1380012345' } }, [big, '13800123453'], 100);
    expect([more.rows.length, more.rows[0]?.value, more.hasNextPage]).toEqual([6, '13800123454', false]);
  });

  it('that finds little says where it stopped, and goes on from there to the end', async () => {
    const found: string[] = [];
    let [after, calls] = [null as Cursor | null, 0];
    do {
      const page = await ask({ poolId: big }, { pattern: { contains: '777777' } }, after, 100);
      found.push(...page.rows.map(({ value }) => value));
      calls += 1;
      const last = page.rows.at(-1);
      const end: Cursor | undefined = page.endCursor ?? (last === undefined ? undefined : [big, last.value]);
      after = page.hasNextPage && end !== undefined ? end : null;
    } while (after !== null);
    expect(found).toEqual(['13800777777']);
    expect(calls).toBe(MILLION / SCANNED_MAX + 1);
  });

  it('of a line of business goes through the pools that the caller sees, one after another', async () => {
    const both = await ask({ serviceType: 'MOBILE' }, { pattern: { endsWith: '0029' } }, null, 100);
    expect([both.rows.length, both.rows.at(-1)?.poolId]).toEqual([101 - 1, big]);
    const all: string[] = [];
    let after: Cursor | null = null;
    for (;;) {
      const page = await searchAccessNumbers(
        world.context,
        { serviceType: 'MOBILE' },
        { pattern: { endsWith: '0029' } },
        { first: 30, after },
      );
      all.push(...page.rows.map(({ value }) => value));
      const last = page.rows.at(-1);
      if (!page.hasNextPage || last === undefined) break;
      after = [last.poolId, last.value];
    }
    expect([all.length, new Set(all).size]).toEqual([101, 101]);
    const ningbo = numbers.clerk(world.ningbo);
    const theirs = await searchAccessNumbers(ningbo, { serviceType: 'MOBILE' }, { pattern: {} }, { first: 100, after: null });
    expect([theirs.rows.length, new Set(theirs.rows.map(({ poolId }) => poolId))]).toEqual([30, new Set([small])]);
    expect((await searchAccessNumbers(ningbo, { poolId: big }, { pattern: {} }, { first: 1, after: null })).rows).toEqual([]);
  });
});

describe('a pattern', () => {
  it('means the same to PostgreSQL as to the rules that sort numbers into classes', async () => {
    const pool = await numbers.pool(world.hangzhou);
    const values = await numbers.range(pool, 400);
    const digits = fc.stringMatching(/^[0-9]{1,3}$/);
    const pattern = fc.record(
      {
        startsWith: fc.constantFrom('1', '17', '177', '18'),
        endsWith: digits,
        contains: digits,
        tailShape: fc.constantFrom('AA', 'AB', 'AAA', 'ABA', 'AAB', 'ABB', 'AABB', 'ABAB', 'ABBA', 'BAAB', 'AAAA', 'ABCD'),
        without: digits,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(pattern, async (asked: NumberPattern) => {
        const found: string[] = [];
        let after: Cursor | null = null;
        for (;;) {
          const page = await searchAccessNumbers(world.context, { poolId: pool }, { pattern: asked }, { first: 100, after });
          found.push(...page.rows.map(({ value }) => value));
          const last = page.rows.at(-1);
          if (!page.hasNextPage || last === undefined) break;
          after = [pool, last.value];
        }
        expect(found.sort()).toEqual(values.filter((value) => matchesPattern(asked, value)));
      }),
      { numRuns: 60 },
    );
  });
});
