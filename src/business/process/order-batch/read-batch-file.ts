import { ok, type Result } from '../../../kernel/result';
import { FILE_BEGIN, type RowSource, type SourceRow } from '../party-import';
import { readHead, type BatchColumn } from './columns';
import { groupRows, type JudgedBatchRow, type ReadRow } from './group-rows';
import { judgeRow, type Cells } from './judge-row';
import { refuseBatch, refuseBatchRow, type BatchRefusal } from './refusals';

/** How many rows a file may have: the orders of a large enterprise in one morning, some minutes of a worker. */
export const BATCH_ROWS_MAX = 10_000;

/** How many rows are read at once. */
const PAGE = 1_000;

/**
 * Reads a whole file of orders and judges it row by row, before anything is written: what it can be told for without asking the operator's
 * data. Of two rows about one number, the second is rejected: which of them is meant to be first nobody knows. Rows of one group are one order.
 */
export async function readBatchFile(source: RowSource): Promise<Result<readonly JudgedBatchRow[], BatchRefusal>> {
  const head = readHead((await source.columns()) ?? []);
  if (!head.ok) return head;
  const rows: ReadRow[] = [];
  const met = new Map<string, number>();
  for (let at = FILE_BEGIN, last = false; !last;) {
    const batch = await source.read(at, PAGE);
    for (const row of batch.rows) rows.push(judged(row, head.value, met));
    if (rows.length > BATCH_ROWS_MAX) return refuseBatch('TOO_MANY', 'file', { max: BATCH_ROWS_MAX });
    ({ end: at, last } = batch);
  }
  return rows.length === 0 ? refuseBatch('ROWS_NEEDED', 'file') : ok(groupRows(rows));
}

function judged(source: SourceRow, head: ReadonlyMap<string, BatchColumn>, met: Map<string, number>): ReadRow {
  const { row, line } = source;
  const none = { row, line, kind: null, number: null, asked: null, group: null };
  if ('problem' in source)
    return { ...none, refusals: refuseBatchRow('ROW_UNREADABLE', undefined, { reason: source.problem.code }).refusals };
  const cells: Cells = Object.fromEntries(Object.entries(source.fields).map(([name, cell]) => [head.get(name) ?? name, cell.trim()]));
  const found = judgeRow(cells);
  const number = cells.number?.slice(0, 64).replace(UNFIT, '') ?? null;
  const group = cells.group ?? null;
  if (found.asked === null) return { ...none, kind: found.kind, number, group, refusals: found.refusals };
  const { asked } = found;
  const earlier = [asked.number, ...(asked.newNumber === null ? [] : [asked.newNumber])]
    .map((one) => met.get(one))
    .find((one) => one !== undefined);
  if (earlier !== undefined)
    return { ...none, kind: asked.kind, number, group, refusals: refuseBatchRow('NUMBER_TWICE', 'number', { row: earlier }).refusals };
  for (const one of [asked.number, asked.newNumber]) if (one !== null) met.set(one, row);
  return { row, line, kind: asked.kind, number, asked, group, refusals: [] };
}

// eslint-disable-next-line no-control-regex -- what cannot be stored, or seen, of a number that is refused
const UNFIT = /[\u0000-\u001f\u007f]|[\ud800-\udfff]/g;
