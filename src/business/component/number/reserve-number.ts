import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import {
  countHeldBy,
  preOccupyAny,
  preOccupyGiven,
  type PreOccupation,
  type TakenNumber,
} from '../../../data/operation/number/reserve-number';
import type { NumberPattern } from '../../../data/operation/number/number-pattern';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import { operatorParameters } from '../organisation';
import { holderAtCounter } from './holder-at-counter';
import { HELD_BY_STAFF_MAX, LOOKED_AT_MAX, RESERVATION_MINUTES_MAX } from './model/checks';
import { checkPattern } from './model/pattern';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { recordPreOccupation } from './pre-occupy-numbers';

export interface ReserveNumberInput {
  /** This very number; or any of a pool that looks as asked for. */
  readonly number?: string;
  readonly numberPoolId?: Id<'numberPool'>;
  readonly pattern?: NumberPattern;
  /** Any of this class. */
  readonly classCode?: string;
  /** The operator's parameter, when not given. */
  readonly minutes?: number;
}

export type NumberReserved = { readonly accessNumberId: Id<'accessNumber'>; readonly number: string; readonly until: string };

/** Reserves a number 预占号码 for the member of staff who calls, for some minutes: while his customer decides. */
export const reserveNumber: UseCase<ReserveNumberInput, NumberReserved, NumberRefusal> = {
  name: 'reserveNumber',
  permission: 'number:reserve',
  async run(unit, input) {
    const refused = checkInput(input);
    if (refused !== undefined) return refused;
    const holder = holderAtCounter(unit.actor);
    if (holder === undefined) return refuseNumber('STAFF_ONLY');
    const held = await countHeldBy(unit, holder.id, HELD_BY_STAFF_MAX);
    if (held >= HELD_BY_STAFF_MAX) return refuseNumber('TOO_MANY_HELD', undefined, { max: HELD_BY_STAFF_MAX });
    const minutes = input.minutes ?? (await operatorParameters(unit)).numberReservationMinutes;
    const occupation = { holder, until: unit.now.add({ minutes }) };
    const taken = await take(unit, input, occupation);
    if (!taken.ok) return taken;
    const { id: accessNumberId, value: number } = taken.value;
    recordPreOccupation(unit, taken.value, occupation);
    return ok({ accessNumberId, number, until: occupation.until.toString() });
  },
};

function checkInput({
  number,
  numberPoolId,
  pattern,
  classCode,
  minutes,
}: ReserveNumberInput): ReturnType<typeof refusedBy<NumberRefusal>> {
  const ofPool = pattern !== undefined || classCode !== undefined;
  const one = (number === undefined) !== (numberPoolId === undefined) && !(number !== undefined && ofPool);
  return refusedBy<NumberRefusal>(
    !one && refuseNumber('NUMBER_OR_POOL'),
    pattern !== undefined && checkPattern(pattern, 'pattern'),
    minutes !== undefined &&
      !(Number.isInteger(minutes) && minutes >= 1 && minutes <= RESERVATION_MINUTES_MAX) &&
      refuseNumber('MINUTES_INVALID', 'minutes', { max: RESERVATION_MINUTES_MAX }),
  );
}

async function take(unit: Unit, input: ReserveNumberInput, occupation: PreOccupation): Promise<Result<TakenNumber, NumberRefusal>> {
  const { numberPoolId, pattern = {}, classCode = null } = input;
  if (numberPoolId !== undefined) {
    const any = await preOccupyAny(unit, numberPoolId, { pattern, classCode }, occupation, { left: LOOKED_AT_MAX });
    if (any === 'UNSEEN') return refuseNumber('NONE_SEEN', 'pattern', { count: LOOKED_AT_MAX });
    return any === 'NONE' ? refuseNumber('NONE_FREE', 'numberPoolId') : ok(any);
  }
  const number = (input.number ?? '').trim();
  const [taken] = await preOccupyGiven(unit, [number], occupation, [occupation.holder], 'number:reserve');
  return taken === undefined ? refuseNumber('NUMBER_NOT_FREE', 'number', { number }) : ok(taken);
}
