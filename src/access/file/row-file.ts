import { stat } from 'node:fs/promises';
import {
  FileChanged,
  type FilePosition,
  type Mapping,
  type RowBatch,
  type SourceRow,
  type UnreadableRow,
} from '../../business/process/party-import';
import { parseCsvRecords } from './csv-fields';
import { decodeText, markLength } from './decode-text';
import { readRecords, type FileRecord } from './file-records';
import { parseJsonRecord } from './json-fields';

type FileForm = Mapping['file'];

/** A file that cannot be imported at all, with the reason for whoever gave it. */
export class FileUnreadable extends Error {
  public constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
    this.name = 'FileUnreadable';
  }
}

/** How many bytes of rows one batch holds at most, however many rows may still follow. */
const BATCH_BYTES = 4_194_304;

interface Head {
  readonly columns: readonly string[] | null;
  /** Where the first row begins. */
  readonly begin: FilePosition;
}

/** A record with its place in the file. */
interface PlacedText {
  readonly row: number;
  readonly line: number;
  readonly text: string;
}

/** The rows of a CSV or JSON Lines file: the import's `RowSource`. */
export class RowFile {
  private constructor(
    private readonly file: string,
    private readonly form: FileForm,
    private readonly head: Head,
    private readonly state: string,
    private readonly size: number,
  ) {}

  /** @throws FileUnreadable when there is no such file, or its head is none */
  public static async open(file: string, form: FileForm): Promise<RowFile> {
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() !== true) throw new FileUnreadable(file, 'there is no such file');
    const head = await readHead(file, form);
    return new RowFile(file, form, head, stateOf(found), found.size);
  }

  public columns(): Promise<readonly string[] | null> {
    return Promise.resolve(this.head.columns);
  }

  public async read(from: FilePosition, rowsMax: number): Promise<RowBatch> {
    await this.checkUnchanged();
    let at = from.bytes === 0 ? this.head.begin : from;
    let bytes = 0;
    const found: (PlacedText | UnreadableRow)[] = [];
    for await (const record of readRecords(this.file, at.bytes, limitsOf(this.form))) {
      const blank = record.bytes !== null && record.bytes.every((byte) => byte === 0x20 || byte === 0x09);
      if (!blank) found.push(this.place(record, at));
      at = { bytes: record.end, row: blank ? at.row : at.row + 1, line: at.line + record.lines };
      bytes += record.bytes?.length ?? 0;
      if (found.length === rowsMax || bytes >= BATCH_BYTES) break;
    }
    return { rows: this.parse(found), end: at, last: at.bytes >= this.size };
  }

  private place({ bytes }: FileRecord, at: FilePosition): PlacedText | UnreadableRow {
    const place = { row: at.row + 1, line: at.line + 1 };
    if (bytes === null) return { ...place, problem: { code: 'ROW_TOO_LONG', values: { max: this.form.rowBytesMax } } };
    const text = decodeText(bytes, this.form.encoding);
    return text === undefined
      ? { ...place, problem: { code: 'ENCODING_INVALID', values: { encoding: this.form.encoding } } }
      : { ...place, text };
  }

  private parse(found: readonly (PlacedText | UnreadableRow)[]): SourceRow[] {
    const texts = found.filter((one): one is PlacedText => 'text' in one);
    const named = this.nameAll(texts.map(({ text }) => text));
    const rows = new Map(texts.map(({ row, line }, n) => [row, { row, line, ...named[n] } as SourceRow]));
    return found.map((one) => ('text' in one ? (rows.get(one.row) as SourceRow) : one));
  }

  private nameAll(texts: readonly string[]): readonly Named[] {
    const { columns } = this.head;
    if (columns === null) return texts.map(parseJsonRecord);
    const parsed = parseCsvRecords(texts, this.form.delimiter);
    return parsed.map((one) => ('fields' in one ? nameFields(columns, one.fields) : malformed(one.reason)));
  }

  /** A change in the middle would make rows of what are none. */
  private async checkUnchanged(): Promise<void> {
    const now = await stat(this.file).catch(() => undefined);
    if (now === undefined || stateOf(now) !== this.state) throw new FileChanged(this.file);
  }
}

function stateOf({ size, mtimeMs, ino }: { readonly size: number; readonly mtimeMs: number; readonly ino: number }): string {
  return `${size} ${mtimeMs} ${ino}`;
}

function limitsOf({ format, multiline, rowBytesMax }: FileForm): { recordBytesMax: number; quotedLineEnds: boolean } {
  return { recordBytesMax: rowBytesMax, quotedLineEnds: format === 'csv' && multiline };
}

async function readHead(file: string, form: FileForm): Promise<Head> {
  if (form.format === 'jsonl') return { columns: null, begin: { bytes: await markAt(file, form), row: 0, line: 0 } };
  for await (const { bytes, end, lines } of readRecords(file, 0, limitsOf(form))) {
    const text = bytes === null ? undefined : decodeText(bytes.subarray(markLength(bytes, form.encoding)), form.encoding);
    if (text === undefined)
      throw new FileUnreadable(file, `its head is longer than ${form.rowBytesMax} bytes, or not valid ${form.encoding}`);
    const [parsed] = parseCsvRecords([text], form.delimiter);
    if (parsed === undefined || !('fields' in parsed))
      throw new FileUnreadable(file, `its head cannot be read: ${parsed?.reason ?? 'it is empty'}`);
    const twice = parsed.fields.find((column, n) => parsed.fields.indexOf(column) !== n);
    if (twice !== undefined) throw new FileUnreadable(file, `its head names the column "${twice}" twice`);
    return { columns: parsed.fields, begin: { bytes: end, row: 0, line: lines } };
  }
  throw new FileUnreadable(file, 'it is empty');
}

async function markAt(file: string, form: FileForm): Promise<number> {
  for await (const { bytes } of readRecords(file, 0, limitsOf(form))) return bytes === null ? 0 : markLength(bytes, form.encoding);
  return 0;
}

type Named = Pick<Extract<SourceRow, { fields: unknown }>, 'fields'> | Pick<UnreadableRow, 'problem'>;

/** Fields by column; fewer fields than columns leave the last columns out, and empty ones are left out. */
function nameFields(columns: readonly string[], fields: readonly string[]): Named {
  if (fields.length > columns.length)
    return { problem: { code: 'EXTRA_FIELDS', values: { fields: fields.length, columns: columns.length } } };
  return {
    fields: Object.fromEntries(columns.flatMap((column, n) => (fields[n] === undefined || fields[n] === '' ? [] : [[column, fields[n]]]))),
  };
}

function malformed(reason: string): Named {
  return { problem: { code: 'ROW_MALFORMED', values: { reason } } };
}
