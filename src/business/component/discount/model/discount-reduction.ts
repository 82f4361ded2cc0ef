import { daysIn, overlapOf, type DaySpan } from '../../../../kernel/day-number';
import { pieceOf, roundHalfAwayFromZero } from '../../../../kernel/money';
import { allocateByLargestRemainder, splitByLargestRemainder } from '../../../../kernel/split';
import type { DiscountEffect } from './definition';
import { reaches, shareOfDays, type ChargePart, type ChargeToDiscount, type GrantedDiscount } from './discounted-charge';

/** What one discount takes off the charges of one period, with all that it takes to reckon it again by hand. */
export interface DiscountStep {
  readonly discountId: string;
  /** Of the charges that it acts on; for a threshold from the first of their periods to the last. */
  readonly period: DaySpan;
  /** What it acts on: what remains of the charges, or their list amounts where it says so. */
  readonly baseMinor: bigint;
  /** The days over which a fixed amount was prorated, of how many; null where it is not. */
  readonly proration: { readonly days: number; readonly of: number } | null;
  /** Before the bounds. */
  readonly computedMinor: bigint;
  readonly reductionMinor: bigint;
  readonly limitedBy: 'CAP' | 'AMOUNT_LEFT' | null;
  readonly allocations: readonly { readonly chargeId: string; readonly amountMinor: bigint }[];
}

/** A step that was reckoned and not yet taken. */
export interface ProposedStep extends DiscountStep {
  readonly taken: readonly { readonly part: ChargePart; readonly amountMinor: bigint }[];
}

/** What each part is due exactly, over one denominator, and their sum rounded once. */
interface Dues {
  readonly baseMinor: bigint;
  readonly dues: readonly bigint[];
  readonly denominator: bigint;
  readonly totalMinor: bigint;
  readonly proration: DiscountStep['proration'];
}

const BASIS_POINTS = 10_000n;

/** The steps of one discount, on what remains now. It takes nothing yet. */
export function proposeSteps(discount: GrantedDiscount, parts: readonly ChargePart[]): ProposedStep[] {
  let leftMinor = discount.leftMinor;
  return groupsOf(discount, parts).map((group) => {
    const proposed = proposeStep({ ...discount, leftMinor }, group);
    if (leftMinor !== null) leftMinor -= proposed.reductionMinor;
    return proposed;
  });
}

interface PeriodGroup {
  readonly period: DaySpan;
  readonly parts: readonly ChargePart[];
}

/** A discount is reckoned by period; a threshold once over all. What is at or below zero is left as it is. */
function groupsOf(discount: GrantedDiscount, parts: readonly ChargePart[]): PeriodGroup[] {
  const reached = parts.filter((part) => part.listMinor > 0n && reaches(discount, part));
  const first = reached[0];
  if (first === undefined) return [];
  if (discount.definition.effect.kind === 'THRESHOLD') {
    const from = Math.min(...reached.map(({ charge }) => charge.period.from));
    return [{ period: { from, to: Math.max(...reached.map(({ charge }) => charge.period.to)) }, parts: reached }];
  }
  const isSame = (one: DaySpan, other: DaySpan): boolean => one.from === other.from && one.to === other.to;
  if (reached.every(({ charge }) => isSame(charge.period, first.charge.period))) return [{ period: first.charge.period, parts: reached }];
  const periods = reached.map(({ charge }) => charge.period);
  return periods
    .filter((period, place) => periods.findIndex((other) => isSame(period, other)) === place)
    .sort((one, other) => one.from - other.from || one.to - other.to)
    .map((period) => ({ period, parts: reached.filter(({ charge }) => isSame(charge.period, period)) }));
}

function proposeStep(discount: GrantedDiscount, { period, parts }: PeriodGroup): ProposedStep {
  const { baseMinor, dues, denominator, totalMinor, proration } = duesOf(discount, discount.definition.effect, period, parts);
  const { minor: reductionMinor, by: limitedBy } = limited(discount, period, totalMinor);
  const amounts =
    reductionMinor === totalMinor
      ? allocateByLargestRemainder(totalMinor, dues, denominator)
      : splitByLargestRemainder(reductionMinor, dues);
  const taken = parts.map((part, place) => ({ part, amountMinor: amounts[place] ?? 0n })).filter(({ amountMinor }) => amountMinor > 0n);
  const allocations = allocationsOf(taken);
  return {
    discountId: discount.id,
    period,
    baseMinor,
    proration,
    computedMinor: totalMinor,
    reductionMinor,
    limitedBy,
    allocations,
    taken,
  };
}

function duesOf(discount: GrantedDiscount, effect: DiscountEffect, period: DaySpan, parts: readonly ChargePart[]): Dues {
  const remaining = parts.map(({ remainingMinor }) => remainingMinor);
  switch (effect.kind) {
    case 'PERCENTAGE':
      return percentage(effect.of === 'LIST' ? parts.map(({ listMinor }) => listMinor) : remaining, remaining, effect.basisPoints);
    case 'WAIVER':
      return whole(remaining, sumOf(remaining));
    case 'AMOUNT':
      return fixedAmount(discount, effect, period, parts);
    case 'PRICE_OVERRIDE':
      return whole(aboveOtherPrice(parts, effect.priceCode, effect.amountMinor), sumOf(remaining));
    case 'THRESHOLD': {
      const spend = sumOf(remaining);
      if (spend < effect.spendMinor) return { ...whole(remaining.map(() => 0n), spend) }; // prettier-ignore
      const { reduction } = effect;
      return reduction.kind === 'PERCENTAGE'
        ? percentage(remaining, remaining, reduction.basisPoints)
        : inProportion(remaining, reduction.amountMinor);
    }
    case 'FREE_UNITS': // consumed where usage is rated
    case 'DEPOSIT_RETURN': // comes back into a balance book
      return whole(remaining.map(() => 0n), sumOf(remaining)); // prettier-ignore
    default:
      throw new RangeError('no such effect of a discount');
  }
}

/** No part is due more than remains of it; what it cannot take is not moved to others. */
function percentage(base: readonly bigint[], remaining: readonly bigint[], basisPoints: number): Dues {
  const rate = BigInt(basisPoints);
  const dues = base.map((amount, place) => least(amount * rate, (remaining[place] ?? 0n) * BASIS_POINTS));
  const totalMinor = roundHalfAwayFromZero(sumOf(dues), BASIS_POINTS);
  return { baseMinor: sumOf(base), dues, denominator: BASIS_POINTS, totalMinor, proration: null };
}

function whole(dues: readonly bigint[], baseMinor: bigint): Dues {
  return { baseMinor, dues, denominator: 1n, totalMinor: sumOf(dues), proration: null };
}

/** At most what remains, shared in proportion to it. */
function inProportion(remaining: readonly bigint[], amountMinor: bigint): Dues {
  const sum = sumOf(remaining);
  if (amountMinor >= sum) return whole(remaining, sum);
  return { baseMinor: sum, dues: remaining.map((one) => one * amountMinor), denominator: sum, totalMinor: amountMinor, proration: null };
}

/**
 * A fixed amount each period, prorated over the days on which the discount is valid and something recurring is charged (on which
 * it is valid, where it acts on nothing recurring), less what earlier bills used of the period.
 */
function fixedAmount(
  { days, used }: GrantedDiscount,
  { amountMinor, prorated }: Extract<DiscountEffect, { kind: 'AMOUNT' }>,
  period: DaySpan,
  parts: readonly ChargePart[],
): Dues {
  const before = used.filter((one) => one.period === period.from);
  const usedMinor = before.reduce((sum, one) => sum + one.amountMinor, 0n);
  const remaining = parts.map(({ remainingMinor }) => remainingMinor);
  if (!prorated) return inProportion(remaining, notBelowZero(amountMinor - usedMinor));
  const valid = daysIn(overlapOf(days, period));
  const recurring = parts.filter(({ charge }) => charge.kind === 'RECURRING').map((part) => overlapOf(part.days, days));
  const now = recurring.length === 0 ? valid : daysOfUnion(recurring);
  const counted = Math.min(valid, before.reduce((sum, one) => sum + one.days, now)); // prettier-ignore
  const wanted = pieceOf(amountMinor, 0, counted, daysIn(period));
  return { ...inProportion(remaining, notBelowZero(wanted - usedMinor)), proration: { days: counted, of: daysIn(period) } };
}

/**
 * By how much what remains is more than the other price comes to on the same days; never less than nothing. The parts of a price that is
 * split are reckoned as one, and each bears its part of the difference.
 */
function aboveOtherPrice(parts: readonly ChargePart[], priceCode: string, otherMinor: bigint): bigint[] {
  const above = new Map<ChargePart, bigint>();
  for (const group of asOne(parts.filter(({ charge }) => charge.priceCode === priceCode))) {
    const remaining = group.map(({ remainingMinor }) => remainingMinor);
    const off = splitByLargestRemainder(notBelowZero(sumOf(remaining) - otherOf(group, otherMinor)), remaining);
    group.forEach((part, place) => above.set(part, off[place] ?? 0n));
  }
  return parts.map((part) => above.get(part) ?? 0n);
}

/** Parts of one price on the same days; where others of it are not reached, they bear their part of the other price too. */
function asOne(parts: readonly ChargePart[]): ChargePart[][] {
  const groups = new Map<string, ChargePart[]>();
  for (const part of parts) {
    const { charge, days } = part;
    const key = charge.whole === null ? `${charge.id} ${days.from}` : `whole ${charge.whole.id} ${days.from}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()];
}

function otherOf(parts: readonly ChargePart[], otherMinor: bigint): bigint {
  const [{ charge, days } = undefined as never] = parts;
  const other = shareOfDays(otherAmount(charge, otherMinor), charge.days, days);
  if (charge.whole === null) return other;
  const [reachedMinor, wholeMinor] = [sumOf(parts.map((part) => part.charge.amountMinor)), charge.whole.amountMinor];
  return reachedMinor === wholeMinor ? other : roundHalfAwayFromZero(other * reachedMinor, wholeMinor);
}

function otherAmount({ counts, quantity }: ChargeToDiscount, otherMinor: bigint): bigint {
  const wholeMinor = otherMinor * BigInt(quantity);
  return counts === null ? wholeMinor : pieceOf(wholeMinor, counts.countedBefore, counts.counted, counts.countedOf);
}

function limited(
  { definition: { capMinor, effect }, used, leftMinor }: GrantedDiscount,
  period: DaySpan,
  totalMinor: bigint,
): { readonly minor: bigint; readonly by: DiscountStep['limitedBy'] } {
  const inPeriod = used.filter((one) => effect.kind === 'THRESHOLD' || one.period === period.from);
  const underCap = capMinor === null ? totalMinor : notBelowZero(capMinor - inPeriod.reduce((sum, one) => sum + one.amountMinor, 0n));
  const left = leftMinor === null ? totalMinor : notBelowZero(leftMinor);
  const minor = least(totalMinor, least(underCap, left));
  return { minor, by: minor === totalMinor ? null : left < underCap ? 'AMOUNT_LEFT' : 'CAP' };
}

function allocationsOf(taken: ProposedStep['taken']): DiscountStep['allocations'] {
  const byCharge = new Map<string, bigint>();
  for (const { part, amountMinor } of taken) byCharge.set(part.charge.id, (byCharge.get(part.charge.id) ?? 0n) + amountMinor);
  return [...byCharge].map(([chargeId, amountMinor]) => ({ chargeId, amountMinor }));
}

/** The days that at least one of the spans holds. */
function daysOfUnion(spans: readonly DaySpan[]): number {
  let days = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, to } of [...spans].sort((one, other) => one.from - other.from)) {
    days += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return days;
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function notBelowZero(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
