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

/**
 * The prepared statement's name. Texts are few: they come from the program, and a look-ahead statement varies by parts,
 * not by fields. The bound only guards against a mistake, since every connection keeps every statement it has seen.
 */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= 2_000) throw new Error('invariant broken: more than 2,000 different statements');
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
    const result = await client.query({ name: nameOf(text), text, values: encode(statement.values) });
    return result.rows as Row[];
  } catch (error) {
    throw asFailure(error);
  } finally {
    onStatement?.(text, startedAtMs, wallClockMs());
  }
}
