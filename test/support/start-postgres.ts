import 'reflect-metadata';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPair, type EmbeddedPair } from '../../src/data/connection/embedded-postgres';
import { migrate } from '../../src/data/connection/migrate';

declare global {
  var sanhuTestPostgres: { pair: EmbeddedPair; directory: string } | undefined;
}

/** One PostgreSQL for a whole run, without durability, and a migrated template that every test file copies. */
export default async function startPostgres(): Promise<void> {
  if (globalThis.sanhuTestPostgres !== undefined) return;
  const directory = await mkdtemp(join(tmpdir(), 'sanhu-test-'));
  const pair = await startEmbeddedPair({
    directory,
    standby: false,
    ports: { primary: 54_400, standby: 54_401 },
    durable: false,
    databaseName: 'sanhu',
    maxConnections: 200,
  });
  globalThis.sanhuTestPostgres = { pair, directory };
  const client = new Client(pair.primaryUrl);
  await client.connect();
  await client.query('CREATE DATABASE sanhu_template');
  await client.end();
  await migrate(pair.primaryUrl.replace(/\/[^/]*$/, '/sanhu_template'));
  process.env['SANHU_TEST_SERVER'] = pair.primaryUrl;
}
