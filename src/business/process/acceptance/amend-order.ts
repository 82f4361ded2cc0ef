import {
  findOrder, holdOrder, quotationToUse, readBudgets, readRequest, refuseOrder,
  type OrderChange, type OrderChanged, type OrderInHand, type Quotation, type QuotationRequest,
} from '../../component/order'; // prettier-ignore
import { giveBackBudgets } from '../../component/discount';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { beginAccepting } from './accepting';
import { checkItems } from './check-items';
import { passChosenNumbers } from './choose-numbers';
import { reserveOrdered } from './grant-ordered';
import { letNumbersGo } from './keep-numbers';
import { newItems } from './new-items';
import type { Accepting } from './order-kind';
import { proceedOrder } from './proceed-order';
import type { AcceptanceRefusal } from './refusals';
import { dueAt } from './submit-order';
import { TAKEN_MEANWHILE } from './taken-meanwhile';

export interface AmendOrderInput extends OrderChange {
  /** Another quotation for the same customer, at the same hall. */
  readonly quotationId: Id<'quotation'>;
}

const WAITS = ['acknowledged', 'pending', 'held'];

/** Replaces what a waiting order does by what another quotation says 修改订单, at that quotation's prices. */
export const amendOrder: UseCase<AmendOrderInput, OrderChanged, AcceptanceRefusal> = {
  name: 'amendOrder',
  permission: 'order:write',
  constraints: TAKEN_MEANWHILE,
  async run(unit, input) {
    const found = await findOrder(unit, input, 'order:write');
    if (!found.ok) return found;
    const { order } = found.value;
    const quotation = await quotationToUse(unit, input.quotationId);
    if (!quotation.ok) return quotation;
    const refused = checkAmendment(order, quotation.value);
    if (refused !== undefined) return refused;
    const request = readRequest(quotation.value.request);
    await passChosenNumbers(unit, quotation.value, request.items, order.id);
    const accepting = await beginAccepting(unit, { ...quotation.value, ...request, id: order.id }, request.items, 'CALLER', {
      charges: true,
    });
    const wrong = await checkItems(accepting, request.items);
    if (wrong !== undefined) return wrong;
    const inHand = await holdOrder(unit, found.value, 'order:write');
    if (!inHand.ok) return inHand;
    await letNumbersGo(accepting.wide, inHand.value);
    await giveBackBudgets(unit, order.id);
    const proceeded = await proceedOrder(
      { accepting, inHand: amended(accepting, inHand.value, { quotation: quotation.value, request }) },
      { reason: 'AMENDED' },
    );
    if (!proceeded.ok) return proceeded;
    return (await reserveOrdered(accepting, readBudgets(quotation.value.budgets))) ?? proceeded;
  },
};

function checkAmendment(order: OrderInHand['order'], quotation: Quotation): ReturnType<typeof refuseOrder> | undefined {
  if (order.pointOfNoReturn) return refuseOrder('POINT_OF_NO_RETURN', 'orderId');
  if (!WAITS.includes(order.state) || order.startedAt !== null) return refuseOrder('STATE_REFUSES', 'orderId', { state: order.state });
  if (order.paid.amountMinor > 0n) return refuseOrder('PAID_ALREADY', 'orderId');
  const same = order.customerId === quotation.customerId && order.organisationId === quotation.organisationId;
  return same ? undefined : refuseOrder('QUOTATION_DIFFERS', 'quotationId');
}

function amended(
  accepting: Accepting,
  inHand: OrderInHand,
  { quotation, request }: { readonly quotation: Quotation; readonly request: QuotationRequest },
): OrderInHand {
  const items = newItems(accepting, inHand.order.id, request.items);
  // Another decision, another payment, another start: it waits anew from the beginning.
  if (inHand.course.state !== 'acknowledged') inHand.course.move('acknowledged', { reason: 'AMENDED' });
  inHand.course.replaceItems(
    items.map(({ itemNo }) => itemNo),
    { reason: 'AMENDED' },
  );
  const changes = {
    quotationId: quotation.id,
    category: items[0]?.kind ?? inHand.order.category,
    accountId: quotation.accountId,
    requestedStartAt: request.requestedStartAt,
    dueAt: dueAt(accepting, request.requestedStartAt, items),
    approval: quotation.approvalNeeded ? ('NEEDED' as const) : ('NONE' as const),
    dueMinor: quotation.due.amountMinor,
    externalId: request.externalId,
    note: request.note,
  };
  return { ...inHand, items, changes, amended: true };
}
