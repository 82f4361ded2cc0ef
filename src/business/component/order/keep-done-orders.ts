import { insertCompletedOrders, insertFirstEvents } from '../../../data/operation/order/insert-orders-batch';
import type { ItemAction } from '../../../data/operation/order/order-state';
import type { OrderItem } from '../../../data/operation/order/order-item';
import { writeOrderItems } from '../../../data/operation/order/write-order';
import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import { OrderCourse } from './model/course';
import { passTo } from './model/gate';
import type { ItemRequest } from './model/item-content';
import { writeRequest } from './model/quotation-request';

/** An item of an order whose work is part of this unit. */
export interface DoneItem extends Pick<OrderItem, 'subscriberId' | 'serviceType' | 'result' | 'effectiveAt'> {
  readonly request: ItemRequest;
  readonly action: ItemAction;
}

/** An order whose work is part of this unit: nothing is to be paid or approved, and nothing was to be waited for. */
export interface DoneOrder {
  readonly id: Id<'order'>;
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'> | null;
  readonly organisationId: Id<'organisation'>;
  readonly priority: number;
  readonly externalId: string | null;
  readonly note: string | null;
  readonly currency: CurrencyCode;
  readonly items: readonly DoneItem[];
}

/**
 * Writes many orders that are complete, each with what `keepOrder` would have written, by one statement a table. Their quotations say
 * what they were made of; nobody was told them, so they have no line in the audit trail of their own.
 */
export async function keepDoneOrders(unit: Unit, orders: readonly DoneOrder[]): Promise<void> {
  const written = orders.map((order) => {
    const request = {
      items: order.items.map((item) => item.request),
      requestedStartAt: null,
      externalId: order.externalId,
      note: order.note,
    };
    const [first] = request.items;
    invariant(first !== undefined, 'an order has items');
    return {
      ...order,
      quotationId: newId('quotation'),
      category: first.kind,
      request: writeRequest(request),
      serviceTypes: linesOf(order.items),
    };
  });
  const by = { actor: unit.actor, now: unit.now };
  const numbers = await insertCompletedOrders(unit.transaction, written, { ...by, state: 'completed' });
  await writeOrderItems(unit.transaction, orders.flatMap(itemsOf));
  for (const [items, alike] of byItems(orders)) await insertFirstEvents(unit.transaction, alike, courseOf(items).steps, by);
  for (const [place, order] of written.entries()) record(unit, order, numbers[place] ?? '');
}

/** The lines of business that items are about, each once. */
function linesOf(items: readonly DoneItem[]): string[] {
  return [...new Set(items.flatMap(({ serviceType }) => serviceType ?? []))];
}

function itemsOf({ id: orderId, items }: DoneOrder): OrderItem[] {
  return items.map(({ request: { kind, content }, ...item }, place) => {
    return { ...item, orderId, itemNo: place + 1, kind, content, state: 'completed' };
  });
}

/** It was submitted, begun and done. */
function courseOf(items: number): OrderCourse {
  const itemNos = Array.from({ length: items }, (_, place) => place + 1);
  const course = OrderCourse.begin(itemNos);
  passTo(course, 'inProgress', { reason: 'SUBMITTED' });
  for (const itemNo of itemNos) course.moveItem(itemNo, 'completed', { reason: 'DONE' });
  course.settle();
  return course;
}

/** Orders by how many items they have: those of as many have had one course. */
function byItems(orders: readonly DoneOrder[]): ReadonlyMap<number, Id<'order'>[]> {
  const alike = new Map<number, Id<'order'>[]>();
  for (const { id, items } of orders) alike.set(items.length, (alike.get(items.length) ?? []).concat(id));
  return alike;
}

function record(
  unit: Unit,
  { id: subjectId, organisationId, customerId, category, items }: DoneOrder & { category: string },
  orderNo: string,
): void {
  const state = 'completed';
  const kinds = items.map(({ request: { kind } }) => kind);
  const after = { orderNo, state, category, customerId, kinds, dueMinor: '0', paidMinor: '0' };
  unit.audit({ subjectKind: 'order', subjectId, organisationId, before: null, after });
  const payload = { orderNo, state, category, customerId };
  unit.emit({ type: 'ProductOrderCreateEvent', subjectKind: 'order', subjectId, payload });
  unit.emit({ type: 'ProductOrderStateChangeEvent', subjectKind: 'order', subjectId, payload });
}
