import { LRUCache } from 'lru-cache';
import type { ReadContext } from '../../context';
import { selectDiscountDefinitions } from '../../../data/operation/discount/select-grantable';
import type { VersionState } from '../../../data/operation/released-version/version';
import type { Id } from '../../../kernel/id';
import { fromStored, isDraft } from '../product';
import type { DiscountDefinition } from './model/definition';

/** How many definitions a process keeps: what is granted of a large catalogue, at a kilobyte each. */
const KEPT_MAX = 8_000;

/** What was released never changes, so what is kept is never out of date. Drafts are not kept. */
const kept = new LRUCache<Id<'discountVersion'>, DiscountDefinition>({ max: KEPT_MAX });

/** What versions say; those that this process has not read lately with one statement. */
export async function discountDefinitionsOf(
  context: Pick<ReadContext, 'sql'>,
  versions: readonly { readonly versionId: Id<'discountVersion'>; readonly state: VersionState }[],
): Promise<ReadonlyMap<Id<'discountVersion'>, DiscountDefinition>> {
  const found = new Map<Id<'discountVersion'>, DiscountDefinition>();
  const unread: Id<'discountVersion'>[] = [];
  for (const { versionId, state } of versions) {
    const known = isDraft(state) ? undefined : kept.get(versionId);
    if (known === undefined) unread.push(versionId);
    else found.set(versionId, known);
  }
  if (unread.length === 0) return found;
  const stored = await selectDiscountDefinitions(context, unread);
  for (const { versionId, state } of versions) {
    const definition = stored.get(versionId);
    if (definition === undefined) continue;
    const read = fromStored<DiscountDefinition>(definition);
    found.set(versionId, read);
    if (!isDraft(state)) kept.set(versionId, read);
  }
  return found;
}
