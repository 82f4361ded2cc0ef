import {
  forgiveAttempts,
  holdActiveClient,
  selectActiveClientByCode,
  selectCredentials,
  type Credentials,
} from '../../../../data/operation/staff/log-in-attempt';
import { encodeId, type Id } from '../../../../kernel/id';
import { maskName } from '../../../../kernel/mask';
import { ok, type Result } from '../../../../kernel/result';
import { LOGIN_NAME, normaliseLoginName } from '../model/checks';
import { refuseAuthentication, type AuthenticationRefusal } from '../model/refusals';
import { checkPassword, type PasswordOutcome } from './check-password';
import { openStaffSession, withAccessToken, type LogIn, type OpenedSession } from './open-session';
import { auditStaff, inUnit, type AuthenticationServices, type Origin } from './services';

export interface LogInRequest {
  readonly loginName: string;
  readonly password: string;
  /** The application that the member of staff sits at. */
  readonly clientCode: string;
}

/** The client of a log-in; undefined when there is no such active application of the staff. */
export async function staffApplication(
  services: AuthenticationServices,
  origin: Origin,
  code: string,
): Promise<Id<'apiClient'> | undefined> {
  const client = await selectActiveClientByCode(services.database.reader({ signal: origin.signal }), code);
  return client?.kind === 'STAFF_APPLICATION' ? client.id : undefined;
}

/**
 * Logs a member of staff in 登录 with his password. A stranger learns nothing from the answer, nor from how long it takes.
 * @throws Failure THROTTLED when too many log in at once, DEPENDENCY_UNAVAILABLE, DEADLINE_EXCEEDED
 */
export async function logIn(
  services: AuthenticationServices,
  request: LogInRequest,
  origin: Origin,
): Promise<Result<LogIn, AuthenticationRefusal>> {
  const apiClientId = await staffApplication(services, origin, request.clientCode);
  if (apiClientId === undefined) return refuseAuthentication('CLIENT_REFUSED', 'clientCode');
  const loginName = normaliseLoginName(request.loginName);
  // A name that breaks the rules is nobody's, and all such names are one.
  const name = LOGIN_NAME.test(loginName) ? loginName : '';
  const opened = await services.byName.pass(name, async () => {
    const credentials = await selectCredentials(services.database.reader({ signal: origin.signal }), name);
    const outcome = await checkPassword(services, origin, 'logIn', credentials, request.password);
    return conclude(services, origin, { name, apiClientId, credentials, outcome });
  });
  return opened === undefined ? refuseAuthentication('LOG_IN_REFUSED') : ok(await withAccessToken(services, opened));
}

interface Checked {
  readonly name: string;
  readonly apiClientId: Id<'apiClient'>;
  readonly credentials: Credentials | undefined;
  readonly outcome: PasswordOutcome;
}

function conclude(services: AuthenticationServices, origin: Origin, checked: Checked): Promise<OpenedSession | undefined> {
  const { name, apiClientId, credentials, outcome } = checked;
  return inUnit(services, origin, 'logIn', async (unit) => {
    const { transaction } = unit;
    let opened: OpenedSession | undefined;
    if (outcome === 'RIGHT' && credentials?.passwordHash != null && (await holdActiveClient(transaction, apiClientId)) !== undefined) {
      // Between the check and now he may have been disabled, or his password changed.
      const still = await forgiveAttempts(transaction, credentials.staffId, credentials.passwordHash);
      if (still) opened = await openStaffSession(unit, services, origin, { staffId: credentials.staffId, apiClientId });
    }
    auditStaff(unit, credentials, {
      outcome: outcome === 'RIGHT' && opened === undefined ? 'CHANGED_MEANWHILE' : outcome,
      client: encodeId('apiClient', apiClientId),
      // A name that nobody has may be a password typed into the wrong field.
      ...(credentials === undefined ? { loginName: maskName(name) } : {}),
    });
    return opened;
  });
}
