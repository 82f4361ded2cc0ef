export type { AcceptanceForm, FormFee, FormItem } from './acceptance-form';
export { renderAcceptanceForm } from './render-acceptance-form';
