import { lockPaymentPart, setPaymentPart } from '../../../data/operation/order-batch/batch-payment';
import type { UseCase } from '../../execute';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { recordOrderPayment, recordOrderPaymentIn, type AcceptanceRefusal } from '../acceptance';
import { refuseBatch, type BatchRefusal } from './refusals';

export interface PartOfPayment {
  readonly paymentId: Id<'orderBatchPayment'>;
  readonly part: number;
}

export type PartDone = { readonly paid: boolean };

/** Records one part of a batch's payment with its order, once. The order goes on when nothing is left to pay. */
export const payBatchPart: UseCase<PartOfPayment, PartDone, AcceptanceRefusal | BatchRefusal> = {
  name: 'payBatchPart',
  permission: 'order:write',
  constraints: Object.fromEntries(
    Object.entries(recordOrderPayment.constraints ?? {}).map(([name, refuse]) => [name, refuse as () => ReturnType<typeof refuseBatch>]),
  ),
  async run(unit, { paymentId, part }) {
    const locked = await lockPaymentPart(unit.transaction, paymentId, part);
    if (locked === undefined) return refuseBatch('NOT_FOUND', 'part');
    if (locked.state !== 'WAITING') return ok({ paid: locked.state === 'PAID' });
    const { orderId, orderVersion: expectedVersion, method, amount, reference } = locked;
    const paid = await recordOrderPaymentIn(unit, { orderId, expectedVersion, method, amount, reference: `${reference}-${part}` });
    if (!paid.ok) return paid;
    await setPaymentPart(unit.transaction, locked, { state: 'PAID', refusals: null });
    return ok({ paid: true });
  },
};
