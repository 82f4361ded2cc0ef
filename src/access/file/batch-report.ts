import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadContext } from '../../business/context';
import { selectBatchRows, type OrderBatchRow } from '../../business/process/order-batch';
import type { Id } from '../../kernel/id';
import { PAGE_SIZE_MAX } from '../../kernel/page';
import { toCsvRecord } from './csv-record';

/** The form of a file of orders; its encoding may be another. */
export const BATCH_FILE = { format: 'csv', encoding: 'utf-8', delimiter: ',', multiline: false, rowBytesMax: 65_536 } as const;

const HEAD = ['row', 'line', 'state', 'kind', 'number', 'column', 'code', 'message_zh', 'message_en'];

/** The rows of a batch that are no orders, in the order of the file. */
async function* refusedRows(context: ReadContext, batchId: Id<'orderBatch'>): AsyncGenerator<OrderBatchRow, void> {
  for (let after: readonly string[] | null = null; ;) {
    const page = await selectBatchRows(context, [batchId], ['REFUSED', 'REJECTED'], { first: PAGE_SIZE_MAX, after });
    const { rows = [], hasNextPage = false } = page.get(batchId) ?? {};
    yield* rows;
    const last = rows.at(-1);
    if (!hasNextPage || last === undefined) return;
    after = [String(last.row)];
  }
}

/**
 * Writes which rows of a batch are no orders, and why, as CSV: a line for each reason. It appears whole or not at all; a batch without
 * such rows leaves none.
 * @returns how many rows it names
 */
export async function writeBatchReport(file: string, context: ReadContext, batchId: Id<'orderBatch'>): Promise<number> {
  const part = `${file}.part`;
  let named = 0;
  const lines = async function* (): AsyncGenerator<string> {
    yield toCsvRecord(HEAD);
    for await (const { row, line, state, kind, number, refusals } of refusedRows(context, batchId)) {
      named += 1;
      for (const { field, code, message } of refusals) {
        yield toCsvRecord([
          String(row),
          String(line),
          state,
          kind ?? '',
          number ?? '',
          field?.join('.') ?? '',
          code,
          message.zh,
          message.en,
        ]);
      }
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(part));
  if (named === 0) await rm(part, { force: true });
  else await rename(part, file);
  return named;
}
