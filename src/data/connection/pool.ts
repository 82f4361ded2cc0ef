import { DataSource } from 'typeorm';
import type { Pool, PoolClient } from 'pg';
import { dataSourceOptions, type DataSourceRole, type PoolLimits } from '../../../ormconfig';
import { Failure } from '../../kernel/failure';
import { asFailure } from './postgres-failure';
import { runStatement, type SqlRunner, type SqlTally, type Sql } from './sql';

/** What a pool is doing, for the metrics. */
export interface PoolUse {
  readonly size: number;
  readonly idle: number;
  readonly waiting: number;
}

/** What a read is bound by: the request's deadline, and where its statements are counted. */
export interface ReadBounds {
  readonly signal?: AbortSignal | undefined;
  readonly tally?: SqlTally | undefined;
}

/**
 * One server's connections: TypeORM's data source, its node-postgres pool for visible SQL, and one connection aside with
 * which a running statement is cancelled when all others are busy.
 */
export class ConnectionPool {
  private control: Promise<DataSource> | undefined;

  private constructor(
    public readonly dataSource: DataSource,
    private readonly pool: Pool,
    private readonly url: string,
    public readonly limits: PoolLimits,
  ) {}

  /** Does not fail when the server is away: the pool connects when it is asked for a connection. */
  public static async open(url: string, role: DataSourceRole, limits: PoolLimits, onError: (error: Error) => void): Promise<ConnectionPool> {
    const dataSource = new DataSource(dataSourceOptions(url, role, limits));
    await dataSource.initialize();
    // TypeORM types the driver's pool as `any`; this is the one place that reads it.
    const pool = (dataSource.driver as unknown as { master: Pool }).master;
    pool.on('error', onError);
    return new ConnectionPool(dataSource, pool, url, limits);
  }

  public use(): PoolUse {
    return { size: this.pool.totalCount, idle: this.pool.idleCount, waiting: this.pool.waitingCount };
  }

  /** Statements that each take a connection for themselves. */
  public reader(bounds: ReadBounds = {}): SqlRunner {
    return { query: (statement) => this.read(statement, bounds) };
  }

  private async read<Row>(statement: Sql, { signal, tally }: ReadBounds): Promise<Row[]> {
    if (tally !== undefined) tally.statements += 1;
    if (signal?.aborted === true) throw deadlineExceeded();
    const client = await this.connect();
    try {
      return signal === undefined
        ? await runStatement<Row>(client, statement)
        : await this.cancelOnAbort(client, signal, () => runStatement<Row>(client, statement));
    } finally {
      client.release();
    }
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw asFailure(error);
    }
  }

  /**
   * Runs `work` on a connection; when the signal fires first, the statement that runs there is cancelled on the server.
   * The connection is not given back before the cancel has been answered, so it can never hit the next one's statement.
   */
  public async cancelOnAbort<Value>(client: PoolClient, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    let cancelling: Promise<void> | undefined;
    const onAbort = (): void => {
      cancelling = this.cancel(client);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await work();
    } finally {
      signal.removeEventListener('abort', onAbort);
      await cancelling;
    }
  }

  private async cancel(client: PoolClient): Promise<void> {
    const pid = (client as unknown as { processID: number | null }).processID;
    if (pid === null) return;
    try {
      const control = await this.controlConnection();
      await control.query('SELECT pg_cancel_backend($1)', [pid]);
    } catch {
      // The statement's own time limit ends it where the cancel could not be sent.
    }
  }

  private controlConnection(): Promise<DataSource> {
    this.control ??= new DataSource({
      ...dataSourceOptions(this.url, 'core', { poolSize: 1, poolWaitMs: 2_000, statementTimeoutMs: 2_000, lockTimeoutMs: 1_000 }),
      entities: [],
    } as ConstructorParameters<typeof DataSource>[0])
      .initialize()
      .catch((error: unknown) => {
        this.control = undefined;
        throw error;
      });
    return this.control;
  }

  public async close(): Promise<void> {
    const control = await this.control?.catch(() => undefined);
    await control?.destroy();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

export function deadlineExceeded(): Failure {
  return new Failure('DEADLINE_EXCEEDED', 'The request ran past its deadline and was stopped.');
}

