import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';
import type { PoolLimits } from '../../../ormconfig';
import { OpenTransaction } from './open-transaction';
import { ConnectionPool, deadlineExceeded, type PoolUse, type ReadBounds } from './pool';
import { asFailure, isRetryable } from './postgres-failure';
import type { SqlRunner } from './run-statement';
import { sql, type Sql } from './sql';

export interface Committed<Value> {
  readonly value: Value;
  /** The position in the write-ahead log after COMMIT: a replica that has replayed it shows this write. */
  readonly position: string;
  readonly attempts: number;
}

/** A transaction on the primary. Use cases receive it; they neither open nor end one. */
export type Transaction = Pick<OpenTransaction, 'query' | 'manager' | 'connection'>;

/** What came of the work, and whether it is kept; `last` is its last statement, whose rows nobody asks for: it travels with the COMMIT. */
export type Outcome<Value> =
  { readonly commit: true; readonly value: Value; readonly last?: Sql } | { readonly commit: false; readonly value: Value };

export type TransactionEnd<Value> =
  ({ readonly committed: true } & Committed<Value>) | { readonly committed: false; readonly value: Value };

/** How often a unit of work is run before a serialization failure or a deadlock is given up on. */
const ATTEMPTS_MAX = 4;

/** The primary: every write, and every read that must see it. */
export class CoreDatabase {
  private constructor(private readonly pool: ConnectionPool) {}

  public static async open(url: string, limits: PoolLimits, onError: (error: Error) => void): Promise<CoreDatabase> {
    return new CoreDatabase(await ConnectionPool.open(url, 'core', limits, onError));
  }

  public reader(bounds?: ReadBounds): SqlRunner {
    return this.pool.reader(bounds);
  }

  /** Asks the primary for a sign of life. @throws Failure when it gives none in time */
  public async ping(withinMs: number): Promise<void> {
    await this.pool.reader({ signal: AbortSignal.timeout(withinMs) }).query(sql`SELECT 1 AS alive`);
  }

  public use(): PoolUse {
    return this.pool.use();
  }

  public get size(): number {
    return this.pool.limits.poolSize;
  }

  public close(): Promise<void> {
    return this.pool.close();
  }

  /**
   * Runs the whole of `work` in a transaction, again from the start when PostgreSQL asks for it. `work` says whether what
   * it did is kept. No other way exists to write.
   * @throws Failure DEADLINE_EXCEEDED, DEPENDENCY_UNAVAILABLE
   */
  public async transaction<Value>(
    work: (transaction: Transaction) => Promise<Outcome<Value>>,
    bounds: ReadBounds = {},
  ): Promise<TransactionEnd<Value>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work, bounds, attempt);
      } catch (error) {
        const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
        if (!isRetryable(cause) || attempt === ATTEMPTS_MAX || bounds.signal?.aborted === true) throw asFailure(error);
        // Two that collided must not collide again: each waits another while.
        await sleep(attempt * 10 + (process.hrtime()[1] % 20));
      }
    }
  }

  private async attempt<Value>(
    work: (transaction: Transaction) => Promise<Outcome<Value>>,
    bounds: ReadBounds,
    attempts: number,
  ): Promise<TransactionEnd<Value>> {
    if (bounds.signal?.aborted === true) throw deadlineExceeded();
    const runner = this.pool.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const { outcome, position } = await this.runWork(runner, client, work, bounds);
      if (!outcome.commit) return { committed: false, value: outcome.value };
      return { committed: true, value: outcome.value, position, attempts };
    } finally {
      await runner.release();
    }
  }

  /** Begins, works, and ends the transaction as the work says. */
  private async runWork<Value>(
    runner: QueryRunner,
    client: PoolClient,
    work: (transaction: Transaction) => Promise<Outcome<Value>>,
    bounds: ReadBounds,
  ): Promise<{ readonly outcome: Outcome<Value>; readonly position: string }> {
    const { signal } = bounds;
    const transaction = new OpenTransaction(this.pool, runner, client, bounds);
    try {
      const outcome = await (signal === undefined ? work(transaction) : this.pool.cancelOnAbort(client, signal, () => work(transaction)));
      // Past this point the deadline no longer applies: what is being committed is not half-cancelled.
      if (outcome.commit && signal?.aborted === true) throw deadlineExceeded();
      if (outcome.commit) return { outcome, position: await transaction.commit(outcome.last) };
      await transaction.rollBack();
      return { outcome, position: '0/0' };
    } catch (error) {
      // What ended the transaction is told, not what its rollback says on a connection that may be gone.
      await transaction.rollBack().catch(() => undefined);
      throw error;
    }
  }
}
