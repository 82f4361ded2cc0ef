import type { KeyObject } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { wallClockMs } from '../../../../kernel/clock';
import { decodeId, encodeId, type Id } from '../../../../kernel/id';

const ISSUER = 'sanhu';
/** What a token of ours can look like. jose reads past characters that are not base64url; one token has one spelling. */
const TOKEN = /^[\w-]{1,400}\.[\w-]{1,400}\.[\w-]{43}$/;

export interface AccessToken {
  readonly sessionId: Id<'session'>;
  readonly expiresAtMs: number;
}

/** Signs an access token, which names a session and nothing else: what it may do is read of the session. */
export async function signAccessToken(
  key: KeyObject,
  sessionId: Id<'session'>,
  lifeSeconds: number,
): Promise<{ text: string; expiresAtMs: number }> {
  const issuedAt = Math.floor(wallClockMs() / 1_000);
  const text = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setSubject(encodeId('session', sessionId))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifeSeconds)
    .sign(key);
  return { text, expiresAtMs: (issuedAt + lifeSeconds) * 1_000 };
}

/** Reads an access token signed here and not expired; undefined for anything else. */
export async function readAccessToken(key: KeyObject, text: string): Promise<AccessToken | undefined> {
  if (!TOKEN.test(text)) return undefined;
  try {
    const { payload } = await jwtVerify(text, key, {
      algorithms: ['HS256'],
      typ: 'at+jwt',
      issuer: ISSUER,
      audience: ISSUER,
      requiredClaims: ['sub', 'exp'],
    });
    const sessionId = decodeId('session', payload.sub ?? '');
    return sessionId === undefined || payload.exp === undefined ? undefined : { sessionId, expiresAtMs: payload.exp * 1_000 };
  } catch {
    return undefined;
  }
}
