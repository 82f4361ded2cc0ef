import { selectQuotationToUse, useQuotation, type Quotation } from '../../../data/operation/order/quotation';
import { selectOrderFor } from '../../../data/operation/order/write-order';
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import { ok, type Result } from '../../../kernel/result';
import { isTrial } from './model/quotation-request';
import { refuseOrder, type OrderRefusal } from './model/refusals';

/** A quotation in scope that still holds and that no order has used. Two may find it so at once: {@link useQuotationFor} decides. */
export async function quotationToUse(unit: Unit, quotationId: Id<'quotation'>): Promise<Result<Quotation, OrderRefusal>> {
  const quotation = await selectQuotationToUse(unit, quotationId);
  if (quotation === undefined) return refuseOrder('QUOTATION_NOT_FOUND', 'quotationId');
  if (quotation.usedByOrderId !== null) return refuseUsed(unit, quotation.usedByOrderId);
  if (isTrial(quotation.request)) return refuseOrder('QUOTATION_TRIAL', 'quotationId');
  return isBefore(unit.now, quotation.validUntil) ? ok(quotation) : refuseOrder('QUOTATION_EXPIRED', 'quotationId');
}

/** Ties a quotation to the order that uses it; refused when another has it by now. */
export async function useQuotationFor(unit: Unit, quotation: Quotation, orderId: Id<'order'>): Promise<Result<Quotation, OrderRefusal>> {
  if (await useQuotation(unit.transaction, quotation.id, orderId)) return ok(quotation);
  const winner = await selectQuotationToUse(unit, quotation.id);
  return refuseUsed(unit, winner?.usedByOrderId ?? null);
}

async function refuseUsed(unit: Unit, orderId: Id<'order'> | null): Promise<Result<Quotation, OrderRefusal>> {
  const order = orderId === null ? undefined : await selectOrderFor(unit, orderId, 'order:write');
  return refuseOrder('QUOTATION_USED', 'quotationId', { orderNo: order?.orderNo ?? '' });
}
