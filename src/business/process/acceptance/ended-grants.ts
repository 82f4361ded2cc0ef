import type { HeldDiscount } from '../../component/discount';
import type { ItemRequest } from '../../component/order';
import type { Instant } from '../../../kernel/clock';
import { isBefore } from '../../../kernel/period';

/**
 * Whether one of these items ends a discount that somebody has: by name, since it is personal and the subscriber is handed over, or
 * since it was to begin with a plan change that another takes back. `at` is when the items take effect.
 */
export function isEndedBy(items: readonly ItemRequest[], { grantId, subscriberId, validFrom }: HeldDiscount, at: Instant): boolean {
  return items.some(({ kind, content }) => {
    switch (kind) {
      case 'END_DISCOUNT':
        return content.grantedDiscountId === grantId;
      case 'TRANSFER':
        return content.subscriberId === subscriberId;
      case 'CHANGE_PLAN':
        return content.subscriberId === subscriberId && isBefore(at, validFrom);
      default:
        return false;
    }
  });
}
