import type { UseCase } from '../../execute';
import { changeStandings, type NumbersChanged, type NumbersInput } from './change-standing';
import type { NumberRefusal } from './model/refusals';

/** Keeps idle numbers back 预留号码, until they are let go again: for a campaign, or a great customer. */
export const holdNumbers: UseCase<NumbersInput, NumbersChanged, NumberRefusal> = {
  name: 'holdNumbers',
  permission: 'number:write',
  run: async (unit, input) => changeStandings(unit, input, ['idle'], { state: 'held' }),
};
