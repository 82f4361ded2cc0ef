import {
  applyDiscounts, discountDefinitionsOf, selectBudgets, selectDiscountsOfAccounts, selectDiscountsOfSubscribers, selectReservations,
  type ChargeToDiscount, type DiscountDefinition, type GrantedDiscount, type HeldDiscount,
} from '../../component/discount'; // prettier-ignore
import { dayNumberAt } from '../../../kernel/day-number';
import type { Id } from '../../../kernel/id';
import { isCharged, type ItemLine } from './charges-of-order';
import { isEndedBy } from './ended-grants';
import { kindOf } from './kinds';
import type { Accepting } from './order-kind';
import type { OrderedGrant } from './ordered-discounts';

/** A discount as it acts on an order: one that it grants, or one that somebody has already. */
export interface ActingDiscount {
  readonly discountId: Id<'discount'>;
  readonly definition: DiscountDefinition;
  readonly acting: GrantedDiscount;
  /** What the order asks for; undefined for one that is held. */
  readonly grant?: OrderedGrant;
}

/**
 * What of the discounts that subscribers and accounts have already acts on the charges of an order 已办优惠: those whose reduction hangs on
 * nothing but the charge. What hangs on the rest of the bill is `onBill`, and told.
 */
export interface HeldOfOrder {
  readonly acting: readonly ActingDiscount[];
  readonly onBill: readonly ActingDiscount[];
}

/** The discounts that are held when an order takes effect, by whoever its charges stand with; none that it ends itself. */
export async function heldDiscounts(accepting: Accepting, lines: readonly ItemLine[]): Promise<HeldOfOrder> {
  const held = (await heldBy(accepting, lines.filter(isCharged))).filter((one) => !isEndedBy(accepting.items, one, accepting.startAt));
  if (held.length === 0) return { acting: [], onBill: [] };
  const { wide, currency } = accepting;
  // What was granted was released, and never changes.
  const versions = held.map(({ versionId }) => ({ versionId, state: 'active' as const }));
  const definitions = await discountDefinitionsOf(wide, versions);
  const left = await budgetsLeft(accepting, held);
  const all = held.flatMap((one, place): ActingDiscount[] => {
    const definition = definitions.get(one.versionId);
    if (definition === undefined || one.currency !== currency || !takesOff(definition)) return [];
    return [{ discountId: one.discountId, definition, acting: actingOf(accepting, one, { definition, place, left }) }];
  });
  return {
    acting: all.filter(({ definition }) => isOfCharge(definition)),
    onBill: all.filter(({ definition }) => !isOfCharge(definition)),
  };
}

async function heldBy({ wide, items, startAt, accountId }: Accepting, lines: readonly ItemLine[]): Promise<HeldDiscount[]> {
  const time = { validAt: startAt, knownAt: null };
  const subscribers = lines.flatMap(({ itemNo }) => {
    const item = items[itemNo - 1];
    return item === undefined ? [] : (kindOf(item).touches(item.content).subscriber?.id ?? []);
  });
  const accounts = lines.flatMap(({ of }) => (of === undefined ? accountId : of.accountId) ?? []);
  return [
    ...(await selectDiscountsOfSubscribers(wide, [...new Set(subscribers)], time)),
    ...(await selectDiscountsOfAccounts(wide, [...new Set(accounts)], time)),
  ];
}

/** Free units are for usage; money that was paid ahead comes back whatever is charged. */
function takesOff({ effect }: DiscountDefinition): boolean {
  return effect.kind !== 'FREE_UNITS' && effect.kind !== 'DEPOSIT_RETURN';
}

/** An amount each period, a cap, a threshold, and what it lasts for in all, hold over all charges of the bill: what is left is known there. */
function isOfCharge({ effect, capMinor, lasts }: DiscountDefinition): boolean {
  return effect.kind !== 'AMOUNT' && effect.kind !== 'THRESHOLD' && capMinor === null && lasts.amountMinor === null;
}

function actingOf(
  { timeZone }: Accepting,
  { subscriberId, accountId, discountId, validFrom, validTo }: HeldDiscount,
  { definition, place, left }: { readonly definition: DiscountDefinition; readonly place: number; readonly left: BudgetsLeft },
): ActingDiscount['acting'] {
  return {
    id: `held ${String(place).padStart(4, '0')}`,
    definition,
    holder: subscriberId ?? accountId,
    days: { from: dayNumberAt(validFrom, timeZone), to: validTo === null ? Number.POSITIVE_INFINITY : dayNumberAt(validTo, timeZone) },
    instants: { from: validFrom.epochMilliseconds, to: validTo === null ? Number.POSITIVE_INFINITY : validTo.epochMilliseconds },
    leftMinor: left.get(discountId) ?? null,
    budget: left.has(discountId) ? discountId : null,
    used: [],
  };
}

type BudgetsLeft = ReadonlyMap<Id<'discount'>, bigint>;

/** What is left of the budgets of discounts, with what an order that is amended keeps of them itself. */
async function budgetsLeft({ wide, orderId }: Accepting, held: readonly HeldDiscount[]): Promise<BudgetsLeft> {
  const budgets = await selectBudgets(wide, [...new Set(held.map(({ discountId }) => discountId))]);
  const kept = budgets.length === 0 ? [] : await selectReservations(wide, orderId);
  return new Map(
    budgets.map(({ discountId, limitMinor, usedMinor }) => {
      const own = kept.reduce((sum, one) => (one.discountId === discountId ? sum + one.amountMinor : sum), 0n);
      return [discountId, limitMinor - usedMinor + own];
    }),
  );
}

/** Of the discounts that act on the whole bill, those under which a charge of the order falls, with the place of its first line. */
export function reachedOnBill(
  charges: readonly ChargeToDiscount[],
  onBill: readonly ActingDiscount[],
): readonly { readonly discount: ActingDiscount; readonly place: number }[] {
  return onBill.flatMap((discount) => {
    const unbound = { ...discount.definition, effect: { kind: 'WAIVER' as const }, capMinor: null, exclusionGroup: null };
    const { steps } = applyDiscounts(charges, [{ ...discount.acting, definition: unbound, leftMinor: null }]);
    const first = steps[0]?.allocations[0]?.chargeId.split('/')[0];
    return first === undefined ? [] : [{ discount, place: Number(first) }];
  });
}
