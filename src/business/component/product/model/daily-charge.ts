import type { DayNumber, DaySpan } from '../../../../kernel/day-number';
import type { PricePhase, RecurringPrice, SuspensionCharge } from './definition';
import { isStoppedOn, lastUpTo, type InstanceTimeline, type Stop } from './instance-timeline';
import { periodEndAfter, type PeriodRow } from './recurring-periods';

/** What a day is charged at: the price of a whole period for one, and why it is this. */
export interface DailyCharge {
  readonly unitMinor: bigint;
  readonly quantity: number;
  readonly source: 'PHASE' | 'NEGOTIATED' | 'SUSPENSION';
  /** The number of the phase, from 1. */
  readonly phase: number;
  /** The stop reason by whose table it is charged. */
  readonly stopReason: string | null;
}

export interface ChargedSpan extends DaySpan {
  readonly charge: DailyCharge;
}

interface Charged {
  readonly price: RecurringPrice;
  readonly instance: InstanceTimeline;
  readonly rows: readonly PeriodRow[];
}

/** The spans of days within `live` that are charged alike, in order; days with quantity 0 are in none. */
export function chargedSpans(charged: Charged, live: DaySpan, phase: number): ChargedSpan[] {
  const spans: ChargedSpan[] = [];
  const cuts = cutsWithin(charged, live);
  for (let place = 0; place < cuts.length; place += 1) {
    const from = cuts[place] as DayNumber;
    const charge = chargeOn(charged, from, phase);
    if (charge === undefined) continue;
    const to = cuts[place + 1] ?? live.to;
    const last = spans[spans.length - 1];
    if (last !== undefined && last.to === from && areAlike(last.charge, charge)) spans[spans.length - 1] = { ...last, to };
    else spans.push({ from, to, charge });
  }
  return spans;
}

/** The phase of a period by its number, counted from 0; the last phase goes on whatever it says. */
export function phaseNumberAt(phases: readonly PricePhase[], periodIndex: number): number {
  let before = 0;
  for (let place = 0; place < phases.length - 1; place += 1) {
    before += phases[place]?.periods ?? Number.POSITIVE_INFINITY;
    if (periodIndex < before) return place + 1;
  }
  return phases.length;
}

/** The first day of `live`, and each within it on which something changes. */
function cutsWithin({ price, instance, rows }: Charged, live: DaySpan): DayNumber[] {
  const cuts = [live.from];
  const cut = (day: DayNumber | null): void => {
    if (day !== null && day > live.from && day < live.to && !cuts.includes(day)) cuts.push(day);
  };
  for (const { from } of instance.quantities) cut(from);
  for (const { from } of instance.negotiated) cut(from);
  for (const stop of instance.stops) {
    if (stop.from >= live.to || (stop.to !== null && stop.to <= live.from)) continue;
    cut(stop.from);
    cut(stop.to);
    cut(endOfReplacement(price.suspension[stop.reason], stop, rows));
  }
  return cuts.length === 1 ? cuts : cuts.sort((one, other) => one - other);
}

function chargeOn(charged: Charged, day: DayNumber, phase: number): DailyCharge | undefined {
  const { price, instance } = charged;
  const quantity = lastUpTo(instance.quantities, day)?.quantity ?? 1;
  if (quantity <= 0) return undefined;
  const negotiated = lastUpTo(instance.negotiated, day)?.amountMinor ?? null;
  const unitMinor = negotiated ?? price.phases[phase - 1]?.amountMinor ?? 0n;
  const ordinary: DailyCharge = { unitMinor, quantity, source: negotiated === null ? 'PHASE' : 'NEGOTIATED', phase, stopReason: null };
  return instance.stops.length === 0 ? ordinary : lowestWhileStopped(charged, day, ordinary);
}

/** Each reason that holds says what the day costs; of several the lowest counts, of equal ones the first. */
function lowestWhileStopped({ price, instance, rows }: Charged, day: DayNumber, ordinary: DailyCharge): DailyCharge {
  let lowest: DailyCharge | undefined;
  for (const stop of instance.stops) {
    if (!isStoppedOn(stop, day)) continue;
    const rule = price.suspension[stop.reason];
    const end = endOfReplacement(rule, stop, rows);
    const replaced = rule !== undefined && rule.kind !== 'FULL' && (end === null || day < end);
    const charge: DailyCharge = replaced
      ? { ...ordinary, unitMinor: rule.kind === 'NONE' ? 0n : rule.amountMinor, source: 'SUSPENSION', stopReason: stop.reason }
      : ordinary;
    if (lowest === undefined || charge.unitMinor < lowest.unitMinor) lowest = charge;
  }
  return lowest ?? ordinary;
}

/** The day from which the full price is owed again though the reason still holds; null: as long as it holds. */
function endOfReplacement(rule: SuspensionCharge | undefined, stop: Stop, rows: readonly PeriodRow[]): DayNumber | null {
  if (rule === undefined || rule.kind === 'FULL' || rule.span.kind === 'WHOLE') return null;
  return rule.span.kind === 'DAYS' ? stop.from + rule.span.days : periodEndAfter(rows, stop.from);
}

function areAlike(one: DailyCharge, other: DailyCharge): boolean {
  return (
    one.unitMinor === other.unitMinor &&
    one.quantity === other.quantity &&
    one.source === other.source &&
    one.stopReason === other.stopReason
  );
}
