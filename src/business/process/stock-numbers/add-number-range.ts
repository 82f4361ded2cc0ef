import type { UseCase } from '../../execute';
import { RANGE_MAX, numbersOfRange, refuseNumber, type NumberRefusal, type NumbersToStock } from '../../component/number';
import { putIntoStock, type Stocked } from './put-into-stock';

export interface AddNumberRangeInput extends Omit<NumbersToStock, 'values'> {
  /** Both are of the range. */
  readonly first: string;
  readonly last: string;
}

/** Puts a range of at most 100,000 numbers into a pool 号段入库, sorted into classes by what they look like. All, or none. */
export const addNumberRange: UseCase<AddNumberRangeInput, Stocked, NumberRefusal> = {
  name: 'addNumberRange',
  permission: 'number:write',
  async run(unit, { first, last, ...input }) {
    const values = numbersOfRange(first.trim(), last.trim());
    if (values === undefined) return refuseNumber('RANGE_INVALID', 'last', { max: RANGE_MAX });
    return putIntoStock(unit, { ...input, values });
  },
};
