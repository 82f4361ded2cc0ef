import { holdActiveClient, selectStaffByIdentity } from '../../../../data/operation/staff/log-in-attempt';
import { encodeId } from '../../../../kernel/id';
import { ok, type Result } from '../../../../kernel/result';
import { refuseAuthentication, type AuthenticationRefusal } from '../model/refusals';
import { staffApplication } from './log-in';
import { openStaffSession, withAccessToken, type LogIn } from './open-session';
import { auditStaff, inUnit, type AuthenticationServices, type Origin } from './services';

export interface OidcLogInRequest {
  /** An ID token of the configured issuer. */
  readonly token: string;
  readonly clientCode: string;
}

/**
 * Logs in the member of staff for whom the outside issuer vouches 统一身份认证. The lock after wrong passwords does not
 * concern him: no password is asked.
 * @throws Failure DEPENDENCY_UNAVAILABLE when the issuer or the database cannot be reached
 */
export async function logInWithOidc(
  services: AuthenticationServices,
  { token, clientCode }: OidcLogInRequest,
  origin: Origin,
): Promise<Result<LogIn, AuthenticationRefusal>> {
  if (services.oidc === undefined) return refuseAuthentication('OIDC_NOT_CONFIGURED');
  const apiClientId = await staffApplication(services, origin, clientCode);
  if (apiClientId === undefined) return refuseAuthentication('CLIENT_REFUSED', 'clientCode');
  const identity = await services.oidc.subjectOf(token);
  // What anybody can make up is not worth a line in the trail.
  if (identity === undefined) return refuseAuthentication('LOG_IN_REFUSED');
  const opened = await inUnit(services, origin, 'logInWithOidc', async (unit) => {
    const staff = await selectStaffByIdentity(unit.transaction, identity.issuer, identity.subject);
    const client = await holdActiveClient(unit.transaction, apiClientId);
    auditStaff(unit, staff, {
      outcome: staff === undefined ? 'UNKNOWN' : 'RIGHT',
      client: encodeId('apiClient', apiClientId),
      ...identity,
    });
    if (staff === undefined || client === undefined) return undefined;
    return openStaffSession(unit, services, origin, { staffId: staff.staffId, apiClientId });
  });
  return opened === undefined ? refuseAuthentication('LOG_IN_REFUSED') : ok(await withAccessToken(services, opened));
}
