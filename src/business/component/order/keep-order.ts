import type { OrderItem } from '../../../data/operation/order/order-item';
import { useQuotation } from '../../../data/operation/order/quotation';
import { deleteItemsAfter, insertOrder, updateOrder, type OrderRow } from '../../../data/operation/order/write-order';
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { giveBackBudgets } from '../discount';
import { postEntries } from '../ledger';
import type { OrderCourse } from './model/course';
import { isEnd } from './model/state';
import type { OrderInHand } from './order-in-hand';
import { openWorkOrder } from './work-orders';

/** What a change of an order answers. */
export type OrderChanged = { readonly orderId: Id<'order'>; readonly state: string };

/**
 * Writes what has become of an order in this unit: its row, its items, its history, and its entries in the books; with its line in the audit
 * trail and its event.
 */
export async function keepOrder(unit: Unit, inHand: OrderInHand): Promise<OrderChanged> {
  const { order, isNew, course, entries } = inHand;
  await postEntries(unit, entries);
  const row = rowOf(unit, inHand);
  const items: OrderItem[] = inHand.items.map((item) => ({ ...item, state: course.stateOf(item.itemNo) }));
  const parts = { items, steps: course.steps, actor: unit.actor, at: unit.now };
  let { orderNo } = order;
  if (isNew) ({ orderNo } = await insertOrder(unit.transaction, row, parts));
  else await updateOrder(unit.transaction, order, row, parts);
  if (inHand.amended === true) {
    await useQuotation(unit.transaction, row.quotationId, order.id);
    await deleteItemsAfter(unit.transaction, order.id, items.length);
  }
  const undone = items.filter(({ state }) => isEnd(state) && state !== 'completed').map(({ itemNo }) => itemNo);
  for (const work of inHand.work) await openWorkOrder(unit, { ...order, dueAt: inHand.changes.dueAt ?? order.dueAt }, work);
  record(unit, inHand, orderNo);
  // Of an item that came to nothing the budgets have back what it took; they are the last to be locked.
  if (!isNew && undone.length > 0) await giveBackBudgets(unit, order.id, undone);
  return { orderId: order.id, state: course.state };
}

/** The order's row: what follows from its course, beside what was changed by name. */
function rowOf(unit: Unit, { order, course, changes }: OrderInHand): OrderRow {
  const { orderNo: _orderNo, version: _version, actor, due, paid, ...rest } = order;
  const { state } = course;
  const row = {
    ...rest,
    actorKind: actor.kind,
    actorId: actor.id,
    currency: due.currency,
    dueMinor: due.amountMinor,
    paidMinor: paid.amountMinor,
    ...changes,
    state,
  };
  if (order.startedAt === null && hasStarted(course)) row.startedAt = unit.now;
  if (state !== 'pending' && state !== 'held') row.expiresAt = null;
  if (state === 'cancelled') row.cancelledAt = unit.now;
  else if (isEnd(state)) row.completedAt = unit.now;
  return row;
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
