import type DataLoader from 'dataloader';
import {
  selectOrderHistory, selectOrderItems, selectOrderPayments, selectOrdersById, selectQuotationsById, selectWorkOrdersById,
  selectWorkOrdersOfOrders, type OrderEvent, type OrderItem, type OrderPayment, type ProductOrder, type Quotation, type WorkOrder,
} from '../../../../business/component/order'; // prettier-ignore
import { findNetworkSteps, type NetworkStep } from '../../../../business/process/fulfilment';
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { groupLoaderOf, loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';

type OrderId = Id<'order'>;

/** Orders in scope by id. */
export function orderLoader(context: GraphContext): DataLoader<OrderId, ProductOrder | undefined> {
  return loaderOf(
    context,
    'order',
    (ids: readonly OrderId[]) => selectOrdersById(context, ids),
    (order) => order.id,
  );
}

/** Quotations in scope by id. */
export function quotationLoader(context: GraphContext): DataLoader<Id<'quotation'>, Quotation | undefined> {
  return loaderOf(
    context,
    'quotation',
    (ids: readonly Id<'quotation'>[]) => selectQuotationsById(context, ids),
    (quotation) => quotation.id,
  );
}

export function orderItemsLoader(context: GraphContext): DataLoader<OrderId, readonly OrderItem[]> {
  const read = (ids: readonly OrderId[]): Promise<OrderItem[]> => selectOrderItems(context, ids);
  return groupLoaderOf(context, 'order.items', read, (item) => item.orderId);
}

export function orderPaymentsLoader(context: GraphContext): DataLoader<OrderId, readonly OrderPayment[]> {
  const read = (ids: readonly OrderId[]): Promise<OrderPayment[]> => selectOrderPayments(context, ids);
  return groupLoaderOf(context, 'order.payments', read, (payment) => payment.orderId);
}

export function orderHistoryLoader(context: GraphContext, page: PageRequest): DataLoader<OrderId, Page<OrderEvent>> {
  return pageLoaderOf(context, `order.history ${pageKey(page)}`, (ids) => selectOrderHistory(context, ids, page));
}

export function workOrdersOfOrderLoader(context: GraphContext): DataLoader<OrderId, readonly WorkOrder[]> {
  const read = (ids: readonly OrderId[]): Promise<WorkOrder[]> => selectWorkOrdersOfOrders(context, ids);
  return groupLoaderOf(context, 'order.workOrders', read, (work) => work.orderId);
}

export function networkStepsOfOrderLoader(context: GraphContext): DataLoader<OrderId, readonly NetworkStep[]> {
  const read = (ids: readonly OrderId[]): Promise<NetworkStep[]> => findNetworkSteps(context, ids);
  return groupLoaderOf(context, 'order.networkSteps', read, (step) => step.orderId);
}

/** Work orders in scope by id. */
export function workOrderLoader(context: GraphContext): DataLoader<Id<'workOrder'>, WorkOrder | undefined> {
  return loaderOf(
    context,
    'workOrder',
    (ids: readonly Id<'workOrder'>[]) => selectWorkOrdersById(context, ids),
    (work) => work.id,
  );
}
