import { ITEMS_MAX } from '../../component/order';
import type { Refusal } from '../../../kernel/result';
import type { BatchColumn } from './columns';
import { refuseBatchRow, type BatchRowRefusal } from './refusals';
import type { RowAsked } from './row-asked';

/** A row as it was judged: `asked` null where it cannot be read, with the reasons. */
export interface JudgedBatchRow {
  readonly row: number;
  readonly line: number;
  readonly kind: string | null;
  readonly number: string | null;
  /** The row with which the group begins that is one order; null: it is one by itself. */
  readonly groupRow: number | null;
  readonly asked: RowAsked | null;
  readonly refusals: readonly Refusal[];
}

/** A row that was read by itself, with what its cell of the group says. */
export interface ReadRow extends Omit<JudgedBatchRow, 'groupRow'> {
  readonly group: string | null;
}

/** The item that opens the bundle is one of the order's. */
const GROUP_ROWS_MAX = ITEMS_MAX - 1;

/**
 * Puts rows of one group 组号 together, wherever they stand: they are one order, of one bundle. It is accepted whole, so where one of them
 * cannot be read, none is accepted.
 */
export function groupRows(rows: readonly ReadRow[]): JudgedBatchRow[] {
  const groups = new Map<string, ReadRow[]>();
  for (const row of rows) if (row.group !== null) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  const judged = new Map([...groups.values()].flatMap(judgeGroup).map((row) => [row.row, row]));
  return rows.map(({ group: _group, ...row }) => judged.get(row.row) ?? { ...row, groupRow: null });
}

function judgeGroup(group: readonly ReadRow[]): JudgedBatchRow[] {
  const [first] = group;
  if (first === undefined) return [];
  const refused = new Map(group.map((row, place) => [row.row, [...row.refusals, ...checkWith(first, row, place)]]));
  const broken = group.find(({ row }) => (refused.get(row) ?? []).length > 0);
  return group.map(({ group: _group, ...row }) => {
    if (broken === undefined) return { ...row, groupRow: first.row };
    const own = refused.get(row.row) ?? [];
    const refusals = own.length > 0 ? own : refuseBatchRow('GROUP_REFUSED', 'group', { row: broken.row }).refusals;
    return { ...row, groupRow: first.row, asked: null, refusals };
  });
}

/** What the order says as a whole may be left out in all rows but the first. */
function checkWith(first: ReadRow, { asked }: ReadRow, place: number): readonly Refusal<BatchRowRefusal>[] {
  if (asked === null || first.asked === null) return [];
  const { start, externalId, note } = first.asked;
  const differs = (column: BatchColumn, said: string | null, wanted: string | null): readonly Refusal<BatchRowRefusal>[] =>
    said === null || said === wanted ? [] : refuseBatchRow('GROUP_DIFFERS', column, { row: first.row }).refusals;
  return [
    ...(place < GROUP_ROWS_MAX ? [] : refuseBatchRow('GROUP_TOO_LARGE', 'group', { max: GROUP_ROWS_MAX }).refusals),
    ...differs('bundle', asked.group?.bundle ?? null, first.asked.group?.bundle ?? null),
    ...differs('start', asked.start, start),
    ...differs('externalId', asked.externalId, externalId),
    ...differs('note', asked.note, note),
  ];
}
