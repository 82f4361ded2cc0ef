import type { UseCase } from '../../execute';
import { revokeSessionsOfClient } from '../../../data/operation/staff/session';
import { lockApiClient, updateApiClient } from '../../../data/operation/staff/write-api-client';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { noteAccessChange } from './authentication/access-changes';
import type { ClientSecretDraft } from './authentication/client-secret';
import type { ApiClientWithSeed } from './create-api-client';
import { checkHandedOn } from './handed-on-rights';
import { refuseStaff, type StaffRefusal } from './model/refusals';
import { PARTNER_PERMISSIONS } from './model/standard-roles';

export interface RotateClientSecretInput {
  readonly apiClientId: Id<'apiClient'>;
  readonly expectedVersion: number;
  /** Of `Authentication.draftClientSecret`. */
  readonly secret: ClientSecretDraft;
}

/** Gives a partner's client a new secret 更换密钥; the old one, and every token got by it, is good no more. */
export const rotateClientSecret: UseCase<RotateClientSecretInput, ApiClientWithSeed, StaffRefusal> = {
  name: 'rotateClientSecret',
  permission: 'client:write',
  async run(unit, { apiClientId, expectedVersion, secret }) {
    const client = await lockApiClient(unit, apiClientId);
    if (client === undefined) return refuseStaff('NOT_FOUND', 'apiClientId');
    if (client.version !== expectedVersion) return refuseStaff('STALE_VERSION', 'expectedVersion', { version: client.version });
    const organisationId = client.organisation_id;
    if (organisationId === null) return refuseStaff('NO_SECRET', 'apiClientId');
    const refused = await checkHandedOn(unit, PARTNER_PERMISSIONS, [{ organisationId, linesOfBusiness: null }], 'apiClientId');
    if (refused !== undefined) return refused;
    await updateApiClient(unit.transaction, client, { secretHash: secret.hash });
    const ended = await revokeSessionsOfClient(unit.transaction, client.id);
    const after = { secret: 'rotated', sessionsEnded: ended.length };
    unit.audit({ subjectKind: 'apiClient', subjectId: client.id, organisationId, before: null, after });
    unit.afterCommit(() => noteAccessChange(client.id, ...ended));
    return ok({ apiClientId: client.id, secretSeed: secret.seed });
  },
};
