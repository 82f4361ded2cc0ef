import type { UseCase } from '../../execute';
import type { NewServiceType } from '../../../data/operation/service/service-type';
import type { ServiceTypeChanges } from '../../../data/operation/service/write-service-type';
import { ok, refusedBy } from '../../../kernel/result';
import { holdAdapter } from './hold-adapter';
import { parseCharacteristics } from './model/characteristics';
import type { ServiceRefusal } from './model/refusals';
import { asSet, checkServiceType } from './model/service-type-checks';
import { recordServiceTypeChange, serviceTypeToChange, type ServiceTypeChange } from './service-type-to-change';

/** What is not given stays. What a subscriber is reached by stays for good: those that there are have it. */
export type ChangeServiceTypeInput = ServiceTypeChange & {
  readonly [Field in Exclude<keyof NewServiceType, 'code' | 'identifierKind'>]?: NewServiceType[Field] | undefined;
};

/**
 * Changes a service type 变更业务类型. Subscribers that there are keep their identifiers and attributes, and are held to what is new when
 * these change.
 */
export const changeServiceType: UseCase<ChangeServiceTypeInput, { code: string }, ServiceRefusal> = {
  name: 'changeServiceType',
  permission: 'service:write',
  async run(unit, input) {
    const held = await serviceTypeToChange(unit, input);
    if (!held.ok) return held;
    const { code, expectedVersion: _, characteristics, resources, usageKinds, ...fields } = input;
    const parsed = characteristics === undefined ? undefined : parseCharacteristics(characteristics);
    const refused =
      refusedBy(checkServiceType(input), parsed !== undefined && !parsed.ok && parsed) ??
      (await holdAdapter(unit, input.provisioningAdapter));
    if (refused !== undefined) return refused;
    const changes: ServiceTypeChanges = {
      ...(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ServiceTypeChanges),
      ...(parsed?.ok === true ? { characteristics: parsed.value } : {}),
      ...(resources === undefined ? {} : { resources: asSet(resources) }),
      ...(usageKinds === undefined ? {} : { usageKinds: asSet(usageKinds) }),
    };
    await recordServiceTypeChange(unit, held.value, changes, 'ServiceTypeAttributeValueChangeEvent');
    return ok({ code });
  },
};
