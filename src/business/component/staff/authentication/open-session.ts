import type { KeptUnit } from '../../../execute';
import { insertSession } from '../../../../data/operation/staff/session';
import type { Instant } from '../../../../kernel/clock';
import { newId, type Id } from '../../../../kernel/id';
import { signAccessToken } from './access-token';
import { mintRefreshToken } from './refresh-token';
import type { AuthenticationServices, Origin } from './services';

/** What a member of staff gets who is let in: also what a refresh gives. */
export interface LogIn {
  readonly sessionId: Id<'session'>;
  readonly staffId: Id<'staff'>;
  readonly accessToken: string;
  readonly accessTokenExpiresAtMs: number;
  readonly refreshToken: string;
  /** When the log-in ends, however often it is refreshed. */
  readonly sessionExpiresAt: Instant;
}

export type OpenedSession = Pick<LogIn, 'sessionId' | 'staffId' | 'refreshToken' | 'sessionExpiresAt'>;

export async function openStaffSession(
  { transaction, now }: KeptUnit,
  { keys, limits }: AuthenticationServices,
  { address }: Origin,
  { staffId, apiClientId }: { readonly staffId: Id<'staff'>; readonly apiClientId: Id<'apiClient'> },
): Promise<OpenedSession> {
  const id = newId('session');
  const token = mintRefreshToken(keys.refreshToken, id);
  const expiresAt = now.add({ seconds: limits.refreshTokenSeconds });
  await insertSession(transaction, { id, staffId, apiClientId, refreshHash: token.hash, address, createdAt: now, expiresAt });
  return { sessionId: id, staffId, refreshToken: token.text, sessionExpiresAt: expiresAt };
}

/** Adds the access token, once the session is committed. */
export async function withAccessToken(services: AuthenticationServices, session: OpenedSession): Promise<LogIn> {
  const { text, expiresAtMs } = await signAccessToken(services.keys.accessToken, session.sessionId, services.limits.accessTokenSeconds);
  return { ...session, accessToken: text, accessTokenExpiresAtMs: expiresAtMs };
}
