import type { DayNumber } from '../../../../kernel/day-number';

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
