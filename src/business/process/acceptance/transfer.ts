import { refuseOrder } from '../../component/order';
import { assignCustomerIn, endPartPaymentIn, setDefaultPaymentIn } from '../../component/subscriber';
import { refusedBy } from '../../../kernel/result';
import type { OrderKind } from './order-kind';
import { accountOf, subscriberOf } from './party-of';
import { readAgain } from './lock-parties';
import type { AcceptanceRefusal } from './refusals';

/**
 * 过户: another customer owns, uses and pays for the subscriber from now on, through an account of his own; who paid a
 * part for the old owner does not for the new one. The old owner's debts stay with him (domain.md §5.3); whether there are any, the rule
 * asks.
 */
export const transfer: OrderKind<'TRANSFER'> = {
  action: 'MODIFY',
  touches: ({ subscriberId, customerId, accountId }) => ({
    customers: [{ id: customerId, field: 'customerId' }],
    accounts: [{ id: accountId, field: 'accountId' }],
    subscriber: { id: subscriberId, field: 'subscriberId' },
  }),
  async check({ customerId: ownerId, parties }, { customerId, accountId }) {
    return refusedBy<AcceptanceRefusal>(
      customerId === ownerId && refuseOrder('UNCHANGED', 'customerId'),
      accountOf(parties, accountId).customer_id !== customerId && refuseOrder('ACCOUNT_NOT_THEIRS', 'accountId'),
    );
  },
  async effect({ wide, parties }, { subscriberId, customerId, accountId }) {
    for (const role of ['OWNER', 'USER', 'PAYER'] as const) {
      const assigned = await assignCustomerIn(wide, subscriberOf(parties, subscriberId), { role, customerId });
      if (!assigned.ok) return assigned;
      await readAgain(wide, parties, { subscriber: { id: subscriberId, field: 'subscriberId' } });
    }
    await endPartPaymentIn(wide, subscriberOf(parties, subscriberId));
    await readAgain(wide, parties, { subscriber: { id: subscriberId, field: 'subscriberId' } });
    return setDefaultPaymentIn(wide, subscriberOf(parties, subscriberId), accountOf(parties, accountId));
  },
};
