import type { Unit } from '../../context';
import { insertGrants, type NewGrant } from '../../../data/operation/discount/write-granted-discount';
import { newId, type Id } from '../../../kernel/id';
import type { Instant } from '../../../kernel/clock';
import type { Json } from '../../../kernel/stable-json';
import type { Grantable } from './grantable';
import type { ReturnPart } from './model/return-schedule';

/** Who has a discount: a subscriber, a bundle, or an account. */
export type DiscountHolder =
  { readonly subscriberId: Id<'subscriber'> } | { readonly bundleInstanceId: Id<'bundleInstance'> } | { readonly accountId: Id<'account'> };

/** A discount that is granted. */
export interface DiscountToGrant {
  readonly offer: Pick<Grantable, 'discountId' | 'versionId' | 'code' | 'currency' | 'definition'>;
  readonly holder: DiscountHolder;
  /** Where the holder stands, for the trail. */
  readonly organisationId: Id<'organisation'>;
  readonly serviceType: string | null;
  /** When it ends by itself; null: it does not. */
  readonly to: Instant | null;
  /** When money paid ahead comes back 预存返还. */
  readonly returns: readonly ReturnPart[] | null;
}

/**
 * Grants discounts 办理优惠, from an instant on, by an item of an order. What is granted has been checked; the holder is locked, or new in
 * this unit. The database has the last word where two grant the same to one account.
 */
export async function grantDiscounts(
  unit: Unit,
  { from, ...by }: { readonly orderId: Id<'order'>; readonly itemNo: number; readonly from: Instant },
  granted: readonly DiscountToGrant[],
): Promise<readonly Id<'grantedDiscount'>[]> {
  if (granted.length === 0) return [];
  const grants = granted.map(({ offer, holder, to, returns }): NewGrant => {
    const { discountId, versionId, currency, definition } = offer;
    const { lasts, exclusionGroup } = definition;
    return {
      grantId: newId('grantedDiscount'),
      discountId,
      versionId,
      subscriberId: null,
      bundleInstanceId: null,
      accountId: null,
      ...holder,
      exclusionGroup,
      ...lasts,
      currency,
      returns: returns === null ? null : returns.map(kept),
      to,
    };
  });
  await insertGrants(unit.transaction, { ...by, from }, grants, unit.now);
  granted.forEach(({ offer: { code }, holder, organisationId, serviceType }, place) => {
    const subject = subjectOf(holder);
    const line = serviceType === null ? {} : { serviceType };
    // Whoever reads the trail of a holder need not see the catalogue of the place that granted it something: the grant says no code.
    const after = { grantedDiscountId: grants[place]?.grantId ?? null };
    unit.audit({ ...subject, organisationId, ...line, before: null, after });
    unit.emit({ type: eventOf(holder), ...subject, payload: { discount: code, granted: true } });
  });
  return grants.map(({ grantId }) => grantId);
}

/** A part of a schedule as it is kept: a day number, and an amount in minor units. */
function kept({ day, amountMinor }: ReturnPart): Json {
  return { day, amountMinor: amountMinor.toString() };
}

/** Reads what {@link grantDiscounts} kept. */
export function readReturns(json: Json): readonly ReturnPart[] {
  const parts = (json ?? []) as unknown as readonly { readonly day: number; readonly amountMinor: string }[];
  return parts.map(({ day, amountMinor }) => ({ day, amountMinor: BigInt(amountMinor) }));
}

interface Subject {
  readonly subjectKind: 'subscriber' | 'bundleInstance' | 'account';
  readonly subjectId: Id<'subscriber'> | Id<'bundleInstance'> | Id<'account'>;
}

export function subjectOf(holder: DiscountHolder): Subject {
  if ('subscriberId' in holder) return { subjectKind: 'subscriber', subjectId: holder.subscriberId };
  if ('bundleInstanceId' in holder) return { subjectKind: 'bundleInstance', subjectId: holder.bundleInstanceId };
  return { subjectKind: 'account', subjectId: holder.accountId };
}

const EVENTS = {
  subscriber: 'SubscriberDiscountsChangeEvent',
  bundleInstance: 'BundleInstanceDiscountsChangeEvent',
  account: 'AccountDiscountsChangeEvent',
} as const;

export function eventOf(holder: DiscountHolder): (typeof EVENTS)[Subject['subjectKind']] {
  return EVENTS[subjectOf(holder).subjectKind];
}
