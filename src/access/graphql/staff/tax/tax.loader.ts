import type DataLoader from 'dataloader';
import { findTaxCategories, type TaxCategory } from '../../../../business/component/tax';
import type { GraphContext } from '../../server/context';
import { loaderOf } from '../../server/loader';

/** Tax categories by code, with the rates of now. */
export function taxCategoryLoader(context: GraphContext): DataLoader<string, TaxCategory | undefined> {
  const read = (codes: readonly string[]): Promise<TaxCategory[]> =>
    findTaxCategories(context, codes, { validAt: context.now, knownAt: null });
  return loaderOf(context, 'taxCategory', read, (category) => category.code);
}
