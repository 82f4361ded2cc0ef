import type { UseCase } from '../../execute';
import type { AdapterKind } from '../../../data/operation/service/provisioning-adapter';
import { ADAPTERS_MAX } from '../../../data/operation/service/select-provisioning-adapters';
import { countAdapters, insertAdapter } from '../../../data/operation/service/write-provisioning-adapter';
import { invariant } from '../../../kernel/failure';
import { ok, refusedBy } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { EVERY_LINE, operatorNode } from '../organisation';
import { readSettings, type HttpSettingsInput } from './model/adapter-settings';
import { checkCode, checkNames } from './model/checks';
import { refuseService, type ServiceRefusal } from './model/refusals';

export interface RegisterProvisioningAdapterInput {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: AdapterKind;
  /** Of an HTTP adapter. */
  readonly http: HttpSettingsInput | null;
  /** Of a manual one: the queue in which its work orders wait. */
  readonly workQueue: string | null;
}

/** Registers what provisions services 开通接口: a system that is called over HTTP, or people who work off a queue. */
export const registerProvisioningAdapter: UseCase<RegisterProvisioningAdapterInput, { code: string }, ServiceRefusal> = {
  name: 'registerProvisioningAdapter',
  permission: 'service:write',
  constraints: { provisioning_adapter_pkey: () => refuseService('CODE_TAKEN', 'code') },
  async run(unit, { http, workQueue, ...name }) {
    const root = await operatorNode(unit, 'service:write', refuseService, { field: 'code', line: EVERY_LINE });
    if (!root.ok) return root;
    const settings = readSettings(name.kind, { http, workQueue });
    const refused = refusedBy(checkCode(name.code), checkNames(name), !settings.ok && settings);
    if (refused !== undefined) return refused;
    invariant(settings.ok, 'settings that are none were refused');
    const total = await countAdapters(unit.transaction);
    if (total >= ADAPTERS_MAX) return refuseService('TOO_MANY', 'code', { max: ADAPTERS_MAX });
    const adapter = { ...name, ...settings.value };
    const id = await insertAdapter(unit.transaction, adapter, unit.now);
    const subject = { subjectKind: 'provisioningAdapter', subjectId: id } as const;
    unit.audit({ ...subject, organisationId: root.value, before: null, after: adapter as unknown as Json });
    unit.emit({ type: 'ProvisioningAdapterCreateEvent', ...subject, payload: { code: name.code, kind: name.kind } });
    return ok({ code: name.code });
  },
};
