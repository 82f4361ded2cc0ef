import type { Outcome, Transaction } from '../../src/data/connection/core-database';
import { sql } from '../../src/data/connection/sql';
import { useDatabase } from '../support/database';

/* How a unit of work begins and ends on a connection: one connection, so that each finds it as the one before has left it. */
const database = useDatabase({ poolSize: 1 });
const unit = <Value>(work: (transaction: Transaction) => Promise<Outcome<Value>>) => database.core.transaction(work);
const write = (text: string) => sql`INSERT INTO written (text) VALUES (${text})`;
const written = async (): Promise<string[]> =>
  (await database.raw<{ text: string }>('SELECT text FROM written ORDER BY text')).map(({ text }) => text);

beforeAll(() => database.raw('CREATE TABLE written (text text NOT NULL)'));
beforeEach(() => database.raw('TRUNCATE written'));

// First: what these send behind the statement that fails, the connection has not prepared yet.
test.each([
  ['first', async (transaction: Transaction) => transaction.query(sql`SELECT nowhere FROM nothing`)],
  [
    'second',
    async (transaction: Transaction) => [await transaction.query(write('lost')), await transaction.query(sql`SELECT 1 / ${0}::int`)],
  ],
])('a unit that fails at its %s statement leaves nothing, and the connection good for the next', async (_which, fail) => {
  await expect(unit(async (transaction) => ({ commit: true, value: await fail(transaction) }))).rejects.toThrow();
  expect(await written()).toEqual([]);
});

test('a last statement that fails is not committed, nor is what was before it', async () => {
  const failing = unit(async (transaction) => {
    await transaction.query(write('lost'));
    return { commit: true, value: undefined, last: sql`INSERT INTO written (text) VALUES (${null}::text)` };
  });
  await expect(failing).rejects.toMatchObject({ code: '23502' });
  expect(await written()).toEqual([]);
});

test('a last statement is committed with what was before it, and answers where the log then stands', async () => {
  const before = await database.raw<{ lsn: string }>('SELECT pg_current_wal_insert_lsn()::text AS lsn');
  const end = await unit(async (transaction) => {
    await transaction.query(write('before'));
    return { commit: true, value: 7, last: write('last') };
  });
  expect(end).toMatchObject({ committed: true, value: 7, attempts: 1 });
  expect(await written()).toEqual(['before', 'last']);
  const position = end.committed ? end.position : '';
  const [row] = await database.raw<{ past: boolean }>(`SELECT '${position}'::pg_lsn > '${before[0]?.lsn}'::pg_lsn AS past`);
  expect(row).toEqual({ past: true });
});

test('a last statement may be the only one, and a unit may ask nothing at all', async () => {
  await unit(() => Promise.resolve({ commit: true, value: undefined, last: write('only') }));
  expect(await unit(() => Promise.resolve({ commit: true, value: 'nothing' }))).toMatchObject({ committed: true, value: 'nothing' });
  expect(await unit(() => Promise.resolve({ commit: false, value: 'refused' }))).toEqual({ committed: false, value: 'refused' });
  expect(await written()).toEqual(['only']);
});

test('what is refused is not kept', async () => {
  await unit(async (transaction) => {
    await transaction.query(write('lost'));
    return { commit: false, value: undefined };
  });
  expect(await written()).toEqual([]);
});

test('nothing is sent outside it: not by TypeORM, not by a library, not behind a statement that could not be sent, not when it has ended', async () => {
  let late: Transaction | undefined;
  await expect(
    unit(async ({ manager }) => ({ commit: true, value: await manager.query(`INSERT INTO written VALUES ('lost')`) })),
  ).rejects.toThrow();
  await unit(async (transaction) => {
    await (await transaction.connection()).query(`INSERT INTO written VALUES ('lost')`);
    return { commit: false, value: undefined };
  });
  const unsendable = sql`SELECT ${'\0'}::text`;
  await expect(
    unit(async (transaction) => {
      await Promise.all([transaction.query(unsendable), transaction.query(write('lost'))]);
      return { commit: true, value: undefined };
    }),
  ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await expect(
    unit(async (transaction) => {
      await transaction.query(unsendable).catch(() => undefined);
      await transaction.query(write('lost'));
      return { commit: false, value: undefined };
    }),
  ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await unit(async (transaction) => {
    late = transaction;
    await transaction.query(write('kept'));
    await transaction.manager.query(`INSERT INTO written VALUES ('kept too')`);
    return { commit: true, value: undefined };
  });
  await expect(late?.query(write('late'))).rejects.toThrow('has ended');
  await expect(late?.connection()).rejects.toThrow('has ended');
  expect(await written()).toEqual(['kept', 'kept too']);
});

test('one that goes on after a statement that failed is never said to be kept', async () => {
  const goesOn = unit(async (transaction) => {
    await transaction.query(write('lost'));
    await transaction.query(sql`SELECT 1 / ${0}::int`).catch(() => undefined);
    return { commit: true, value: 'kept' };
  });
  await expect(goesOn).rejects.toThrow('it was not committed');
  expect(await written()).toEqual([]);
});
