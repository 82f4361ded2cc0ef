import {
  grantDiscounts,
  reserveBudgets,
  selectDiscountsById,
  selectReservations,
  type DiscountToGrant,
  type Reservation,
} from '../../component/discount';
import { contentField, refuseOrder, type ItemRequest } from '../../component/order';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { billingAccounts, cyclesFor } from './billing-account';
import { returnsOf } from './discount-lines';
import { endOfGrant } from './granted-days';
import { kindOf } from './kinds';
import type { Accepting } from './order-kind';
import { lineOf, orderedDiscounts, type OrderedGrant } from './ordered-discounts';
import type { Refused } from './refusals';

/** Grants the discounts of an item that has taken effect in this unit, each for its billing periods from when the effect begins. @returns how many */
export async function grantOrdered(
  accepting: Accepting,
  item: ItemRequest,
  { itemNo, begins }: { readonly itemNo: number; readonly begins: Instant },
): Promise<number> {
  const asked = kindOf(item).asks?.(item.content).discounts ?? [];
  if (asked.every(({ later }) => later === true)) return 0;
  const { wide, orderId, timeZone } = accepting;
  const now = { ...accepting, unit: wide, startAt: begins };
  const ordered = await orderedDiscounts(now, [{ itemNo, item }]);
  const accounts = await billingAccounts(now, ordered);
  const cycles = await cyclesFor(now, accounts);
  const granted = ordered.map((grant, place): DiscountToGrant => {
    const { offer, holder } = grant;
    invariant(offer !== undefined && holder !== undefined, 'what is granted was checked in this unit');
    const { lasts, effect } = offer.definition;
    return {
      offer,
      holder,
      ...placeOf(accepting, grant),
      to: endOfGrant(accepting, lasts.periods, begins, cycles(accounts[place] ?? null)),
      returns: effect.kind === 'DEPOSIT_RETURN' ? returnsOf(effect.returns, begins, timeZone) : null,
    };
  });
  return (await grantDiscounts(wide, { orderId, itemNo, from: begins }, granted)).length;
}

/** Where the holder of a grant stands. */
function placeOf(
  accepting: Accepting,
  { holder }: OrderedGrant,
): { readonly organisationId: Id<'organisation'>; readonly serviceType: string | null } {
  const { parties, items } = accepting;
  if (holder !== undefined && 'bundleInstanceId' in holder) {
    const bundle = parties.bundles.get(holder.bundleInstanceId);
    return { organisationId: bundle?.organisationId ?? accepting.organisationId, serviceType: null };
  }
  if (holder === undefined || 'accountId' in holder) {
    const account = holder === undefined ? undefined : parties.accounts.get(holder.accountId);
    return { organisationId: account?.organisation_id ?? accepting.organisationId, serviceType: null };
  }
  const { subscriberId } = holder;
  const opened = items.flatMap((item) => kindOf(item).touches(item.content).opens ?? []).find(({ id }) => id === subscriberId);
  const organisationId = parties.subscribers.get(subscriberId)?.organisation_id ?? opened?.organisationId ?? accepting.organisationId;
  return { organisationId, serviceType: lineOf(accepting, subscriberId) };
}

/** Takes what an order grants from the budgets of discounts, the last thing that is written in its unit. */
export async function reserveOrdered(accepting: Accepting, budgets: readonly Reservation[]): Promise<Refused | undefined> {
  const { wide, orderId, items } = accepting;
  const short = await reserveBudgets(wide, orderId, budgets);
  if (short === undefined) return undefined;
  const item = items[short.itemNo - 1];
  invariant(item !== undefined, 'a budget is taken for an item');
  return refuseShort(accepting, await orderedDiscounts({ ...accepting, unit: wide }, [{ itemNo: short.itemNo, item }]), short);
}

/**
 * Whether a quotation asks for more than is left of a budget, as it was read: who submits first is served first, and within an order its
 * first item. What an order that is amended by it keeps itself, it has back then.
 */
export async function checkBudgets(
  accepting: Accepting,
  ordered: readonly OrderedGrant[],
  budgets: readonly Reservation[],
): Promise<Refused | undefined> {
  const offers = new Map(ordered.flatMap(({ offer }) => (offer === undefined ? [] : [[offer.discountId, offer.budgetLeftMinor] as const])));
  const leftOf = ({ discountId }: Reservation): bigint | null => offers.get(discountId) ?? null;
  const short = budgets.filter((budget, place) => {
    const left = leftOf(budget);
    return left !== null && left < takenBy(budgets.slice(0, place + 1), budget);
  });
  if (short.length === 0) return undefined;
  const kept = await selectReservations(accepting.wide, accepting.orderId);
  const found = short.find((budget) => {
    const taken = takenBy(budgets.slice(0, budgets.indexOf(budget) + 1), budget);
    return (leftOf(budget) ?? 0n) + takenBy(kept, budget) < taken;
  });
  return found === undefined ? undefined : refuseShort(accepting, ordered, found);
}

function takenBy(reservations: readonly Reservation[], { discountId }: Reservation): bigint {
  return reservations.reduce((sum, one) => (one.discountId === discountId ? sum + one.amountMinor : sum), 0n);
}

/** What is held already, and takes off an item what is charged at once, is named by its item. */
async function refuseShort(
  { wide, items }: Accepting,
  ordered: readonly OrderedGrant[],
  { itemNo, discountId }: Reservation,
): Promise<Refused> {
  const of = ordered.find((one) => one.itemNo === itemNo && one.offer?.discountId === discountId);
  if (of !== undefined) return refuseOrder('BUDGET_EXHAUSTED', of.path, { discount: of.discount.code });
  const [held] = await selectDiscountsById(wide, [discountId]);
  const item = items[itemNo - 1];
  const field = item === undefined ? undefined : contentField(itemNo - 1, item.kind);
  return refuseOrder('BUDGET_EXHAUSTED', field, { discount: held?.code ?? '' });
}
