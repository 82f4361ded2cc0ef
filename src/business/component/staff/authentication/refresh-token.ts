import { createHash, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { decodeId, encodeId, type Id } from '../../../../kernel/id';
import { keyedDigest } from './keys';

const TOKEN = /^(ses_[0-9a-z]{26})\.([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{43})$/;

export interface RefreshToken {
  readonly sessionId: Id<'session'>;
  /** What is stored of the token. */
  readonly hash: Buffer;
}

/**
 * A new refresh token: `<session>.<random><proof>`. The proof says that this server once gave the token out for this
 * session, so that any used one betrays a theft, while a made-up one betrays nothing and can end nobody's session.
 */
export function mintRefreshToken(key: KeyObject, sessionId: Id<'session'>): RefreshToken & { readonly text: string } {
  const random = randomBytes(32).toString('base64url');
  const text = `${encodeId('session', sessionId)}.${random}${proofOf(key, sessionId, random)}`;
  return { text, sessionId, hash: hashOf(text) };
}

/** Reads a token that was given out here; undefined for anything else. */
export function readRefreshToken(key: KeyObject, text: string): RefreshToken | undefined {
  const [, published, random, proof] = TOKEN.exec(text) ?? [];
  if (published === undefined || random === undefined || proof === undefined) return undefined;
  const sessionId = decodeId('session', published);
  if (sessionId === undefined) return undefined;
  if (!timingSafeEqual(Buffer.from(proof), Buffer.from(proofOf(key, sessionId, random)))) return undefined;
  return { sessionId, hash: hashOf(text) };
}

function proofOf(key: KeyObject, sessionId: string, random: string): string {
  return keyedDigest(key, sessionId, random).toString('base64url');
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
