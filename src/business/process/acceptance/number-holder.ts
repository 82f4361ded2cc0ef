import type { NumberHolder } from '../../component/number';
import type { Id } from '../../../kernel/id';

/** Under what name an order keeps numbers 预占. */
export function holderOf(orderId: Id<'order'>): NumberHolder {
  return { kind: 'ORDER', id: orderId };
}
