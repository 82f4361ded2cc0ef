import { refuseOrder, type ContentOf } from '../../component/order';
import {
  addPaymentIn, checkDefaultPayment, checkPaymentBeside, checkRelation, selectPaymentRelations, setDefaultPaymentIn,
} from '../../component/subscriber'; // prettier-ignore
import { currencyOf, type Money } from '../../../kernel/money';
import type { OrderKind } from './order-kind';
import { accountOf, subscriberOf } from './party-of';

type Content = ContentOf<'CHANGE_PAYMENT'>;

/** Without a group of charges and without a cap, the account becomes the default. */
function isDefault({ chargeGroup, cap }: Content): boolean {
  return chargeGroup === null && cap === null;
}

function capOf({ cap }: Content): Money | null {
  const currency = cap === null ? undefined : currencyOf(cap.currency);
  return cap === null || currency === undefined ? null : { amountMinor: BigInt(cap.amountMinor), currency };
}

/** 变更付费关系: another account pays from now on, whatever no other does, or a part. */
export const changePayment: OrderKind<'CHANGE_PAYMENT'> = {
  action: 'MODIFY',
  touches: ({ subscriberId, accountId }) => ({
    accounts: [{ id: accountId, field: 'accountId' }],
    subscriber: { id: subscriberId, field: 'subscriberId' },
  }),
  async check({ wide, unit, parties }, content) {
    const { subscriberId, accountId, chargeGroup, priority } = content;
    const { currency } = accountOf(parties, accountId);
    const cap = capOf(content);
    if (!isDefault(content)) {
      const wrong = checkRelation({ chargeGroup, cap, priority });
      return wrong ?? checkPaymentBeside(wide, subscriberId, { accountId, chargeGroup, cap, currency });
    }
    const relations = await selectPaymentRelations(wide, [subscriberId], { validAt: unit.now, knownAt: null });
    const same = relations.some((relation) => relation.isDefault && relation.accountId === accountId);
    return same ? refuseOrder('UNCHANGED', 'accountId') : checkDefaultPayment(wide, subscriberId, { currency });
  },
  effect({ wide, parties }, content) {
    const { subscriberId, accountId, chargeGroup, priority } = content;
    const subscriber = subscriberOf(parties, subscriberId);
    const account = accountOf(parties, accountId);
    if (isDefault(content)) return setDefaultPaymentIn(wide, subscriber, account);
    return addPaymentIn(wide, subscriber, account.currency, { accountId, chargeGroup, cap: capOf(content), priority });
  },
};
