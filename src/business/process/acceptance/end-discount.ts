import { endDiscount, selectGrantedDiscounts, type DiscountHolder, type HeldDiscount } from '../../component/discount';
import { refuseOrder, type ContentOf } from '../../component/order';
import type { Id } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import { touchesHolder } from './grant-discount';
import type { Accepting, OrderKind } from './order-kind';
import { accountOf, subscriberOf } from './party-of';
import type { Refused } from './refusals';

/** 取消优惠: a discount that was granted ends now. What it has taken off stays. */
export const endDiscountKind: OrderKind<'END_DISCOUNT'> = {
  action: 'MODIFY',
  async fix(unit, content) {
    const [grant] = await selectGrantedDiscounts(unit, [content.grantedDiscountId], unit.now);
    return { ...content, subscriberId: grant?.subscriberId ?? null, accountId: grant?.accountId ?? null };
  },
  touches: touchesHolder,
  async check(accepting, content) {
    const grant = await grantOf(accepting, content);
    if (grant === undefined) return refuseOrder('GRANT_NOT_FOUND', 'grantedDiscountId');
    return checkGrant(accepting, grant);
  },
  async effect(accepting, content) {
    const { wide, parties } = accepting;
    const { subscriberId, accountId, grantedDiscountId } = content;
    const of = subscriberId !== null ? subscriberOf(parties, subscriberId) : accountOf(parties, accountId as Id<'account'>);
    const holder: DiscountHolder = subscriberId !== null ? { subscriberId } : { accountId: accountId as Id<'account'> };
    const serviceType = 'service_type' in of ? of.service_type : null;
    await endDiscount(wide, grantedDiscountId, { holder, organisationId: of.organisation_id, serviceType });
    return ok({});
  },
};

async function grantOf(
  { wide }: Accepting,
  { grantedDiscountId, ...holder }: ContentOf<'END_DISCOUNT'>,
): Promise<HeldDiscount | undefined> {
  // What was not found for the caller when it was quoted is nobody's.
  if (holder.subscriberId === null && holder.accountId === null) return undefined;
  const [grant] = await selectGrantedDiscounts(wide, [grantedDiscountId], wide.now);
  return grant;
}

function checkGrant({ unit, parties, customerId }: Accepting, { accountId, validTo, returns }: HeldDiscount): Refused | undefined {
  if (accountId !== null && parties.accounts.get(accountId)?.customer_id !== customerId) {
    return refuseOrder('ACCOUNT_NOT_THEIRS', 'grantedDiscountId');
  }
  if (returns !== null) return refuseOrder('GRANT_PAID_AHEAD', 'grantedDiscountId');
  return validTo !== null && !isBefore(unit.now, validTo) ? refuseOrder('GRANT_ENDED', 'grantedDiscountId') : undefined;
}
