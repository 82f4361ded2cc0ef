import { lockQuotationToUse, type Quotation } from '../../../data/operation/order/quotation';
import { selectOrderFor } from '../../../data/operation/order/write-order';
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import { ok, type Result } from '../../../kernel/result';
import { isTrial } from './model/quotation-request';
import { refuseOrder, type OrderRefusal } from './model/refusals';

/**
 * A quotation in scope that still holds and that no order has used. It is locked, the first of the locks: of two that are about to use it, the
 * other sees then which order did.
 */
export async function quotationToUse(unit: Unit, quotationId: Id<'quotation'>): Promise<Result<Quotation, OrderRefusal>> {
  const quotation = await lockQuotationToUse(unit, quotationId);
  if (quotation === undefined) return refuseOrder('QUOTATION_NOT_FOUND', 'quotationId');
  if (quotation.usedByOrderId !== null) return refuseUsed(unit, quotation.usedByOrderId);
  if (isTrial(quotation.request)) return refuseOrder('QUOTATION_TRIAL', 'quotationId');
  return isBefore(unit.now, quotation.validUntil) ? ok(quotation) : refuseOrder('QUOTATION_EXPIRED', 'quotationId');
}

async function refuseUsed(unit: Unit, orderId: Id<'order'>): Promise<Result<Quotation, OrderRefusal>> {
  const order = await selectOrderFor(unit, orderId, 'order:write');
  return refuseOrder('QUOTATION_USED', 'quotationId', { orderNo: order?.orderNo ?? '' });
}
