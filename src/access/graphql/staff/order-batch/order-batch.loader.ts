import type DataLoader from 'dataloader';
import {
  selectBatchPayments, selectBatchRows, selectOrderBatchesById, summariseOrderBatches,
  type BatchPayment, type BatchRowState, type BatchSummary, type OrderBatch, type OrderBatchRow,
} from '../../../../business/process/order-batch'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { groupLoaderOf, loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';

type OrderBatchId = Id<'orderBatch'>;

export function orderBatchLoader(context: GraphContext): DataLoader<OrderBatchId, OrderBatch | undefined> {
  return loaderOf(
    context,
    'orderBatch',
    (ids: readonly OrderBatchId[]) => selectOrderBatchesById(context, ids),
    (batch) => batch.id,
  );
}

export function batchSummaryLoader(context: GraphContext): DataLoader<OrderBatchId, BatchSummary | undefined> {
  return loaderOf(
    context,
    'orderBatch.summary',
    (ids: readonly OrderBatchId[]) => summariseOrderBatches(context, ids),
    (summary) => summary.batchId,
  );
}

export function batchRowsLoader(
  context: GraphContext,
  state: BatchRowState | null,
  page: PageRequest,
): DataLoader<OrderBatchId, Page<OrderBatchRow>> {
  const states = state === null ? null : [state];
  return pageLoaderOf(context, `orderBatch.rows ${state ?? ''} ${pageKey(page)}`, (ids) => selectBatchRows(context, ids, states, page));
}

export function batchPaymentsLoader(context: GraphContext): DataLoader<OrderBatchId, readonly BatchPayment[]> {
  return groupLoaderOf(context, 'orderBatch.payments', (ids) => selectBatchPayments(context, ids), (payment) => payment.batchId); // prettier-ignore
}
