import type { CoreDatabase } from '../../../context';
import type { KeepUnit } from '../../../execute';
import type { Configuration } from '../../../../config/parameters';
import { selectOwnCredentials } from '../../../../data/operation/staff/log-in-attempt';
import type { Clock } from '../../../../kernel/clock';
import type { Id } from '../../../../kernel/id';
import type { Result } from '../../../../kernel/result';
import { lengthOf } from '../../../../kernel/text';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../model/password-policy';
import type { AuthenticationRefusal } from '../model/refusals';
import { authenticatePartner, type PartnerCredentials, type PartnerLogIn } from './authenticate-partner';
import { checkPassword } from './check-password';
import { ClientSecretDraft, revealClientSecret } from './client-secret';
import { deriveKeys, keyedDigest } from './keys';
import { logIn, type LogInRequest } from './log-in';
import { logInWithOidc, type OidcLogInRequest } from './log-in-with-oidc';
import { logOut, type LogOutRequest } from './log-out';
import { OidcVerifier } from './oidc-verifier';
import type { LogIn } from './open-session';
import { PasswordHasher } from './password-hasher';
import { PasswordProof, PreparedPassword } from './prepared-password';
import type { Principal } from './principal';
import { refresh } from './refresh';
import type { AuthenticationLimits, AuthenticationServices, Origin } from './services';
import { TokenVerifier } from './token-verifier';
import { TurnstilesByName } from './turnstile';

export interface AuthenticationOptions {
  readonly database: CoreDatabase;
  /** Decides about lock-outs and the ends of log-ins. Access tokens follow the machine's clock. */
  readonly clock: Clock;
  /** How a unit of authentication is run: `keepUnit`, which a component must not import. */
  readonly keepUnit: KeepUnit;
  /** The secret that every instance shares. */
  readonly signingKey: string;
  readonly configuration: AuthenticationLimits & Pick<Configuration, 'oidcIssuer' | 'oidcAudience' | 'oidcJwksUrl'>;
}

/** Log-ins of one name that may wait for one another, and of all names together. */
const WAITING_MAX_OF_NAME = 32;
const LOG_INS_MAX = 256;

/** Who may come in: log-ins of staff and partners, their tokens, and the secrets that use cases are handed. */
export class Authentication {
  private readonly services: AuthenticationServices;
  private readonly verifier: TokenVerifier;

  public constructor({ database, clock, keepUnit, signingKey, configuration }: AuthenticationOptions) {
    const { oidcIssuer: issuer, oidcAudience: audience, oidcJwksUrl: jwksUrl } = configuration;
    const configured = issuer !== undefined && audience !== undefined && jwksUrl !== undefined;
    this.verifier = new TokenVerifier(signingKey, () => database.reader());
    this.services = {
      database,
      clock,
      keepUnit,
      keys: deriveKeys(signingKey),
      limits: configuration,
      hasher: new PasswordHasher(),
      byName: new TurnstilesByName(WAITING_MAX_OF_NAME, LOG_INS_MAX),
      oidc: configured ? new OidcVerifier({ issuer, audience, jwksUrl }) : undefined,
    };
  }

  /** @see logIn */
  public logIn(request: LogInRequest, origin: Origin): Promise<Result<LogIn, AuthenticationRefusal>> {
    return logIn(this.services, request, origin);
  }

  /** @see logInWithOidc */
  public logInWithOidc(request: OidcLogInRequest, origin: Origin): Promise<Result<LogIn, AuthenticationRefusal>> {
    return logInWithOidc(this.services, request, origin);
  }

  /** @see refresh */
  public refresh(refreshToken: string, origin: Origin): Promise<Result<LogIn, AuthenticationRefusal>> {
    return refresh(this.services, refreshToken, origin);
  }

  /** @see logOut */
  public logOut(request: LogOutRequest, origin: Origin): Promise<boolean> {
    return logOut(this.services, request, origin);
  }

  /** @see authenticatePartner */
  public authenticatePartner(credentials: PartnerCredentials, origin: Origin): Promise<Result<PartnerLogIn, AuthenticationRefusal>> {
    return authenticatePartner(this.services, credentials, origin);
  }

  /** @see TokenVerifier.verifyAccessToken */
  public verifyAccessToken(text: string): Principal | Promise<Principal> {
    return this.verifier.verifyAccessToken(text);
  }

  /**
   * Makes a new password ready for a use case. One that is too short or too long is not hashed: the use case refuses it.
   * @throws Failure THROTTLED
   */
  public async preparePassword(text: string): Promise<PreparedPassword> {
    const length = lengthOf(text);
    const hash = length < PASSWORD_LENGTH_MIN || length > PASSWORD_LENGTH_MAX ? null : await this.services.hasher.hash(text);
    return new PreparedPassword(text, hash, this.digest(text));
  }

  /**
   * Lets a member of staff who has logged in give his password again. Wrong ones count as in a log-in.
   * @throws Failure THROTTLED
   */
  public async provePassword(staffId: Id<'staff'>, text: string, origin: Origin): Promise<PasswordProof> {
    const hash = await this.services.byName.pass(`staff ${staffId}`, async () => {
      const credentials = await selectOwnCredentials(this.services.database.reader({ signal: origin.signal }), staffId);
      const outcome = await checkPassword(this.services, origin, 'provePassword', credentials, text);
      return outcome === 'RIGHT' ? (credentials?.passwordHash ?? null) : null;
    });
    return new PasswordProof(staffId, hash, this.digest(text));
  }

  /** A secret for a partner's client, to be given to the use case that creates it or changes its secret. */
  public draftClientSecret(): ClientSecretDraft {
    return new ClientSecretDraft(this.services.keys.clientSecret);
  }

  /** The secret of which a use case returned the seed: shown to the caller once, stored nowhere. */
  public revealClientSecret(seed: string): string {
    return revealClientSecret(this.services.keys.clientSecret, seed);
  }

  private digest(text: string): string {
    return keyedDigest(this.services.keys.passwordDigest, text.normalize('NFKC')).toString('base64url');
  }
}
