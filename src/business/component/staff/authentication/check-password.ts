import { countAttempt, type Credentials } from '../../../../data/operation/staff/log-in-attempt';
import { inUnit, type AccessOperation, type AuthenticationServices, type Origin } from './services';

/** How a password was found. `LOCKED_OUT`: wrong, and with it the name is locked. */
export type PasswordOutcome = 'RIGHT' | 'WRONG' | 'LOCKED_OUT' | 'LOCKED' | 'DISABLED' | 'NO_PASSWORD' | 'UNKNOWN';

/**
 * Checks a password, and counts the attempt before it looks. Whatever the outcome, the same is done: a read, a flushed
 * commit, one argon2 computation.
 */
export async function checkPassword(
  services: AuthenticationServices,
  origin: Origin,
  operation: AccessOperation,
  credentials: Credentials | undefined,
  password: string,
): Promise<PasswordOutcome> {
  const { hasher, limits } = services;
  const hopeless = whyHopeless(credentials);
  const staffId = hopeless === undefined ? (credentials?.staffId ?? null) : null;
  let attempt: number | undefined;
  const right = await hasher.verify(password, async () => {
    attempt = await inUnit(services, origin, operation, ({ transaction, now }) =>
      countAttempt(transaction, staffId, { attempts: limits.logInAttempts, lockOutSeconds: limits.lockOutSeconds }, now),
    );
    return attempt === undefined ? null : (credentials?.passwordHash ?? null);
  });
  if (hopeless !== undefined) return hopeless;
  if (attempt === undefined) return 'LOCKED';
  if (right) return 'RIGHT';
  return attempt >= limits.logInAttempts ? 'LOCKED_OUT' : 'WRONG';
}

function whyHopeless(credentials: Credentials | undefined): PasswordOutcome | undefined {
  if (credentials === undefined) return 'UNKNOWN';
  if (credentials.status !== 'ACTIVE') return 'DISABLED';
  return credentials.passwordHash === null ? 'NO_PASSWORD' : undefined;
}
