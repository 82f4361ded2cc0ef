import { grantDiscounts, reserveBudgets, selectReservations, type DiscountToGrant, type Reservation } from '../../component/discount';
import { refuseOrder, type ItemRequest } from '../../component/order';
import { startOfDay } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import { dateOf, dayNumberAt } from '../../../kernel/day-number';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { billingAccounts, cyclesFor } from './billing-account';
import { grantedDays, returnsOf } from './discount-lines';
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
    const { to } = grantedDays(accepting, lasts.periods, dayNumberAt(begins, timeZone), cycles(accounts[place] ?? null));
    return {
      offer,
      holder,
      ...placeOf(accepting, grant),
      to: lasts.periods === null ? null : startOfDay(dateOf(to), timeZone),
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
  return refuseShort(await orderedDiscounts({ ...accepting, unit: wide }, [{ itemNo: short.itemNo, item }]), short);
}

/**
 * Whether a quotation asks for more than is left of a budget, as it was read: who submits first is served first. What an order that is
 * amended by it keeps itself, it has back then.
 */
export async function checkBudgets(
  { wide, orderId }: Pick<Accepting, 'wide' | 'orderId'>,
  ordered: readonly OrderedGrant[],
  budgets: readonly Reservation[],
): Promise<Refused | undefined> {
  const short: Reservation[] = [];
  for (const budget of budgets) {
    const left = ordered.find(({ offer }) => offer?.discountId === budget.discountId)?.offer?.budgetLeftMinor ?? null;
    if (left !== null && left < sumOf(budgets, budget)) short.push(budget);
  }
  if (short.length === 0) return undefined;
  const kept = await selectReservations(wide, orderId);
  const found = short.find((budget) => {
    const left = ordered.find(({ offer }) => offer?.discountId === budget.discountId)?.offer?.budgetLeftMinor ?? 0n;
    return left + sumOf(kept, budget) < sumOf(budgets, budget);
  });
  return found === undefined ? undefined : refuseShort(ordered, found);
}

function sumOf(reservations: readonly Reservation[], { discountId }: Reservation): bigint {
  return reservations.reduce((sum, one) => (one.discountId === discountId ? sum + one.amountMinor : sum), 0n);
}

function refuseShort(ordered: readonly OrderedGrant[], { itemNo, discountId }: Reservation): Refused {
  const of = ordered.find((one) => one.itemNo === itemNo && one.offer?.discountId === discountId);
  return refuseOrder('BUDGET_EXHAUSTED', of?.path, { discount: of?.discount.code ?? '' });
}
