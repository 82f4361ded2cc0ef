import type { PoolClient } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The durable engine: its own tables, in the schema `dbos`, and those by which worker processes share the work.
 *
 * On a running system: creates tables and indexes only, locks nothing that exists. When a new version of the engine brings
 * changes of its own, a new migration calls the same function again.
 */
export class DurableEngine0004 implements MigrationInterface {
  public readonly name = 'DurableEngine1700000000004';
  /** The engine builds indexes concurrently, which no transaction allows. Every statement here may be run again. */
  public readonly transaction = false;

  public async up(runner: QueryRunner): Promise<void> {
    // Every process reads the list of migrations; only this one needs the engine, which takes 0.3 s to load.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const engine = require('../src/data/engine/engine-schema') as typeof import('../src/data/engine/engine-schema');
    await engine.bringEngineSchemaUpToDate((await runner.connect()) as PoolClient);
    await runner.query(SHARED_WORK);
  }

  public async down(): Promise<void> {
    throw new Error('Work in flight is not taken back: restore a backup, or drop the database.');
  }
}

const SHARED_WORK = `
-- One row for each living worker. Whoever is silent for too long has its workflows taken by another.
CREATE TABLE IF NOT EXISTS worker_lease (
  executor_id text COLLATE "C" PRIMARY KEY,
  host        text NOT NULL,
  process_id  integer NOT NULL,
  started_at  timestamptz NOT NULL,
  beat_at     timestamptz NOT NULL
);

-- When each task of maintenance last ran, and the row lock by which only one process runs it.
CREATE TABLE IF NOT EXISTS maintenance_task (
  name        text COLLATE "C" PRIMARY KEY,
  finished_at timestamptz NOT NULL
);
`;
