import type { CityPlan } from './operator-tree';

/** A number that is easy to type, for the first query that a new user is shown. */
export const SAMPLE_NUMBER = '13957100001';

const MOBILE_PREFIXES = ['135', '136', '137', '138', '150', '151', '158', '159', '182', '187', '188'] as const;

/**
 * Access numbers that look scattered and never meet: a counter, spread over the range by a factor that shares no divisor with
 * its size.
 */
export class NumberPlan {
  private taken = 0;

  public mobile(): string {
    const n = this.next();
    return `${MOBILE_PREFIXES[n % MOBILE_PREFIXES.length]}${scattered(n, 100_000_000, 8)}`;
  }

  public fixedLine({ dialling }: CityPlan): string {
    return `${dialling}8${scattered(this.next(), 10_000_000, 7)}`;
  }

  public broadband({ code }: CityPlan): string {
    return `${code.slice(-2).toLowerCase()}${scattered(this.next(), 100_000_000, 8)}@sanhu`;
  }

  public sim(): string {
    return `898600${scattered(this.next(), 100_000_000_000_000, 14)}`;
  }

  private next(): number {
    this.taken += 1;
    return this.taken;
  }
}

/** 7,368,787 is prime and divides no power of ten. */
function scattered(n: number, size: number, digits: number): string {
  return String((n * 7_368_787) % size).padStart(digits, '0');
}
