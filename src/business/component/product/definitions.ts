import { LRUCache } from 'lru-cache';
import type { ReadContext } from '../../context';
import { selectDefinitions } from '../../../data/operation/product/select-offers';
import type { VersionState } from '../../../data/operation/released-version/version';
import type { Id } from '../../../kernel/id';
import type { BundleDefinition, ProductDefinition } from './model/definition';
import { isDraft } from './model/lifecycle';
import { fromStored } from './model/stored-document';

type Definition = ProductDefinition | BundleDefinition;

/** How many definitions a process keeps: what is sold of a large catalogue, at a few kilobytes each. */
const KEPT_MAX = 8_000;

/** What was released never changes, so what is kept is never out of date. Drafts are not kept. */
const kept = new LRUCache<Id<'productVersion'>, Definition>({ max: KEPT_MAX });

/** What versions say; those that this process has not read lately with one statement. */
export async function definitionsOf(
  context: Pick<ReadContext, 'sql'>,
  versions: readonly { readonly versionId: Id<'productVersion'>; readonly state: VersionState }[],
): Promise<ReadonlyMap<Id<'productVersion'>, Definition>> {
  const found = new Map<Id<'productVersion'>, Definition>();
  const unread: Id<'productVersion'>[] = [];
  for (const { versionId, state } of versions) {
    const known = isDraft(state) ? undefined : kept.get(versionId);
    if (known === undefined) unread.push(versionId);
    else found.set(versionId, known);
  }
  if (unread.length === 0) return found;
  const stored = await selectDefinitions(context, unread);
  for (const { versionId, state } of versions) {
    const definition = stored.get(versionId);
    if (definition === undefined) continue;
    const read = fromStored<Definition>(definition);
    found.set(versionId, read);
    if (!isDraft(state)) kept.set(versionId, read);
  }
  return found;
}
