import { grantable } from '../../component/discount';
import type { OrderedDiscount } from '../../component/order';
import type { Unit } from '../../context';
import { discountsOnTrial } from './on-trial';
import type { WantedDiscount, WhereAndWhen } from './order-kind';

/** The discounts of an item, for whom it says they are. */
export function wantedDiscounts(
  discounts: readonly OrderedDiscount[] | undefined,
  holder: Pick<WantedDiscount, 'subscriberId' | 'accountId' | 'bundleInstanceId'>,
): WantedDiscount[] {
  return (discounts ?? []).map((discount, place) => ({ discount, field: `discounts.${place}`, ...holder }));
}

/** Decides which version of each discount of an item is granted at the hall; what is not granted stays open. */
export async function fixDiscounts(
  unit: Unit,
  discounts: readonly OrderedDiscount[] | undefined,
  where: Pick<WhereAndWhen, 'organisationId' | 'trial'>,
): Promise<{ readonly discounts?: OrderedDiscount[] }> {
  if (discounts === undefined || discounts.length === 0) return {};
  const codes = [...new Set(discounts.map(({ code }) => code))];
  const tried = await discountsOnTrial(unit, codes, where);
  const granted = codes.filter((code) => !tried.has(code));
  const asked = { organisationId: where.organisationId, at: unit.now, codes: granted, versionIds: [...tried.values()] };
  const offers = new Map((await grantable(unit, asked)).map((offer) => [offer.code, offer]));
  const grantedAt = unit.now.toString();
  return { discounts: discounts.map((one) => ({ ...one, versionId: offers.get(one.code)?.versionId ?? null, grantedAt })) };
}
