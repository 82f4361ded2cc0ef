import type { Unit } from '../../context';
import type { NumberHolder } from '../../../data/operation/number/access-number';
import { preOccupyGiven, type PreOccupation, type TakenNumber } from '../../../data/operation/number/reserve-number';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import type { Permission } from '../../../kernel/scope';
import { holderAtCounter } from './holder-at-counter';
import { checkNumbers } from './model/checks';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { recordStanding } from './record-numbers';

export type PreOccupied = readonly Id<'accessNumber'>[];

/**
 * Pre-occupies numbers 预占 for an order until an instant, all of them or none, in the order's own unit. They must be free, or held by
 * the order or by the member of staff who calls: the clerk who reserved a number submits the order with it. It is extended by
 * the same call.
 */
export async function preOccupyNumbers(
  unit: Unit,
  values: readonly string[],
  holder: NumberHolder,
  until: Instant,
  permission: Permission = 'number:reserve',
): Promise<Result<PreOccupied, NumberRefusal>> {
  const refused = checkNumbers(values);
  if (refused !== undefined) return refused;
  const clerk = holderAtCounter(unit.actor);
  const mayTakeFrom = clerk === undefined ? [holder] : [holder, clerk];
  const taken = await preOccupyGiven(unit, values, { holder, until }, mayTakeFrom, permission);
  const got = new Set(taken.map(({ value }) => value));
  const missed = values.findIndex((value) => !got.has(value));
  if (missed >= 0) return refuseNumber('NUMBER_NOT_FREE', `numbers.${missed}`, { number: values[missed] ?? '' });
  for (const number of taken) recordPreOccupation(unit, number, { holder, until });
  return ok(taken.map(({ id }) => id));
}

export function recordPreOccupation(unit: Unit, number: TakenNumber, occupation: PreOccupation): void {
  recordStanding(unit, number, number.state_before, { state: 'preOccupied', ...occupation });
}
