import 'reflect-metadata';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from './migrations';
import { entities } from './src/data/operation/entities';

/** Which server a data source speaks to, and as what. */
export type DataSourceRole = 'core' | 'reporting' | 'migration';

export interface PoolLimits {
  readonly poolSize: number;
  /** How long a caller may wait for a connection. */
  readonly poolWaitMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
}

const COMMAND_LINE_LIMITS: PoolLimits = { poolSize: 2, poolWaitMs: 10_000, statementTimeoutMs: 0, lockTimeoutMs: 0 };

/** The one definition of a data source, for the program and for TypeORM's own command line. */
export function dataSourceOptions(url: string, role: DataSourceRole, limits: PoolLimits = COMMAND_LINE_LIMITS): DataSourceOptions {
  const settings = [
    `statement_timeout=${limits.statementTimeoutMs}`,
    `lock_timeout=${limits.lockTimeoutMs}`,
    // A process that was stopped in the middle of a transaction keeps its rows locked as long; the program never waits in one.
    'idle_in_transaction_session_timeout=10000',
    `default_transaction_read_only=${role === 'reporting' ? 'on' : 'off'}`,
    // Parameters arrive by custom plan for the first five runs; scope predicates gain nothing from re-planning after that.
    'jit=off',
    'TimeZone=UTC',
  ];
  return {
    type: 'postgres',
    url,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
    migrationsTableName: 'schema_migration',
    synchronize: false,
    applicationName: `sanhu-${role}`,
    poolSize: limits.poolSize,
    installExtensions: false,
    extra: {
      connectionTimeoutMillis: limits.poolWaitMs,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      options: settings.map((setting) => `-c ${setting}`).join(' '),
    },
  };
}

/** For `typeorm -d dist/ormconfig.js`. The program makes its own data sources with the function above. */
export default new DataSource(dataSourceOptions(process.env['DATABASE_URL'] ?? 'postgres://127.0.0.1:5432/sanhu', 'core'));
