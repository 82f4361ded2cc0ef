import { endDiscount, selectGrantedDiscounts, type HeldDiscount } from '../../component/discount';
import { refuseOrder, type ContentOf } from '../../component/order';
import { invariant } from '../../../kernel/failure';
import { isBefore } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import { checkBundle, touchesHolder } from './grant-discount';
import type { Accepting, OrderKind } from './order-kind';
import { accountOf, subscriberOf } from './party-of';
import type { Refused } from './refusals';

type Holder = Parameters<typeof endDiscount>[2];

/** 取消优惠: a discount that was granted ends now. What it has taken off stays. */
export const endDiscountKind: OrderKind<'END_DISCOUNT'> = {
  action: 'MODIFY',
  async fix(unit, content) {
    const [grant] = await selectGrantedDiscounts(unit, [content.grantedDiscountId], unit.now);
    return {
      ...content,
      subscriberId: grant?.subscriberId ?? null,
      accountId: grant?.accountId ?? null,
      bundleInstanceId: grant?.bundleInstanceId ?? null,
    };
  },
  touches: touchesHolder,
  async check(accepting, content) {
    const grant = await grantOf(accepting, content);
    if (grant === undefined) return refuseOrder('GRANT_NOT_FOUND', 'grantedDiscountId');
    return checkBundle(accepting, content, 'grantedDiscountId') ?? checkGrant(accepting, grant);
  },
  async effect(accepting, content) {
    await endDiscount(accepting.wide, content.grantedDiscountId, holderOf(accepting, content));
    return ok({});
  },
};

/** Who has it, and where he stands. */
function holderOf({ parties }: Accepting, { subscriberId, accountId, bundleInstanceId = null }: ContentOf<'END_DISCOUNT'>): Holder {
  if (subscriberId !== null) {
    const { organisation_id: organisationId, service_type: serviceType } = subscriberOf(parties, subscriberId);
    return { holder: { subscriberId }, organisationId, serviceType };
  }
  if (bundleInstanceId !== null) {
    const bundle = parties.bundles.get(bundleInstanceId);
    invariant(bundle !== undefined, 'the bundles of an order are locked');
    return { holder: { bundleInstanceId }, organisationId: bundle.organisationId, serviceType: null };
  }
  invariant(accountId !== null, 'a grant has a holder');
  return { holder: { accountId }, organisationId: accountOf(parties, accountId).organisation_id, serviceType: null };
}

async function grantOf(
  { wide }: Accepting,
  { grantedDiscountId, ...holder }: ContentOf<'END_DISCOUNT'>,
): Promise<HeldDiscount | undefined> {
  // What was not found for the caller when it was quoted is nobody's.
  if (holder.subscriberId === null && holder.accountId === null && (holder.bundleInstanceId ?? null) === null) return undefined;
  const [grant] = await selectGrantedDiscounts(wide, [grantedDiscountId], wide.now);
  return grant;
}

function checkGrant({ startAt, parties, customerId }: Accepting, { accountId, validTo, returns }: HeldDiscount): Refused | undefined {
  if (accountId !== null && parties.accounts.get(accountId)?.customer_id !== customerId) {
    return refuseOrder('ACCOUNT_NOT_THEIRS', 'grantedDiscountId');
  }
  if (returns !== null) return refuseOrder('GRANT_PAID_AHEAD', 'grantedDiscountId');
  return validTo !== null && !isBefore(startAt, validTo) ? refuseOrder('GRANT_ENDED', 'grantedDiscountId') : undefined;
}
