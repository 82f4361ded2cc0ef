import { lockSession, revokeSessionsById } from '../../../../data/operation/staff/session';
import { encodeId, type Id } from '../../../../kernel/id';
import { noteAccessChange } from './access-changes';
import { readRefreshToken } from './refresh-token';
import { inTransaction, type AuthenticationServices, type Origin } from './services';

/** What proves whose log-in is to end: a refresh token of it, or the session of a verified access token. */
export type LogOutRequest = { readonly refreshToken: string } | { readonly sessionId: Id<'session'> };

/** Ends a log-in 退出. To end one that has ended, or never was, is no error. Says whether it ended one. */
export async function logOut(services: AuthenticationServices, request: LogOutRequest, origin: Origin): Promise<boolean> {
  const id = 'sessionId' in request ? request.sessionId : readRefreshToken(services.keys.refreshToken, request.refreshToken)?.sessionId;
  if (id === undefined) return false;
  const ended = await inTransaction(services, origin, async (transaction, _now, record) => {
    const session = await lockSession(transaction, id);
    if (session === undefined || (await revokeSessionsById(transaction, [id])).length === 0) return false;
    const { staffId, apiClientId } = session;
    await record({
      operation: 'logOut',
      actor: staffId === null ? { kind: 'PARTNER', id: encodeId('apiClient', apiClientId) } : { kind: 'STAFF', id: encodeId('staff', staffId) },
      subjectId: staffId ?? apiClientId,
      organisationId: session.organisationId,
      what: { session: encodeId('session', id) },
    });
    return true;
  });
  if (ended) noteAccessChange(id);
  return ended;
}
