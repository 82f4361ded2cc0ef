import type { ItemRequest } from '../../component/order';
import type { Unit } from '../../context';
import { readClasses } from './good-number';
import { kindOf } from './kinds';
import { productsNamed, soldNow } from './offered';
import type { WhereAndWhen } from './order-kind';

/** The items with what holds from their quotation on, whatever is sold later. */
export async function fixItems(unit: Unit, items: readonly ItemRequest[], where: WhereAndWhen): Promise<readonly ItemRequest[]> {
  // For all at once: each item finds its own there.
  await soldNow(
    unit,
    where.organisationId,
    productsNamed(items).map(({ code }) => code),
  );
  await readClasses(unit, items);
  const fixed: ItemRequest[] = [];
  for (const item of items) {
    const kind = kindOf(item);
    const content = kind.fix === undefined ? item.content : await kind.fix(unit, item.content, where);
    fixed.push({ kind: item.kind, content } as ItemRequest);
  }
  return fixed;
}
