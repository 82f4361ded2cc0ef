import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { Pool, PoolClient } from 'pg';
import { dataSourceOptions, type DataSourceRole, type PoolLimits } from '../../../ormconfig';
import type { Cancellation } from '../../kernel/cancellation';
import { Failure } from '../../kernel/failure';
import { asFailure } from './postgres-failure';
import { runStatement, type SqlRunner, type SqlTally } from './run-statement';
import type { Sql } from './sql';

/** What a pool is doing, for the metrics. */
export interface PoolUse {
  readonly size: number;
  readonly idle: number;
  readonly waiting: number;
}

/** What a read is bound by: the request's deadline, and where its statements are counted. */
export interface ReadBounds {
  readonly signal?: Cancellation | undefined;
  readonly tally?: SqlTally | undefined;
}

/** How long a cancel may take to be answered; then the connection is given up instead. */
const CANCEL_WITHIN_MS = 2_000;

/** How long after its cancel a statement may still run; PostgreSQL ends one in milliseconds. */
const ABANDON_AFTER_MS = 3_000;

/** How long a commit, which waits for disks and for synchronous standbys, may take to be answered. */
const HANG_UP_AFTER_MS = 10_000;

const CLOSE_WITHIN_MS = 5_000;

/**
 * One server's connections: TypeORM's data source, its node-postgres pool for visible SQL, and one connection aside with
 * which a running statement is cancelled when all others are busy.
 */
export class ConnectionPool {
  private control: Promise<DataSource> | undefined;
  private readonly abandoned = new WeakSet<PoolClient>();

  private constructor(
    public readonly dataSource: DataSource,
    private readonly pool: Pool,
    private readonly url: string,
    public readonly limits: PoolLimits,
  ) {}

  /**
   * Makes one connection, so that a wrong address shows at once; the pool makes others when it is asked for them, and goes on
   * trying when the server is away later.
   * @throws what the driver throws when the server cannot be reached
   */
  public static async open(
    url: string,
    role: DataSourceRole,
    limits: PoolLimits,
    onError: (error: Error) => void,
  ): Promise<ConnectionPool> {
    const dataSource = new DataSource(dataSourceOptions(url, role, limits));
    await dataSource.initialize();
    // TypeORM types the driver's pool as `any`; this is the one place that reads it.
    const pool = (dataSource.driver as unknown as { master: Pool }).master;
    pool.on('error', onError);
    // A connection that breaks while it is lent out tells its borrower by the statement that fails; the event that comes with
    // it would end the program where nobody listens.
    const listened = new WeakSet<PoolClient>();
    pool.on('acquire', (client) => {
      if (!listened.has(client)) listened.add(client.on('error', () => undefined));
    });
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
        ? await runStatement<Row>(client, statement, tally)
        : await this.cancelOnAbort(client, signal, () => runStatement<Row>(client, statement, tally));
    } finally {
      client.release(this.abandoned.has(client));
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
   * The connection is not given back before the cancel has been answered, so it can never hit the next one's statement. A
   * server that answers neither (it hangs, or its machine has gone without a word) is hung up on: no caller waits for it.
   * @throws Failure DEADLINE_EXCEEDED, DEPENDENCY_UNAVAILABLE
   */
  public async cancelOnAbort<Value>(client: PoolClient, signal: Cancellation, work: () => Promise<Value>): Promise<Value> {
    if (signal.aborted) throw deadlineExceeded();
    let cancelling: Promise<boolean> | undefined;
    let patience: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      cancelling = this.cancel(client);
      patience = setTimeout(() => this.abandon(client), ABANDON_AFTER_MS);
    };
    signal.addEventListener('abort', onAbort);
    try {
      return await work();
    } finally {
      signal.removeEventListener('abort', onAbort);
      if (cancelling !== undefined && !(await cancelling)) this.abandon(client);
      clearTimeout(patience);
    }
  }

  /**
   * Runs what no deadline may stop, as a COMMIT; a server that does not answer it for long is hung up on. Whether it did it is
   * unknown then: the caller asks again with the same idempotency key.
   * @throws Failure DEPENDENCY_UNAVAILABLE
   */
  public async hangUpInTime<Value>(client: PoolClient, work: () => Promise<Value>): Promise<Value> {
    const patience = setTimeout(() => this.abandon(client), HANG_UP_AFTER_MS);
    try {
      return await work();
    } finally {
      clearTimeout(patience);
    }
  }

  /** Ends a connection without a word to the server; the statement that waits on it fails. */
  public abandon(client: PoolClient): void {
    if (this.abandoned.has(client)) return;
    this.abandoned.add(client);
    (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
  }

  /** Whether the server has answered that it did. */
  private async cancel(client: PoolClient): Promise<boolean> {
    const pid = (client as unknown as { processID: number | null }).processID;
    if (pid === null) return false;
    const giveUp = new AbortController();
    try {
      const cancelled = this.controlConnection().then((control) => control.query('SELECT pg_cancel_backend($1)', [pid]));
      const answered = await Promise.race([cancelled.then(() => true), sleep(CANCEL_WITHIN_MS, false, { signal: giveUp.signal })]);
      if (!answered) this.dropControl();
      return answered;
    } catch {
      this.dropControl();
      return false;
    } finally {
      giveUp.abort();
    }
  }

  /** The next cancel makes a connection of its own. */
  private dropControl(): void {
    const dropped = this.control;
    this.control = undefined;
    dropped?.then((control) => control.destroy()).catch(() => undefined);
  }

  private controlConnection(): Promise<DataSource> {
    this.control ??= new DataSource({
      ...dataSourceOptions(this.url, 'core', { poolSize: 1, poolWaitMs: 2_000, statementTimeoutMs: 2_000, lockTimeoutMs: 1_000 }),
      entities: [],
    })
      .initialize()
      .catch((error: unknown) => {
        this.control = undefined;
        throw error;
      });
    return this.control;
  }

  /** Closes every connection; for a server that does not answer the goodbye, nobody waits long. */
  public async close(): Promise<void> {
    const waiting = new AbortController();
    const patience = sleep(CLOSE_WITHIN_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([this.closeAll(), patience]).finally(() => waiting.abort());
  }

  private async closeAll(): Promise<void> {
    const control = await this.control?.catch(() => undefined);
    await control?.destroy();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

export function deadlineExceeded(): Failure {
  return new Failure('DEADLINE_EXCEEDED', 'The request ran past its deadline and was stopped.');
}
