import type { UseCase } from '../../execute';
import { accountsToMerge, mergeIntoAccount, refuseAccount, type AccountRefusal, type MergeAccountsInput } from '../../component/account';
import { endDiscountsOfAccount } from '../../component/discount';
import { hasBalance } from '../../component/ledger';
import { moveBundlesToAccount } from '../../component/product';
import { moveAllPaymentTo } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { systemScope } from '../../../kernel/scope';

/** How many subscribers may pass in one unit of work. */
const MOVED_MAX = 2_000;

type Output = { survivorId: Id<'account'>; mergedId: Id<'account'>; subscribers: number };

/**
 * Makes one account of two 合户, of the same customer, currency and rating type: the survivor pays from now on for whatever the
 * merged one paid for, bundles among it, and has the accounts below it. No money may stand on the merged one: nothing would find it there any more.
 */
export const mergeAccounts: UseCase<MergeAccountsInput, Output, AccountRefusal> = {
  name: 'mergeAccounts',
  permission: 'account:write',
  async run(unit, input) {
    const both = await accountsToMerge(unit, input);
    if (!both.ok) return both;
    const wide = { ...unit, scope: systemScope };
    if (await hasBalance(wide, input.mergedId)) return refuseAccount('MONEY_LEFT', 'mergedId');
    const merged = await mergeIntoAccount(unit, wide, both.value);
    if (!merged.ok) return merged;
    await endDiscountsOfAccount(unit, both.value.merged);
    const { survivorId, mergedId } = input;
    const subscribers = await moveAllPaymentTo(wide, mergedId, survivorId, MOVED_MAX);
    if (subscribers > MOVED_MAX) return refuseAccount('TOO_MANY', 'mergedId', { max: MOVED_MAX });
    await moveBundlesToAccount(wide, mergedId, survivorId);
    return ok({ survivorId, mergedId, subscribers });
  },
};
