/**
 * The word of a list that somebody most likely meant by one that is not in it: the one with the fewest letters added, left
 * out, changed or swapped, at most a third of them; undefined when none is that close.
 */
export function closestWord(word: string, known: readonly string[]): string | undefined {
  const written = [...word.toLowerCase()];
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const meant = [...candidate.toLowerCase()];
    const distance = distanceOf(written, meant);
    if (distance <= Math.max(1, Math.floor(meant.length / 3)) && (best === undefined || distance < best.distance)) {
      best = { word: candidate, distance };
    }
  }
  return best?.word;
}

/** Damerau–Levenshtein, where two letters that were swapped count once. */
function distanceOf(one: readonly string[], other: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      line[column] = Math.min(
        at(last, column) + 1,
        at(line, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = line;
  }
  return at(last, other.length);
}

function at(line: readonly number[], column: number): number {
  return line[column] ?? Infinity;
}
