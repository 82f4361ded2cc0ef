import type DataLoader from 'dataloader';
import {
  selectAccountParents, selectAccountsById, selectAccountsOfCustomers, selectBillingDays, selectChildAccounts,
  type Account, type AccountParent, type BillingDay,
} from '../../../../business/component/account'; // prettier-ignore
import { selectPaymentRelationsOfAccounts, type PaidSubscriber } from '../../../../business/component/subscriber';
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { factTimeKey, factTimeOf, type FactTimeArgs } from '../../server/fact-time';
import { groupLoaderOf, loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';

type AccountId = Id<'account'>;

/** Accounts in scope by id. */
export function accountLoader(context: GraphContext): DataLoader<AccountId, Account | undefined> {
  return loaderOf(
    context,
    'account',
    (ids: readonly AccountId[]) => selectAccountsById(context, ids),
    (account) => account.id,
  );
}

export function accountsOfCustomerLoader(context: GraphContext, page: PageRequest): DataLoader<Id<'customer'>, Page<Account>> {
  return pageLoaderOf(context, `customer.accounts ${pageKey(page)}`, (ids) => selectAccountsOfCustomers(context, ids, page));
}

export function billingDayLoader(context: GraphContext, time: FactTimeArgs): DataLoader<AccountId, readonly BillingDay[]> {
  const read = (ids: readonly AccountId[]): Promise<BillingDay[]> => selectBillingDays(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `account.billingDay ${factTimeKey(time)}`, read, (day) => day.accountId);
}

export function accountParentLoader(context: GraphContext, time: FactTimeArgs): DataLoader<AccountId, readonly AccountParent[]> {
  const read = (ids: readonly AccountId[]): Promise<AccountParent[]> => selectAccountParents(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `account.parent ${factTimeKey(time)}`, read, (parent) => parent.accountId);
}

export function childAccountsLoader(
  context: GraphContext,
  time: FactTimeArgs,
  page: PageRequest,
): DataLoader<AccountId, Page<AccountParent>> {
  const name = `account.children ${factTimeKey(time)} ${pageKey(page)}`;
  return pageLoaderOf(context, name, (ids) => selectChildAccounts(context, ids, factTimeOf(time, context.now), page));
}

export function relationsOfAccountLoader(
  context: GraphContext,
  time: FactTimeArgs,
  page: PageRequest,
): DataLoader<AccountId, Page<PaidSubscriber>> {
  const name = `account.paymentRelations ${factTimeKey(time)} ${pageKey(page)}`;
  return pageLoaderOf(context, name, (ids) => selectPaymentRelationsOfAccounts(context, ids, factTimeOf(time, context.now), page));
}
