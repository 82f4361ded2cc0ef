export { addNumberRange, type AddNumberRangeInput } from './add-number-range';
export { addNumbers, type AddNumbersInput } from './add-numbers';
export type { Stocked } from './put-into-stock';
