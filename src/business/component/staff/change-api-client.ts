import type { UseCase } from '../../execute';
import type { ApiClientStatus, DocumentMode } from '../../../data/operation/staff/api-client';
import { revokeSessionsOfClient } from '../../../data/operation/staff/session';
import { lockApiClient, updateApiClient, type ApiClientChanges } from '../../../data/operation/staff/write-api-client';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { selectRootId } from '../organisation';
import { noteAccessChange } from './authentication/access-changes';
import { checkLimit } from './create-api-client';
import { checkNames } from './model/checks';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface ChangeApiClientInput {
  readonly apiClientId: Id<'apiClient'>;
  readonly expectedVersion: number;
  readonly name?: string;
  readonly documentMode?: DocumentMode;
  readonly costCapacity?: number;
  readonly costRestore?: number;
  readonly status?: ApiClientStatus;
}

/** Changes a client's name, limits or status; what is not given stays. To disable it ends every log-in through it. */
export const changeApiClient: UseCase<ChangeApiClientInput, { apiClientId: Id<'apiClient'> }, StaffRefusal> = {
  name: 'changeApiClient',
  permission: 'client:write',
  async run(unit, input) {
    const client = await lockApiClient(unit, input.apiClientId);
    if (client === undefined) return refuseStaff('NOT_FOUND', 'apiClientId');
    if (client.version !== input.expectedVersion) return refuseStaff('STALE_VERSION', 'expectedVersion', { version: client.version });
    const refused = refusedBy(
      checkNames(input),
      input.costCapacity !== undefined && checkLimit(input.costCapacity, 'costCapacity'),
      input.costRestore !== undefined && checkLimit(input.costRestore, 'costRestore'),
    );
    if (refused !== undefined) return refused;
    const before = {
      name: client.name, documentMode: client.document_mode, costCapacity: client.cost_capacity, costRestore: client.cost_restore, status: client.status,
    }; // prettier-ignore
    const changes = given(input);
    const after = { ...before, ...changes };
    await updateApiClient(unit.transaction, client, changes);
    const ended = after.status === 'DISABLED' ? await revokeSessionsOfClient(unit.transaction, client.id) : [];
    const organisationId = client.organisation_id ?? (await selectRootId(unit)) ?? null;
    unit.audit({ subjectKind: 'apiClient', subjectId: client.id, organisationId, before, after });
    const type = before.status === after.status ? 'ApiClientAttributeValueChangeEvent' : 'ApiClientStateChangeEvent';
    unit.emit({ type, subjectKind: 'apiClient', subjectId: client.id, payload: after });
    unit.afterCommit(() => noteAccessChange(client.id, ...ended));
    return ok({ apiClientId: client.id });
  },
};

function given({ name, documentMode, costCapacity, costRestore, status }: ChangeApiClientInput): Omit<ApiClientChanges, 'secretHash'> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(documentMode === undefined ? {} : { documentMode }),
    ...(costCapacity === undefined ? {} : { costCapacity }),
    ...(costRestore === undefined ? {} : { costRestore }),
    ...(status === undefined ? {} : { status }),
  };
}
