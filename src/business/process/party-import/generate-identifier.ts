import { createHash } from 'node:crypto';
import type { GeneratedIdentifier } from './mapping';

/** How many candidates are tried before a row is rejected. */
export const ATTEMPTS_MAX = 16;

/**
 * The `attempt`th candidate for the identifier of a row, which depends on nothing but the mapping's source and the row's key:
 *
 * - `digits`: the prefix, and the first 8 bytes of SHA-256 of `source LF key LF attempt`, as a big-endian number modulo
 *   10^digits, padded with zeros;
 * - `login`: the prefix, the key in small letters with every character but `a-z 0-9 . _ -` replaced by `-`, from the second
 *   attempt on `.` and the attempt, and the suffix.
 *
 * The first candidate (attempt 0, 1, …) that nobody has is taken; of two rows with the same candidate, the earlier row of the
 * file has it. So the same file gives the same identifiers wherever they are free.
 */
export function generateIdentifier(
  { generate, prefix, suffix, digits }: GeneratedIdentifier,
  source: string,
  rowKey: string,
  attempt: number,
): string {
  switch (generate) {
    case 'digits': {
      const hash = createHash('sha256').update(`${source}\n${rowKey}\n${attempt}`).digest().readBigUInt64BE(0);
      return prefix + String(hash % 10n ** BigInt(digits)).padStart(digits, '0') + suffix;
    }
    case 'login': {
      const word = rowKey.toLowerCase().replace(/[^a-z0-9._-]/g, '-');
      return `${prefix}${word}${attempt === 0 ? '' : `.${attempt}`}${suffix}`;
    }
  }
}
