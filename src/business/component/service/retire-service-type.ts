import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import type { ServiceRefusal } from './model/refusals';
import { recordServiceTypeChange, serviceTypeToChange, type ServiceTypeChange } from './service-type-to-change';

/** Retires a service type 停用业务类型, for good: no subscriber of it is opened any more; those that there are go on. */
export const retireServiceType: UseCase<ServiceTypeChange, { code: string }, ServiceRefusal> = {
  name: 'retireServiceType',
  permission: 'service:write',
  async run(unit, input) {
    const held = await serviceTypeToChange(unit, input);
    if (!held.ok) return held;
    await recordServiceTypeChange(unit, held.value, { status: 'RETIRED' }, 'ServiceTypeStateChangeEvent');
    return ok({ code: input.code });
  },
};
