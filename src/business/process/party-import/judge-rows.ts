import type { Unit } from '../../context';
import { selectKnownRows } from '../../../data/operation/party-import/import-rows';
import type { ImportJob } from '../../../data/operation/party-import/import-job';
import { lengthOf } from '../../../kernel/text';
import { toProblem, type RowProblem } from './check-columns';
import { draftParties, ROW_KEY_LENGTH_MAX, rowDigestOf, rowKeyOf, type PartyDraft } from './draft-parties';
import type { Mapping } from './mapping';
import { refuseRow } from './refusals';
import type { ReadRow, SourceRow } from './row-source';

/** A row with its key, and what is to become of it. */
export interface RejectedRow {
  readonly row: number;
  readonly line: number;
  readonly rowKey: string | null;
  readonly problems: readonly RowProblem[];
}

export interface NewRow {
  readonly row: number;
  readonly line: number;
  readonly rowKey: string;
  readonly rowDigest: Buffer;
  readonly draft: PartyDraft;
}

export interface JudgedRows {
  readonly fresh: readonly NewRow[];
  /** Known with the same content: nothing is done. */
  readonly skipped: readonly { readonly rowKey: string; readonly row: number }[];
  /** Known with another content: rejected, and met. */
  readonly changed: readonly { readonly rowKey: string; readonly row: number }[];
  readonly rejected: readonly RejectedRow[];
}

/**
 * Tells the rows of a batch apart. A row is first judged for itself; then by its key: a second row with the key of an earlier
 * row of the same file is a duplicate, whatever it says. A row that was rejected for itself does not hold its key.
 */
export async function judgeRows(unit: Unit, job: ImportJob, mapping: Mapping, rows: readonly SourceRow[]): Promise<JudgedRows> {
  const rejected: RejectedRow[] = [];
  const readable = rows.flatMap((row) => {
    if ('fields' in row) return [{ ...row, rowKey: rowKeyOf(mapping, row.fields) }];
    rejected.push({
      row: row.row,
      line: row.line,
      rowKey: null,
      problems: [toProblem(refuseRow(row.problem.code, undefined, row.problem.values))],
    });
    return [];
  });
  const keys = readable.flatMap(({ rowKey }) => (rowKey === undefined || !isFit(rowKey) ? [] : [rowKey]));
  const known = new Map((await selectKnownRows(unit.transaction, job, keys)).map((row) => [row.rowKey, row]));
  const met = new Map([...known.values()].filter((row) => row.seenJobId === job.id).map((row) => [row.rowKey, row.seenRow]));
  const fresh: NewRow[] = [];
  const skipped: { rowKey: string; row: number }[] = [];
  const changed: { rowKey: string; row: number }[] = [];
  for (const read of readable) {
    const { row, line, fields, rowKey = null } = read;
    const drafted = rowKey === null || isFit(rowKey) ? draftParties(mapping, fields) : { problems: [keyTooLong(mapping, rowKey)] };
    const earlier = rowKey === null ? undefined : met.get(rowKey);
    if (rowKey !== null && earlier !== undefined) {
      rejected.push({ row, line, rowKey, problems: [keyProblem(mapping, 'DUPLICATE_KEY', earlier)] });
    } else if (!('draft' in drafted) || rowKey === null) {
      rejected.push({
        row,
        line,
        rowKey: rowKey !== null && isFit(rowKey) ? rowKey : null,
        problems: 'draft' in drafted ? [] : drafted.problems,
      });
    } else {
      met.set(rowKey, row);
      place({ ...read, rowKey }, drafted.draft);
    }
  }
  return { fresh, skipped, changed, rejected };

  function place({ row, line, rowKey, fields }: ReadRow & { readonly rowKey: string }, draft: PartyDraft): void {
    const rowDigest = rowDigestOf(fields);
    const before = known.get(rowKey);
    if (before === undefined) fresh.push({ row, line, rowKey, rowDigest, draft });
    else if (before.rowDigest.equals(rowDigest)) skipped.push({ rowKey, row });
    else {
      changed.push({ rowKey, row });
      rejected.push({ row, line, rowKey, problems: [keyProblem(mapping, 'ROW_CHANGED', row)] });
    }
  }
}

/** Whether a key can be looked for at all. */
function isFit(rowKey: string): boolean {
  return lengthOf(rowKey) <= ROW_KEY_LENGTH_MAX && rowKey.isWellFormed() && !rowKey.includes('\0');
}

function keyProblem({ rowKey }: Mapping, code: 'DUPLICATE_KEY' | 'ROW_CHANGED', row: number): RowProblem {
  return { ...toProblem(refuseRow(code, undefined, { row })), field: rowKey.join('|') };
}

function keyTooLong({ rowKey: columns }: Mapping, rowKey: string): RowProblem {
  const refused =
    lengthOf(rowKey) > ROW_KEY_LENGTH_MAX
      ? refuseRow('FIELD_TOO_LONG', undefined, { max: ROW_KEY_LENGTH_MAX })
      : refuseRow('CHARACTER_INVALID');
  return { ...toProblem(refused), field: columns.join('|') };
}
