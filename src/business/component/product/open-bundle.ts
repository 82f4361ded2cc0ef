import {
  insertBundle, insertMembers, setGraceUntil, type LockedBundle, type NewBundle, type NewMember,
} from '../../../data/operation/product/write-bundle'; // prettier-ignore
import type { Id } from '../../../kernel/id';
import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import { isMissingOne } from './end-bundle';
import { definitionsOfBundles } from './standings-of-bundle';

/** Gives a customer a bundle 融合套餐, from now on: it is nobody else's to change before the unit ends. What is given has been checked. */
export async function openBundle(unit: Unit, bundle: NewBundle & { readonly code: string }): Promise<LockedBundle> {
  const { orderId: _orderId, itemNo: _itemNo, productId: _productId, ...opened } = bundle;
  const { id, organisationId, code, holderId, accountId } = bundle;
  await insertBundle(unit.transaction, bundle, unit.now);
  const subject = { subjectKind: 'bundleInstance', subjectId: id } as const;
  unit.audit({ ...subject, organisationId, before: null, after: { holderId, accountId } });
  unit.emit({ type: 'BundleInstanceCreateEvent', ...subject, payload: { code, holderId, accountId } });
  return { ...opened, openedAt: unit.now, endedAt: null, graceUntil: null, lapsedOn: null, inScope: true, members: [] };
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

/** Ends the grace 宽限期 of locked bundles that somebody has joined, where he was the one who was missing. */
export async function endGraces(unit: Unit, bundles: readonly LockedBundle[]): Promise<void> {
  for (const { id, versionId, graceUntil, members } of bundles) {
    if (graceUntil === null) continue;
    const definition = (await definitionsOfBundles(unit, [versionId])).get(versionId);
    invariant(definition !== undefined, 'a bundle is of a version of a bundle');
    if (!isMissingOne(definition, members)) await setGraceUntil(unit.transaction, id, null);
  }
}
