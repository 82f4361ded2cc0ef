import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadContext } from '../../business/context';
import { selectImportRejects, type ImportReject } from '../../business/process/party-import';
import type { Id } from '../../kernel/id';
import { toCsvRecord } from './csv-record';

const PAGE = 1_000;

/** The rejected rows of a job, in the order of the file. */
export async function* rejectsOf(context: ReadContext, jobId: Id<'importJob'>): AsyncGenerator<ImportReject, void> {
  for (let after: readonly string[] | null = null; ;) {
    const page: ReadonlyMap<Id<'importJob'>, { rows: readonly ImportReject[]; hasNextPage: boolean }> = await selectImportRejects(
      context,
      [jobId],
      { first: PAGE, after },
    );
    const { rows = [], hasNextPage = false } = page.get(jobId) ?? {};
    yield* rows;
    const last = rows.at(-1);
    if (!hasNextPage || last === undefined) return;
    after = [String(last.row)];
  }
}

const HEAD = 'row,line,key,field,code,message_zh,message_en,further\n';

/**
 * Writes the rejects of a job to a file, as CSV, or as JSON Lines when its name ends in `.jsonl`. It appears whole or not at
 * all; a job without rejects leaves none.
 * @returns how many rows it names
 */
export async function writeRejectsFile(file: string, rejects: AsyncIterable<ImportReject>): Promise<number> {
  const part = `${file}.part`;
  const asJson = file.endsWith('.jsonl');
  let rows = 0;
  const lines = async function* (): AsyncGenerator<string> {
    if (!asJson) yield HEAD;
    for await (const reject of rejects) {
      rows += 1;
      yield asJson ? toJsonLine(reject) : toCsvLine(reject);
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(part));
  if (rows === 0) await rm(part, { force: true });
  else await rename(part, file);
  return rows;
}

function toCsvLine({ row, line, rowKey, field, code, message, further }: ImportReject): string {
  const cells = [row, line, rowKey ?? '', field ?? '', code, message.zh, message.en, further.join('; ')];
  return toCsvRecord(cells.map(String));
}

function toJsonLine({ row, line, rowKey, field, code, message, further }: ImportReject): string {
  return `${JSON.stringify({ row, line, key: rowKey, field, code, message, further })}\n`;
}
