import { changeBillingDayIn, checkBillingDay, selectBillingDays } from '../../component/account';
import { refuseOrder } from '../../component/order';
import { refusedBy } from '../../../kernel/result';
import type { OrderKind } from './order-kind';
import { accountOf } from './party-of';
import type { AcceptanceRefusal } from './refusals';

/** 变更账期日: the account's periods end on another day from now on. */
export const changeBillingDay: OrderKind<'CHANGE_BILLING_DAY'> = {
  action: 'MODIFY',
  touches: ({ accountId }) => ({ accounts: [{ id: accountId, field: 'accountId' }], changesAccounts: true }),
  async check({ unit, wide, customerId, parties }, { accountId, day }) {
    const [held] = await selectBillingDays(wide, [accountId], { validAt: unit.now, knownAt: null });
    return refusedBy<AcceptanceRefusal>(
      checkBillingDay(day, 'day'),
      accountOf(parties, accountId).customer_id !== customerId && refuseOrder('ACCOUNT_NOT_THEIRS', 'accountId'),
      held?.day === day && refuseOrder('UNCHANGED', 'day'),
    );
  },
  effect: ({ wide, parties }, { accountId, day }) => changeBillingDayIn(wide, accountOf(parties, accountId), { day }),
};
