/** How many rows a page may hold, everywhere. */
export const PAGE_SIZE_MAX = 100;

/** A forward page by keyset: at most `first` rows after the row that the cursor names. */
export interface PageRequest {
  readonly first: number;
  readonly after: Cursor | null;
}

/** The sort key of a row, as text, most significant first; the last part is the row's id. */
export type Cursor = readonly string[];

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  /** Where the next page begins, when that is not right behind the last row: the search stopped before it found so many. */
  readonly endCursor?: Cursor;
}

/** Rows fetched with `LIMIT first + 1` become a page: the extra row only says that there are more. */
export function toPage<Row>(rows: readonly Row[], first: number): Page<Row> {
  return { rows: rows.length > first ? rows.slice(0, first) : rows, hasNextPage: rows.length > first };
}

/** The opaque form of a cursor. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Reads a cursor with `parts` parts; `undefined` when it is not one of ours. */
export function decodeCursor(text: string, parts: number): Cursor | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(value) || value.length !== parts) return undefined;
    return value.every((part) => typeof part === 'string' && !part.includes('\0')) ? (value as string[]) : undefined;
  } catch {
    return undefined;
  }
}
