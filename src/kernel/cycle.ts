import type { DayNumber } from './day-number';
import { anchorFrom, anchorUpTo } from './recurrence';

/** From a day on, cycles end on another day of the month: 1 to 31, the last day where a month is shorter. */
export interface AnchorChange {
  readonly from: DayNumber;
  readonly anchorDay: number;
}

/** The days from one boundary to the next. */
export interface Cycle {
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** The day of the month by which it ends. */
  readonly anchorDay: number;
}

/** For so long, full natural periods are reckoned by one day of the month. */
export interface CycleRegime {
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly anchorDay: number;
}

/**
 * Monthly cycles whose day may change. A day is a boundary where it falls on the day of the month in force on it, or on that
 * in force on its eve: on the day of a change both hold, so that nothing due on it is lost. A cycle within which the day
 * changes is shorter than a month, or longer; its full natural periods are those of the day by which it ends.
 */
export interface Cycles {
  readonly changes: readonly AnchorChange[];
  /** Without gaps from the beginning of time to its end. */
  readonly regimes: readonly CycleRegime[];
}

/** @param changes in the order of time; what holds before the first is what the first says. Of several on one day the last wins. */
export function cyclesOf(changes: readonly AnchorChange[]): Cycles {
  const kept = changes.filter(({ from }, place) => changes[place + 1]?.from !== from);
  const [first, ...later] = kept;
  if (first === undefined) throw new RangeError('cycles without a day');
  for (const { anchorDay } of kept) {
    if (!(Number.isInteger(anchorDay) && anchorDay >= 1 && anchorDay <= 31))
      throw new RangeError(`a cycle on day ${anchorDay} of the month`);
  }
  const starts = [{ from: Number.NEGATIVE_INFINITY, anchorDay: first.anchorDay }];
  // The cycle of the eve, too, may end by the new day: on the very day of the change.
  for (const cycle of later.flatMap(({ from }) => [cycleWithin(kept, from - 1), cycleWithin(kept, from)])) {
    const last = starts[starts.length - 1];
    if (last === undefined || (cycle.from > last.from && cycle.anchorDay !== last.anchorDay)) starts.push(cycle);
  }
  const regimes = starts.map(({ from, anchorDay }, place) => ({
    from,
    to: starts[place + 1]?.from ?? Number.POSITIVE_INFINITY,
    anchorDay,
  }));
  return { changes: kept, regimes };
}

/** The cycle in which a day lies. */
export function cycleAt(cycles: Cycles, day: DayNumber): Cycle {
  return cycleWithin(cycles.changes, day);
}

/** The first boundary from a day on, itself included. */
export function boundaryFrom(cycles: Cycles, day: DayNumber): DayNumber {
  return nextBoundary(cycles.changes, day).day;
}

function cycleWithin(changes: readonly AnchorChange[], day: DayNumber): Cycle {
  const end = nextBoundary(changes, day + 1);
  return { from: previousBoundary(changes, day), to: end.day, anchorDay: end.anchorDay };
}

function nextBoundary(changes: readonly AnchorChange[], day: DayNumber): { readonly day: DayNumber; readonly anchorDay: number } {
  let earliest = day;
  for (let place = 0; place < changes.length; place += 1) {
    const until = changes[place + 1]?.from ?? Number.POSITIVE_INFINITY;
    if (until < earliest) continue;
    const { anchorDay } = changes[place] as AnchorChange;
    const anchor = anchorFrom(anchorDay, earliest);
    if (anchor <= until) return { day: anchor, anchorDay };
    earliest = until;
  }
  throw new RangeError('the last change has no end');
}

function previousBoundary(changes: readonly AnchorChange[], day: DayNumber): DayNumber {
  let latest = day;
  for (let place = changes.length - 1; place >= 0; place -= 1) {
    const { from, anchorDay } = changes[place] as AnchorChange;
    if (place > 0 && from > latest) continue;
    const anchor = anchorUpTo(anchorDay, latest);
    if (place === 0 || anchor >= from) return anchor;
    latest = from;
  }
  throw new RangeError('the first change has no beginning');
}
