import type { UseCase } from '../../execute';
import {
  accountAndOwnerToChange,
  checkAccountName,
  checkNameOfOwner,
  refuseAccount,
  splitFromAccount,
  type AccountChange,
  type AccountRefusal,
} from '../../component/account';
import { movePaymentTo } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';

/** How many subscribers may pass in one unit of work. */
const MOVED_MAX = 500;

export interface SplitAccountInput extends AccountChange {
  /** Of the new account. */
  readonly name: string;
  /** Each paid for by the account that is split, in whatever part. */
  readonly subscriberIds: readonly Id<'subscriber'>[];
}

type Output = { accountId: Id<'account'>; newAccountId: Id<'account'> };

/**
 * Splits an account 分户: a new one of the same customer, node, currency, rating type, payment method and billing day pays from
 * now on for the subscribers named, in the parts in which the old one paid for them. Rows are locked in the order of the nouns:
 * the customer (held, so that it is neither merged nor closed without the new account), the account, the subscribers.
 */
export const splitAccount: UseCase<SplitAccountInput, Output, AccountRefusal> = {
  name: 'splitAccount',
  permission: 'account:write',
  async run(unit, input) {
    const subscriberIds = [...new Set(input.subscriberIds)];
    const refused = refusedBy(
      checkAccountName(input.name, 'name'),
      subscriberIds.length === 0 && refuseAccount('BLANK', 'subscriberIds'),
      subscriberIds.length > MOVED_MAX && refuseAccount('TOO_MANY', 'subscriberIds', { max: MOVED_MAX }),
    );
    if (refused !== undefined) return refused;
    const both = await accountAndOwnerToChange(unit, input);
    if (!both.ok) return both;
    const { account: source, owner } = both.value;
    const personal = checkNameOfOwner(input.name, 'name', owner);
    if (personal !== undefined) return personal;
    const newAccountId = await splitFromAccount(unit, source, { name: input.name });
    const unpaid = await movePaymentTo(unit, source.id, newAccountId, subscriberIds);
    const [first] = unpaid;
    if (first !== undefined) return refuseAccount('NOT_PAID_THROUGH', ['subscriberIds', String(input.subscriberIds.indexOf(first))]);
    return ok({ accountId: source.id, newAccountId });
  },
};
