import { refuseOrder, type OrderChanged } from '../../component/order';
import { refuseSubscriber } from '../../component/subscriber';
import type { Result } from '../../../kernel/result';
import type { AcceptanceRefusal } from './refusals';

/** The database does not say which. */
const ONE_OF_THEM = { zh: '（所选之一）', en: '(one of those asked for)' };

/** What the database says of what another unit has given away between our look and our write: an identifier, a plan, a discount. */
export const TAKEN_MEANWHILE: Readonly<Record<string, () => Result<OrderChanged, AcceptanceRefusal>>> = {
  subscriber_product_one_plan: () => refuseOrder('PLAN_CHANGED', 'items'),
  subscriber_product_overlaps: () => refuseOrder('INSTANCE_NOT_HELD', 'items'),
  subscriber_identifier_taken: () => refuseSubscriber('NUMBER_TAKEN', 'items'),
  granted_discount_once: () => refuseOrder('DISCOUNT_HELD', 'items', { discount: ONE_OF_THEM }),
  granted_discount_group: () => refuseOrder('DISCOUNT_EXCLUDED', 'items', { discount: ONE_OF_THEM }),
};
