import { raw, sql } from '../../src/data/connection/sql';
import { useDatabase } from '../support/database';

/* What a connection does with a statement that it has prepared: one connection, so that all of them meet on it. */
const database = useDatabase({ poolSize: 1 });
const reader = (): ReturnType<typeof database.core.reader> => database.core.reader();

const EVERY_TYPE = sql`SELECT 7::int AS i, 9007199254740993::bigint AS big, 1.10::numeric AS n, 'é'::text AS t, true AS b, NULL::text AS none,
  '2026-11-21 08:00:00.123456+00'::timestamptz AS at, '{"a":[1]}'::jsonb AS j, ARRAY['x', NULL]::text[] AS list, '\\x00ff'::bytea AS bytes`;
const ROW = {
  i: 7, big: '9007199254740993', n: '1.10', t: 'é', b: true, none: null, at: '2026-11-21 08:00:00.123456+00', j: { a: [1] }, list: ['x', null],
  bytes: Buffer.from([0, 255]),
}; // prettier-ignore

test('reads the same row at the first use and at every later one', async () => {
  for (let use = 0; use < 4; use += 1) expect(await reader().query(EVERY_TYPE)).toEqual([ROW]);
});

test('sends every kind of value', async () => {
  const values = ['a\'"\\', 3, null, Buffer.from([1, 0, 2]), ['x"y', 'z,{}', '\\', null, ''], { a: '{' }, true];
  const [text, number, nothing, bytes, list, json, flag] = values;
  for (let use = 0; use < 2; use += 1) {
    const rows = await reader().query(sql`SELECT ${text}::text AS text, ${number}::int AS number, ${nothing}::text AS nothing,
      ${bytes}::bytea AS bytes, ${list}::text[] AS list, ${json}::jsonb AS json, ${flag}::boolean AS flag`);
    expect(rows).toEqual([{ text, number, nothing, bytes, list, json, flag }]);
  }
});

test('runs what has no rows, many rows, and no columns', async () => {
  const none = sql`SELECT 1 AS one WHERE ${false}::boolean`;
  const many = sql`SELECT generate_series(1, ${1_000}::int) AS n`;
  for (let use = 0; use < 3; use += 1) {
    expect(await reader().query(none)).toEqual([]);
    expect((await reader().query<{ n: number }>(many)).map(({ n }) => n)).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));
    const end = await database.core.transaction(async (transaction) => {
      const set = await transaction.query(sql`UPDATE service_type SET code = code WHERE code = ${'none'}`);
      return { commit: true, value: set };
    });
    expect(end.value).toEqual([]);
  }
});

test('an error tells where it was asked for, and leaves the connection good for the next statement', async () => {
  const wrong = sql`SELECT 1 / ${0}::int AS never`;
  for (let use = 0; use < 3; use += 1) {
    const error = await reader()
      .query(wrong)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', cause: { code: '22012' } });
    expect(((error as Error).cause as Error).stack).toContain('run-statement');
    await expect(reader().query(sql`SELECT nowhere FROM nothing`)).rejects.toMatchObject({ code: '42P01' });
    expect(await reader().query(sql`SELECT ${use}::int AS alive`)).toEqual([{ alive: use }]);
  }
});

test('a table that has changed is an error, never a row that is read by the old columns', async () => {
  await database.raw('CREATE TABLE shape (a text, b int)');
  await database.raw(`INSERT INTO shape VALUES ('x', 1)`);
  const all = sql`SELECT s.* FROM shape s`;
  for (let use = 0; use < 2; use += 1) expect(await reader().query(all)).toEqual([{ a: 'x', b: 1 }]);
  await database.raw('ALTER TABLE shape ALTER COLUMN b TYPE text USING chr(64 + b)');
  await expect(reader().query(all)).rejects.toThrow('cached plan must not change result type');
  expect(await reader().query(sql`SELECT s.a, s.b FROM shape s ${raw('WHERE true')}`)).toEqual([{ a: 'x', b: 'A' }]);
});

test('a value that does not fit its type is refused, and the next is taken', async () => {
  const number = (value: unknown): Promise<unknown> => reader().query(sql`SELECT ${value}::int AS n`);
  await expect(number('many')).rejects.toMatchObject({ cause: { code: '22P02' } });
  expect(await number('7')).toEqual([{ n: 7 }]);
});

test('COPY, which would wait for what nobody sends, is refused', async () => {
  await database.raw('CREATE TABLE copied (a text)');
  await expect(reader().query(sql`COPY copied FROM STDIN`)).rejects.toThrow();
  expect(await reader().query(sql`SELECT count(*)::int AS n FROM copied`)).toEqual([{ n: 0 }]);
});
