import { toPage, type Page } from './page';

/**
 * Rows fetched for many parents at once, each with `LIMIT first + 1`, become one page a parent. A parent without rows gets
 * an empty page.
 */
export function toPagesByParent<ParentId extends string, Row, Item>(
  parents: readonly ParentId[],
  rows: readonly Row[],
  first: number,
  { parentOf, toItem }: { parentOf: (row: Row) => ParentId; toItem: (row: Row) => Item },
): ReadonlyMap<ParentId, Page<Item>> {
  const grouped = new Map<ParentId, Item[]>(parents.map((parent) => [parent, []]));
  for (const row of rows) grouped.get(parentOf(row))?.push(toItem(row));
  return new Map([...grouped].map(([parent, items]) => [parent, toPage(items, first)]));
}
