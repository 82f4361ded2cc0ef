import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { PoolLimits } from '../../../ormconfig';
import { ConnectionPool, deadlineExceeded, type PoolUse, type ReadBounds } from './pool';
import { asFailure, isRetryable } from './postgres-failure';
import { runStatements, type SqlRunner } from './run-statement';
import { sql, type Sql } from './sql';

/** A transaction on the primary. Use cases receive it and never open one. */
export interface Transaction extends SqlRunner {
  /** TypeORM's manager bound to this transaction: keyed inserts and updates only. */
  readonly manager: EntityManager;
}

export interface Committed<Value> {
  readonly value: Value;
  /** The position in the write-ahead log after COMMIT: a replica that has replayed it shows this write. */
  readonly position: string;
  readonly attempts: number;
}

/** What came of the work, and whether it is kept; `last` is its last statement, whose rows nobody asks for: it travels with the COMMIT. */
export type Outcome<Value> =
  { readonly commit: true; readonly value: Value; readonly last?: Sql } | { readonly commit: false; readonly value: Value };

export type TransactionEnd<Value> =
  ({ readonly committed: true } & Committed<Value>) | { readonly committed: false; readonly value: Value };

/** How often a unit of work is run before a serialization failure or a deadlock is given up on. */
const ATTEMPTS_MAX = 4;

/**
 * Begins; sent with the first statement. What a unit of work asks is found by keys, whatever their values: PostgreSQL plans each statement
 * once a connection, not again for each value, which took a quarter of its time.
 */
const BEGIN: readonly Sql[] = [sql`START TRANSACTION`, sql`SET LOCAL plan_cache_mode = force_generic_plan`];

/** Commits, and asks for the position in the write-ahead log after it; sent with the last statement. */
const COMMIT: readonly Sql[] = [sql`COMMIT`, sql`SELECT pg_current_wal_insert_lsn()::text AS lsn`];

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
    { signal, tally }: ReadBounds,
  ): Promise<{ readonly outcome: Outcome<Value>; readonly position: string }> {
    let begin = BEGIN;
    const run = async (last: readonly Sql[]): Promise<unknown[][]> => {
      const beginning = begin;
      begin = [];
      return (await runStatements(client, [...beginning, ...last], tally)).slice(beginning.length);
    };
    const transaction: Transaction = {
      get manager() {
        // The connection sends what TypeORM asks behind it; where it cannot begin, that fails as well.
        if (begin.length > 0) run([]).catch(() => undefined);
        return runner.manager;
      },
      query: async <Row>(statement: Sql) => {
        if (tally !== undefined) tally.statements += 1;
        if (signal?.aborted === true) throw deadlineExceeded();
        return (await run([statement]))[0] as Row[];
      },
    };
    try {
      const outcome = await (signal === undefined ? work(transaction) : this.pool.cancelOnAbort(client, signal, () => work(transaction)));
      // Past this point the deadline no longer applies: what is being committed is not half-cancelled.
      if (outcome.commit && signal?.aborted === true) throw deadlineExceeded();
      if (!outcome.commit) {
        if (begin.length === 0) await this.pool.hangUpInTime(client, () => client.query('ROLLBACK'));
        return { outcome, position: '0/0' };
      }
      const last = outcome.last === undefined ? [] : [outcome.last];
      if (tally !== undefined) tally.statements += last.length;
      const answers = await this.pool.hangUpInTime(client, () => run([...last, ...COMMIT]));
      return { outcome, position: (answers.at(-1)?.[0] as { readonly lsn: string }).lsn };
    } catch (error) {
      // What ended the transaction is told, not what its rollback says on a connection that may be gone.
      await this.pool.hangUpInTime(client, () => client.query('ROLLBACK')).catch(() => undefined);
      throw error;
    }
  }
}
