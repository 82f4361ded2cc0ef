/** How many numbers one call may add. */
export const RANGE_MAX = 100_000;

const DIGITS = /^\d{1,18}$/;

/** Every number from one to another, both included; `undefined` when they are no range of at most {@link RANGE_MAX}. */
export function numbersOfRange(first: string, last: string): readonly string[] | undefined {
  if (!DIGITS.test(first) || !DIGITS.test(last) || first.length !== last.length) return undefined;
  const from = BigInt(first);
  const count = BigInt(last) - from + 1n;
  if (count < 1n || count > BigInt(RANGE_MAX)) return undefined;
  return Array.from({ length: Number(count) }, (_, place) => String(from + BigInt(place)).padStart(first.length, '0'));
}
