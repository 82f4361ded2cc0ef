import type { LedgerLine } from '../../../../data/operation/ledger/ledger-entry';
import { invariant } from '../../../../kernel/failure';

/** How many lines an entry may have; what has more charges has several entries. */
export const LEDGER_LINES_MAX = 200;

/** What every entry must be; the database asks the same once more. */
export function assertBalanced(lines: readonly LedgerLine[]): void {
  invariant(lines.length >= 2 && lines.length <= LEDGER_LINES_MAX, `an entry has 2 to ${LEDGER_LINES_MAX} lines, not ${lines.length}`);
  invariant(!lines.some(({ amountMinor }) => amountMinor === 0n), 'no line of an entry is of nothing');
  const total = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  invariant(total === 0n, `the lines of an entry sum to nought, not to ${total}`);
}

/** The lines that take an entry back 冲正: the same with the other sign, so that both together are nothing. */
export function mirrorOf(lines: readonly LedgerLine[]): LedgerLine[] {
  return lines.map((line) => ({ ...line, amountMinor: -line.amountMinor }));
}
