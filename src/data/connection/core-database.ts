import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import type { PoolLimits } from '../../../ormconfig';
import { ConnectionPool, deadlineExceeded, type PoolUse, type ReadBounds } from './pool';
import { asFailure, isRetryable } from './postgres-failure';
import { runStatement, sql, type SqlRunner } from './sql';

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

/** Ends a transaction without committing, carrying a value out: how a refusal leaves nothing behind. */
class RolledBack<Value> extends Error {
  public constructor(public readonly value: Value) {
    super('rolled back');
  }
}

export type Outcome<Value> = { readonly commit: true; readonly value: Value } | { readonly commit: false; readonly value: Value };

export type TransactionEnd<Value> = { readonly committed: true } & Committed<Value> | { readonly committed: false; readonly value: Value };

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
      const bounded = <Part>(part: () => Promise<Part>): Promise<Part> =>
        bounds.signal === undefined ? part() : this.pool.cancelOnAbort(client, bounds.signal, part);
      const value = await runner.manager.transaction(async (manager) => {
        const outcome = await bounded(() =>
          work({
            manager,
            query: (statement) => {
              if (bounds.tally !== undefined) bounds.tally.statements += 1;
              if (bounds.signal?.aborted === true) throw deadlineExceeded();
              return runStatement(client, statement, bounds.tally);
            },
          }),
        );
        if (!outcome.commit) throw new RolledBack(outcome.value);
        // Past this point the deadline no longer applies: what is being committed is not half-cancelled.
        if (bounds.signal?.aborted === true) throw deadlineExceeded();
        return outcome.value;
      });
      const [position] = await runStatement<{ lsn: string }>(client, sql`SELECT pg_current_wal_insert_lsn()::text AS lsn`);
      return { committed: true, value, position: position?.lsn ?? '0/0', attempts };
    } catch (error) {
      if (error instanceof RolledBack) return { committed: false, value: error.value as Value };
      throw error;
    } finally {
      await runner.release();
    }
  }
}
