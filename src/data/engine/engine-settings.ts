import type { DLogger } from '@dbos-inc/dbos-sdk';
import { Pool } from 'pg';

/** The name under which the engine keeps what is Sanhu's. It never changes. */
export const APPLICATION = 'sanhu';

/**
 * A constant: the engine's own default is a hash of the source, with which every edit would strand the work in flight.
 * Workflows change by `step.patched`.
 */
export const APPLICATION_VERSION = 'sanhu-1';

export const SCHEMA = 'dbos';

/** The one queue, until some work must not wait behind other work. */
export const QUEUE = 'sanhu';

/**
 * How long a transaction may be silent before PostgreSQL ends it: a process that was stopped in the middle of one keeps its rows
 * locked, and nobody can take its work over before that.
 */
export const SILENT_AT_MOST_MS = 5_000;

/**
 * The engine's own connections. It shares none with the business: with one pool for both, workflows that hold a connection
 * in a step wait for another one to store the step, and all stand still.
 */
export function openEnginePool(url: string, size: number, onError: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: url,
    max: size,
    application_name: 'sanhu-engine',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    options: `-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=${SILENT_AT_MOST_MS} -c TimeZone=UTC`,
  });
  pool.on('error', onError);
  return pool;
}

export type EngineLog = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/** While the database is away, the engine says so ten times a second: each line is passed on once in as long. */
const SAME_LINE_EVERY_MS = 10_000;
const LINES_REMEMBERED_MAX = 500;

/** The engine's log, line by line, into the program's. */
export function loggerOf(log: EngineLog): DLogger {
  const saidAtMs = new Map<string, number>();
  const warn = (entry: unknown): void => {
    const line = String(entry);
    const nowMs = performance.now();
    if (nowMs - (saidAtMs.get(line) ?? -SAME_LINE_EVERY_MS) < SAME_LINE_EVERY_MS) return;
    if (saidAtMs.size >= LINES_REMEMBERED_MAX) saidAtMs.clear();
    saidAtMs.set(line, nowMs);
    log('warn', line);
  };
  return {
    debug: (entry) => log('debug', String(entry)),
    info: (entry) => log('debug', String(entry)), // a line for each workflow taken up: of no interest unless one looks for it
    warn,
    error: (entry, details) => log('error', details?.stack ?? String(entry)),
  };
}
