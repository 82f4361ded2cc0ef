import { selectOrdersById } from '../../component/order';
import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Result } from '../../../kernel/result';
import { orderToProceed, type OrderToProceed } from './order-to-proceed';
import type { AcceptanceRefusal } from './refusals';

/** Locks the parties of an order and the order itself, whatever version it has come to. `wide` has the system's scope. */
export async function orderAsItIs(
  wide: Unit,
  orderId: Id<'order'>,
  more: { readonly charges?: boolean } = {},
): Promise<Result<OrderToProceed, AcceptanceRefusal>> {
  const found = await ofItsVersion(wide, orderId, more);
  // Who changes the order at this moment moves its version on. Now it is locked, and cannot be moved again.
  return !found.ok && found.refusals.some(({ code }) => code === 'STALE_VERSION') ? ofItsVersion(wide, orderId, more) : found;
}

async function ofItsVersion(
  wide: Unit,
  orderId: Id<'order'>,
  more: { readonly charges?: boolean },
): Promise<Result<OrderToProceed, AcceptanceRefusal>> {
  const [order] = await selectOrdersById(wide, [orderId]);
  invariant(order !== undefined, 'whoever names an order here has seen it');
  return orderToProceed(wide, { orderId, expectedVersion: order.version }, 'order:write', more);
}
