export { Authentication, type AuthenticationOptions } from './authentication/authentication';
export { TokenVerifier } from './authentication/token-verifier';
export type { CallingClient, PartnerPrincipal, Principal, StaffPrincipal } from './authentication/principal';
export type { LogInRequest } from './authentication/log-in';
export type { OidcLogInRequest } from './authentication/log-in-with-oidc';
export type { LogOutRequest } from './authentication/log-out';
export type { LogIn } from './authentication/open-session';
export type { PartnerCredentials, PartnerLogIn } from './authentication/authenticate-partner';
export type { Origin } from './authentication/services';
export type { PasswordProof, PreparedPassword } from './authentication/prepared-password';
export type { ClientSecretDraft } from './authentication/client-secret';
export { noteAccessChange } from './authentication/access-changes';
export { AUTHENTICATION_REFUSALS, STAFF_REFUSALS, type AuthenticationRefusal, type StaffRefusal } from './model/refusals';
export { PERMISSIONS, PERMISSION_CODES, SELF_PERMISSION, isPermission, type StaffPermission } from './model/permission';
export { PARTNER_PERMISSIONS, STANDARD_ROLES, type StandardRole } from './model/standard-roles';
export { holdActiveStaff } from './hold-active-staff';
export { createStaff, type CreateStaffInput } from './create-staff';
export { changeStaff, type ChangeStaffInput } from './change-staff';
export { setStaffPassword, type SetStaffPasswordInput } from './set-staff-password';
export { changeOwnPassword, type ChangeOwnPasswordInput } from './change-own-password';
export { linkOidcIdentity, type LinkOidcIdentityInput } from './link-oidc-identity';
export { revokeSessions, type RevokeSessionsInput } from './revoke-sessions';
export { createRole, type CreateRoleInput } from './create-role';
export { changeRole, type ChangeRoleInput } from './change-role';
export { registerStandardRoles } from './register-standard-roles';
export { grantRole, type GrantRoleInput } from './grant-role';
export { revokeGrant, type RevokeGrantInput } from './revoke-grant';
export { createApiClient, type ApiClientWithSeed, type CreateApiClientInput } from './create-api-client';
export { changeApiClient, type ChangeApiClientInput } from './change-api-client';
export { rotateClientSecret, type RotateClientSecretInput } from './rotate-client-secret';
export { documentIdOf, registerTrustedDocuments, type RegisterTrustedDocumentsInput } from './register-trusted-documents';
export { STAFF_STATUSES, type Staff, type StaffStatus } from '../../../data/operation/staff/staff';
export { type Role } from '../../../data/operation/staff/role';
export { selectGrantsOfStaff, selectRolesHeldAt, type StaffGrant } from '../../../data/operation/staff/staff-grant';
export { searchStaff, selectOneself, selectStaffById, type StaffFilter } from '../../../data/operation/staff/select-staff';
export { listRoles, selectRolesById } from '../../../data/operation/staff/select-roles';
export { deleteSessionsBefore, selectSessionsOfStaff, type Session } from '../../../data/operation/staff/session';
export { listApiClients, selectApiClientsById } from '../../../data/operation/staff/select-api-clients';
export {
  API_CLIENT_KINDS,
  API_CLIENT_STATUSES,
  DOCUMENT_MODES,
  type ApiClient,
  type ApiClientKind,
  type ApiClientStatus,
  type DocumentMode,
} from '../../../data/operation/staff/api-client';
export { selectTrustedDocument, type TrustedDocument } from '../../../data/operation/staff/trusted-document';
