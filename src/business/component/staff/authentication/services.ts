import type { Configuration } from '../../../../config/parameters';
import type { CoreDatabase } from '../../../context';
import type { KeepUnit, KeptUnit } from '../../../execute';
import type { Cancellation } from '../../../../kernel/cancellation';
import type { Clock } from '../../../../kernel/clock';
import { encodeId, type Id } from '../../../../kernel/id';
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
  readonly keepUnit: KeepUnit;
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
  readonly signal?: Cancellation | undefined;
}

/** The operations of authentication, by the names that the audit trail has for them. */
export type AccessOperation = 'logIn' | 'logInWithOidc' | 'logOut' | 'refresh' | 'authenticatePartner' | 'provePassword';

/** Runs a unit of authentication. */
export function inUnit<Value>(
  { keepUnit, database, clock }: AuthenticationServices,
  { address, traceId, signal }: Origin,
  operation: AccessOperation,
  work: (unit: KeptUnit) => Promise<Value>,
): Promise<Value> {
  return keepUnit({ database, clock, traceId, signal, operation, address }, work);
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Somebody who comes in or goes, or, of a name that nobody has, nobody. */
export interface Comer {
  readonly staffId: Id<'staff'>;
  readonly organisationId: Id<'organisation'> | null;
}

/** Puts into the audit trail what a member of staff did to come in or go. */
export function auditStaff(unit: KeptUnit, comer: Comer | undefined, what: { readonly [name: string]: Json }): void {
  unit.audit(
    { kind: 'STAFF', id: comer === undefined ? 'nobody' : encodeId('staff', comer.staffId) },
    { subjectKind: 'staff', subjectId: comer?.staffId ?? NOBODY, organisationId: comer?.organisationId ?? null, before: null, after: what },
  );
}

/** The same of a partner's client. */
export function auditClient(
  unit: KeptUnit,
  client: { readonly id: Id<'apiClient'>; readonly organisationId: Id<'organisation'> | null },
  what: { readonly [name: string]: Json },
): void {
  unit.audit(
    { kind: 'PARTNER', id: encodeId('apiClient', client.id) },
    { subjectKind: 'apiClient', subjectId: client.id, organisationId: client.organisationId, before: null, after: what },
  );
}
