import { migrateDataSourcePG } from '@dbos-inc/dbos-sdk/datasource';
import { allMigrations } from '@dbos-inc/dbos-sdk/internal/sysdb_migrations/internal/migrations';
import { runSysMigrationsPg } from '@dbos-inc/dbos-sdk/internal/sysdb_migrations/migration_runner';
import type { PoolClient } from 'pg';
import { SCHEMA } from './engine-settings';

/**
 * Brings the engine's tables to what this version of the engine needs: all of them on a new database, the missing ones on an
 * older. Outside a transaction, since some indexes are built concurrently. Migrations call it; running processes change no
 * schema, and refuse to start on one that is too old.
 */
export async function bringEngineSchemaUpToDate(connection: PoolClient): Promise<void> {
  await runSysMigrationsPg(connection, allMigrations(SCHEMA, { useListenNotify: true }), SCHEMA, { onWarn: () => undefined });
  await connection.query('BEGIN');
  try {
    await migrateDataSourcePG(async (statement) => (await connection.query<Record<string, unknown>>(statement)).rows, SCHEMA);
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}
