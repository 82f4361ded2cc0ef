import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { CoreDatabase } from '../../src/data/connection/core-database';

/** What a test gets: a migrated database of its own, and the core on it. */
export interface TestDatabase {
  readonly url: string;
  readonly core: CoreDatabase;
  /** Runs SQL past every rule of the program, as an administrator with psql would. */
  readonly raw: <Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
}

export const TEST_LIMITS = { poolSize: 12, poolWaitMs: 5_000, statementTimeoutMs: 20_000, lockTimeoutMs: 5_000 } as const;

/**
 * A database from the migrated template for this test file: made before its tests, dropped after them. Fails the file when
 * a test did not give back a connection.
 */
export function useDatabase(limits: Partial<typeof TEST_LIMITS> | { poolSize?: number } = {}): TestDatabase {
  const server = process.env['SANHU_TEST_SERVER'] ?? '';
  const name = `t_${randomBytes(6).toString('hex')}`;
  const url = server.replace(/\/[^/]*$/, `/${name}`);
  let core: CoreDatabase | undefined;
  let administrator: Client | undefined;

  beforeAll(async () => {
    await asAdministrator(server, `CREATE DATABASE ${name} TEMPLATE sanhu_template`);
    core = await CoreDatabase.open(url, { ...TEST_LIMITS, ...limits }, () => undefined);
    administrator = new Client(url);
    await administrator.connect();
  });
  afterAll(async () => {
    const use = core?.use();
    await administrator?.end();
    await core?.close();
    await asAdministrator(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    expect({ waiting: use?.waiting, taken: (use?.size ?? 0) - (use?.idle ?? 0) }).toEqual({ waiting: 0, taken: 0 });
  });

  let latest: Promise<unknown> = Promise.resolve();
  return {
    url,
    get core() {
      if (core === undefined) throw new Error('the database exists only while tests run');
      return core;
    },
    raw: async <Row>(sql: string, values: readonly unknown[] = []) => {
      // One after the other, however many are asked for at once.
      const result = (latest = latest.catch(() => undefined).then(() => (administrator as Client).query(sql, [...values])));
      return ((await result) as { readonly rows: unknown[] }).rows as Row[];
    },
  };
}

async function asAdministrator(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
