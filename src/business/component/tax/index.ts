export { selectTaxCategories, TAX_CATEGORIES_MAX } from '../../../data/operation/tax/select-tax-categories';
export type { TaxCategory, TaxRate } from '../../../data/operation/tax/tax-category';
export { findTaxCategories } from './find-tax-categories';
export {
  computeTax, TAX_ROUNDINGS, type RateTax, type TaxableItem, type TaxAmounts, type TaxedBill, type TaxRounding,
} from './model/compute-tax'; // prettier-ignore
export { TAX_REFUSALS, type TaxRefusal } from './model/refusals';
export { taxOfNote, type NotedItem } from './model/tax-of-note';
export { registerTaxCategory, type RegisterTaxCategoryInput } from './register-tax-category';
export { setTaxRate, type SetTaxRateInput } from './set-tax-rate';
