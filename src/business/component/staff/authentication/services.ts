import type { Configuration } from '../../../../config/parameters';
import type { CoreDatabase, Outcome, Transaction } from '../../../../data/connection/core-database';
import { insertAuditEntries } from '../../../../data/operation/audit/insert-audit-entries';
import type { Clock, Instant } from '../../../../kernel/clock';
import type { Json } from '../../../../kernel/stable-json';
import type { AuthenticationKeys } from './keys';
import type { OidcVerifier } from './oidc-verifier';
import type { PasswordHasher } from './password-hasher';
import type { TurnstilesByName } from './turnstile';

/** What of the configuration decides about log-ins. */
export type AuthenticationLimits = Pick<Configuration, 'accessTokenSeconds' | 'refreshTokenSeconds' | 'logInAttempts' | 'lockOutSeconds'>;

/** What every log-in works with. */
export interface AuthenticationServices {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly keys: AuthenticationKeys;
  readonly limits: AuthenticationLimits;
  readonly hasher: PasswordHasher;
  /** Attempts of one name follow one another, so that a clerk's own double click does not lock him out. */
  readonly byName: TurnstilesByName;
  readonly oidc: OidcVerifier | undefined;
}

/** Where a log-in comes from. */
export interface Origin {
  readonly address: string | null;
  readonly traceId: string;
  readonly signal?: AbortSignal | undefined;
}

/** What the audit trail says of a log-in. Its subject is who logs in, or, of a name that nobody has, nobody. */
export interface AccessRecord {
  readonly operation: 'logIn' | 'logInWithOidc' | 'logOut' | 'refresh' | 'authenticatePartner' | 'changeOwnPassword';
  readonly actor: { readonly kind: 'STAFF' | 'PARTNER'; readonly id: string };
  readonly subjectId: string | null;
  readonly organisationId: string | null;
  readonly what: { readonly [name: string]: Json };
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Runs a unit of authentication; its trail is kept whether or not it lets anybody in. */
export async function inTransaction<Value>(
  services: AuthenticationServices,
  origin: Origin,
  work: (transaction: Transaction, now: Instant, record: (entry: AccessRecord) => Promise<void>) => Promise<Value>,
): Promise<Value> {
  const end = await services.database.transaction<Value>(
    async (transaction): Promise<Outcome<Value>> => {
      const now = services.clock.now();
      const record = ({ operation, actor, subjectId, organisationId, what }: AccessRecord): Promise<void> =>
        insertAuditEntries(
          transaction,
          [{ subjectKind: actor.kind === 'STAFF' ? 'staff' : 'apiClient', subjectId: subjectId ?? NOBODY, organisationId, before: null, after: what }],
          { at: now, actor: { ...actor, address: origin.address }, traceId: origin.traceId, operation },
        );
      return { commit: true, value: await work(transaction, now, record) };
    },
    { signal: origin.signal },
  );
  return end.value;
}
