import { lockSession, revokeSessionsById } from '../../../../data/operation/staff/session';
import { encodeId, type Id } from '../../../../kernel/id';
import { noteAccessChange } from './access-changes';
import { readRefreshToken } from './refresh-token';
import { auditClient, auditStaff, inUnit, type AuthenticationServices, type Origin } from './services';

/** What proves whose log-in is to end: a refresh token of it, or the session of a verified access token. */
export type LogOutRequest = { readonly refreshToken: string } | { readonly sessionId: Id<'session'> };

/** Ends a log-in 退出. To end one that has ended, or never was, is no error. Says whether it ended one. */
export async function logOut(services: AuthenticationServices, request: LogOutRequest, origin: Origin): Promise<boolean> {
  const id = 'sessionId' in request ? request.sessionId : readRefreshToken(services.keys.refreshToken, request.refreshToken)?.sessionId;
  if (id === undefined) return false;
  const ended = await inUnit(services, origin, 'logOut', async (unit) => {
    const session = await lockSession(unit.transaction, id);
    if (session === undefined || (await revokeSessionsById(unit.transaction, [id])).length === 0) return false;
    const { staffId, apiClientId, organisationId } = session;
    const what = { session: encodeId('session', id) };
    if (staffId === null) auditClient(unit, { id: apiClientId, organisationId }, what);
    else auditStaff(unit, { staffId, organisationId }, what);
    return true;
  });
  if (ended) noteAccessChange(id);
  return ended;
}
