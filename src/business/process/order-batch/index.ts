export { acceptBatchRow } from './accept-batch-row';
export type { BatchMoved, BatchToBegin } from './batch-course';
export { orderBatchWorkflow, startOrderBatch } from './batch-workflow';
export { BATCH_COLUMNS, type BatchColumn } from './columns';
export { createOrderBatch, type CreatedOrderBatch, type CreateOrderBatchInput } from './create-order-batch';
export { batchPaymentWorkflow, splitBatchPayment } from './payment-workflow';
export { BATCH_ROWS_MAX, readBatchFile } from './read-batch-file';
export { recordBatchPayment, type RecordBatchPaymentInput, type RecordedBatchPayment } from './record-batch-payment';
export { BATCH_REFUSALS, BATCH_ROW_REFUSALS, refuseBatch, type BatchRefusal } from './refusals';
export { BATCH_KINDS } from './row-asked';
export { runOrderBatch } from './run-order-batch';
export { stopOrderBatch } from './stop-order-batch';
export { takeOrderBatch } from './take-order-batch';
export { BATCH_PAYMENTS_MAX, selectBatchPayments, type BatchPayment } from '../../../data/operation/order-batch/batch-payment';
export {
  BATCH_ROW_STATES, ORDER_BATCH_STATES, type BatchRowState, type OrderBatch, type OrderBatchRow, type OrderBatchState,
} from '../../../data/operation/order-batch/order-batch'; // prettier-ignore
export {
  searchOrderBatches, selectBatchRows, selectOrderBatchesById, summariseOrderBatches, type BatchSummary,
} from '../../../data/operation/order-batch/select-order-batches'; // prettier-ignore
