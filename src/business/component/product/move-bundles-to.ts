import { moveBundles } from '../../../data/operation/product/write-bundle';
import type { Id } from '../../../kernel/id';
import type { Unit } from '../../context';

/**
 * The bundles that a customer holds are another's from now on, as part of a process that merges the two. Both are locked.
 * @returns how many there were
 */
export async function moveBundlesToCustomer(wide: Unit, from: Id<'customer'>, to: Id<'customer'>): Promise<number> {
  const moved = await moveBundles(wide.transaction, 'holder_id', from, to, wide.now);
  recordMoved(wide, moved, { holderId: from }, { holderId: to });
  return moved.length;
}

/** As {@link moveBundlesToCustomer}, for what an account is charged for. */
export async function moveBundlesToAccount(wide: Unit, from: Id<'account'>, to: Id<'account'>): Promise<number> {
  const moved = await moveBundles(wide.transaction, 'account_id', from, to, wide.now);
  recordMoved(wide, moved, { accountId: from }, { accountId: to });
  return moved.length;
}

type Owner = Readonly<Record<string, string>>;

function recordMoved(wide: Unit, moved: Awaited<ReturnType<typeof moveBundles>>, before: Owner, after: Owner): void {
  for (const { id, organisationId } of moved) {
    const subject = { subjectKind: 'bundleInstance', subjectId: id } as const;
    wide.audit({ ...subject, organisationId, before, after });
    wide.emit({ type: 'BundleInstanceAttributeValueChangeEvent', ...subject, payload: after });
  }
}
