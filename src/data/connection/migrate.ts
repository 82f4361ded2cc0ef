import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../ormconfig';

/** Only one process migrates a database at a time; any number, read as `sanhu`. */
const MIGRATION_LOCK = 0x73616e68;

/**
 * Brings the schema up to date; safe to call from several starting processes at once.
 * @returns the names of the migrations that ran
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const dataSource = await new DataSource(dataSourceOptions(url, 'migration')).initialize();
  try {
    const lock = dataSource.createQueryRunner();
    try {
      await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      const ran = await dataSource.runMigrations();
      return ran.map((migration) => migration.name);
    } finally {
      // The lock belongs to the session: it must be given back before the pool takes the connection.
      await lock.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
      await lock.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
