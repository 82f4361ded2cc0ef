import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import rawSql, { Sql, empty, join, raw } from 'sql-template-tag';
import { Temporal } from 'temporal-polyfill';
import { instantToText, wallClockMs } from '../../kernel/clock';
import { Failure } from '../../kernel/failure';
import { asFailure } from './postgres-failure';

export { Sql, empty, join, raw, rawSql as sql };

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

const names = new Map<string, string>();

/** How many statements are prepared by name. Every connection keeps each one that it has seen, at tens of kilobytes. */
const NAMES_MAX = 1_000;

/**
 * The prepared statement's name. The program's own texts are few, but a search varies by the parts of its filter, which are
 * the caller's choice: past the bound a text gets no name. It is then parsed at each use, and kept by no connection.
 */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= NAMES_MAX) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  names.set(text, name);
  return name;
}

/** Gives every value the form that node-postgres sends, and refuses what PostgreSQL would refuse or silently change. */
function encode(values: readonly unknown[]): unknown[] {
  return values.map((value) => {
    if (typeof value === 'string') {
      if (value.includes('\0') || !value.isWellFormed()) {
        throw new Failure('BAD_USER_INPUT', 'A text holds a character that cannot be stored (NUL or half a surrogate pair).');
      }
      return value;
    }
    return value instanceof Temporal.Instant ? instantToText(value) : value;
  });
}

/** Runs one statement on a connection. */
export async function runStatement<Row>(client: ClientBase, statement: Sql, tally?: SqlTally): Promise<Row[]> {
  const text = statement.text;
  const onStatement = tally?.onStatement;
  const startedAtMs = onStatement === undefined ? 0 : wallClockMs();
  try {
    const [name, values] = [nameOf(text), encode(statement.values)];
    const result = await client.query(name === undefined ? { text, values } : { name, text, values });
    return result.rows as Row[];
  } catch (error) {
    throw asFailure(error);
  } finally {
    onStatement?.(text, startedAtMs, wallClockMs());
  }
}
