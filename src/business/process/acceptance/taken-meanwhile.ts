import { refuseOrder, type OrderChanged } from '../../component/order';
import { refuseSubscriber } from '../../component/subscriber';
import type { Result } from '../../../kernel/result';
import type { AcceptanceRefusal } from './refusals';

/** What the database says of an identifier that another unit has given away between our look and our write, or of a plan. */
export const TAKEN_MEANWHILE: Readonly<Record<string, () => Result<OrderChanged, AcceptanceRefusal>>> = {
  subscriber_product_one_plan: () => refuseOrder('PLAN_CHANGED', 'items'),
  subscriber_product_overlaps: () => refuseOrder('INSTANCE_NOT_HELD', 'items'),
  subscriber_identifier_taken: () => refuseSubscriber('NUMBER_TAKEN', 'items'),
};
