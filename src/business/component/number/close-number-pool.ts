import type { UseCase } from '../../execute';
import { poolHasNumbers, updateNumberPool } from '../../../data/operation/number/write-number-pool';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { numberPoolToChange, type NumberPoolChange } from './number-pool-to-change';

/** Closes a pool 关闭号池 all of whose numbers are scrapped. Its code stays taken, its history readable. */
export const closeNumberPool: UseCase<NumberPoolChange, { numberPoolId: Id<'numberPool'> }, NumberRefusal> = {
  name: 'closeNumberPool',
  permission: 'number:write',
  async run(unit, input) {
    const locked = await numberPoolToChange(unit, input);
    if (!locked.ok) return locked;
    const pool = locked.value;
    if (await poolHasNumbers(unit.transaction, pool.id)) return refuseNumber('NUMBERS_LEFT', 'numberPoolId');
    await updateNumberPool(unit.transaction, pool, { status: 'CLOSED' });
    const subject = { subjectKind: 'numberPool', subjectId: pool.id } as const;
    const states = { before: { status: pool.status }, after: { status: 'CLOSED' } };
    unit.audit({ ...subject, organisationId: pool.organisation_id, serviceType: pool.service_type, ...states });
    unit.emit({ ...subject, type: 'NumberPoolStateChangeEvent', payload: states.after });
    return ok({ numberPoolId: pool.id });
  },
};
