import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { Failure } from '../../../../kernel/failure';

export interface OidcIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
}

/** Signatures by the issuer's private key only: with a symmetric one, or none, anybody could sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const TOKEN_LENGTH_MAX = 16_384;

/** Checks the tokens of the one outside issuer. Its keys are fetched when they are needed, and kept for 10 minutes. */
export class OidcVerifier {
  private readonly keys: JWTVerifyGetKey;

  public constructor(private readonly options: OidcIssuer) {
    this.keys = createRemoteJWKSet(new URL(options.jwksUrl), { timeoutDuration: 3_000, cooldownDuration: 30_000, cacheMaxAge: 600_000 });
  }

  /**
   * Whom the issuer vouches for; undefined when it does not.
   * @throws Failure DEPENDENCY_UNAVAILABLE when its keys cannot be fetched
   */
  public async subjectOf(token: string): Promise<{ readonly issuer: string; readonly subject: string } | undefined> {
    if (token.length > TOKEN_LENGTH_MAX) return undefined;
    const { issuer, audience } = this.options;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: 30,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return payload.sub === undefined || payload.sub === '' ? undefined : { issuer, subject: payload.sub };
    } catch (error) {
      if (isTokensFault(error)) return undefined;
      throw new Failure(
        'DEPENDENCY_UNAVAILABLE',
        'The outside issuer cannot be reached.',
        { reason: 'OIDC_UNREACHABLE' },
        { cause: error },
      );
    }
  }
}

/** Whether the token is to blame, and not the way to the issuer's keys. */
function isTokensFault(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    // What jose throws, with no class of its own, when the keys' address does not answer 200 with JSON.
    error.code !== 'ERR_JOSE_GENERIC'
  );
}
