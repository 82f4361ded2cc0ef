import { addMonths, monthsBetween, type DayNumber, type DaySpan } from '../../../../kernel/day-number';
import { roundHalfAwayFromZero } from '../../../../kernel/money';
import { chargeRecurring, totalOf, type RecurringCharge } from './charge-recurring';
import type { TermContract } from './definition';

/** A term of a contract 合约期 in which a day lies. */
export interface Term extends DaySpan {
  /** 1: the first term; more, where the same term follows. */
  readonly number: number;
}

export interface ContractTime {
  readonly start: DayNumber;
  /** Days by which the term is longer, where an operator does not let terms run on while a subscriber is stopped. */
  readonly pausedDays: number;
}

/** What it costs to leave, and by what: enough to reckon it again. */
export interface EarlyTerminationCharge {
  readonly amountMinor: bigint;
  readonly term: Term;
  /** The month of the term in which it ends, from 1. */
  readonly month: number;
  readonly remainingFeesMinor: bigint;
}

/**
 * The term that binds on a day; undefined where none does: before the contract, or after a term that nothing follows. Terms are
 * reckoned from the first day: a contract that begins on the 31st returns to it after shorter months. A pause makes the first
 * term longer, and moves those that follow.
 */
export function termOn(contract: TermContract, { start, pausedDays }: ContractTime, day: DayNumber): Term | undefined {
  if (day < start || !(contract.months > 0)) return undefined;
  const endOf = (number: number): DayNumber => addMonths(start, contract.months * number) + pausedDays;
  if (day < endOf(1)) return { from: start, to: endOf(1), number: 1 };
  if (contract.renewal !== 'SAME_TERM') return undefined;
  const passed = Math.floor(monthsBetween(start, day - pausedDays) / contract.months);
  return { from: endOf(passed), to: endOf(passed + 1), number: passed + 1 };
}

/**
 * The charge for ending on a day 违约金 (undefined: nothing binds any more). A table by month owes nothing for months that it does
 * not name; the months of a pause count as the last before it ended.
 * @param remainingFees asked for only where the charge is a part of them
 */
export function chargeEarlyTermination(
  contract: TermContract,
  time: ContractTime,
  day: DayNumber,
  remainingFees: (term: Term) => bigint,
): EarlyTerminationCharge | undefined {
  const term = termOn(contract, time, day);
  if (term === undefined) return undefined;
  const month = Math.min(contract.months, monthsBetween(term.from, day) + 1);
  const { earlyTermination } = contract;
  const nothing = { term, month, remainingFeesMinor: 0n };
  switch (earlyTermination.kind) {
    case 'FIXED':
      return { ...nothing, amountMinor: earlyTermination.amountMinor };
    case 'BY_MONTH':
      return { ...nothing, amountMinor: earlyTermination.amountsMinor[month - 1] ?? 0n };
    case 'PERCENTAGE_OF_REMAINING': {
      const remainingFeesMinor = remainingFees(term);
      const amountMinor = roundHalfAwayFromZero(remainingFeesMinor * BigInt(earlyTermination.basisPoints), 10_000n);
      return { ...nothing, remainingFeesMinor, amountMinor };
    }
    default:
      throw new RangeError('no such charge for early termination');
  }
}

/** The list charges from a day to the end of the term, had the contract been kept: nothing ends, nothing is stopped. */
export function remainingFeesOf(charges: readonly Omit<RecurringCharge, 'span'>[], from: DayNumber, term: Term): bigint {
  return charges.reduce((sum, charge) => {
    const instance = { ...charge.instance, end: null, stops: [] };
    return sum + totalOf(chargeRecurring({ ...charge, instance, span: { from, to: term.to } }));
  }, 0n);
}
