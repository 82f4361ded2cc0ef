import type DataLoader from 'dataloader';
import {
  selectApiClientsById, selectGrantsOfStaff, selectRolesById, selectSessionsOfStaff, selectStaffById,
  type ApiClient, type Role, type Session, type Staff, type StaffGrant,
} from '../../../../business/component/staff'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { groupLoaderOf, loaderOf } from '../../server/loader';

type StaffId = Id<'staff'>;

/** Members of staff in scope by id. */
export function staffLoader(context: GraphContext): DataLoader<StaffId, Staff | undefined> {
  return loaderOf(context, 'staff', (ids: readonly StaffId[]) => selectStaffById(context, ids), (staff) => staff.id); // prettier-ignore
}

export function grantsLoader(context: GraphContext): DataLoader<StaffId, readonly StaffGrant[]> {
  const read = (ids: readonly StaffId[]): Promise<StaffGrant[]> => selectGrantsOfStaff(context, ids);
  return groupLoaderOf(context, 'staff.grants', read, (grant) => grant.staffId);
}

export function sessionsLoader(context: GraphContext): DataLoader<StaffId, readonly Session[]> {
  const read = (ids: readonly StaffId[]): Promise<Session[]> => selectSessionsOfStaff(context, ids);
  return groupLoaderOf(context, 'staff.sessions', read, (session) => session.staffId);
}

/** Roles by id, for those who may see roles. */
export function roleLoader(context: GraphContext): DataLoader<Id<'role'>, Role | undefined> {
  return loaderOf(context, 'role', (ids: readonly Id<'role'>[]) => selectRolesById(context, ids), (role) => role.id); // prettier-ignore
}

/** Clients in scope by id. */
export function apiClientLoader(context: GraphContext): DataLoader<Id<'apiClient'>, ApiClient | undefined> {
  const read = (ids: readonly Id<'apiClient'>[]): Promise<ApiClient[]> => selectApiClientsById(context, ids);
  return loaderOf(context, 'apiClient', read, (client) => client.id);
}
