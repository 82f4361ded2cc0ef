import type { UseCase } from '../../execute';
import { operatorParameters } from '../organisation';
import { changeStandings, type NumbersChanged, type NumbersInput } from './change-standing';
import type { NumberRefusal } from './model/refusals';

/**
 * Takes back numbers of ours that another operator gives back 携出归还, their customers having left it: they rest like any others that were
 * in use.
 */
export const takeBackNumbers: UseCase<NumbersInput, NumbersChanged, NumberRefusal> = {
  name: 'takeBackNumbers',
  permission: 'number:write',
  async run(unit, input) {
    const { numberFreezeDays } = await operatorParameters(unit);
    return changeStandings(unit, input, ['portedOut'], { state: 'frozen', until: unit.now.add({ hours: 24 * numberFreezeDays }) });
  },
};
