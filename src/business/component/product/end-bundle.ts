import { endBundleRows, endMembership, type LockedBundle } from '../../../data/operation/product/write-bundle';
import type { Id } from '../../../kernel/id';
import type { Unit } from '../../context';

/** Takes a subscriber out of the bundle that it is in, from now on. Both are locked. */
export async function leaveBundle(unit: Unit, bundle: LockedBundle, subscriberId: Id<'subscriber'>): Promise<void> {
  const left = await endMembership(unit.transaction, subscriberId, unit.now);
  if (left !== undefined) recordLeft(unit, bundle, [{ subscriberId, role: left.role }]);
}

/** Ends a locked bundle for all who are in it, from now on. */
export async function endBundle(unit: Unit, bundle: LockedBundle): Promise<void> {
  const { id, organisationId, code, holderId, accountId, members } = bundle;
  await endBundleRows(unit.transaction, id, unit.now);
  if (members.length > 0) recordLeft(unit, bundle, members);
  const subject = { subjectKind: 'bundleInstance', subjectId: id } as const;
  unit.audit({ ...subject, organisationId, before: { holderId, accountId }, after: null });
  unit.emit({ type: 'BundleInstanceDeleteEvent', ...subject, payload: { code } });
}

function recordLeft(unit: Unit, { id, organisationId }: LockedBundle, left: LockedBundle['members']): void {
  const subject = { subjectKind: 'bundleInstance', subjectId: id } as const;
  const members = left.map(({ subscriberId, role }) => ({ subscriberId, role }));
  unit.audit({ ...subject, organisationId, before: { members }, after: { left: members.length } });
  unit.emit({ type: 'BundleInstanceMembersChangeEvent', ...subject, payload: { joined: [], left: members } });
}
