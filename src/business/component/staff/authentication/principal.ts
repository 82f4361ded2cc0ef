import type { DocumentMode } from '../../../../data/operation/staff/api-client';
import type { SessionAccess } from '../../../../data/operation/staff/select-session-access';
import { invariant } from '../../../../kernel/failure';
import { encodeId, type Id } from '../../../../kernel/id';
import { Scope, type Permission } from '../../../../kernel/scope';
import { SELF_PERMISSION, isPermission } from '../model/permission';
import { PARTNER_PERMISSIONS } from '../model/standard-roles';

/** The client through which somebody calls, with the limits that are stated to it. */
export interface CallingClient {
  readonly id: Id<'apiClient'>;
  readonly code: string;
  readonly documentMode: DocumentMode;
  readonly costCapacity: number;
  readonly costRestore: number;
}

interface Caller {
  /** The published id of the member of staff, or of the partner's client: the actor in the audit trail. */
  readonly actorId: string;
  readonly sessionId: Id<'session'>;
  readonly apiClient: CallingClient;
  readonly organisationId: Id<'organisation'>;
  readonly scope: Scope;
}

export interface StaffPrincipal extends Caller {
  readonly kind: 'STAFF';
  readonly staffId: Id<'staff'>;
  readonly name: string;
}

export interface PartnerPrincipal extends Caller {
  readonly kind: 'PARTNER';
}

/** Who calls, by a session that is good now. */
export type Principal = StaffPrincipal | PartnerPrincipal;

/** Makes the one Scope of a session: of a member of staff's grants, or of what partners may do at the client's node. */
export function principalOf({ sessionId, client, staff, grants }: SessionAccess): Principal {
  const { id, code, documentMode, costCapacity, costRestore } = client;
  const apiClient: CallingClient = { id, code, documentMode, costCapacity, costRestore };
  if (staff === null) {
    const node = client.organisationId;
    invariant(node !== null && client.kind === 'PARTNER', "a session without staff is a partner's");
    const scope = Scope.of(PARTNER_PERMISSIONS.map((permission) => ({ permission, node, lines: null })));
    return { kind: 'PARTNER', actorId: encodeId('apiClient', id), sessionId, apiClient, organisationId: node, scope };
  }
  const held: { permission: Permission; node: string; lines: readonly string[] | null }[] = [
    { permission: SELF_PERMISSION, node: staff.organisationId, lines: null },
  ];
  for (const { permissions, node, lines } of grants) {
    for (const permission of permissions) if (isPermission(permission)) held.push({ permission, node, lines });
  }
  return {
    kind: 'STAFF',
    actorId: encodeId('staff', staff.id),
    sessionId,
    apiClient,
    organisationId: staff.organisationId,
    staffId: staff.id,
    name: staff.name,
    scope: Scope.of(held),
  };
}
