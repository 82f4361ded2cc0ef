import {
  insertBundle,
  insertMember,
  type LockedBundle,
  type NewBundle,
  type NewMember,
} from '../../../data/operation/product/write-bundle';
import type { Unit } from '../../context';

/** Gives a customer a bundle 融合套餐, from now on. Nobody is in it yet. What is given has been checked. */
export async function openBundle(unit: Unit, bundle: NewBundle & { readonly code: string }): Promise<void> {
  const { id, organisationId, code, holderId, accountId } = bundle;
  await insertBundle(unit.transaction, bundle, unit.now);
  const subject = { subjectKind: 'bundleInstance', subjectId: id } as const;
  unit.audit({ ...subject, organisationId, before: null, after: { holderId, accountId } });
  unit.emit({ type: 'BundleInstanceCreateEvent', ...subject, payload: { code, holderId, accountId } });
}

/** Takes a subscriber into a bundle, from now on. Both are locked, or new in this unit; that it may join has been checked. */
export async function joinBundle(unit: Unit, bundle: Pick<LockedBundle, 'organisationId'>, member: NewMember): Promise<void> {
  const { bundleId, subscriberId, role } = member;
  await insertMember(unit.transaction, member, unit.now);
  const subject = { subjectKind: 'bundleInstance', subjectId: bundleId } as const;
  unit.audit({ ...subject, organisationId: bundle.organisationId, before: null, after: { joined: subscriberId, role } });
  unit.emit({ type: 'BundleInstanceMembersChangeEvent', ...subject, payload: { joined: [{ subscriberId, role }], left: [] } });
}
