import type { OrderItem } from '../../../data/operation/order/order-item';
import {
  deleteItemsAfter, insertOrder, insertOrderEvents, updateOrder, writeOrderItems, type OrderChanges,
} from '../../../data/operation/order/write-order'; // prettier-ignore
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { giveBackBudgets } from '../discount';
import type { OrderCourse } from './model/course';
import { isEnd } from './model/state';
import type { OrderInHand } from './order-in-hand';
import { openWorkOrder } from './work-orders';

/** What a change of an order answers. */
export type OrderChanged = { readonly orderId: Id<'order'>; readonly state: string };

/** Writes what has become of an order in this unit: its row, its items, its history; with its line in the audit trail and its event. */
export async function keepOrder(unit: Unit, inHand: OrderInHand): Promise<OrderChanged> {
  const { order, isNew, course } = inHand;
  const columns = columnsOf(unit, inHand);
  const items: OrderItem[] = inHand.items.map((item) => ({ ...item, state: course.stateOf(item.itemNo) }));
  let orderNo = order.orderNo;
  if (isNew) {
    ({ orderNo } = await insertOrder(unit.transaction, { ...newRow(inHand), ...columns }));
  } else {
    await updateOrder(unit.transaction, order, columns);
    await deleteItemsAfter(unit.transaction, order.id, items.length);
  }
  await writeOrderItems(unit.transaction, items);
  await insertOrderEvents(unit.transaction, order.id, course.steps, { actor: unit.actor, at: unit.now });
  const undone = items.filter(({ state }) => isEnd(state) && state !== 'completed').map(({ itemNo }) => itemNo);
  for (const work of inHand.work) await openWorkOrder(unit, { ...order, dueAt: inHand.changes.dueAt ?? order.dueAt }, work);
  record(unit, inHand, orderNo);
  // Of an item that came to nothing the budgets have back what it took; they are the last to be locked.
  if (!isNew && undone.length > 0) await giveBackBudgets(unit, order.id, undone);
  return { orderId: order.id, state: course.state };
}

function newRow({ order }: OrderInHand): Parameters<typeof insertOrder>[1] {
  const { orderNo: _orderNo, version: _version, actor, due, paid, ...rest } = order;
  return {
    ...rest,
    actorKind: actor.kind,
    actorId: actor.id,
    currency: due.currency,
    dueMinor: due.amountMinor,
    paidMinor: paid.amountMinor,
  };
}

/** The columns that follow from the course, beside those that were changed by name. */
function columnsOf(unit: Unit, { order, course, changes }: OrderInHand): OrderChanges {
  const columns: OrderChanges = { ...changes, state: course.state };
  if (order.startedAt === null && hasStarted(course)) columns.startedAt = unit.now;
  if (course.state !== 'pending' && course.state !== 'held') columns.expiresAt = null;
  if (course.state === 'cancelled') columns.cancelledAt = unit.now;
  else if (isEnd(course.state)) columns.completedAt = unit.now;
  return columns;
}

function hasStarted({ steps }: OrderCourse): boolean {
  return steps.some(({ itemNo, to }) => itemNo === null && to === 'inProgress');
}

function record(unit: Unit, { order, isNew, items, course, changes }: OrderInHand, orderNo: string): void {
  const { id: subjectId, organisationId, customerId, category } = order;
  const state = course.state;
  const kinds = items.map(({ kind }) => kind);
  const paidMinor = (changes.paidMinor ?? order.paid.amountMinor).toString();
  const after = {
    orderNo,
    state,
    category,
    customerId,
    kinds,
    dueMinor: (changes.dueMinor ?? order.due.amountMinor).toString(),
    paidMinor,
  };
  const before = isNew ? null : { state: order.state, paidMinor: order.paid.amountMinor.toString() };
  unit.audit({ subjectKind: 'order', subjectId, organisationId, before, after: isNew ? after : { state, paidMinor } });
  const payload = { orderNo, state, category, customerId };
  if (isNew) unit.emit({ type: 'ProductOrderCreateEvent', subjectKind: 'order', subjectId, payload });
  if (isNew ? state !== 'acknowledged' : state !== order.state) {
    unit.emit({ type: 'ProductOrderStateChangeEvent', subjectKind: 'order', subjectId, payload });
  }
}
