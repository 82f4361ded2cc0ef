import { refusedBy } from '../../../../kernel/result';
import type { Money } from '../../../../kernel/money';
import { refuseSubscriber, type SubscriberRefusal } from './refusals';

export const PRIORITY_MAX = 999;

/** The default relation is always used last. */
export const DEFAULT_PRIORITY = PRIORITY_MAX;

/** How many payment relations a subscriber may have in force or planned: what one read shows. */
export const RELATIONS_MAX = 50;

type Check = ReturnType<typeof refusedBy<SubscriberRefusal>>;

export function checkPriority(priority: number, field: string): Check {
  return refusedBy(
    !(Number.isInteger(priority) && priority >= 0 && priority <= PRIORITY_MAX) && refuseSubscriber('PRIORITY_INVALID', field),
  );
}

export function checkChargeGroup(chargeGroup: string, field: string): Check {
  return refusedBy(!/^[A-Z][A-Z0-9_]{0,39}$/.test(chargeGroup) && refuseSubscriber('CHARGE_GROUP_INVALID', field));
}

/** A cap is above zero, in the currency of the account that pays up to it. */
export function checkCap(cap: Money, currency: string, field: string): Check {
  return refusedBy((cap.amountMinor <= 0n || cap.currency !== currency) && refuseSubscriber('CAP_INVALID', field));
}
