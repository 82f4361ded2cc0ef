import { createHash } from 'node:crypto';

/** A piece of SQL: texts, and between them values or further pieces. Values travel as parameters, whatever they hold. */
export class Sql {
  /** `key` stands for the texts: pieces of one key have the same texts, and so as many places between them. */
  public constructor(
    public readonly key: unknown,
    public readonly texts: readonly string[],
    public readonly values: readonly unknown[],
  ) {
    if (texts.length !== values.length + 1) throw new TypeError('A piece of SQL must have a value between any two texts.');
  }
}

/** Tags a template as SQL. */
export function sql(texts: TemplateStringsArray, ...values: readonly unknown[]): Sql {
  return new Sql(texts, texts, values);
}

/** A text as it stands: never one that a caller has sent. */
export function raw(text: string): Sql {
  return new Sql(text, [text], []);
}

export const empty = raw('');

/** Pieces or values with a text between them. @throws Failure when there are none */
export function join(parts: readonly unknown[], separator = ','): Sql {
  const texts = ['', ...Array<string>(Math.max(0, parts.length - 1)).fill(separator), ''];
  return new Sql(`\0${parts.length}${separator}`, texts, parts);
}

/**
 * Whether a column of UUIDs is one of `ids`, as in `c.id ${among(ids)}`. A single one is compared as such: PostgreSQL then finds that a
 * plan for any is as good as one for it, and plans no more; for a list of unknown length it plans anew each time.
 */
export function among(ids: readonly string[]): Sql {
  return ids.length === 1 ? sql`= ${ids[0]}::uuid` : sql`= ANY (${ids}::uuid[])`;
}

/** What PostgreSQL is sent, but for the parameters. */
export interface StatementText {
  readonly text: string;
  /** Under which a connection keeps it prepared; undefined: it is parsed at each use, and kept by none. */
  readonly name: string | undefined;
}

/** How many texts are kept, and prepared by name. Every connection keeps each one that it has seen, at tens of kilobytes. */
const STATEMENTS_MAX = 1_000;

/**
 * One place on the way through the pieces of statements, from the outside in. Each template is one object for the life of the program,
 * so that a statement made of the same pieces is found again without putting its text together: that and its hash were a
 * twentieth of a point read.
 */
class Place {
  private pieces: Map<unknown, Place> | undefined;
  private value: Place | undefined;
  public statement: StatementText | undefined;

  public afterPiece(key: unknown, mayGrow: boolean): Place | undefined {
    let next = this.pieces?.get(key);
    if (next === undefined && mayGrow) (this.pieces ??= new Map<unknown, Place>()).set(key, (next = new Place()));
    return next;
  }

  public afterValue(mayGrow: boolean): Place | undefined {
    return this.value ?? (mayGrow ? (this.value = new Place()) : undefined);
  }
}

const start = new Place();
let statements = 0;

/**
 * The text and the parameters of a statement. The program's own statements are few, but a search varies by the parts of its
 * filter, which are the caller's choice: past the bound a new one is neither kept nor named.
 */
export function statementOf(whole: Sql): { readonly statement: StatementText; readonly values: unknown[] } {
  const values: unknown[] = [];
  const mayGrow = statements < STATEMENTS_MAX;
  const place = walk(start, whole, values, mayGrow);
  if (place?.statement !== undefined) return { statement: place.statement, values };
  const text = textOf(whole);
  if (place === undefined || !mayGrow) return { statement: { text, name: undefined }, values };
  statements += 1;
  place.statement = { text, name: createHash('sha256').update(text).digest('base64url').slice(0, 22) };
  return { statement: place.statement, values };
}

/** Collects the values of a piece, and goes on to the place after it; undefined where nothing like it has been before. */
function walk(from: Place | undefined, piece: Sql, values: unknown[], mayGrow: boolean): Place | undefined {
  let place = from?.afterPiece(piece.key, mayGrow);
  for (const value of piece.values) {
    if (value instanceof Sql) {
      place = walk(place, value, values, mayGrow);
    } else {
      values.push(value);
      place = place?.afterValue(mayGrow);
    }
  }
  return place;
}

function textOf(whole: Sql): string {
  let text = '';
  let parameters = 0;
  const add = ({ texts, values }: Sql): void => {
    text += texts[0];
    for (const [nth, value] of values.entries()) {
      if (value instanceof Sql) add(value);
      else text += `$${(parameters += 1)}`;
      text += texts[nth + 1];
    }
  };
  add(whole);
  return text;
}
