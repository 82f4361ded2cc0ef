import type { Unit } from '../../context';
import { claimReversal } from '../../../data/operation/ledger/insert-ledger-entries';
import type { LedgerCause } from '../../../data/operation/ledger/ledger-entry';
import { selectLedgerEntry } from '../../../data/operation/ledger/select-ledger-entries';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { mirrorOf } from './model/balanced';
import { write } from './post-entries';

export interface EntryToReverse {
  readonly accountId: Id<'account'> | null;
  readonly entryId: Id<'ledgerEntry'>;
  /** What takes it back: it may be another than what had caused it. */
  readonly cause: LedgerCause;
}

/**
 * Takes an entry back 冲正 by its mirror, in the books and at the node where it stands. Of several at once one does. A mirror is
 * not taken back: what should stand after all is posted anew.
 * @returns the id of the mirror; undefined where the entry had been taken back already
 */
export async function reverseEntry(unit: Unit, { accountId, entryId, cause }: EntryToReverse): Promise<Id<'ledgerEntry'> | undefined> {
  const entry = await selectLedgerEntry(unit.transaction, accountId, entryId);
  invariant(entry !== undefined, 'an entry that is taken back is there');
  invariant(entry.kind !== 'REVERSAL', 'a mirror is not taken back');
  const mirrorId = newId('ledgerEntry');
  if (!(await claimReversal(unit.transaction, { accountId, entryId, mirrorId }, unit.now))) return undefined;
  await write(unit, [{ ...entry, id: mirrorId, kind: 'REVERSAL', cause, lines: mirrorOf(entry.lines) }]);
  return mirrorId;
}
