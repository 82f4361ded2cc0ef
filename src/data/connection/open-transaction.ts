import type { PoolClient } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';
import { invariant } from '../../kernel/failure';
import { deadlineExceeded, type ConnectionPool, type ReadBounds } from './pool';
import { runStatements, type SqlRunner } from './run-statement';
import { sql, type Sql } from './sql';

/**
 * Begins; sent with the first statement. What a unit of work asks is found by keys, whatever their values: PostgreSQL plans each statement
 * once a connection, not again for each value, which took a quarter of its time.
 */
const BEGIN: readonly Sql[] = [sql`START TRANSACTION`, sql`SET LOCAL plan_cache_mode = force_generic_plan`];

/** Commits, and asks for the position in the write-ahead log after it; sent with the last statement. */
const COMMIT: readonly Sql[] = [sql`COMMIT`, sql`SELECT pg_current_wal_insert_lsn()::text AS lsn`];

const ENDED = 'a transaction that has ended is asked for more';

/** A transaction on one connection, from its first statement to its end. Nothing is sent on the connection but within it. */
export class OpenTransaction implements SqlRunner {
  /** The first statements, once they are sent: every later one waits for them, and fails as they do. */
  private beginning: Promise<unknown> | undefined;
  private state: 'not begun' | 'begun' | 'ended' = 'not begun';

  public constructor(
    private readonly pool: ConnectionPool,
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
    private readonly bounds: ReadBounds,
  ) {}

  /** TypeORM's manager bound to it: keyed inserts and updates only. Not before a statement has been answered. */
  public get manager(): EntityManager {
    invariant(this.state === 'begun', `TypeORM is asked in a transaction that is ${this.state}`);
    return this.runner.manager;
  }

  /** For a library that writes with statements of its own. */
  public async connection(): Promise<PoolClient> {
    invariant(this.state !== 'ended', ENDED);
    await (this.beginning ?? this.run([]));
    return this.client;
  }

  public async query<Row>(statement: Sql): Promise<Row[]> {
    const { signal, tally } = this.bounds;
    if (tally !== undefined) tally.statements += 1;
    if (signal?.aborted === true) throw deadlineExceeded();
    const [rows] = await this.run([statement]);
    return rows as Row[];
  }

  /**
   * Commits, in one round trip with a last statement: where that fails, nothing is kept. No deadline stops it.
   * @returns the position in the write-ahead log after it
   */
  public async commit(last: Sql | undefined): Promise<string> {
    const { tally } = this.bounds;
    if (tally !== undefined && last !== undefined) tally.statements += 1;
    const statements = last === undefined ? COMMIT : [last, ...COMMIT];
    const answers = await this.pool.hangUpInTime(this.client, () => this.run(statements));
    this.state = 'ended';
    return (answers.at(-1)?.[0] as { readonly lsn: string }).lsn;
  }

  /** Takes back what was done. A connection on which that fails is given up: nobody may go on in what is left there. */
  public async rollBack(): Promise<void> {
    const hasBegun = this.beginning !== undefined;
    this.state = 'ended';
    if (!hasBegun) return;
    await this.pool
      .hangUpInTime(this.client, () => this.client.query('ROLLBACK'))
      .catch((error: unknown) => {
        this.pool.abandon(this.client);
        throw error;
      });
  }

  private async run(statements: readonly Sql[]): Promise<unknown[][]> {
    invariant(this.state !== 'ended', ENDED);
    const { tally } = this.bounds;
    if (this.beginning !== undefined) {
      await this.beginning;
      return runStatements(this.client, statements, tally);
    }
    const answers = runStatements(this.client, [...BEGIN, ...statements], tally);
    this.beginning = answers;
    const results = await answers;
    this.state = 'begun';
    return results.slice(BEGIN.length);
  }
}
