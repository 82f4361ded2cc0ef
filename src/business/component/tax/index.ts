export { selectTaxCategories, TAX_CATEGORIES_MAX } from '../../../data/operation/tax/select-tax-categories';
export type { TaxCategory, TaxRate } from '../../../data/operation/tax/tax-category';
export { findTaxCategories } from './find-tax-categories';
export { TAX_REFUSALS, type TaxRefusal } from './model/refusals';
export { registerTaxCategory, type RegisterTaxCategoryInput } from './register-tax-category';
export { setTaxRate, type SetTaxRateInput } from './set-tax-rate';
