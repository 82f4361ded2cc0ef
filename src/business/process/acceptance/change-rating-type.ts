import { changeAccountIn } from '../../component/account';
import { refuseOrder } from '../../component/order';
import { ok, refusedBy } from '../../../kernel/result';
import type { OrderKind } from './order-kind';
import { accountOf } from './party-of';
import type { AcceptanceRefusal } from './refusals';

/** 预后付费转换: everything that the account pays for is paid before use from now on, or by bill. */
export const changeRatingType: OrderKind<'CHANGE_RATING_TYPE'> = {
  action: 'MODIFY',
  touches: ({ accountId }) => ({ accounts: [{ id: accountId, field: 'accountId' }], changesAccounts: true }),
  async check({ customerId, parties }, { accountId, ratingType }) {
    const account = accountOf(parties, accountId);
    return refusedBy<AcceptanceRefusal>(
      account.customer_id !== customerId && refuseOrder('ACCOUNT_NOT_THEIRS', 'accountId'),
      account.rating_type === ratingType && refuseOrder('RATING_TYPE_UNCHANGED', 'ratingType'),
    );
  },
  async effect({ wide, parties }, { accountId, ratingType }) {
    await changeAccountIn(wide, accountOf(parties, accountId), { ratingType });
    return ok({ accountId });
  },
};
