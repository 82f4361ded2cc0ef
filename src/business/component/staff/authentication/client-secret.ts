import { createHash, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { keyedDigest } from './keys';

/**
 * A partner's secret: `sk_` and 256 bits, made of a random seed and a key of the server. The use case's stored result
 * holds the seed, so the first answer can be given again for as long as the idempotency key is kept; the client's row
 * holds a hash. Neither gives the secret away without the server's key, and when the idempotency key is deleted, nobody
 * can make the secret again.
 */
export class ClientSecretDraft {
  public readonly seed: string = randomBytes(32).toString('base64url');
  public readonly hash: string;

  public constructor(key: KeyObject) {
    this.hash = hashClientSecret(revealClientSecret(key, this.seed));
  }

  /** Nothing: a repeated call drafts another secret, and is the same call. */
  public toJSON(): null {
    return null;
  }
}

export function revealClientSecret(key: KeyObject, seed: string): string {
  return `sk_${keyedDigest(key, seed).toString('base64url')}`;
}

/** One round is enough for what cannot be guessed. */
function hashClientSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether a secret has the hash; where there is none, as much work for nothing. */
export function clientSecretMatches(secret: string, secretHash: string | null): boolean {
  const given = Buffer.from(hashClientSecret(secret));
  const right = timingSafeEqual(given, Buffer.from(secretHash ?? '0'.repeat(64)));
  return right && secretHash !== null;
}
