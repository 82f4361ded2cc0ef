export { changeAccountCurrency, type ChangeAccountCurrencyInput } from './change-account-currency';
