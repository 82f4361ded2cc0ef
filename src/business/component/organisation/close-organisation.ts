import type { UseCase } from '../../execute';
import { lockOrganisation, lockTreeShape } from '../../../data/operation/organisation/lock-organisation';
import { selectOccupants, updateOrganisation } from '../../../data/operation/organisation/write-organisation';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { refuseOrganisation, type OrganisationRefusal } from './model/refusals';

export interface CloseOrganisationInput {
  readonly organisationId: Id<'organisation'>;
  readonly expectedVersion: number;
}

/** Closes a node 撤销组织 at which nothing is managed any more. Its code stays taken, its history readable. */
export const closeOrganisation: UseCase<CloseOrganisationInput, { organisationId: Id<'organisation'> }, OrganisationRefusal> = {
  name: 'closeOrganisation',
  permission: 'organisation:write',
  async run(unit, { organisationId, expectedVersion }) {
    await lockTreeShape(unit);
    const node = await lockOrganisation(unit, organisationId, 'organisation:write', 'close or move');
    if (node === undefined) return refuseOrganisation('NOT_FOUND', 'organisationId');
    if (node.version !== expectedVersion) return refuseOrganisation('STALE_VERSION', 'expectedVersion', { version: node.version });
    if (node.parent_id === null) return refuseOrganisation('ROOT_FIXED', 'organisationId');
    if (node.status !== 'ACTIVE') return refuseOrganisation('NOT_ACTIVE', 'organisationId');
    const occupants = await selectOccupants(unit.transaction, node.id);
    if (occupants.length > 0) return refuseOrganisation('STILL_IN_USE', 'organisationId', { occupants });
    await updateOrganisation(unit.transaction, node, { status: 'CLOSED' });
    const states = { before: { status: node.status }, after: { status: 'CLOSED' } };
    unit.audit({ subjectKind: 'organisation', subjectId: node.id, organisationId: node.id, ...states });
    unit.emit({ type: 'OrganizationStateChangeEvent', subjectKind: 'organisation', subjectId: node.id, payload: states.after });
    return ok({ organisationId: node.id });
  },
};
