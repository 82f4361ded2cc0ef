import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { migrate } from '../../src/data/connection/migrate';
import { sql } from '../../src/data/connection/sql';

/* deploy/postgresql/roles.sql on a real PostgreSQL: who migrates, who runs, who reads, and what each may not. */

const ROLES_SQL = readFileSync(join(__dirname, '..', '..', 'deploy', 'postgresql', 'roles.sql'), 'utf8');
const NAME = `roles_${process.pid}`;
const ROLES = ['sanhu_owner', 'sanhu_runtime', 'sanhu_reporting', 'sanhu_replication', 'sanhu_check'];
const server = process.env['SANHU_TEST_SERVER'] ?? '';

const urlOf = (role?: string, database = NAME): string => {
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (role !== undefined) [url.username, url.password] = [role, 'role'];
  return url.href;
};

async function as<Value>(url: string, work: (client: Client) => Promise<Value>): Promise<Value> {
  const client = new Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const refusalOf = (role: string, text: string): Promise<string | undefined> =>
  as(urlOf(role), (client) =>
    client.query(text).then(
      () => undefined,
      (error: { code?: string }) => error.code,
    ),
  );
const FORBIDDEN = '42501';
const READ_ONLY = '25006';

beforeAll(async () => {
  await as(server, (client) => client.query(`CREATE DATABASE ${NAME}`));
  await as(urlOf(), async (client) => {
    await client.query(ROLES_SQL);
    for (const role of ROLES) await client.query(`ALTER ROLE ${role} PASSWORD 'role'`);
  });
  await migrate(urlOf('sanhu_owner'));
  // After a migration, and any number of times.
  await as(urlOf(), (client) => client.query(ROLES_SQL));
  await as(urlOf(), (client) => client.query(ROLES_SQL));
});

afterAll(async () => {
  await as(server, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`);
    for (const role of ROLES) await client.query(`DROP ROLE IF EXISTS ${role}`);
  });
});

test('the owner has migrated; a running process finds that nothing is to do, and cannot pretend otherwise', async () => {
  expect(await migrate(urlOf('sanhu_owner'))).toEqual([]);
  expect(await migrate(urlOf('sanhu_runtime'))).toEqual([]);
  expect(await refusalOf('sanhu_runtime', 'DELETE FROM schema_migration')).toBe(FORBIDDEN);
});

test('a running process writes every table but those, calls what it needs, and changes no schema', async () => {
  const denied = await as(urlOf(), (client) =>
    client.query<{ name: string }>(`
      SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.relnamespace IN ('public'::regnamespace, 'dbos'::regnamespace)
        AND CASE WHEN c.relkind IN ('r', 'p') THEN NOT (has_table_privilege('sanhu_runtime', c.oid, 'SELECT')
                                                        AND has_table_privilege('sanhu_runtime', c.oid, 'INSERT'))
                 WHEN c.relkind = 'S' THEN NOT has_sequence_privilege('sanhu_runtime', c.oid, 'USAGE') END`),
  );
  expect(denied.rows.map(({ name }) => name)).toEqual(['schema_migration']);
  const core = await CoreDatabase.open(
    urlOf('sanhu_runtime'),
    { poolSize: 2, poolWaitMs: 2_000, statementTimeoutMs: 5_000, lockTimeoutMs: 2_000 },
    () => undefined,
  );
  const end = await core.transaction(async (transaction) => {
    await transaction.query(sql`INSERT INTO operator_parameter (name, value, changed_at) VALUES ('roles', '1', now())`);
    await transaction.query(sql`UPDATE operator_parameter SET value = '2' WHERE name = 'roles'`);
    await transaction.query(sql`DELETE FROM operator_parameter WHERE name = 'roles'`);
    await transaction.query(sql`SELECT nextval('customer_number'), ensure_partitions(6)`);
    return { commit: true, value: undefined };
  });
  await core.close();
  expect(end.committed).toBe(true);
  for (const text of [
    'CREATE TABLE public.extra (n int)',
    'CREATE SCHEMA extra',
    'CREATE TEMP TABLE extra (n int)',
    'ALTER TABLE staff ADD extra int',
    'TRUNCATE customer',
  ]) {
    expect({ text, code: await refusalOf('sanhu_runtime', text) }).toEqual({ text, code: FORBIDDEN });
  }
});

test('nobody who runs can change the audit trail or the ledger, or shorten them', async () => {
  for (const text of [
    'UPDATE ledger_entry SET kind = kind',
    'DELETE FROM ledger_line',
    'DELETE FROM ledger_line_rest',
    'DELETE FROM ledger_reversal',
    'UPDATE audit_entry SET actor_id = $$x$$',
    'DELETE FROM audit_entry',
    'DELETE FROM audit_entry_rest',
    'DROP TABLE audit_entry_rest',
  ]) {
    expect({ text, code: await refusalOf('sanhu_runtime', text) }).toEqual({ text, code: FORBIDDEN });
  }
});

test('a running process takes old months out, and they stay as they are, also after the next run', async () => {
  await as(urlOf('sanhu_owner'), (client) =>
    client.query(
      `CREATE TABLE outbox_event_202001 PARTITION OF outbox_event FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-02-01 00:00:00+00')`,
    ),
  );
  const taken = await as(urlOf('sanhu_runtime'), (client) => client.query("SELECT detach_partitions('outbox_event', 3) AS months"));
  expect(taken.rows).toEqual([{ months: 1 }]);
  await as(urlOf(), (client) => client.query(ROLES_SQL));
  expect(await refusalOf('sanhu_runtime', 'DELETE FROM detached_outbox_event_202001')).toBe(FORBIDDEN);
  expect(await refusalOf('sanhu_runtime', 'SELECT count(*) FROM detached_outbox_event_202001')).toBeUndefined();
});

test('reporting reads the tables but no hash of a secret, and writes nothing, even where it asks for a writing transaction', async () => {
  expect(await refusalOf('sanhu_reporting', 'SELECT id, login_name, status FROM staff')).toBeUndefined();
  expect(await refusalOf('sanhu_reporting', 'SELECT id, revoked_at FROM session')).toBeUndefined();
  expect(await refusalOf('sanhu_reporting', 'SELECT * FROM party_stock, customer')).toBeUndefined();
  for (const text of ['SELECT password_hash FROM staff', 'SELECT * FROM staff', 'SELECT secret_hash FROM api_client', 'SELECT refresh_hash FROM session',
    'SELECT previous_refresh_hash FROM session', 'SELECT count(*) FROM idempotency_key', 'SELECT count(*) FROM dbos.workflow_status']) {
    expect({ text, code: await refusalOf('sanhu_reporting', text) }).toEqual({ text, code: FORBIDDEN });
  } // prettier-ignore
  expect(await refusalOf('sanhu_reporting', 'DELETE FROM party_stock')).toBe(READ_ONLY);
  expect(await refusalOf('sanhu_reporting', 'BEGIN READ WRITE; DELETE FROM party_stock; COMMIT')).toBe(FORBIDDEN);
  expect(await as(urlOf('sanhu_reporting'), (client) => client.query('SHOW default_transaction_read_only'))).toMatchObject({
    rows: [{ default_transaction_read_only: 'on' }],
  });
});

test('haproxy and the standby cannot look into the database', async () => {
  for (const role of ['sanhu_check', 'sanhu_replication'])
    await expect(as(urlOf(role), () => Promise.resolve())).rejects.toMatchObject({ code: FORBIDDEN });
  const recovering = await as(urlOf('sanhu_check', 'postgres'), (client) => client.query('SELECT pg_is_in_recovery() AS is'));
  expect(recovering.rows).toEqual([{ is: false }]);
});
