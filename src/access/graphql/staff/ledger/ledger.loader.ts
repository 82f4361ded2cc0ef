import type DataLoader from 'dataloader';
import {
  selectLedgerAccounts, selectLedgerBalances, selectLedgerEntriesOfAccounts,
  type LedgerAccount, type LedgerBalance, type LedgerEntry,
} from '../../../../business/component/ledger'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { groupLoaderOf, loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';
import type { AccountingDatesArgs } from './ledger.input';

export function ledgerAccountLoader(context: GraphContext): DataLoader<string, LedgerAccount | undefined> {
  return loaderOf(
    context,
    'ledgerAccount',
    (codes: readonly string[]) => selectLedgerAccounts(context, codes),
    (account) => account.code,
  );
}

export function ledgerEntriesLoader(
  context: GraphContext,
  { from = null, to = null }: AccountingDatesArgs,
  page: PageRequest,
): DataLoader<Id<'account'>, Page<LedgerEntry>> {
  const name = `account.ledgerEntries ${from?.toString() ?? ''} ${to?.toString() ?? ''} ${pageKey(page)}`;
  return pageLoaderOf(context, name, (ids) => selectLedgerEntriesOfAccounts(context, ids, { from, to }, page));
}

export function ledgerBalancesLoader(context: GraphContext): DataLoader<Id<'account'>, readonly LedgerBalance[]> {
  const read = (ids: readonly Id<'account'>[]): Promise<LedgerBalance[]> => selectLedgerBalances(context, ids);
  return groupLoaderOf(context, 'account.ledgerBalances', read, (balance) => balance.accountId);
}
