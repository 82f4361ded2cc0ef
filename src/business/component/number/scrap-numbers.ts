import type { UseCase } from '../../execute';
import { changeStandings, type NumbersChanged, type NumbersInput } from './change-standing';
import type { NumberRefusal } from './model/refusals';

/** Takes numbers out of stock 报废号码 that nobody uses: given back to the regulator, or never to be used again. */
export const scrapNumbers: UseCase<NumbersInput, NumbersChanged, NumberRefusal> = {
  name: 'scrapNumbers',
  permission: 'number:write',
  run: async (unit, input) => changeStandings(unit, input, ['idle', 'held', 'frozen'], { state: 'scrapped' }),
};
