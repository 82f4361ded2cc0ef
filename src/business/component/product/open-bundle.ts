import { insertBundle, insertMembers, type NewBundle, type NewMember } from '../../../data/operation/product/write-bundle';
import type { Id } from '../../../kernel/id';
import type { Unit } from '../../context';

/** Gives a customer a bundle 融合套餐, from now on. Nobody is in it yet. What is given has been checked. */
export async function openBundle(unit: Unit, bundle: NewBundle & { readonly code: string }): Promise<void> {
  const { id, organisationId, code, holderId, accountId } = bundle;
  await insertBundle(unit.transaction, bundle, unit.now);
  const subject = { subjectKind: 'bundleInstance', subjectId: id } as const;
  unit.audit({ ...subject, organisationId, before: null, after: { holderId, accountId } });
  unit.emit({ type: 'BundleInstanceCreateEvent', ...subject, payload: { code, holderId, accountId } });
}

/** A subscriber that joins a bundle, and the node of that, for the trail. */
export interface JoiningMember extends NewMember {
  readonly organisationId: Id<'organisation'>;
}

/** Takes subscribers into bundles, from now on. Both are locked, or new in this unit; that they may join has been checked. */
export async function joinBundles(unit: Unit, members: readonly JoiningMember[]): Promise<void> {
  await insertMembers(unit.transaction, members, unit.now);
  for (const { bundleId, subscriberId, role, organisationId } of members) {
    const subject = { subjectKind: 'bundleInstance', subjectId: bundleId } as const;
    unit.audit({ ...subject, organisationId, before: null, after: { joined: subscriberId, role } });
    unit.emit({ type: 'BundleInstanceMembersChangeEvent', ...subject, payload: { joined: [{ subscriberId, role }], left: [] } });
  }
}
