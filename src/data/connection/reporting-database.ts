import { setTimeout as sleep } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import type { PoolLimits } from '../../../ormconfig';
import { instantFromDatabase, type Instant } from '../../kernel/clock';
import { Failure } from '../../kernel/failure';
import { ConnectionPool, deadlineExceeded, type PoolUse, type ReadBounds } from './pool';
import { isConnectionLost, isRetryable, sqlState } from './postgres-failure';
import type { SqlRunner } from './run-statement';
import { sql } from './sql';

export interface ReplicaHealth {
  /** Host and port; never the credentials. */
  readonly name: string;
  readonly state: 'up' | 'behind' | 'down';
  /** How old the newest replayed change may be; 0 when the replica has all that was sent to it. */
  readonly lagMs: number | null;
}

export interface ReportingLimits extends PoolLimits {
  readonly lagLimitMs: number;
  readonly readAfterWaitMs: number;
}

/** A reader on one replica, with how fresh at least everything is that it reads. */
export interface ReplicaReader {
  readonly runner: SqlRunner;
  readonly replica: string;
  readonly lagMs: number;
  /** What was committed on the primary before this instant is seen. */
  readonly asOf: Instant;
}

/** How often each replica is asked for its state. */
const PROBE_INTERVAL_MS = 500;

/** How long a replica may take to say its state before it counts as down. */
const PROBE_WITHIN_MS = 2_000;

/** How often a replica is asked whether it has replayed a position that requests wait for. */
const REPLAY_INTERVAL_MS = 20;

/** How often a statement that replay cancelled is run. */
const ATTEMPTS_MAX = 3;

/** Apart from the reports', so that a replica's state is known however many reports wait. */
const WATCH_LIMITS: PoolLimits = {
  poolSize: 1,
  poolWaitMs: PROBE_WITHIN_MS,
  statementTimeoutMs: PROBE_WITHIN_MS,
  lockTimeoutMs: PROBE_WITHIN_MS,
};

interface StateRow {
  readonly current: boolean;
  readonly lag_ms: string | null;
  readonly asked_at: string;
  readonly replayed: string | null;
}

interface State {
  readonly lagMs: number;
  readonly asOf: Instant;
  /** The position in the write-ahead log up to which everything is seen; null on a primary, which sees all. */
  readonly replayed: bigint | null;
}

class Replica {
  private reports: ConnectionPool | undefined;
  private watch: ConnectionPool | undefined;
  private up = false;
  private lagMs: number | null = null;
  /** When, by the monotonic clock, the replica last had all that had been sent to it. */
  private currentAtMs: number | undefined;
  private asking: Promise<State> | undefined;

  public constructor(
    private readonly url: string,
    private readonly limits: ReportingLimits,
    private readonly onError: (error: Error) => void,
  ) {}

  public get name(): string {
    return new URL(this.url).host;
  }

  public health(): ReplicaHealth {
    const { name, lagMs } = this;
    return { name, lagMs, state: !this.up ? 'down' : lagMs !== null && lagMs <= this.limits.lagLimitMs ? 'up' : 'behind' };
  }

  public use(): PoolUse | undefined {
    return this.reports?.use();
  }

  public async probe(): Promise<void> {
    await this.ask().catch(() => undefined);
  }

  /**
   * Asks the replica for its state; whoever asks meanwhile is given the same answer. A replica that has replayed all it
   * received from a connected sender is current; another is as old as the last transaction that it replayed, or, since that
   * may have been the last for hours, as the time since it was seen to be current. A server that is not in recovery (a
   * promoted standby) is the primary itself.
   *
   * A sender that is silent, as behind a broken network, counts as connected until the standby gives it up, after its
   * `wal_receiver_timeout`: keep that below the lag limit.
   * @throws Failure DEPENDENCY_UNAVAILABLE when it does not say so in time; it is down then
   */
  public ask(): Promise<State> {
    return (this.asking ??= this.askNow().finally(() => {
      this.asking = undefined;
    }));
  }

  private async askNow(): Promise<State> {
    const askedAtMs = performance.now();
    try {
      this.watch ??= await ConnectionPool.open(this.url, 'reporting', WATCH_LIMITS, this.onError);
      const [row] = await this.watch.reader({ signal: AbortSignal.timeout(PROBE_WITHIN_MS) }).query<StateRow>(STATE);
      this.reports ??= await ConnectionPool.open(this.url, 'reporting', this.limits, this.onError);
      return this.remember(row as StateRow, askedAtMs);
    } catch (error) {
      this.forget();
      throw noReplica(error);
    }
  }

  private remember({ current, lag_ms: lagMs, asked_at: askedAt, replayed }: StateRow, askedAtMs: number): State {
    if (current) this.currentAtMs = askedAtMs;
    const sinceCurrent = this.currentAtMs === undefined ? Infinity : Math.ceil(performance.now() - this.currentAtMs);
    const sinceReplay = lagMs === null ? Infinity : Math.max(Number(lagMs), 0);
    const lag = current ? 0 : Math.min(sinceCurrent, sinceReplay);
    this.up = true;
    this.lagMs = Number.isFinite(lag) ? lag : null;
    const asOf = Number.isFinite(lag) ? instantFromDatabase(askedAt).subtract({ milliseconds: lag }) : LONG_AGO;
    return { lagMs: lag, asOf, replayed: replayed === null ? null : positionOf(replayed) };
  }

  /** Passes the replica over until it answers again. What it had received meanwhile is unknown. */
  public forget(): void {
    this.up = false;
    this.lagMs = null;
    this.currentAtMs = undefined;
  }

  /**
   * Statements on the replica; one that finds it gone says so to all that come after. A statement that stood in the way of
   * replay and was cancelled for it is run again: it only reads.
   */
  public reader(bounds: ReadBounds): SqlRunner {
    const runner = (this.reports as ConnectionPool).reader(bounds);
    return {
      query: async (statement) => {
        for (let attempt = 1; ; attempt += 1) {
          try {
            return await runner.query(statement);
          } catch (error) {
            if (isUnreachable(error)) this.forget();
            if (!isRetryable(causeOf(error))) throw error;
            if (attempt === ATTEMPTS_MAX) throw inTheWayOfReplay(error);
          }
        }
      },
    };
  }

  public async close(): Promise<void> {
    await Promise.all([this.watch?.close(), this.reports?.close()]);
  }
}

const STATE = sql`
  SELECT NOT pg_is_in_recovery()
           OR (pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
               AND EXISTS (SELECT FROM pg_stat_wal_receiver WHERE pid IS NOT NULL)) AS current,
         (extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::bigint::text AS lag_ms,
         date_trunc('milliseconds', clock_timestamp())::text AS asked_at,
         CASE WHEN pg_is_in_recovery() THEN coalesce(pg_last_wal_replay_lsn(), '0/0') END::text AS replayed`;

const LONG_AGO = Temporal.Instant.fromEpochMilliseconds(0);

/** The streaming replicas. A report never takes a connection of the core, and never falls back to the primary. */
export class ReportingDatabase {
  private readonly replicas: readonly Replica[];
  private next = 0;
  private readonly stopping = new AbortController();
  private probing: Promise<unknown> = Promise.resolve();

  public constructor(
    urls: readonly string[],
    private readonly limits: ReportingLimits,
    onError: (error: Error) => void,
  ) {
    this.replicas = urls.map((url) => new Replica(url, limits, onError));
  }

  /** Asks every replica once, then each goes on being asked in the background, whatever another does. */
  public async start(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.probe()));
    this.probing = Promise.all(this.replicas.map((replica) => this.probeUntilStopped(replica)));
  }

  private async probeUntilStopped(replica: Replica): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await sleep(PROBE_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await replica.probe();
    }
  }

  public health(): readonly ReplicaHealth[] {
    return this.replicas.map((replica) => replica.health());
  }

  public use(): readonly (PoolUse & { readonly name: string })[] {
    return this.replicas.flatMap((replica) => {
      const use = replica.use();
      return use === undefined ? [] : [{ name: replica.name, ...use }];
    });
  }

  /**
   * A reader on one replica, the same for all statements of a request, with how stale it may be. When `after` is given
   * (the position that a mutation returned), it is a replica that has replayed it; one is waited for within the bound.
   * @throws Failure DEPENDENCY_UNAVAILABLE when no replica can answer, REPLICA_BEHIND when each is too far behind
   */
  public async reader(bounds: ReadBounds, after: string | null): Promise<ReplicaReader> {
    const untilMs = performance.now() + this.limits.readAfterWaitMs;
    const position = after === null ? null : positionOf(after);
    // From the next in turn onwards, so that load spreads.
    this.next = (this.next + 1) % Math.max(this.replicas.length, 1);
    const inTurn = [...this.replicas.slice(this.next), ...this.replicas.slice(0, this.next)];
    for (;;) {
      let behind: Failure | undefined;
      for (const replica of inTurn) {
        if (bounds.signal?.aborted === true) throw deadlineExceeded();
        // One that is down is not asked: its probe finds it when it is back.
        const found = replica.health().state === 'down' ? undefined : await this.askFor(replica, bounds, position);
        if (found instanceof Failure) behind = found;
        else if (found !== undefined) return found;
      }
      if (behind === undefined) throw noReplica();
      if (position === null || performance.now() + REPLAY_INTERVAL_MS > untilMs) throw behind;
      await sleep(REPLAY_INTERVAL_MS);
    }
  }

  /** A reader on this replica; why it is too far behind; or undefined when it has just gone. */
  private async askFor(replica: Replica, bounds: ReadBounds, position: bigint | null): Promise<ReplicaReader | Failure | undefined> {
    const state = await replica.ask().catch(() => undefined);
    if (state === undefined) return undefined;
    const { lagMs, asOf, replayed } = state;
    if (lagMs > this.limits.lagLimitMs) {
      return new Failure('REPLICA_BEHIND', 'Every reporting replica is further behind than its limit.', { retryAfterMs: 1_000 });
    }
    if (position !== null && replayed !== null && replayed < position) {
      return new Failure('REPLICA_BEHIND', 'The replica has not replayed that write yet.', { retryAfterMs: 500 });
    }
    return { runner: replica.reader(bounds), replica: replica.name, lagMs, asOf };
  }

  public async close(): Promise<void> {
    this.stopping.abort();
    await this.probing;
    await Promise.all(this.replicas.map((replica) => replica.close()));
  }
}

/** `16/B374D848`: two hexadecimal numbers of 32 bits. */
function positionOf(text: string): bigint {
  const [high, low] = text.split('/');
  return (BigInt(`0x${high ?? ''}`) << 32n) + BigInt(`0x${low ?? ''}`);
}

function causeOf(error: unknown): unknown {
  return error instanceof Failure ? (error.cause ?? error) : error;
}

/** A statement that writes: the statement is wrong, not the server. */
const READ_ONLY = '25006';

/** Whether the server is gone, and not only busy. */
function isUnreachable(error: unknown): boolean {
  if (sqlState(causeOf(error)) === READ_ONLY) return false;
  return isConnectionLost(causeOf(error)) && !(error instanceof Failure && error.details['reason'] === 'POOL_EXHAUSTED');
}

function noReplica(cause?: unknown): Failure {
  return new Failure(
    'DEPENDENCY_UNAVAILABLE',
    'No reporting replica can be reached.',
    { reason: 'NO_REPLICA', retryAfterMs: 1_000 },
    { cause },
  );
}

function inTheWayOfReplay(cause: unknown): Failure {
  const message = 'The report stood in the way of changes being replayed and was stopped; ask again.';
  return new Failure('DEPENDENCY_UNAVAILABLE', message, { reason: 'REPLAY_CONFLICT', retryAfterMs: 1_000 }, { cause });
}
