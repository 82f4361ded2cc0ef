import { daysIn, overlapOf, type DayNumber, type DaySpan } from '../../../../kernel/day-number';

/**
 * What an instance of a product was on each day, by which its recurring charges are reckoned. Changes are in the order of time;
 * of several on one day the last holds. A day on which it opened and closed is none.
 */
export interface InstanceTimeline {
  readonly start: DayNumber;
  readonly end: InstanceEnd | null;
  /** 1, where nothing is said. On days with 0 there is nothing to charge. */
  readonly quantities: readonly QuantityChange[];
  readonly negotiated: readonly NegotiatedPrice[];
  readonly stops: readonly Stop[];
}

export interface InstanceEnd {
  readonly day: DayNumber;
  /** By `SUCCESSION` another product 套餐变更, or another party 过户, takes over on that very day and is charged for it. */
  readonly by: 'TERMINATION' | 'SUCCESSION';
}

export interface QuantityChange {
  readonly from: DayNumber;
  readonly quantity: number;
}

/** Instead of the phases of the price 协议价; null: the phases again. */
export interface NegotiatedPrice {
  readonly from: DayNumber;
  readonly amountMinor: bigint | null;
}

/** A stop reason that held `[from, to)` 停机; a day on which it both began and ended is none. */
export interface Stop {
  readonly reason: string;
  readonly from: DayNumber;
  readonly to: DayNumber | null;
}

/** The last change up to a day, itself included. */
export function lastUpTo<Change extends { readonly from: DayNumber }>(changes: readonly Change[], day: DayNumber): Change | undefined {
  for (let place = changes.length - 1; place >= 0; place -= 1) {
    const change = changes[place];
    if (change !== undefined && change.from <= day) return change;
  }
  return undefined;
}

export function isStoppedOn({ from, to }: Stop, day: DayNumber): boolean {
  return from <= day && (to === null || day < to);
}

/** For what a subscriber was stopped over some days. */
export interface StoppedSpan {
  readonly reasons: readonly string[];
  readonly from: DayNumber;
  readonly to: DayNumber | null;
}

/** The stops of each reason; one that goes on while others come and go is one stop. @param spans in the order of time */
export function stopsOf(spans: readonly StoppedSpan[]): Stop[] {
  const stops = new Map<string, Stop[]>();
  for (const { reasons, from, to } of spans) {
    for (const reason of reasons) {
      const known = stops.get(reason) ?? [];
      const last = known.at(-1);
      stops.set(reason, last?.to === from ? [...known.slice(0, -1), { ...last, to }] : [...known, { reason, from, to }]);
    }
  }
  return [...stops.values()].flat();
}

/** The days of a time on which a subscriber was stopped, for whatever. @param spans that do not overlap */
export function stoppedDays(spans: readonly StoppedSpan[], time: DaySpan): number {
  return spans.reduce((days, { from, to }) => days + daysIn(overlapOf({ from, to: to ?? time.to }, time)), 0);
}
