import { refuseOrder, type ContentOf } from '../../component/order';
import { ok } from '../../../kernel/result';
import { fixDiscounts } from './fix-discounts';
import type { Accepting, OrderKind, Touched } from './order-kind';
import type { Refused } from './refusals';

/** 办理优惠: a discount for a subscriber, a bundle or an account that is there. What it grants follows its effect, as with every kind. */
export const grantDiscount: OrderKind<'GRANT_DISCOUNT'> = {
  action: 'MODIFY',
  async fix(unit, content, where) {
    const { discounts = [] } = await fixDiscounts(unit, [content.discount], where);
    return { ...content, discount: discounts[0] ?? content.discount };
  },
  touches: touchesHolder,
  check: (accepting, content) => Promise.resolve(checkHolder(content) ?? checkBundle(accepting, content)),
  asks: ({ discount, ...holder }) => ({
    discounts: [{ discount, field: 'discount', ...holder }],
    products: [],
  }),
  effect: () => Promise.resolve(ok({})),
};

type Holder = Pick<ContentOf<'END_DISCOUNT'>, 'subscriberId' | 'accountId' | 'bundleInstanceId'>;

/** The subscriber, the bundle or the account that has discounts: an account is locked for change, since two may grant it the same. */
export function touchesHolder({ subscriberId, accountId, bundleInstanceId = null }: Holder): Touched {
  return {
    ...(subscriberId !== null && { subscriber: { id: subscriberId, field: 'subscriberId' } }),
    ...(bundleInstanceId !== null && { bundle: { id: bundleInstanceId, field: 'bundleInstanceId' } }),
    ...(accountId !== null && { accounts: [{ id: accountId, field: 'accountId' }], changesAccounts: true }),
  };
}

function checkHolder({ subscriberId, accountId, bundleInstanceId = null }: Holder): Refused | undefined {
  const named = [subscriberId, accountId, bundleInstanceId].filter((id) => id !== null);
  return named.length === 1 ? undefined : refuseOrder('DISCOUNT_HOLDER_NEEDED', 'subscriberId');
}

/** A bundle's discounts are its holder's to have and to end. */
export function checkBundle(
  { parties, customerId }: Pick<Accepting, 'parties' | 'customerId'>,
  { bundleInstanceId = null }: Holder,
  field = 'bundleInstanceId',
): Refused | undefined {
  const bundle = bundleInstanceId === null ? undefined : parties.bundles.get(bundleInstanceId);
  return bundle !== undefined && bundle.holderId !== customerId ? refuseOrder('BUNDLE_NOT_THEIRS', field) : undefined;
}
