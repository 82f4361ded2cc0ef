import type { UseCase } from '../../execute';
import { changeStandings, type NumbersChanged, type NumbersInput } from './change-standing';
import type { NumberRefusal } from './model/refusals';

/** Lets numbers go that were kept back 解除预留: they are idle again. */
export const unholdNumbers: UseCase<NumbersInput, NumbersChanged, NumberRefusal> = {
  name: 'unholdNumbers',
  permission: 'number:write',
  run: async (unit, input) => changeStandings(unit, input, ['held'], { state: 'idle' }),
};
