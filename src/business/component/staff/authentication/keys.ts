import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** The keys that come of the one configured secret, each for one purpose only. */
export interface AuthenticationKeys {
  readonly accessToken: KeyObject;
  readonly refreshToken: KeyObject;
  readonly clientSecret: KeyObject;
  readonly passwordDigest: KeyObject;
}

/** @param signingKey the configured secret, at least 32 characters, the same on every instance */
export function deriveKeys(signingKey: string): AuthenticationKeys {
  const derive = (purpose: string): KeyObject => createSecretKey(Buffer.from(hkdfSync('sha256', signingKey, '', `sanhu ${purpose}`, 32)));
  return {
    accessToken: derive('access token'),
    refreshToken: derive('refresh token'),
    clientSecret: derive('client secret'),
    passwordDigest: derive('password digest'),
  };
}

export function keyedDigest(key: KeyObject, ...parts: readonly string[]): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}
