import { selectQuotationsById } from '../../../data/operation/order/quotation';
import type { ReadContext } from '../../context';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { readLines, type QuoteLine } from './model/quote-line';

/** The lines at whose prices an order was accepted. `wide` sees it whatever the caller may. */
export async function linesOf(wide: ReadContext, quotationId: Id<'quotation'>): Promise<QuoteLine[]> {
  const [quotation] = await selectQuotationsById(wide, [quotationId]);
  invariant(quotation !== undefined, 'an order has its quotation');
  return readLines(quotation.lines);
}
