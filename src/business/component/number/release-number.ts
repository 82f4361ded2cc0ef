import type { UseCase } from '../../execute';
import { toAccessNumber } from '../../../data/operation/number/access-number';
import { lockNumbers, updateNumbers } from '../../../data/operation/number/write-access-numbers';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { holderAtCounter } from './holder-at-counter';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { recordStanding } from './record-numbers';

export interface ReleaseNumberInput {
  readonly number: string;
}

/**
 * Gives back a number 释放预占 before its reservation is over: one's own; or, who manages the numbers of its pool, that of
 * another member of staff. What an order holds, the order gives back.
 */
export const releaseNumber: UseCase<ReleaseNumberInput, { accessNumberId: Id<'accessNumber'> }, NumberRefusal> = {
  name: 'releaseNumber',
  permission: 'number:reserve',
  async run(unit, input) {
    const number = input.number.trim();
    const [row] = await lockNumbers(unit, [number], 'number:reserve', 'offered');
    if (row === undefined) return refuseNumber('NOT_FOUND', 'number');
    const { state, holder } = toAccessNumber(row, unit.now);
    if (state !== 'preOccupied') return refuseNumber('STATE_REFUSES', 'number', { number, state });
    const own = holder?.kind === 'STAFF' && holder.id === holderAtCounter(unit.actor)?.id;
    const manages = holder?.kind === 'STAFF' && (await lockNumbers(unit, [number], 'number:write', 'managed')).length > 0;
    if (!own && !manages) return refuseNumber('HELD_BY_ANOTHER', 'number', { number });
    await updateNumbers(unit, [{ id: row.id }], { state: 'idle' });
    recordStanding(unit, row, state, { state: 'idle' });
    return ok({ accessNumberId: row.id });
  },
};
