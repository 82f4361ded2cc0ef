import { findOrder, holdOrder, type OrderChange, type OrderInHand } from '../../component/order';
import type { Unit } from '../../context';
import type { Permission } from '../../../kernel/scope';
import { ok, type Result } from '../../../kernel/result';
import { beginAccepting } from './accepting';
import { requestsOf } from './carry-out';
import type { Accepting } from './order-kind';
import type { AcceptanceRefusal } from './refusals';

export interface OrderToProceed {
  readonly accepting: Accepting;
  readonly inHand: OrderInHand;
}

/** Locks the parties of an order, then the order itself: what follows may set off its effects. */
export async function orderToProceed(
  unit: Unit,
  change: OrderChange,
  permission: Permission,
  more: { readonly charges?: boolean } = {},
): Promise<Result<OrderToProceed, AcceptanceRefusal>> {
  const found = await findOrder(unit, change, permission);
  if (!found.ok) return found;
  const { order, items } = found.value;
  const accepting = await beginAccepting(unit, order, requestsOf(items), 'ORDER', { ...more, begun: order.startedAt !== null });
  const inHand = await holdOrder(unit, found.value, permission);
  return inHand.ok ? ok({ accepting, inHand: inHand.value }) : inHand;
}
