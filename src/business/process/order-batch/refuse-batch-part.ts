import { lockPaymentPart, setPaymentPart } from '../../../data/operation/order-batch/batch-payment';
import type { UseCase } from '../../execute';
import { ok, type Refusal } from '../../../kernel/result';
import type { PartDone, PartOfPayment } from './pay-batch-part';
import { refuseBatch, type BatchRefusal } from './refusals';

/** Writes down that an order no longer took its part: it is in nobody's books, and is to be given back. */
export const refuseBatchPart: UseCase<PartOfPayment & { readonly refusals: readonly Refusal[] }, PartDone, BatchRefusal> = {
  name: 'refuseBatchPart',
  permission: 'order:write',
  async run(unit, { paymentId, part, refusals }) {
    const locked = await lockPaymentPart(unit.transaction, paymentId, part);
    if (locked === undefined) return refuseBatch('NOT_FOUND', 'part');
    if (locked.state === 'WAITING') await setPaymentPart(unit.transaction, locked, { state: 'REFUSED', refusals });
    return ok({ paid: locked.state === 'PAID' });
  },
};
