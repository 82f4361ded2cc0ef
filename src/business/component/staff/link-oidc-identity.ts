import type { UseCase } from '../../execute';
import { lockStaff, updateStaff } from '../../../data/operation/staff/write-staff';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { isBlank, lengthOf } from '../../../kernel/text';
import { noteAccessChange } from './authentication/access-changes';
import { checkMayPassFor } from './handed-on-rights';
import type { StaffCheck } from './model/checks';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface LinkOidcIdentityInput {
  readonly staffId: Id<'staff'>;
  readonly expectedVersion: number;
  /** Null: he logs in by no outside issuer any more. */
  readonly identity: { readonly issuer: string; readonly subject: string } | null;
}

const LENGTH_MAX = 255;

/** Says by which outside identity somebody may log in. Who links his own identity to another could pass for him. */
export const linkOidcIdentity: UseCase<LinkOidcIdentityInput, { staffId: Id<'staff'> }, StaffRefusal> = {
  name: 'linkOidcIdentity',
  permission: 'staff:write',
  constraints: { staff_oidc_issuer_oidc_subject_key: () => refuseStaff('IDENTITY_TAKEN', 'identity') },
  async run(unit, { staffId, expectedVersion, identity }) {
    const staff = await lockStaff(unit, staffId, 'staff:write');
    if (staff === undefined) return refuseStaff('NOT_FOUND', 'staffId');
    if (staff.version !== expectedVersion) return refuseStaff('STALE_VERSION', 'expectedVersion', { version: staff.version });
    const refused = refusedBy(
      identity !== null && checkPart(identity.issuer, 'identity.issuer'),
      identity !== null && checkPart(identity.subject, 'identity.subject'),
      identity !== null && (await checkMayPassFor(unit, staffId, 'staffId')),
    );
    if (refused !== undefined) return refused;
    const after = { oidcIssuer: identity?.issuer ?? null, oidcSubject: identity?.subject ?? null };
    await updateStaff(unit.transaction, staff, after);
    const before = { oidcIssuer: staff.oidc_issuer, oidcSubject: staff.oidc_subject };
    unit.audit({ subjectKind: 'staff', subjectId: staffId, organisationId: staff.organisation_id, before, after });
    unit.afterCommit(() => noteAccessChange(staffId));
    return ok({ staffId });
  },
};

function checkPart(text: string, field: string): StaffCheck {
  return refusedBy(
    isBlank(text) && refuseStaff('BLANK', field),
    lengthOf(text) > LENGTH_MAX && refuseStaff('TOO_LONG', field, { max: LENGTH_MAX }),
  );
}
