import { SERVICE_REFUSALS, changeServiceType, registerProvisioningAdapter, serviceTypeOf } from '../../../component/service';
import { text } from '../written/fields';
import { defineVerb } from '../verb';

/** From now on, people set up the lines of a service type 人工开通: each item waits in a queue of work orders. */
export const provisionByPeopleVerb = defineVerb({
  name: 'provisionByPeople',
  refusals: SERVICE_REFUSALS,
  input: { serviceType: text, workQueue: text },
  async run(stage, { serviceType: code, workQueue }) {
    const adapter = { code: workQueue, name: workQueue, nameEn: workQueue, kind: 'MANUAL', http: null, workQueue } as const;
    const registered = await stage.execute(registerProvisioningAdapter, adapter);
    if (!registered.ok) return registered;
    const { version: expectedVersion } = await serviceTypeOf(stage.context, code);
    return stage.execute(changeServiceType, { code, expectedVersion, provisioningAdapter: workQueue });
  },
});
