import { Client } from 'pg';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { migrate } from '../../src/data/connection/migrate';
import { foldDeltas, lockPartySummary } from '../../src/data/operation/report/fold-party-summary';
import { recountSummary } from '../../src/data/operation/report/recount-party-summary';
import { systemClock } from '../../src/kernel/clock';
import type { Id } from '../../src/kernel/id';
import { insertAccess } from './dataset-access';
import { sellDemonstration } from './dataset-catalogue';
import { holdingStatements } from './dataset-holdings';
import { assertInvariants } from './dataset-invariants';
import { organisationStatements, type Statement } from './dataset-organisations';
import { partyStatements, type PartyPlan } from './dataset-parties';

export interface DatasetPlan extends PartyPlan {
  /** Members of staff who may see all of the province, each of whom can log in. */
  readonly clerks: number;
}

export interface DatasetSize {
  readonly rows: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/** Of what the product's own use cases write of the data set. */
const LIMITS = { poolSize: 2, poolWaitMs: 10_000, statementTimeoutMs: 600_000, lockTimeoutMs: 10_000 };

/** Steps that took less are not worth a line. */
const TELL_ABOVE_MS = 1_000;

const TABLES = [
  'organisation', 'customer', 'customer_document', 'customer_contact', 'account', 'subscriber', 'subscriber_identifier',
  'subscriber_customer', 'subscriber_status', 'payment_relation', 'product_order', 'product_instance', 'subscriber_product', 'bundle_membership',
  'granted_discount',
] as const; // prettier-ignore

/**
 * Migrates an empty database and fills it. The triggers are off while the rows come in, since the deferred ones fire for
 * each row; what they guard is checked afterwards, over everything, by {@link assertInvariants}.
 */
export async function fillDatabase(url: string, plan: DatasetPlan, onProgress: (message: string) => void): Promise<DatasetSize> {
  const startedMs = performance.now();
  await migrate(url);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'`);
    await load(client, organisationStatements(), onProgress);
    const nodes = await readNodes(client);
    await withDatabase(url, (database) => sellDemonstration(database, nodes));
    const exclusions = await takeExclusions(client);
    await load(client, [...partyStatements(plan), ...holdingStatements(), ...exclusions], onProgress);
    await insertAccess(client, plan.clerks);
    await client.query('SET session_replication_role = DEFAULT; ANALYZE');
    await withDatabase(url, countSummary);
    await assertInvariants(client);
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
    onProgress(`data set of ${plan.customers} customers made in ${Math.round((performance.now() - startedMs) / 1_000)} s`);
    return await measure(client);
  } finally {
    await client.end();
  }
}

async function load(client: Client, statements: readonly Statement[], onProgress: (message: string) => void): Promise<void> {
  for (const [what, text] of statements) {
    const beganMs = performance.now();
    await client.query(text);
    const tookMs = performance.now() - beganMs;
    if (tookMs > TELL_ABOVE_MS) onProgress(`${what}: ${Math.round(tookMs)} ms`);
  }
}

/** Lets the product's own use cases write into it. */
async function withDatabase(url: string, write: (database: CoreDatabase) => Promise<void>): Promise<void> {
  const database = await CoreDatabase.open(url, LIMITS, () => undefined);
  try {
    await write(database);
  } finally {
    await database.close();
  }
}

/**
 * Takes the exclusion constraints away and returns the statements that bring them back, which check every row. Built from
 * sorted rows their indexes take seconds; row by row they took two thirds of the load.
 */
async function takeExclusions(client: Client): Promise<Statement[]> {
  const { rows } = await client.query<{ name: string; owner: string; definition: string }>(
    `SELECT conname AS name, conrelid::regclass::text AS owner, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'x' AND connamespace = 'public'::regnamespace`,
  );
  for (const { name, owner } of rows) await client.query(`ALTER TABLE ${owner} DROP CONSTRAINT ${name}`);
  return rows.map(({ name, owner, definition }) => [name, `ALTER TABLE ${owner} ADD CONSTRAINT ${name} ${definition}`]);
}

/** The report summaries, which triggers would have kept: by the product's own rebuild. */
async function countSummary(database: CoreDatabase): Promise<void> {
  await database.transaction(async (transaction) => {
    const state = await lockPartySummary(transaction, 'wait');
    const now = systemClock.now();
    await recountSummary(transaction, state?.timeZone ?? 'Asia/Shanghai', now);
    while ((await foldDeltas(transaction, now)).more);
    return { commit: true, value: undefined };
  });
}

/** The organisation nodes by their codes. */
async function readNodes(client: Client): Promise<ReadonlyMap<string, Id<'organisation'>>> {
  const { rows } = await client.query<{ code: string; id: Id<'organisation'> }>('SELECT code, id FROM organisation');
  return new Map(rows.map(({ code, id }) => [code, id]));
}

async function measure(client: Client): Promise<DatasetSize> {
  const rows: Record<string, number> = {};
  for (const table of TABLES) {
    const { rows: found } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
    rows[table] = Number(found[0]?.count);
  }
  const size = await client.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
  return { rows, bytes: Number(size.rows[0]?.bytes) };
}

/** Numbers and logins of subscribers that are served now, drawn at random. */
export async function drawAccessNumbers(url: string, count: number): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: string }>(
      `SELECT value FROM subscriber_identifier
       WHERE kind <> 'SIM' AND upper_inf(recorded) AND upper_inf(valid) ORDER BY random() LIMIT $1`,
      [count],
    );
    return rows.map((row) => row.value);
  } finally {
    await client.end();
  }
}
