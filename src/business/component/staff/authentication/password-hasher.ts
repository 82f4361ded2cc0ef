import { availableParallelism } from 'node:os';
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { PASSWORD_LENGTH_MAX } from '../model/password-policy';
import { Turnstile } from './turnstile';

/** What OWASP recommends of argon2id (which is the library's algorithm): 19 MiB, two passes, one lane. About 20 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** A computation runs on a thread that also serves files and name look-ups; half the processors are left to the counters. */
const WIDTH = Math.max(1, Math.floor(availableParallelism() / 2));

/** At 20 ms each, whoever waits longest waits some two seconds. */
const WAITING_MAX = 100;

/** Hashes and checks passwords, a few at a time. Passwords are compared in Unicode's composed form (NFKC). */
export class PasswordHasher {
  private readonly turnstile = new Turnstile(WIDTH, WAITING_MAX);
  /** What is checked where there is nothing to check: made at once, so that the first unknown name costs no more than others. */
  private readonly nobodys = hash(randomBytes(32), COST);

  /** @throws Failure THROTTLED */
  public hash(password: string): Promise<string> {
    return this.turnstile.pass(() => hash(password.normalize('NFKC'), COST));
  }

  /**
   * Whether the password is the one that was hashed. The hash is asked for only when it is this one's turn, so that who
   * is sent away has not tried. Where there is none (null), or no password can be so long, the same work is done for nothing.
   * @throws Failure THROTTLED
   */
  public verify(password: string, hashToCheck: () => Promise<string | null>): Promise<boolean> {
    return this.turnstile.pass(async () => {
      const passwordHash = await hashToCheck();
      const possible = password.length <= PASSWORD_LENGTH_MAX * 2;
      const checked = passwordHash !== null && possible ? passwordHash : await this.nobodys;
      const right = await verify(checked, possible ? password.normalize('NFKC') : '');
      return right && checked === passwordHash;
    });
  }
}
