import type { Unit } from '../../context';
import type { NumberPattern } from '../../../data/operation/number/number-pattern';
import { countHeldBy, preOccupyAny, preOccupyGiven } from '../../../data/operation/number/reserve-number';
import { POOLS_SEARCHED_MAX } from '../../../data/operation/number/select-access-numbers';
import { selectPoolsUsedAt } from '../../../data/operation/number/select-number-pools';
import type { NumberHolder } from '../../../data/operation/number/access-number';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { operatorParameters } from '../organisation';
import { holderAtCounter } from './holder-at-counter';
import { HELD_BY_STAFF_MAX, LOOKED_AT_MAX } from './model/checks';
import { checkPattern } from './model/pattern';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { recordPreOccupation } from './pre-occupy-numbers';

/** Any number that is to be used at a node. */
export interface NumberWish {
  readonly serviceType: string;
  readonly organisationId: Id<'organisation'>;
  /** Of this pool; null: of any that is used there. */
  readonly numberPoolId: Id<'numberPool'> | null;
  /** Null: of no class, so that nobody undertakes what a class asks for by chance. */
  readonly classCode: string | null;
  readonly pattern: NumberPattern;
}

/** The number that was chosen, and until when it is kept for the member of staff who calls. */
export interface ChosenNumber {
  readonly number: string;
  readonly until: Instant;
}

/**
 * Chooses any number that is free 选号 and pre-occupies it for the member of staff who calls, for as long as a number is reserved at a
 * counter. Pools are gone through from the node upwards; numbers that others are taking at this moment are passed over. Who may open
 * subscribers at the node may have it: that is asked where the number is used, so `wide` has the system's scope.
 */
export async function chooseNumber(
  wide: Unit,
  wish: NumberWish,
  { lookedAtMax = LOOKED_AT_MAX }: { readonly lookedAtMax?: number } = {},
): Promise<Result<ChosenNumber, NumberRefusal>> {
  const { serviceType, organisationId, numberPoolId, classCode, pattern } = wish;
  const refused = checkPattern(pattern, 'pattern');
  if (refused !== undefined) return refused;
  const holder = holderAtCounter(wide.actor);
  if (holder === undefined) return refuseNumber('STAFF_ONLY');
  const held = await countHeldBy(wide, holder.id, HELD_BY_STAFF_MAX);
  if (held >= HELD_BY_STAFF_MAX) return refuseNumber('TOO_MANY_HELD', undefined, { max: HELD_BY_STAFF_MAX });
  const until = wide.now.add({ minutes: (await operatorParameters(wide)).numberReservationMinutes });
  const pools = await selectPoolsUsedAt(wide, { serviceType, organisationId, poolId: numberPoolId, limit: POOLS_SEARCHED_MAX });
  if (numberPoolId !== null && pools.length === 0) return refuseNumber('NOT_FOUND', 'numberPoolId');
  const budget = { left: lookedAtMax };
  for (const poolId of pools) {
    const taken = await preOccupyAny(wide, poolId, { pattern, classCode, ordinary: classCode === null }, { holder, until }, budget);
    if (taken === 'UNSEEN') return refuseNumber('NONE_SEEN', 'pattern', { count: lookedAtMax });
    if (taken === 'NONE') continue;
    recordPreOccupation(wide, taken, { holder, until });
    return ok({ number: taken.value, until });
  }
  return refuseNumber('NONE_CHOSEN');
}

/** Hands numbers that somebody has chosen on to an order; those that another has by now are left alone. */
export async function handOnNumbers(
  wide: Unit,
  values: readonly string[],
  { from, to, until }: { readonly from: NumberHolder; readonly to: NumberHolder; readonly until: Instant },
): Promise<void> {
  if (values.length === 0) return;
  const taken = await preOccupyGiven(wide, values, { holder: to, until }, [from, to], 'number:reserve');
  for (const number of taken) recordPreOccupation(wide, number, { holder: to, until });
}
