/**
 * Splits a total into parts in proportion to weights, so that the parts sum to the total: each gets what it is due without its
 * fraction, and what is left goes to the largest fractions, of equal ones to the earlier. A total below zero is split as its
 * absolute value is. A part without weight gets nothing; where no part has weight, all weigh the same.
 */
export function splitByLargestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  let sum = 0n;
  for (const weight of weights) {
    if (weight < 0n) throw new RangeError('a weight below zero');
    sum += weight;
  }
  if (weights.length === 1) return [total];
  if (sum === 0n) return allocateByLargestRemainder(total, weights.map(() => total), BigInt(weights.length)); // prettier-ignore
  return allocateByLargestRemainder(
    total,
    weights.map((weight) => total * weight),
    sum,
  );
}

/**
 * Gives parts that sum to the total, each next to what it is due: `dues[i] / denominator`, of either sign. The dues sum to the
 * total but for its rounding; no part moves by one whole unit or more, so that none passes a whole number that it is due.
 */
export function allocateByLargestRemainder(total: bigint, dues: readonly bigint[], denominator: bigint): bigint[] {
  const parts = dues.map((due) => due / denominator);
  let left = total;
  for (const part of parts) left -= part;
  if (left === 0n) return parts;
  const unit = left > 0n ? 1n : -1n;
  const byFraction = dues
    .map((due, place) => ({ place, fraction: (due % denominator) * unit }))
    .filter(({ fraction }) => fraction > 0n)
    .sort((one, other) => (one.fraction === other.fraction ? one.place - other.place : one.fraction > other.fraction ? -1 : 1));
  if (left * unit > BigInt(byFraction.length)) throw new RangeError('the dues do not sum to the total');
  for (const { place } of byFraction.slice(0, Number(left * unit))) parts[place] = (parts[place] as bigint) + unit;
  return parts;
}
