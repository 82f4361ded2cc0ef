import { daysIn, overlapOf, type DayNumber, type DaySpan } from '../../../../kernel/day-number';
import { pieceOf } from '../../../../kernel/money';
import type { DiscountDefinition } from './definition';

/** A charge before tax, as discounts see it. */
export interface ChargeToDiscount {
  /** Names it to the caller. */
  readonly id: string;
  readonly kind: 'RECURRING' | 'USAGE' | 'ONE_TIME';
  readonly chargeCode: string;
  /** The code of its product. */
  readonly product: string;
  readonly priceCode: string | null;
  readonly subscriber: string;
  readonly bundle: string | null;
  /** As its charge code says. Never a late fee, tax, a deposit, an adjustment or an item on behalf of a partner. */
  readonly discountable: boolean;
  readonly amountMinor: bigint;
  /** The days of service of a recurring charge; of others the day on which it arose. */
  readonly days: DaySpan;
  /** When the events of usage began, in milliseconds since 1970: the caller sums them between the instants at which discounts begin and end. */
  readonly eventAt: number | null;
  /** The full natural period that it belongs to. */
  readonly period: DaySpan;
  /** How a recurring charge was prorated, so that another price can be prorated alike; null: not at all. */
  readonly counts: ChargeCounts | null;
  readonly quantity: number;
}

export interface ChargeCounts {
  readonly countedBefore: number;
  readonly counted: number;
  readonly countedOf: number;
}

/** A discount as somebody has it. */
export interface GrantedDiscount {
  readonly id: string;
  readonly definition: Pick<DiscountDefinition, 'effect' | 'level' | 'appliesTo' | 'priority' | 'exclusionGroup' | 'capMinor'>;
  /** The subscriber or the bundle that has it; null for those of an account and of its bill. */
  readonly holder: string | null;
  /** The days on which it is valid. */
  readonly days: DaySpan;
  /** The same in milliseconds since 1970, for usage. */
  readonly instants: { readonly from: number; readonly to: number };
  /** What is left of an amount that it lasts for, or of its budget; null: no such bound. */
  readonly leftMinor: bigint | null;
  /** What earlier bills used of it, by the period of the charges. */
  readonly used: readonly UsedInPeriod[];
}

export interface UsedInPeriod {
  /** The first day of the period. */
  readonly period: DayNumber;
  readonly amountMinor: bigint;
  /** The eligible days over which a fixed amount was prorated. */
  readonly days: number;
}

/** A part of a charge that each discount either reaches as a whole or not at all. */
export interface ChargePart {
  readonly charge: ChargeToDiscount;
  readonly days: DaySpan;
  readonly listMinor: bigint;
  remainingMinor: bigint;
}

/** Cuts recurring charges where a discount begins or ends, by day; the parts of a charge sum to it. */
export function partsOf(charges: readonly ChargeToDiscount[], discounts: readonly GrantedDiscount[]): ChargePart[] {
  return charges.flatMap((charge) => {
    const { days, amountMinor } = charge;
    const bounds = charge.kind === 'RECURRING' ? boundsWithin(days, discounts) : [];
    const begins = [days.from, ...bounds];
    return begins.map((from, place): ChargePart => {
      const part = { from, to: begins[place + 1] ?? days.to };
      const listMinor = bounds.length === 0 ? amountMinor : shareOfDays(amountMinor, days, part);
      return { charge, days: part, listMinor, remainingMinor: listMinor };
    });
  });
}

/** What falls on some days of an amount that is spread over days. */
export function shareOfDays(amountMinor: bigint, days: DaySpan, part: DaySpan): bigint {
  return daysIn(days) === 0 ? amountMinor : pieceOf(amountMinor, part.from - days.from, daysIn(part), daysIn(days));
}

function boundsWithin(days: DaySpan, discounts: readonly GrantedDiscount[]): DayNumber[] {
  const bounds = discounts.flatMap((discount) => [discount.days.from, discount.days.to]).filter((day) => day > days.from && day < days.to);
  return [...new Set(bounds)].sort((one, other) => one - other);
}

/** Whether the charge is one of whoever has the discount. */
export function isHeldFor({ definition, holder }: GrantedDiscount, { subscriber, bundle }: ChargeToDiscount): boolean {
  switch (definition.level) {
    case 'SUBSCRIBER':
      return subscriber === holder;
    case 'BUNDLE':
      return bundle !== null && bundle === holder;
    default:
      return true;
  }
}

/** Whether the discount acts on a part at all: whose it is, what it is, and when. Where nothing is said, recurring and usage. */
export function reaches(discount: GrantedDiscount, { charge, days }: ChargePart): boolean {
  const { chargeCodes, products, oneTime } = discount.definition.appliesTo;
  if (!charge.discountable || !isHeldFor(discount, charge)) return false;
  if (chargeCodes !== undefined && !chargeCodes.includes(charge.chargeCode)) return false;
  if (products !== undefined && !products.includes(charge.product)) return false;
  if (charge.kind === 'ONE_TIME' && oneTime !== true && chargeCodes === undefined) return false;
  return charge.eventAt === null
    ? daysIn(overlapOf(days, discount.days)) > 0
    : discount.instants.from <= charge.eventAt && charge.eventAt < discount.instants.to;
}
