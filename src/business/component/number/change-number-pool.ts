import type { UseCase } from '../../execute';
import { updateNumberPool } from '../../../data/operation/number/write-number-pool';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { checkNamed } from './model/checks';
import type { NumberRefusal } from './model/refusals';
import { numberPoolToChange, type NumberPoolChange } from './number-pool-to-change';

export interface ChangeNumberPoolInput extends NumberPoolChange {
  readonly name?: string;
  readonly nameEn?: string | null;
}

/** Changes what a pool is called 变更号池; what is not given stays. */
export const changeNumberPool: UseCase<ChangeNumberPoolInput, { numberPoolId: Id<'numberPool'> }, NumberRefusal> = {
  name: 'changeNumberPool',
  permission: 'number:write',
  async run(unit, input) {
    const locked = await numberPoolToChange(unit, input);
    if (!locked.ok) return locked;
    const refused = checkNamed(input);
    if (refused !== undefined) return refused;
    const pool = locked.value;
    const before = { name: pool.name, nameEn: pool.name_en };
    const after = { name: input.name ?? pool.name, nameEn: input.nameEn === undefined ? pool.name_en : input.nameEn };
    await updateNumberPool(unit.transaction, pool, after);
    const subject = { subjectKind: 'numberPool', subjectId: pool.id } as const;
    unit.audit({ ...subject, organisationId: pool.organisation_id, serviceType: pool.service_type, before, after });
    unit.emit({ ...subject, type: 'NumberPoolAttributeValueChangeEvent', payload: after });
    return ok({ numberPoolId: pool.id });
  },
};
