import type { UseCase } from '../../execute';
import { insertServiceTypes } from '../../../data/operation/service/insert-service-types';
import { SERVICE_TYPES_MAX } from '../../../data/operation/service/select-service-types';
import type { NewServiceType } from '../../../data/operation/service/service-type';
import { countServiceTypes } from '../../../data/operation/service/write-service-type';
import { invariant } from '../../../kernel/failure';
import { ok, refusedBy } from '../../../kernel/result';
import { operatorNode } from '../organisation';
import { holdAdapter } from './hold-adapter';
import { parseCharacteristics } from './model/characteristics';
import { checkCode } from './model/checks';
import { refuseService, type ServiceRefusal } from './model/refusals';
import { asSet, checkServiceType } from './model/service-type-checks';
import { forgetServiceTypes } from './service-types';

/**
 * Registers a service type 业务类型: from its commit on, subscribers of it are opened and rights for it are granted; in other processes
 * 5 s later at most.
 */
export const registerServiceType: UseCase<NewServiceType, { code: string }, ServiceRefusal> = {
  name: 'registerServiceType',
  permission: 'service:write',
  async run(unit, input) {
    const { code } = input;
    const root = await operatorNode(unit, 'service:write', refuseService, { field: 'code', line: code });
    if (!root.ok) return root;
    const characteristics = parseCharacteristics(input.characteristics);
    const refused =
      refusedBy(checkCode(code), checkServiceType(input), !characteristics.ok && characteristics) ??
      (await holdAdapter(unit, input.provisioningAdapter));
    if (refused !== undefined) return refused;
    invariant(characteristics.ok, 'characteristics that are no definition were refused');
    const total = await countServiceTypes(unit.transaction);
    if (total >= SERVICE_TYPES_MAX) return refuseService('TOO_MANY', 'code', { max: SERVICE_TYPES_MAX });
    const type = {
      ...input,
      characteristics: characteristics.value,
      resources: asSet(input.resources),
      usageKinds: asSet(input.usageKinds),
    };
    const [inserted] = await insertServiceTypes(unit.transaction, [type], unit.now);
    if (inserted === undefined) return refuseService('CODE_TAKEN', 'code');
    const subject = { subjectKind: 'serviceType', subjectId: inserted.id } as const;
    unit.audit({ ...subject, organisationId: root.value, serviceType: code, before: null, after: { ...type } });
    unit.emit({ type: 'ServiceTypeCreateEvent', ...subject, payload: { ...type } });
    unit.afterCommit(forgetServiceTypes);
    return ok({ code });
  },
};
