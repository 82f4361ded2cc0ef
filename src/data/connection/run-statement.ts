import type { ClientBase } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { instantToText, wallClockMs } from '../../kernel/clock';
import { Failure } from '../../kernel/failure';
import { asFailure } from './postgres-failure';
import { runPrepared, type BoundStatement, type WireValue } from './prepared-statement';
import { statementOf, type Sql } from './sql';

/** Runs statements: on a pooled connection, or inside a unit of work. */
export interface SqlRunner {
  /** Runs a statement as a named prepared one and returns its rows. */
  query<Row>(statement: Sql): Promise<Row[]>;
}

/** What a request spent on the database. */
export interface SqlTally {
  statements: number;
  /** Told of each statement, where traces leave. */
  readonly onStatement?: ((text: string, startedAtMs: number, endedAtMs: number) => void) | undefined;
}

/** Gives a value the form in which it travels, and refuses what PostgreSQL would refuse or silently change. */
function encode(value: unknown): WireValue {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw new Failure('BAD_USER_INPUT', 'A text holds a character that cannot be stored (NUL or half a surrogate pair).');
    }
    return value;
  }
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return (value as number | bigint | boolean).toString();
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof Temporal.Instant) return instantToText(value);
  return Array.isArray(value) ? `{${value.map(encodeElement).join(',')}}` : JSON.stringify(value);
}

/** An element of an array's literal (PostgreSQL 18, 8.15.2). */
function encodeElement(element: unknown): string {
  const text = encode(element);
  if (text === null) return 'NULL';
  if (Array.isArray(element)) return text as string;
  return `"${(Buffer.isBuffer(text) ? `\\x${text.toString('hex')}` : text).replace(/[\\"]/g, '\\$&')}"`;
}

/** Runs one statement on a connection. */
export async function runStatement<Row>(client: ClientBase, whole: Sql, tally?: SqlTally): Promise<Row[]> {
  const [rows] = await runStatements(client, [whole], tally);
  return rows as Row[];
}

/** Runs statements in one round trip, and returns the rows of each: behind one that fails, none is run. */
export async function runStatements(client: ClientBase, wholes: readonly Sql[], tally?: SqlTally): Promise<unknown[][]> {
  const statements = wholes.map(bound);
  const onStatement = tally?.onStatement;
  const startedAtMs = onStatement === undefined ? 0 : wallClockMs();
  try {
    return await runPrepared(client, statements);
  } catch (error) {
    // The driver's own stack ends in a socket; this one ends where the statement was asked for.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw asFailure(error);
  } finally {
    for (const { text } of onStatement === undefined ? [] : statements) onStatement?.(text, startedAtMs, wallClockMs());
  }
}

function bound(whole: Sql): BoundStatement {
  const { statement, values } = statementOf(whole);
  return { name: statement.name, text: statement.text, values: values.map(encode) };
}
