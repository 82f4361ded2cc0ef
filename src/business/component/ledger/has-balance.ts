import type { ReadContext } from '../../context';
import { selectLedgerBalances } from '../../../data/operation/ledger/select-ledger-entries';
import type { Id } from '../../../kernel/id';

/** Whether an account owes money, or money or a deposit stands to it. The caller holds the account's lock, as whoever posts does. */
export async function hasBalance(context: Pick<ReadContext, 'sql' | 'scope' | 'now'>, accountId: Id<'account'>): Promise<boolean> {
  return (await selectLedgerBalances(context, [accountId])).some(({ amountMinor }) => amountMinor !== 0n);
}
