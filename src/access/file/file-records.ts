import { createReadStream } from 'node:fs';

/** One record of a file as bytes, without its line end; null when it is longer than allowed. */
export interface FileRecord {
  readonly bytes: Buffer | null;
  /** Where the next record begins. */
  readonly end: number;
  /** How many lines it takes. */
  readonly lines: number;
}

export interface RecordLimits {
  /** Longer records are passed over; no more than this of one record is held in memory. */
  readonly recordBytesMax: number;
  /** Whether a line end between double quotes belongs to the record. */
  readonly quotedLineEnds: boolean;
}

const LINE_END = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const CHUNK_BYTES = 262_144;

/**
 * Reads the records of a file one by one, from an offset on, in bounded memory. A record is a line. It works on bytes: neither a
 * line end nor a quote is ever part of another character, in UTF-8 as in GB 18030.
 */
export async function* readRecords(file: string, start: number, limits: RecordLimits): AsyncGenerator<FileRecord, void> {
  const open = new OpenRecord(limits);
  let offset = start;
  for await (const chunk of createReadStream(file, { start, highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = open.endIn(chunk, from); at >= 0; at = open.endIn(chunk, from)) {
      open.add(chunk.subarray(from, at));
      from = at + 1;
      yield open.take(offset + from);
    }
    open.add(chunk.subarray(from));
    offset += chunk.length;
  }
  if (!open.isEmpty) yield open.take(offset);
}

/** The record that is being read. */
class OpenRecord {
  private parts: Buffer[] = [];
  private length = 0;
  private lines = 1;
  private quoted = false;

  public constructor(private readonly limits: RecordLimits) {}

  public get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Where the record ends in the chunk; -1 when it goes on behind it. */
  public endIn(chunk: Buffer, from: number): number {
    if (!this.limits.quotedLineEnds) return chunk.indexOf(LINE_END, from);
    for (let at = from; at < chunk.length; at += 1) {
      if (chunk[at] === QUOTE) this.quoted = !this.quoted;
      else if (chunk[at] === LINE_END && !this.quoted) return at;
      else if (chunk[at] === LINE_END) this.lines += 1;
    }
    return -1;
  }

  public add(part: Buffer): void {
    this.length += part.length;
    if (this.length <= this.limits.recordBytesMax) this.parts.push(part);
    else this.parts = [];
  }

  public take(end: number): FileRecord {
    const whole = this.length > this.limits.recordBytesMax ? null : Buffer.concat(this.parts);
    const bytes = whole?.at(-1) === CARRIAGE_RETURN ? whole.subarray(0, -1) : whole;
    const record = { bytes, end, lines: this.lines };
    this.parts = [];
    this.length = 0;
    this.lines = 1;
    this.quoted = false;
    return record;
  }
}
