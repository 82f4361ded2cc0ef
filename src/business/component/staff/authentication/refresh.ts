import type { KeptUnit } from '../../../execute';
import { lockSession, revokeSessionsById, rotateRefreshHash, type LockedSession } from '../../../../data/operation/staff/session';
import type { Instant } from '../../../../kernel/clock';
import { encodeId, type Id } from '../../../../kernel/id';
import { ok, type Result } from '../../../../kernel/result';
import { refuseAuthentication, type AuthenticationRefusal } from '../model/refusals';
import { noteAccessChange } from './access-changes';
import { withAccessToken, type LogIn, type OpenedSession } from './open-session';
import { mintRefreshToken, readRefreshToken } from './refresh-token';
import { auditStaff, inUnit, type AuthenticationServices, type Origin } from './services';

/** For so long the token that was just turned in is refused without ending the session: two tabs may refresh at once. */
const GRACE_SECONDS = 10;

/**
 * Gives a new access token and a new refresh token for the one turned in. A refresh token serves once: one that was used
 * before is in two hands, of which one is a thief's, so the session ends.
 */
export async function refresh(
  services: AuthenticationServices,
  refreshToken: string,
  origin: Origin,
): Promise<Result<LogIn, AuthenticationRefusal>> {
  const token = readRefreshToken(services.keys.refreshToken, refreshToken);
  if (token === undefined) return refuseAuthentication('SESSION_ENDED');
  const turnedIn = await inUnit(services, origin, 'refresh', async (unit) => {
    const found = judge(await lockSession(unit.transaction, token.sessionId), token.hash, unit.now);
    if (found.verdict === 'CURRENT') return { ...found, opened: await rotate(services, unit, found.session) };
    if (found.verdict === 'STOLEN') {
      await revokeSessionsById(unit.transaction, [found.session.id]);
      auditStaff(unit, found.session, { outcome: 'REUSED', session: encodeId('session', found.session.id) });
    }
    return { ...found, opened: undefined };
  });
  if (turnedIn.verdict === 'STOLEN') noteAccessChange(token.sessionId);
  if (turnedIn.verdict === 'SUPERSEDED') return refuseAuthentication('REFRESH_SUPERSEDED');
  return turnedIn.opened === undefined ? refuseAuthentication('SESSION_ENDED') : ok(await withAccessToken(services, turnedIn.opened));
}

type StaffSession = LockedSession & { readonly staffId: Id<'staff'>; readonly refreshHash: Buffer };

type Judgement = { readonly verdict: 'CURRENT' | 'STOLEN'; readonly session: StaffSession } | { readonly verdict: 'SUPERSEDED' | 'ENDED' };

function judge(session: LockedSession | undefined, hash: Buffer, now: Instant): Judgement {
  if (session === undefined || session.revoked || !session.active || session.staffId === null || session.refreshHash === null)
    return { verdict: 'ENDED' };
  if (session.expiresAt.epochMilliseconds <= now.epochMilliseconds) return { verdict: 'ENDED' };
  const ofStaff: StaffSession = { ...session, staffId: session.staffId, refreshHash: session.refreshHash };
  if (session.refreshHash.equals(hash)) return { verdict: 'CURRENT', session: ofStaff };
  const rotatedMs = session.rotatedAt?.epochMilliseconds ?? 0;
  const justTurnedIn = session.previousRefreshHash?.equals(hash) === true && now.epochMilliseconds < rotatedMs + GRACE_SECONDS * 1_000;
  return justTurnedIn ? { verdict: 'SUPERSEDED' } : { verdict: 'STOLEN', session: ofStaff };
}

async function rotate({ keys }: AuthenticationServices, { transaction, now }: KeptUnit, session: StaffSession): Promise<OpenedSession> {
  const token = mintRefreshToken(keys.refreshToken, session.id);
  await rotateRefreshHash(transaction, session.id, token.hash, now);
  return { sessionId: session.id, staffId: session.staffId, refreshToken: token.text, sessionExpiresAt: session.expiresAt };
}
