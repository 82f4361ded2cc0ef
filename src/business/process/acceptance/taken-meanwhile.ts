import type { OrderChanged } from '../../component/order';
import { refuseSubscriber } from '../../component/subscriber';
import type { Result } from '../../../kernel/result';
import type { AcceptanceRefusal } from './refusals';

/** What the database says of an identifier that another unit has given away between our look and our write. */
export const TAKEN_MEANWHILE: Readonly<Record<string, () => Result<OrderChanged, AcceptanceRefusal>>> = {
  subscriber_identifier_taken: () => refuseSubscriber('NUMBER_TAKEN', 'items'),
};
