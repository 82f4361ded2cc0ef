import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import type { ApiClientKind, DocumentMode } from '../../../data/operation/staff/api-client';
import { insertApiClient } from '../../../data/operation/staff/write-api-client';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { managingNode, selectRootId } from '../organisation';
import type { ClientSecretDraft } from './authentication/client-secret';
import { checkHandedOn } from './handed-on-rights';
import { checkClientCode, checkNames, type StaffCheck } from './model/checks';
import { refuseStaff, type StaffRefusal } from './model/refusals';
import { PARTNER_PERMISSIONS } from './model/standard-roles';

export interface CreateApiClientInput {
  readonly code: string;
  readonly name: string;
  readonly kind: ApiClientKind;
  /** Where a partner's customers are managed; null for an application of the staff. */
  readonly organisationId: Id<'organisation'> | null;
  readonly documentMode: DocumentMode;
  readonly costCapacity: number;
  readonly costRestore: number;
  /** Of `Authentication.draftClientSecret`. */
  readonly secret: ClientSecretDraft;
}

/** `secretSeed` is what `Authentication.revealClientSecret` makes the partner's secret of; null for an application of the staff. */
export type ApiClientWithSeed = { readonly apiClientId: Id<'apiClient'>; readonly secretSeed: string | null };

export const COST_LIMIT_MAX = 1_000_000;

/** Registers an application that calls. A partner's secret is shown to the caller in the answer, and never again. */
export const createApiClient: UseCase<CreateApiClientInput, ApiClientWithSeed, StaffRefusal> = {
  name: 'createApiClient',
  permission: 'client:write',
  constraints: { api_client_code_key: () => refuseStaff('CODE_TAKEN', 'code') },
  async run(unit, { secret, ...input }) {
    const isPartner = input.kind === 'PARTNER';
    const refused =
      refusedBy(
        checkClientCode(input.code),
        checkNames(input),
        isPartner !== (input.organisationId !== null) && refuseStaff('KIND_NEEDS_ORGANISATION', 'organisationId'),
        checkLimit(input.costCapacity, 'costCapacity'),
        checkLimit(input.costRestore, 'costRestore'),
      ) ?? (await checkNode(unit, input.organisationId));
    if (refused !== undefined) return refused;
    const apiClientId = await insertApiClient(unit.transaction, { ...input, secretHash: isPartner ? secret.hash : null }, unit.now);
    const organisationId = input.organisationId ?? (await selectRootId(unit)) ?? null;
    unit.audit({ subjectKind: 'apiClient', subjectId: apiClientId, organisationId, before: null, after: { ...input } });
    unit.emit({
      type: 'ApiClientCreateEvent',
      subjectKind: 'apiClient',
      subjectId: apiClientId,
      payload: { code: input.code, kind: input.kind },
    });
    return ok({ apiClientId, secretSeed: isPartner ? secret.seed : null });
  },
};

/** An application of the staff is the whole operator's; a partner's lets its owner read at its node, as the caller must. */
async function checkNode(unit: Unit, organisationId: Id<'organisation'> | null): Promise<StaffCheck> {
  if (organisationId !== null) {
    return (
      (await managingNode(unit, organisationId, 'client:write', refuseStaff)) ??
      (await checkHandedOn(unit, PARTNER_PERMISSIONS, [{ organisationId, linesOfBusiness: null }], 'organisationId'))
    );
  }
  const rootId = await selectRootId(unit);
  const refused = rootId === undefined ? undefined : await managingNode(unit, rootId, 'client:write', refuseStaff);
  return refused === undefined ? undefined : refuseStaff('OUTSIDE_SCOPE', 'kind');
}

export function checkLimit(limit: number, field: string): StaffCheck {
  const allowed = Number.isInteger(limit) && limit >= 1 && limit <= COST_LIMIT_MAX;
  return allowed ? undefined : refuseStaff('LIMIT_INVALID', field, { min: 1, max: COST_LIMIT_MAX });
}
