import {
  OrderCourse, gateOf, keepOrder, passTo, quotationToUse, readBudgets, readLines, readRequest, refuseOrder,
  type ItemKind, type OrderChanged, type OrderInHand, type OrderItem, type ProductOrder, type Quotation, type QuotationRequest, type QuoteLine,
} from '../../component/order'; // prettier-ignore
import { CUSTOMER_GRADES, type CustomerGrade } from '../../component/customer';
import { managingNode } from '../../component/organisation';
import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { laterOf } from '../../../kernel/period';
import { ok, type Result } from '../../../kernel/result';
import { beginAccepting } from './accepting';
import { carryOut } from './carry-out';
import { chargeFees, hasFees } from './charge-fees';
import { checkItems } from './check-items';
import { passChosenNumbers } from './choose-numbers';
import { reserveOrdered } from './grant-ordered';
import { newItems } from './new-items';
import type { Accepting } from './order-kind';
import type { AcceptanceRefusal } from './refusals';
import { TAKEN_MEANWHILE } from './taken-meanwhile';
import { wait } from './wait';

/**
 * Makes a quotation an order 提交受理, at the prices quoted: everything is checked again, of the rows as they now stand and stay. It is
 * done at once where nothing is to be waited for; else it waits for approval, for its payment, or for its start.
 */
export const submitOrder: UseCase<{ readonly quotationId: Id<'quotation'> }, OrderChanged, AcceptanceRefusal> = {
  name: 'submitOrder',
  permission: 'order:write',
  constraints: TAKEN_MEANWHILE,
  run: submitOrderIn,
};

/**
 * As `submitOrder`, within a unit.
 * @param payment `ON_ACCOUNT`: nobody is there to pay: what is due is owed by the account, and the order does not wait
 */
export async function submitOrderIn(
  unit: Unit,
  { quotationId }: { readonly quotationId: Id<'quotation'> },
  payment: 'FIRST' | 'ON_ACCOUNT' = 'FIRST',
): Promise<Result<OrderChanged, AcceptanceRefusal>> {
  const found = await quotationToUse(unit, quotationId);
  if (!found.ok) return found;
  const quotation = found.value;
  const closed = await managingNode(unit, quotation.organisationId, 'order:write', refuseOrder);
  if (closed !== undefined) return closed;
  const orderId = newId('order');
  const request = readRequest(quotation.request);
  await passChosenNumbers(unit, quotation, request.items, orderId);
  const lines = readLines(quotation.lines);
  const charges = (payment === 'ON_ACCOUNT' || quotation.due.amountMinor === 0n) && hasFees(lines);
  const accepting = await beginAccepting(unit, { ...quotation, ...request, id: orderId }, request.items, 'CALLER', { charges });
  const refused = await checkItems(accepting, request.items);
  if (refused !== undefined) return refused;
  const inHand = newOrder(unit, accepting, quotation, request);
  const begun = await proceed(accepting, inHand, lines, payment);
  if (!begun.ok) return begun;
  const kept = await keepOrder(unit, inHand);
  return (await reserveOrdered(accepting, readBudgets(quotation.budgets))) ?? ok(kept);
}

/** Takes a new order to what it waits for first; where it waits for nothing, does it. */
async function proceed(
  accepting: Accepting,
  inHand: OrderInHand,
  lines: readonly QuoteLine[],
  payment: 'FIRST' | 'ON_ACCOUNT',
): Promise<Result<undefined, AcceptanceRefusal>> {
  const { order, course } = inHand;
  const waiting = { ...order, dueMinor: payment === 'ON_ACCOUNT' ? 0n : order.due.amountMinor, paidMinor: order.paid.amountMinor };
  passTo(course, gateOf(waiting, accepting.unit.now), { reason: 'SUBMITTED' });
  if (course.state === 'inProgress') {
    await chargeFees(accepting, inHand, lines);
    return carryOut(accepting, inHand);
  }
  return (await wait(accepting, inHand)) ?? ok(undefined);
}

function newOrder(unit: Unit, accepting: Accepting, quotation: Quotation, request: QuotationRequest): OrderInHand {
  const { customerId, accountId, organisationId, due } = quotation;
  const [first] = request.items;
  invariant(first !== undefined, 'a quotation has items');
  const items = newItems(accepting, accepting.orderId, request.items);
  const order: ProductOrder = {
    id: accepting.orderId,
    orderNo: '',
    state: 'acknowledged',
    category: first.kind,
    customerId,
    accountId,
    organisationId,
    actor: { kind: unit.actor.kind, id: unit.actor.id },
    quotationId: quotation.id,
    priority: priorityOf(accepting.parties.customers.get(customerId)?.grade),
    requestedStartAt: request.requestedStartAt,
    dueAt: dueAt(accepting, request.requestedStartAt, items),
    expiresAt: null,
    startedAt: null,
    completedAt: null,
    cancelledAt: null,
    pointOfNoReturn: false,
    approval: quotation.approvalNeeded ? 'NEEDED' : 'NONE',
    due,
    paid: { ...due, amountMinor: 0n },
    feeEntryId: null,
    externalId: request.externalId,
    note: request.note,
    version: 1,
    createdAt: unit.now,
  };
  return { order, isNew: true, items, course: OrderCourse.begin(items.map(({ itemNo }) => itemNo)), changes: {}, work: [], entries: [] };
}

/** 绿色通道: the higher the customer's grade, the earlier it is served. */
export function priorityOf(grade: CustomerGrade | undefined): number {
  return grade === undefined ? CUSTOMER_GRADES.length : CUSTOMER_GRADES.length - CUSTOMER_GRADES.indexOf(grade);
}

/** Counted from its start; the item that may take longest decides. What waits for its payment is due so long after it was paid. */
export function dueAt(
  { unit, rules }: Accepting,
  requestedStartAt: ProductOrder['requestedStartAt'],
  items: readonly Pick<OrderItem, 'kind' | 'serviceType'>[],
): ProductOrder['dueAt'] {
  const minutes = items.map(({ kind, serviceType }) => rules(kind as ItemKind, serviceType).dueMinutes);
  return (requestedStartAt === null ? unit.now : laterOf(requestedStartAt, unit.now)).add({ minutes: Math.max(...minutes) });
}
