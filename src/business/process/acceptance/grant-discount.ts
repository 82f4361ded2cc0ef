import { refuseOrder, type ContentOf } from '../../component/order';
import { ok } from '../../../kernel/result';
import { fixDiscounts } from './fix-discounts';
import type { OrderKind, Touched } from './order-kind';
import type { Refused } from './refusals';

/** 办理优惠: a discount for a subscriber or an account that is there. What it grants follows its effect, as with every kind. */
export const grantDiscount: OrderKind<'GRANT_DISCOUNT'> = {
  action: 'MODIFY',
  async fix(unit, content, where) {
    const { discounts = [] } = await fixDiscounts(unit, [content.discount], where);
    return { ...content, discount: discounts[0] ?? content.discount };
  },
  touches: touchesHolder,
  check: (_accepting, content) => Promise.resolve(checkHolder(content)),
  asks: ({ discount, subscriberId, accountId }) => ({
    discounts: [{ discount, field: 'discount', subscriberId, accountId }],
    products: [],
  }),
  effect: () => Promise.resolve(ok({})),
};

type Holder = Pick<ContentOf<'END_DISCOUNT'>, 'subscriberId' | 'accountId'>;

/** The subscriber or the account that has discounts: an account is locked for change, since two may grant it the same. */
export function touchesHolder({ subscriberId, accountId }: Holder): Touched {
  return {
    ...(subscriberId !== null && { subscriber: { id: subscriberId, field: 'subscriberId' } }),
    ...(accountId !== null && { accounts: [{ id: accountId, field: 'accountId' }], changesAccounts: true }),
  };
}

function checkHolder({ subscriberId, accountId }: Holder): Refused | undefined {
  return (subscriberId === null) === (accountId === null) ? refuseOrder('DISCOUNT_HOLDER_NEEDED', 'subscriberId') : undefined;
}
