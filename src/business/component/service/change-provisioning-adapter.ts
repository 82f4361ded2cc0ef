import type { UseCase } from '../../execute';
import type { ProvisioningAdapter } from '../../../data/operation/service/provisioning-adapter';
import type { DefinitionStatus } from '../../../data/operation/service/service-type';
import {
  adapterIsNamed,
  lockAdapter,
  updateAdapter,
  type AdapterChanges,
} from '../../../data/operation/service/write-provisioning-adapter';
import { invariant } from '../../../kernel/failure';
import { ok, refusedBy } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { EVERY_LINE, operatorNode } from '../organisation';
import { readSettings, type HttpSettingsInput } from './model/adapter-settings';
import { checkNames } from './model/checks';
import { refuseService, type ServiceRefusal } from './model/refusals';

/** What is not given stays; the kind stays for good. */
export interface ChangeProvisioningAdapterInput {
  readonly code: string;
  readonly expectedVersion: number;
  readonly name?: string | undefined;
  readonly nameEn?: string | undefined;
  /** All settings of an HTTP adapter: those that are not given become the standard. */
  readonly http?: HttpSettingsInput | undefined;
  readonly workQueue?: string | undefined;
  /** Retired, it can be named by no service type; it may come back into use. */
  readonly status?: DefinitionStatus | undefined;
}

/** Changes how services are provisioned 变更开通接口: the next call goes by it. */
export const changeProvisioningAdapter: UseCase<ChangeProvisioningAdapterInput, { code: string }, ServiceRefusal> = {
  name: 'changeProvisioningAdapter',
  permission: 'service:write',
  async run(unit, { code, expectedVersion, name, nameEn, http, workQueue, status }) {
    const root = await operatorNode(unit, 'service:write', refuseService, { field: 'code', line: EVERY_LINE });
    if (!root.ok) return root;
    const adapter = await lockAdapter(unit.transaction, code, 'change');
    if (adapter === undefined) return refuseService('NOT_FOUND', 'code');
    if (adapter.version !== expectedVersion) return refuseService('STALE_VERSION', 'expectedVersion', { version: adapter.version });
    const settings = readSettings(adapter.kind, { http: http ?? adapter.http, workQueue: workQueue ?? adapter.workQueue });
    const refused = refusedBy(
      checkNames({ name, nameEn }),
      !settings.ok && settings,
      status === 'RETIRED' && (await adapterIsNamed(unit.transaction, code)) && refuseService('ADAPTER_IN_USE', 'status'),
    );
    if (refused !== undefined) return refused;
    invariant(settings.ok, 'settings that are none were refused');
    const { id, version: _, kind: _kind, code: _code, ...before } = adapter;
    const after: Required<AdapterChanges> = {
      name: name ?? adapter.name,
      nameEn: nameEn ?? adapter.nameEn,
      status: status ?? adapter.status,
      ...settings.value,
    };
    await updateAdapter(unit.transaction, adapter, after);
    const subject = { subjectKind: 'provisioningAdapter', subjectId: id } as const;
    unit.audit({ ...subject, organisationId: root.value, before: before as unknown as Json, after: after as unknown as Json });
    unit.emit({ type: eventOf(adapter, after.status), ...subject, payload: { code, status: after.status } });
    return ok({ code });
  },
};

function eventOf({ status }: ProvisioningAdapter, next: DefinitionStatus): string {
  return `ProvisioningAdapter${status === next ? 'AttributeValue' : 'State'}ChangeEvent`;
}
