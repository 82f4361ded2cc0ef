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
  /** The account on whose bill it stands. */
  readonly account: string | null;
  /** What it is a part of, as of the price of a bundle, with the parts of all; null: it stands for itself. */
  readonly whole: { readonly id: string; readonly amountMinor: bigint } | null;
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
  /** The subscriber, the bundle or the account that has it; null for those of the only account that there is, and of its bill. */
  readonly holder: string | null;
  /** The days on which it is valid. */
  readonly days: DaySpan;
  /** The same in milliseconds since 1970, for usage. */
  readonly instants: { readonly from: number; readonly to: number };
  /** What is left of an amount that it lasts for, or of its budget; null: no such bound. */
  readonly leftMinor: bigint | null;
  /** The budget that `leftMinor` is of: others that have a part in it have no more of it than those before leave; none: its own. */
  readonly budget?: string | null;
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
  const bounds = new Set<DayNumber>();
  for (const { days } of discounts) bounds.add(days.from).add(days.to);
  const inOrder = [...bounds].sort((one, other) => one - other);
  const parts: ChargePart[] = [];
  for (const charge of charges) {
    const { days, amountMinor } = charge;
    let { from } = days;
    for (const bound of charge.kind === 'RECURRING' ? inOrder : []) {
      if (bound <= from || bound >= days.to) continue;
      parts.push(partOf(charge, { from, to: bound }));
      from = bound;
    }
    const isWhole = from === days.from;
    parts.push(isWhole ? { charge, days, listMinor: amountMinor, remainingMinor: amountMinor } : partOf(charge, { from, to: days.to }));
  }
  return parts;
}

function partOf(charge: ChargeToDiscount, days: DaySpan): ChargePart {
  const listMinor = shareOfDays(charge.amountMinor, charge.days, days);
  return { charge, days, listMinor, remainingMinor: listMinor };
}

/** What falls on some days of an amount that is spread over days. */
export function shareOfDays(amountMinor: bigint, days: DaySpan, part: DaySpan): bigint {
  return daysIn(days) === 0 ? amountMinor : pieceOf(amountMinor, part.from - days.from, daysIn(part), daysIn(days));
}

/** Whether the charge is one of whoever has the discount. */
export function isHeldFor({ definition, holder }: GrantedDiscount, { subscriber, bundle, account }: ChargeToDiscount): boolean {
  switch (definition.level) {
    case 'SUBSCRIBER':
      return subscriber === holder;
    case 'BUNDLE':
      return bundle !== null && bundle === holder;
    default:
      return holder === null || account === holder;
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
