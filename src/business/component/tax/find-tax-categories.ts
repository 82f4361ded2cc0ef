import type { FactTime, ReadContext } from '../../context';
import { selectTaxCategories } from '../../../data/operation/tax/select-tax-categories';
import type { TaxCategory } from '../../../data/operation/tax/tax-category';

/** Tax categories with the rates that held at an instant, for whoever may see them: business that reckons tax asks `selectTaxCategories`. */
export async function findTaxCategories(context: ReadContext, codes: readonly string[] | null, time: FactTime): Promise<TaxCategory[]> {
  return context.scope.permits('tax:read') ? selectTaxCategories(context, codes, time) : [];
}
