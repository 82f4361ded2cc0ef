import { Failure } from '../../kernel/failure';

interface PostgresError extends Error {
  readonly code?: string;
  readonly constraint?: string;
}

/** SQLSTATEs after which the whole unit of work may simply be run again. */
const RETRYABLE = new Set(['40001', '40P01']);

/** SQLSTATEs (and Node's socket errors) that say the server is not there, is going away, or is not a primary. */
const UNAVAILABLE = new Set([
  '57P01', '57P02', '57P03', '57P05', '53300', '53400', '25006', '3D000', '28000', '28P01',
  'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN',
]); // prettier-ignore

/** Messages of node-postgres, and of TypeORM about a transaction's connection, for a lost or refused one; these have no code. */
const CONNECTION_LOST = new RegExp(
  `^(${[
    'Connection terminated',
    'Client has encountered a connection error',
    'timeout exceeded when trying to connect',
    'timeout expired',
    'Cannot use a pool after',
    'Client was closed',
    'Not connected',
    'Query read timeout',
    'Query runner already released',
  ].join('|')})`,
  'i',
);

export function sqlState(error: unknown): string | undefined {
  return error instanceof Error ? (error as PostgresError).code : undefined;
}

/** The name of the constraint that refused a row; data operations turn the ones they know into values. */
export function violatedConstraint(error: unknown): string | undefined {
  return sqlState(error)?.startsWith('23') ? (error as PostgresError).constraint : undefined;
}

export function isRetryable(error: unknown): boolean {
  return RETRYABLE.has(sqlState(error) ?? '');
}

export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const state = sqlState(error);
  return (state !== undefined && (UNAVAILABLE.has(state) || state.startsWith('08'))) || CONNECTION_LOST.test(error.message);
}

/** Gives an error of the database driver its published meaning; whatever has none is returned as it is. */
export function asFailure(error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const state = sqlState(error);
  if (state === '57014') return new Failure('DEADLINE_EXCEEDED', 'The statement was cancelled at its time limit.', {}, { cause: error });
  if (state === '55P03') return new Failure('DEADLINE_EXCEEDED', 'Another transaction holds this record; try again.', {}, { cause: error });
  if (isRetryable(error)) {
    return new Failure('DEPENDENCY_UNAVAILABLE', 'Too many transactions change this record; try again.', {}, { cause: error });
  }
  if (/^timeout exceeded when trying to connect/.test(error.message)) {
    return new Failure(
      'DEPENDENCY_UNAVAILABLE',
      'No database connection became free in time.',
      { reason: 'POOL_EXHAUSTED' },
      { cause: error },
    );
  }
  if (isConnectionLost(error)) {
    return new Failure('DEPENDENCY_UNAVAILABLE', 'The database cannot be reached.', { reason: 'DATABASE_UNREACHABLE' }, { cause: error });
  }
  // Class 22 is "data exception": a value that a caller sent and that no column can hold.
  if (state !== undefined && (state.startsWith('22') || state === '54000')) {
    return new Failure(
      'BAD_USER_INPUT',
      'A value cannot be stored: check for control characters and out-of-range values.',
      {},
      { cause: error },
    );
  }
  return error;
}
