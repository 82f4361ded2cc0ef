import { selectOrderItems, type OrderItem } from '../../../data/operation/order/order-item';
import type { ProductOrder } from '../../../data/operation/order/product-order';
import { lockOrder, selectOrderFor, type OrderChanges } from '../../../data/operation/order/write-order';
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import { ok, type Result } from '../../../kernel/result';
import type { EntryToPost } from '../ledger';
import { OrderCourse } from './model/course';
import { refuseOrder, type OrderRefusal } from './model/refusals';
import { isEnd } from './model/state';

/** What every change of an existing order names: which, and what version of it the caller saw. */
export interface OrderChange {
  readonly orderId: Id<'order'>;
  readonly expectedVersion: number;
}

/** An order with its items and their course, within one unit of work. What has changed of it is written once, by {@link keepOrder}. */
export interface OrderInHand {
  /** As it is in the database; a new one, as it begins. */
  readonly order: ProductOrder;
  readonly isNew: boolean;
  readonly items: OrderItem[];
  readonly course: OrderCourse;
  changes: OrderChanges;
  /** It follows another quotation: its items take the place of those that it had. */
  readonly amended?: boolean;
  /** Steps for people that begin with this unit. */
  readonly work: NewWork[];
  /** What it moves in the books. */
  readonly entries: EntryToPost[];
}

export interface NewWork {
  readonly itemNo: number;
  readonly queue: string;
}

/**
 * Reads an order with its items, unlocked: what it touches has to be locked before it, in the order of the components, and only
 * its items say what that is. {@link holdOrder} then sees whether it is still the same.
 */
export async function findOrder(
  unit: Unit,
  { orderId, expectedVersion }: OrderChange,
  permission: Permission,
): Promise<Result<{ readonly order: ProductOrder; readonly items: OrderItem[] }, OrderRefusal>> {
  const order = await selectOrderFor(unit, orderId, permission);
  if (order === undefined) return refuseOrder('NOT_FOUND', 'orderId');
  if (order.version !== expectedVersion) return refuseOrder('STALE_VERSION', 'expectedVersion', { version: order.version });
  if (isEnd(order.state)) return refuseOrder('STATE_REFUSES', 'orderId', { state: order.state });
  return ok({ order, items: await selectOrderItems(unit, [orderId], permission) });
}

/** Locks the order that was found, the last of the locks; it must be as it was. */
export async function holdOrder(
  unit: Unit,
  { order, items }: { readonly order: ProductOrder; readonly items: OrderItem[] },
  permission: Permission,
): Promise<Result<OrderInHand, OrderRefusal>> {
  const locked = await lockOrder(unit, order.id, permission);
  if (locked === undefined) return refuseOrder('NOT_FOUND', 'orderId');
  if (locked.version !== order.version) return refuseOrder('STALE_VERSION', 'expectedVersion', { version: locked.version });
  return ok({ order: locked, isNew: false, items, course: OrderCourse.resume(locked.state, items), changes: {}, work: [], entries: [] });
}
