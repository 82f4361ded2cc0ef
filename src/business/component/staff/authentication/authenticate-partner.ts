import { countOpenSessions, insertSession } from '../../../../data/operation/staff/session';
import { holdActiveClient, selectActiveClientByCode } from '../../../../data/operation/staff/log-in-attempt';
import { Failure } from '../../../../kernel/failure';
import { newId, type Id } from '../../../../kernel/id';
import { ok, type Result } from '../../../../kernel/result';
import { refuseAuthentication, type AuthenticationRefusal } from '../model/refusals';
import { signAccessToken } from './access-token';
import { clientSecretMatches } from './client-secret';
import { auditClient, inUnit, type AuthenticationServices, type Origin } from './services';

export interface PartnerCredentials {
  /** The code of the partner's client. */
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a partner's system gets: a token for the time of its life, and then another by the same credentials. */
export interface PartnerLogIn {
  readonly sessionId: Id<'session'>;
  readonly accessToken: string;
  readonly accessTokenExpiresAtMs: number;
}

/** Tokens of one partner that are good at once. One per process of his is plenty. */
const OPEN_SESSIONS_MAX = 1_000;
const LENGTH_MAX = 200;

/**
 * Lets a partner's system in by its client credentials (OAuth 2.0). The secret has 256 bits, so nobody guesses it and
 * nothing is locked; attempts of one client follow one another.
 * @throws Failure THROTTLED when too many of its tokens are good already, or too many ask at once
 */
export async function authenticatePartner(
  services: AuthenticationServices,
  { clientId: code, clientSecret }: PartnerCredentials,
  origin: Origin,
): Promise<Result<PartnerLogIn, AuthenticationRefusal>> {
  if (code.length > LENGTH_MAX || clientSecret.length > LENGTH_MAX) return refuseAuthentication('CLIENT_REFUSED');
  return services.byName.pass(`client ${code}`, async () => {
    const client = await selectActiveClientByCode(services.database.reader({ signal: origin.signal }), code);
    const right = clientSecretMatches(clientSecret, client?.secretHash ?? null);
    if (client === undefined || client.kind !== 'PARTNER') return refuseAuthentication('CLIENT_REFUSED');
    const sessionId = await openPartnerSession(services, origin, client.id, right ? client.secretHash : null);
    if (sessionId === undefined) return refuseAuthentication('CLIENT_REFUSED');
    const { text, expiresAtMs } = await signAccessToken(services.keys.accessToken, sessionId, services.limits.accessTokenSeconds);
    return ok({ sessionId, accessToken: text, accessTokenExpiresAtMs: expiresAtMs });
  });
}

/** @param secretHash the hash that the secret matched, or null when it did not */
function openPartnerSession(
  services: AuthenticationServices,
  origin: Origin,
  clientId: Id<'apiClient'>,
  secretHash: string | null,
): Promise<Id<'session'> | undefined> {
  return inUnit(services, origin, 'authenticatePartner', async (unit) => {
    const { transaction, now } = unit;
    const held = await holdActiveClient(transaction, clientId);
    const right = held !== undefined && secretHash !== null && held.secretHash === secretHash;
    auditClient(unit, { id: clientId, organisationId: held?.organisationId ?? null }, { outcome: right ? 'RIGHT' : 'WRONG' });
    if (!right) return undefined;
    if ((await countOpenSessions(transaction, clientId, now, OPEN_SESSIONS_MAX)) >= OPEN_SESSIONS_MAX) {
      throw new Failure('THROTTLED', 'This client holds too many tokens: use one until it expires.', { retryAfterMs: 60_000 });
    }
    const id = newId('session');
    const expiresAt = now.add({ seconds: services.limits.accessTokenSeconds });
    await insertSession(transaction, {
      id, staffId: null, apiClientId: clientId, refreshHash: null, address: origin.address, createdAt: now, expiresAt,
    }); // prettier-ignore
    return id;
  });
}
