import { refuseOrder, type ItemRequest } from '../../component/order';
import type { ItemLine } from './charges-of-order';
import { kindOf } from './kinds';
import type { Accepting, ContractLeft } from './order-kind';
import type { Refused } from './refusals';

/** The part of an item's content that says which contracts it was quoted to leave. */
interface Leaving {
  readonly leavesIds?: readonly string[] | undefined;
}

/** The items with the contracts 合约 that each was quoted to leave: what is left beside these has not been told to the customer. */
export function fixContractsLeft(items: readonly ItemRequest[], lines: readonly ItemLine[]): readonly ItemRequest[] {
  return items.map((item, place) => {
    if (kindOf(item).leavesContracts !== true) return item;
    const leavesIds = lines.flatMap(({ itemNo, leaves }) => (itemNo === place + 1 && leaves !== undefined ? [leaves.id] : []));
    return { kind: item.kind, content: { ...item.content, leavesIds } } as ItemRequest;
  });
}

/**
 * Whether an item would leave a contract that the order was not quoted to leave: since the quotation the subscriber may have got another
 * plan, or who else was in its bundle may have left. The items of an order may leave a contract in one another's place.
 */
export async function checkContractsLeft(accepting: Accepting, item: ItemRequest): Promise<Refused | undefined> {
  if (quotedOf(item) === undefined) return undefined;
  const quoted = new Set(accepting.items.flatMap((one) => quotedOf(one) ?? []));
  const lines = (await kindOf(item).quote?.(accepting, item.content)) ?? [];
  const left = lines.flatMap(({ leaves }): ContractLeft[] => (leaves === undefined || quoted.has(leaves.id) ? [] : [leaves]));
  return left.length === 0 ? undefined : refuseOrder('CONTRACT_NOT_QUOTED', undefined, { codes: left.map(({ code }) => code).join(', ') });
}

function quotedOf({ content }: ItemRequest): Leaving['leavesIds'] {
  return (content as Leaving).leavesIds;
}
