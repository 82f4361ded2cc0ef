import { sql } from '../../src/data/connection/sql';
import { encodeId, useHttpWorld } from './http-world';

const world = useHttpWorld();

/** Every connection keeps every prepared statement that it has seen: a caller who makes new texts must not fill its memory. */
const NAMED_MAX = 1_000;

test('a caller who asks by every combination of filters takes neither names nor memory from others', async () => {
  const { ours, access, staff } = world;
  const values: readonly [string, unknown][] = [
    ['customerNo', '1'],
    ['kind', 'ENTERPRISE'],
    ['grade', 'GOLD'],
    ['status', 'ACTIVE'],
    ['namePrefix', '杭'],
    ['nameContains', '州'],
    ['documentNumber', 'E1'],
    ['accountNo', '2'],
    ['accessNumber', ours.mobile],
    ['organisationId', encodeId('organisation', access.hallOne)],
    ['managerId', encodeId('staff', staff.clerk)],
  ];
  const token = await world.token('clerk');
  const query = 'query ($filter: CustomerFilter) { customers(first: 1, filter: $filter) { nodes { id } } }';
  const combinations = Array.from({ length: 2 ** values.length }, (_, bits) =>
    Object.fromEntries(values.filter((_value, place) => (bits >> place) & 1)),
  );
  expect(combinations.length).toBeGreaterThan(NAMED_MAX);
  const refused: unknown[] = [];
  const client = async (first: number): Promise<void> => {
    for (let at = first; at < combinations.length; at += 16) {
      const { status, codes } = await world.server.gql({ token }, query, { filter: combinations[at] });
      if (status !== 200 || codes.length > 0) refused.push({ filter: combinations[at], status, codes });
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, first) => client(first)));
  expect(refused.slice(0, 3)).toEqual([]);

  // What nobody has asked before is still answered.
  const after = await world.server.gql(
    { token: await world.token('admin') },
    '{ apiClients(first: 5) { nodes { code } } importJobs(first: 1) { nodes { id } } }',
  );
  expect([after.status, after.codes]).toEqual([200, []]);
  const [row] = await world.database.core.reader().query<{ kept: number }>(sql`SELECT count(*)::int AS kept FROM pg_prepared_statements`);
  expect(row?.kept).toBeLessThanOrEqual(NAMED_MAX);
}, 120_000);
