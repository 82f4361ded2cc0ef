import { hostname } from 'node:os';
import { Pool, type PoolClient } from 'pg';
import { APPLICATION, SILENT_AT_MOST_MS } from './engine-settings';

/** How often a worker says that it lives. */
export const BEAT_MS = 2_000;
/** A worker that has been silent for as long is taken for dead. */
export const STALE_AFTER_MS = 6_000;
/** A workflow that this process claimed so long ago must be running in it. */
const STARTED_WITHIN_MS = 5_000;
/** How many dead workers, or lost workflows, one beat deals with. */
const BATCH = 50;

/**
 * The rows by which workers know of each other. On one connection of their own, so that no other work delays the beat. Ages
 * are measured on the database's clock alone: those of two machines may differ.
 */
export class WorkerLeases {
  private readonly pool: Pool;

  public constructor(
    url: string,
    private readonly executorId: string,
    onError: (error: Error) => void,
  ) {
    this.pool = new Pool({
      connectionString: url,
      max: 1,
      application_name: 'sanhu-lease',
      connectionTimeoutMillis: BEAT_MS,
      idleTimeoutMillis: 0,
      keepAlive: true,
      query_timeout: STALE_AFTER_MS,
      options: `-c statement_timeout=${STALE_AFTER_MS} -c idle_in_transaction_session_timeout=${SILENT_AT_MOST_MS}`,
    });
    this.pool.on('error', onError);
  }

  /** Begins the lease, or prolongs it; one that another worker has taken meanwhile begins again. */
  public async beat(): Promise<void> {
    await this.pool.query(
      `INSERT INTO worker_lease (executor_id, host, process_id, started_at, beat_at)
       VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp())
       ON CONFLICT (executor_id) DO UPDATE SET beat_at = clock_timestamp()`,
      [this.executorId, hostname(), process.pid],
    );
  }

  public async end(): Promise<void> {
    await this.pool.query('DELETE FROM worker_lease WHERE executor_id = $1', [this.executorId]);
  }

  /**
   * Lets `recover` hand the workflows of dead workers back to the queue. The row of each is locked meanwhile and goes when
   * that is done: no two workers act for one, and one that dies in the middle leaves it to the next.
   */
  public async takeDead(recover: (executorId: string) => Promise<number>): Promise<readonly { executorId: string; workflows: number }[]> {
    await this.addOwnerless();
    return this.inTransaction(async (connection) => {
      const dead = await connection.query<{ executor_id: string }>(
        `SELECT executor_id FROM worker_lease
         WHERE beat_at < clock_timestamp() - make_interval(secs => $1) ORDER BY beat_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
        [STALE_AFTER_MS / 1_000],
      );
      const taken = [];
      for (const { executor_id: executorId } of dead.rows) taken.push({ executorId, workflows: await recover(executorId) });
      await connection.query('DELETE FROM worker_lease WHERE executor_id = ANY($1)', [taken.map((one) => one.executorId)]);
      return taken;
    });
  }

  /**
   * Workflows that run for a worker without a lease: it stopped before they ended, or claimed them between having its lease
   * taken and beginning a new one. They get a lease that has run out.
   */
  private async addOwnerless(): Promise<void> {
    await this.pool.query(
      `INSERT INTO worker_lease (executor_id, host, process_id, started_at, beat_at)
       SELECT DISTINCT executor_id, '', 0, '-infinity'::timestamptz, '-infinity'::timestamptz
       FROM dbos.workflow_status AS running
       WHERE status = 'PENDING' AND application_name = $1
         AND NOT EXISTS (SELECT FROM worker_lease AS lease WHERE lease.executor_id = running.executor_id)
       ON CONFLICT DO NOTHING`,
      [APPLICATION],
    );
  }

  /**
   * Moves workflows that were claimed for this process but never started in it, because the answer to the claim was lost with
   * the connection, to `name`, from which they can be recovered.
   * @returns how many
   */
  public async disownLost(isRunning: (workflowId: string) => boolean, name: string): Promise<number> {
    const OLD = `status = 'PENDING' AND executor_id = $1
      AND started_at_epoch_ms < extract(epoch FROM clock_timestamp()) * 1000 - ${STARTED_WITHIN_MS}`;
    const claimed = await this.pool.query<{ id: string }>(`SELECT workflow_uuid AS id FROM dbos.workflow_status WHERE ${OLD}`, [
      this.executorId,
    ]);
    const lost = claimed.rows.map((row) => row.id).filter((id) => !isRunning(id));
    if (lost.length === 0) return 0;
    const moved = await this.pool.query(`UPDATE dbos.workflow_status SET executor_id = $2 WHERE workflow_uuid = ANY($3) AND ${OLD}`, [
      this.executorId,
      name,
      lost.slice(0, BATCH),
    ]);
    return moved.rowCount ?? 0;
  }

  private async inTransaction<Value>(work: (connection: PoolClient) => Promise<Value>): Promise<Value> {
    const connection = await this.pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error; // lost between two statements; the next one fails
    };
    connection.on('error', onError);
    try {
      await connection.query('BEGIN');
      const value = await work(connection);
      await connection.query('COMMIT');
      return value;
    } catch (error) {
      await connection.query('ROLLBACK').catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      connection.off('error', onError);
      connection.release(broken);
    }
  }

  public close(): Promise<void> {
    return this.pool.end();
  }
}
