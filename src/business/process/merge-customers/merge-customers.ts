import type { UseCase } from '../../execute';
import { giveAccountsTo } from '../../component/account';
import {
  customersToMerge,
  mergeIntoCustomer,
  refuseCustomer,
  type CustomerRefusal,
  type MergeCustomersInput,
} from '../../component/customer';
import { moveBundlesToCustomer } from '../../component/product';
import { moveRolesTo } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { systemScope } from '../../../kernel/scope';

/** How many accounts, and how many subscribers, may pass in one unit of work. */
const MOVED_MAX = 2_000;

type Output = { survivorId: Id<'customer'>; mergedId: Id<'customer'>; accounts: number; subscribers: number };

/**
 * Makes one customer of two 客户合并: everything of the merged one is the survivor's from now on, wherever it is managed; what
 * was before stays as it was. Rows are locked in the order of the nouns: customers, accounts, subscribers, bundles. Of the customers, the two
 * come first and those related to the merged one after them, each by id: merges of customers who are related to one another can
 * deadlock, and the one that PostgreSQL ends is run again.
 */
export const mergeCustomers: UseCase<MergeCustomersInput, Output, CustomerRefusal> = {
  name: 'mergeCustomers',
  permission: 'customer:merge',
  async run(unit, input) {
    const both = await customersToMerge(unit, input);
    if (!both.ok) return both;
    const wide = { ...unit, scope: systemScope };
    const merged = await mergeIntoCustomer(unit, wide, both.value);
    if (!merged.ok) return merged;
    const { survivorId, mergedId } = input;
    const accounts = await giveAccountsTo(wide, mergedId, survivorId, MOVED_MAX);
    const subscribers = await moveRolesTo(wide, mergedId, survivorId, MOVED_MAX);
    if (accounts > MOVED_MAX || subscribers > MOVED_MAX) return refuseCustomer('TOO_MANY', 'mergedId', { max: MOVED_MAX });
    await moveBundlesToCustomer(wide, mergedId, survivorId);
    return ok({ survivorId, mergedId, accounts, subscribers });
  },
};
