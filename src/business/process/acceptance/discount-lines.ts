import {
  applyDiscounts, returnSchedule, subjectOf,
  type DepositReturn, type DiscountDefinition, type DiscountStep, type IdleDiscount, type Reservation, type ReturnPart,
} from '../../component/discount'; // prettier-ignore
import type { QuoteLine } from '../../component/order';
import type { TimeZone } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import { dayNumberAt } from '../../../kernel/day-number';
import type { Id } from '../../../kernel/id';
import type { Bilingual } from '../../../kernel/result';
import { billingAccounts, cyclesFor } from './billing-account';
import { chargesOf, type CyclesOf, type ItemLine } from './charges-of-order';
import { ON_BILL, toldDeposit, toldIdle, toldStep } from './discount-words';
import { grantedDays } from './granted-days';
import { heldDiscounts, reachedOnBill, type ActingDiscount } from './held-discounts';
import type { Accepting } from './order-kind';
import type { OrderedGrant } from './ordered-discounts';

/** What is taken off a line. */
export interface Reduction {
  /** The place of the line among those of the items, from 0. */
  readonly place: number;
  readonly name: Bilingual;
  readonly amountMinor: bigint;
  readonly explanation: Bilingual;
}

/** What discounts take off the lines of an order, what they ask for or say beside, and what they take from budgets. */
export interface Discounted {
  readonly reductions: readonly Reduction[];
  /** Money that is paid ahead, and discounts that take nothing, with their reasons. */
  readonly besides: readonly QuoteLine[];
  readonly budgets: readonly Reservation[];
}

type AccountId = Id<'account'>;

/**
 * What the discounts of an order, and those that are held already, take off its one-time charges and its first periods (domain.md §5.4).
 * One that it grants and that takes nothing is told with its reason, as one that is held and acts on the whole bill; money that is paid ahead
 * is a deposit.
 */
export async function discountLines(
  accepting: Accepting,
  lines: readonly ItemLine[],
  ordered: readonly OrderedGrant[],
): Promise<Discounted> {
  const held = await heldDiscounts(accepting, lines);
  if (ordered.length + held.acting.length + held.onBill.length === 0) return { reductions: [], besides: [], budgets: [] };
  const accounts = await billingAccounts(accepting, ordered);
  const cycles = await cyclesFor(accepting, [...accounts, accepting.accountId, ...lines.map((line) => line.of?.accountId ?? null)]);
  const discounts = [...actingGrants(accepting, ordered, { accounts, cycles }), ...held.acting];
  const charges = await chargesOf(accepting, lines, cycles);
  const { steps, idle } = applyDiscounts(
    charges,
    discounts.map(({ acting }) => acting),
  );
  const acted = { discounts, steps, idle };
  return {
    reductions: reductionsOf(accepting, lines, acted),
    besides: [...besidesOf(accepting, acted), ...onBillOf(lines, reachedOnBill(charges, held.onBill))],
    budgets: budgetsOf(lines, acted),
  };
}

/** The lines of a quotation: each, and after it what is taken off it, as lines below zero. */
export function composeLines(lines: readonly ItemLine[], reductions: readonly Reduction[], besides: readonly QuoteLine[]): QuoteLine[] {
  const told: QuoteLine[] = [];
  lines.forEach(({ of: _of, leaves: _leaves, agreed: _agreed, ...line }, place) => {
    told.push(line);
    const reduces = told.length;
    for (const one of reductions) {
      if (one.place !== place) continue;
      const { name, amountMinor, explanation } = one;
      told.push({ ...line, kind: 'DISCOUNT', name, quantity: 1, amountMinor: -amountMinor, reduces, explanation });
    }
  });
  return [...told, ...besides];
}

/** Discounts as they act from the start of the order on, each for its billing periods. */
function actingGrants(
  accepting: Accepting,
  ordered: readonly OrderedGrant[],
  { accounts, cycles }: { readonly accounts: readonly (AccountId | null)[]; readonly cycles: CyclesOf },
): ActingDiscount[] {
  return ordered.flatMap((grant, place) => {
    const { offer, holder, begins } = grant;
    if (offer === undefined) return [];
    const from = dayNumberAt(begins, accepting.timeZone);
    const accountId = accounts[place] ?? null;
    const { definition } = offer;
    const acting = {
      id: String(place).padStart(4, '0'),
      definition,
      holder: holder === undefined ? null : subjectOf(holder).subjectId,
      days: grantedDays(accepting, definition.lasts.periods, from, cycles(accountId)),
      instants: { from: begins.epochMilliseconds, to: Number.POSITIVE_INFINITY },
      leftMinor: definition.lasts.amountMinor,
      used: [],
    };
    return [{ discountId: offer.discountId, definition, acting, grant }];
  });
}

/** When what is paid ahead with an order comes back. */
export function returnsOf(returns: DepositReturn, paidAt: Instant, timeZone: TimeZone): ReturnPart[] {
  return returnSchedule(returns, dayNumberAt(paidAt, timeZone));
}

interface Acted {
  readonly discounts: readonly ActingDiscount[];
  readonly steps: readonly DiscountStep[];
  readonly idle: readonly IdleDiscount[];
}

/** What each step takes off each line. */
function reductionsOf({ currency }: Accepting, lines: readonly ItemLine[], { discounts, steps }: Acted): Reduction[] {
  const byId = new Map(discounts.map((one) => [one.acting.id, one]));
  return lines.flatMap((_line, place) =>
    steps.flatMap((step): Reduction[] => {
      const definition = byId.get(step.discountId)?.definition;
      const amountMinor = takenOff(step, place);
      if (definition === undefined || amountMinor === 0n) return [];
      return [{ place, name: definition.name, amountMinor, explanation: toldStep(definition, step, { amountMinor, currency }) }];
    }),
  );
}

/** What is paid ahead, and what is granted and takes nothing. */
function besidesOf({ currency, timeZone }: Accepting, { discounts, idle }: Acted): QuoteLine[] {
  const byId = new Map(discounts.map((one) => [one.acting.id, one]));
  const told: QuoteLine[] = [];
  for (const { grant, definition } of discounts) {
    const { effect, name } = definition;
    if (grant === undefined || effect.kind !== 'DEPOSIT_RETURN') continue;
    const explanation = toldDeposit(returnsOf(effect.returns, grant.begins, timeZone), currency);
    told.push({ ...NOTHING, itemNo: grant.itemNo, kind: 'DEPOSIT', name, amountMinor: effect.depositMinor, dueNow: true, explanation });
  }
  for (const one of idle) {
    const { grant, definition } = byId.get(one.discountId) ?? {};
    if (grant === undefined || definition === undefined || definition.effect.kind === 'DEPOSIT_RETURN') continue;
    const by = one.by === null ? undefined : byId.get(one.by)?.definition.name;
    const explanation = toldIdle(definition, one.reason, by, currency);
    told.push({ ...NOTHING, itemNo: grant.itemNo, kind: 'DISCOUNT', name: definition.name, explanation });
  }
  return told;
}

/** What is held and acts on the whole bill: it is told with the first line that falls under it. */
function onBillOf(lines: readonly ItemLine[], reached: ReturnType<typeof reachedOnBill>): QuoteLine[] {
  return reached.map(({ discount: { definition }, place }) => ({
    ...NOTHING, itemNo: lines[place]?.itemNo ?? 1, kind: 'DISCOUNT', name: definition.name, explanation: ON_BILL,
  })); // prettier-ignore
}

const NOTHING = { chargeCode: null, quantity: 1, amountMinor: 0n, dueNow: false, taxIncluded: true, taxMinor: 0n } as const;

/** What a step takes off a line, over all its pieces. */
function takenOff({ allocations }: DiscountStep, place: number): bigint {
  return allocations.reduce((sum, { chargeId, amountMinor }) => (chargeId.split('/')[0] === `${place}` ? sum + amountMinor : sum), 0n);
}

/**
 * What each discount takes from its budget. One that is granted: what it takes off at once, and what it takes off the first periods, as many
 * times as it lasts; of money that is paid ahead what comes back beyond it. What it lasts for bounds it. One that is held: what it takes off
 * at once, since no bill will.
 */
function budgetsOf(lines: readonly ItemLine[], { discounts, steps }: Acted): Reservation[] {
  const amounts = new Map<string, Reservation>();
  const take = (itemNo: number, discountId: Id<'discount'>, amountMinor: bigint): void => {
    if (amountMinor === 0n) return;
    const key = `${itemNo} ${discountId}`;
    amounts.set(key, { itemNo, discountId, amountMinor: (amounts.get(key)?.amountMinor ?? 0n) + amountMinor });
  };
  for (const { grant, discountId, definition, acting } of discounts) {
    const own = steps.filter((step) => step.discountId === acting.id);
    const off = lines.map((_line, place) => own.reduce((sum, step) => sum + takenOff(step, place), 0n));
    if (grant !== undefined) take(grant.itemNo, discountId, grantedMinor(definition, lines, off));
    else lines.forEach((line, place) => line.dueNow && take(line.itemNo, discountId, off[place] ?? 0n));
  }
  return [...amounts.values()];
}

function grantedMinor({ lasts, effect }: DiscountDefinition, lines: readonly ItemLine[], off: readonly bigint[]): bigint {
  if (effect.kind === 'DEPOSIT_RETURN') return effect.returns.totalMinor - effect.depositMinor;
  const times = (dueNow: boolean): bigint => (dueNow ? 1n : BigInt(lasts.periods ?? 1));
  const all = lines.reduce((sum, { dueNow }, place) => sum + (off[place] ?? 0n) * times(dueNow), 0n);
  return lasts.amountMinor !== null && lasts.amountMinor < all ? lasts.amountMinor : all;
}
