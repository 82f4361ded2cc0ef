import { completeBatchPayment } from '../../../data/operation/order-batch/batch-payment';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import type { BatchRefusal } from './refusals';

/** Ends a payment no part of which waits any more. */
export const endBatchPayment: UseCase<{ readonly paymentId: Id<'orderBatchPayment'> }, { readonly done: boolean }, BatchRefusal> = {
  name: 'endBatchPayment',
  permission: 'order:write',
  async run(unit, { paymentId }) {
    const ended = await completeBatchPayment(unit.transaction, paymentId);
    if (ended === undefined) return ok({ done: false });
    const after = { paymentId, state: 'COMPLETED' };
    unit.audit({ subjectKind: 'orderBatch', subjectId: ended.batchId, organisationId: ended.organisationId, before: null, after });
    return ok({ done: true });
  },
};
