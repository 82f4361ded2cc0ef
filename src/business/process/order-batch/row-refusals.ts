import type { Refusal } from '../../../kernel/result';
import type { BatchColumn } from './columns';
import { refuseBatchRow } from './refusals';
import type { RowAsked } from './row-asked';

/** Which column an item's field was taken from, by the last word of its path that is one. */
const COLUMN_OF: Readonly<Record<string, BatchColumn>> = {
  identifier: 'number', subscriberId: 'number', number: 'number', sim: 'sim', plan: 'plan', product: 'products', addOns: 'products', reason: 'reason',
  serviceType: 'serviceType', attributes: 'attributes', when: 'when', requestedStartAt: 'start', note: 'note', externalId: 'externalId',
  instanceId: 'products', address: 'address', bundle: 'bundle', role: 'role',
}; // prettier-ignore

/** A row of an order, by its number in the file. */
interface RowOfOrder {
  readonly row: number;
  readonly asked: RowAsked;
}

/**
 * The refusals of an order, each with the row that it is about, of the columns of that: of a group, what is of the bundle or of the whole order
 * is told of the first row, and a row that nothing is wrong with is told which one is to blame.
 */
export function refusalsOfRows(
  rows: readonly RowOfOrder[],
  refusals: readonly Refusal[],
): { readonly row: number; readonly refusals: readonly Refusal[] }[] {
  const [first] = rows;
  const isGroup = first?.asked.group !== undefined;
  const placeOf = ({ field }: Refusal): number => {
    const item = field?.[0] === 'items' ? Number(field[1]) : 0;
    return isGroup ? Math.max(item - 1, 0) : item;
  };
  const told = rows.map(({ row, asked }, place) => ({
    row,
    refusals: refusals.filter((refusal) => placeOf(refusal) === place).map((refusal) => toRowRefusal(refusal, asked)),
  }));
  const blamed = told.find((one) => one.refusals.length > 0);
  return told.map((one) =>
    one.refusals.length > 0 || blamed === undefined
      ? one
      : { ...one, refusals: refuseBatchRow('GROUP_REFUSED', 'group', { row: blamed.row }).refusals },
  );
}

function toRowRefusal({ field, ...refusal }: Refusal, { kind }: RowAsked): Refusal {
  const columns = kind === 'TRANSFER' ? ({ ...COLUMN_OF, customerId: 'toCustomer', accountId: 'toAccount' } as const) : COLUMN_OF;
  const column = (field ?? []).flatMap((word) => columns[word] ?? []).at(-1);
  if (column === undefined) return { ...refusal, field: null };
  return {
    ...refusal,
    field: [column === 'number' && kind === 'CHANGE_NUMBER' && field?.includes('identifier') === true ? 'newNumber' : column],
  };
}
