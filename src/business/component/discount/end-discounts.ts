import type { Unit } from '../../context';
import { selectDiscountsOfSubscribers } from '../../../data/operation/discount/granted-discount';
import { endGrants } from '../../../data/operation/discount/write-granted-discount';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { isBefore, laterOf } from '../../../kernel/period';
import type { LockedAccount } from '../account';
import type { LockedBundle } from '../product';
import type { LockedSubscriber } from '../subscriber';
import { eventOf, subjectOf, type DiscountHolder } from './grant-discounts';

interface Ended {
  readonly holder: DiscountHolder;
  readonly organisationId: Id<'organisation'>;
  readonly serviceType: string | null;
}

/** A subscriber that is closed or handed over in this unit has no discounts of its own from then on. What it had stays known. */
export async function endDiscountsOf(unit: Unit, subscriber: LockedSubscriber): Promise<void> {
  const { id, organisation_id: organisationId, service_type: serviceType, opened_at: openedAt } = subscriber;
  const at = laterOf(unit.now, instantFromDatabase(openedAt));
  const ended = await endGrants(unit.transaction, { subscriber_id: id }, at, unit.now);
  record(unit, { holder: { subscriberId: id }, organisationId, serviceType }, ended);
}

/** As {@link endDiscountsOf}, of an account that is closed, or merged into another. */
export async function endDiscountsOfAccount(unit: Unit, { id, organisation_id: organisationId }: LockedAccount): Promise<void> {
  const ended = await endGrants(unit.transaction, { account_id: id }, unit.now, unit.now);
  record(unit, { holder: { accountId: id }, organisationId, serviceType: null }, ended);
}

/** As {@link endDiscountsOf}, of a bundle that has ended in this unit. */
export async function endDiscountsOfBundle(unit: Unit, { id, organisationId }: Pick<LockedBundle, 'id' | 'organisationId'>): Promise<void> {
  const ended = await endGrants(unit.transaction, { bundle_instance_id: id }, unit.now, unit.now);
  record(unit, { holder: { bundleInstanceId: id }, organisationId, serviceType: null }, ended);
}

/** Takes back what a locked subscriber was to have from later on 撤回预约: it was chosen with a plan that does not come. */
export async function takeBackDiscounts(
  unit: Unit,
  { id, organisation_id: organisationId, service_type: serviceType }: LockedSubscriber,
): Promise<void> {
  const planned = (await selectDiscountsOfSubscribers(unit, [id], { from: unit.now })).filter(({ validFrom }) =>
    isBefore(unit.now, validFrom),
  );
  const of = { holder: { subscriberId: id }, organisationId, serviceType };
  for (const { grantId, validFrom } of planned) await endDiscount(unit, grantId, of, validFrom);
}

/** Ends one grant 取消优惠, from now on. It has been checked that it holds, and its holder is locked. */
export async function endDiscount(unit: Unit, grantId: Id<'grantedDiscount'>, of: Ended, at: Instant = unit.now): Promise<void> {
  record(unit, of, await endGrants(unit.transaction, { grant_id: grantId }, at, unit.now));
}

function record(unit: Unit, { holder, organisationId, serviceType }: Ended, ended: readonly string[]): void {
  if (ended.length === 0) return;
  const subject = subjectOf(holder);
  const line = serviceType === null ? {} : { serviceType };
  unit.audit({ ...subject, organisationId, ...line, before: { grantedDiscountIds: ended }, after: { grantedDiscountIds: [] } });
  unit.emit({ type: eventOf(holder), ...subject, payload: { ended: ended.length } });
}
