import type { FilePosition } from '../../../data/operation/party-import/import-job';

/** A row as it was read: its fields by column; what is absent or empty is left out. */
export interface ReadRow {
  /** From 1; the head of the file is not counted. */
  readonly row: number;
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** A row that could not be read as one. The reading goes on behind it. */
export interface UnreadableRow {
  readonly row: number;
  readonly line: number;
  readonly problem:
    | { readonly code: 'ENCODING_INVALID'; readonly values: { readonly encoding: string } }
    | { readonly code: 'ROW_TOO_LONG'; readonly values: { readonly max: number } }
    | { readonly code: 'ROW_MALFORMED'; readonly values: { readonly reason: string } }
    | { readonly code: 'EXTRA_FIELDS'; readonly values: { readonly fields: number; readonly columns: number } };
}

export type SourceRow = ReadRow | UnreadableRow;

/** Rows that follow one another, and where the next batch begins. */
export interface RowBatch {
  readonly rows: readonly SourceRow[];
  readonly end: FilePosition;
  /** Whether the file ends here. */
  readonly last: boolean;
}

/** Where an import reads from: the access layer's reader of files. */
export interface RowSource {
  /** The names in the head of the file; null when every row names its own fields. */
  columns(): Promise<readonly string[] | null>;
  /**
   * Reads at most `rowsMax` rows from a position on; it holds no more in memory than they and one row's limit.
   * @throws FileChanged when the file is not what it was when the source was opened
   */
  read(from: FilePosition, rowsMax: number): Promise<RowBatch>;
}

/** The file was written to, or taken away, while it was being imported. */
export class FileChanged extends Error {
  public constructor(file: string) {
    super(`${file} was changed while it was being imported`);
    this.name = 'FileChanged';
  }
}

export const FILE_BEGIN: FilePosition = { bytes: 0, row: 0, line: 0 };
