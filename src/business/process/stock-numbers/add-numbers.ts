import type { UseCase } from '../../execute';
import { checkNumbers, type NumberRefusal, type NumbersToStock } from '../../component/number';
import { putIntoStock, type Stocked } from './put-into-stock';

export interface AddNumbersInput extends Omit<NumbersToStock, 'values'> {
  /** At most 1,000, in no particular order. */
  readonly numbers: readonly string[];
}

/** Puts single numbers into a pool 号码入库, which are no range. All, or none. */
export const addNumbers: UseCase<AddNumbersInput, Stocked, NumberRefusal> = {
  name: 'addNumbers',
  permission: 'number:write',
  async run(unit, { numbers, ...input }) {
    const values = numbers.map((number) => number.trim());
    return checkNumbers(values) ?? (await putIntoStock(unit, { ...input, values }));
  },
};
