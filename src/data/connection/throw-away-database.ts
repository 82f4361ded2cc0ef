import { createHash, randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { migrations } from '../../../migrations';
import { migrate } from './migrate';

/** Scenario databases on a server, and their templates, begin with these. */
const TEMPLATE_PREFIX = 'sanhu_scenario_template_';
const DATABASE_PREFIX = 'sanhu_scenario_';

/** Only one process makes a template on a server at a time; any number, read as `scnr`. */
const TEMPLATE_LOCK = 0x73636e72;

export interface ThrowAwayOptions {
  /** Any database of the server, for one who may create databases. */
  readonly serverUrl: string;
  /** A migrated database that nobody is connected to; made by {@link provideTemplate}. */
  readonly template: string;
  /** Leaves the database behind, and tells its address. */
  readonly onKept?: (url: string) => void;
}

/**
 * Runs work on a new database, a copy of the template, and drops it afterwards, however the work ends.
 * @throws what the work throws, and what PostgreSQL says of who may not create databases
 */
export async function withThrowAwayDatabase<Value>(
  { serverUrl, template, onKept }: ThrowAwayOptions,
  work: (url: string) => Promise<Value>,
): Promise<Value> {
  const name = `${DATABASE_PREFIX}${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`));
  const url = urlOf(serverUrl, name);
  try {
    return await work(url);
  } finally {
    if (onKept === undefined) {
      await onServer(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`));
    } else onKept(url);
  }
}

/**
 * A database with the schema of this program and nothing in it, made once for each schema: copying it takes a tenth of the time
 * that migrating takes. Templates of other schemas are dropped when a new one is made.
 * @returns its name
 */
export function provideTemplate(serverUrl: string): Promise<string> {
  // By what the migrations do, not by their names: while one is being written it changes under its name.
  const digest = createHash('sha256').update(migrations.map(String).join('\n')).digest('hex').slice(0, 16);
  const name = `${TEMPLATE_PREFIX}${digest}`;
  return onServer(serverUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const known = await client.query<{ datname: string; datistemplate: boolean }>(
      `SELECT datname, datistemplate FROM pg_database WHERE datname LIKE $1`,
      [`${TEMPLATE_PREFIX.replaceAll('_', '\\_')}%`],
    );
    if (known.rows.some(({ datname, datistemplate }) => datname === name && datistemplate)) return name;
    for (const { datname, datistemplate } of known.rows) await dropTemplate(client, datname, datistemplate);
    await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
    await migrate(urlOf(serverUrl, name));
    await client.query(`ALTER DATABASE ${escapeIdentifier(name)} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
    return name;
  });
}

/** One that is no template yet was being made when its program was killed. One that is just being copied, by another version, stays. */
async function dropTemplate(client: Client, name: string, isWhole: boolean): Promise<void> {
  if (!isWhole) {
    await client.query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
    return;
  }
  await client.query(`ALTER DATABASE ${escapeIdentifier(name)} IS_TEMPLATE false`);
  await client
    .query(`DROP DATABASE ${escapeIdentifier(name)}`)
    .catch(() => client.query(`ALTER DATABASE ${escapeIdentifier(name)} IS_TEMPLATE true`));
}

async function onServer<Value>(url: string, work: (client: Client) => Promise<Value>): Promise<Value> {
  const client = new Client({ connectionString: url, application_name: 'sanhu-scenario' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
}
