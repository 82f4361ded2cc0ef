import type { Json } from '../../../kernel/stable-json';
import type { Id } from '../../../kernel/id';

/** What a subscriber of the service is reached by: an access number 号码, or a log-in 登录名. */
export const SERVICE_IDENTIFIER_KINDS = ['NUMBER', 'LOGIN'] as const;
export type ServiceIdentifierKind = (typeof SERVICE_IDENTIFIER_KINDS)[number];

/** What a subscriber of the service takes up of the network 资源: a number of a pool, a SIM card, a port. */
export const SERVICE_RESOURCES = ['NUMBER', 'SIM', 'PORT'] as const;
export type ServiceResource = (typeof SERVICE_RESOURCES)[number];

/** Whether something new may still be made of a definition. What was made of it goes on. */
export const DEFINITION_STATUSES = ['ACTIVE', 'RETIRED'] as const;
export type DefinitionStatus = (typeof DEFINITION_STATUSES)[number];

/** The JSON Schema of a subscriber's attributes. Which parts of JSON Schema it may use, the service component says. */
export type Characteristics = Readonly<Record<string, Json>>;

/** What whoever registers a service type 业务类型, a line of business, says of it. */
export interface NewServiceType {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly identifierKind: ServiceIdentifierKind;
  /** An anchored regular expression over the whole identifier, without spaces or hyphens. */
  readonly identifierPattern: string;
  /** Of a subscriber's attributes; the empty schema takes any. */
  readonly characteristics: Characteristics;
  readonly resources: readonly ServiceResource[];
  /** What usage is recorded as: VOICE, SMS, DATA, … */
  readonly usageKinds: readonly string[];
  /** Code of the adapter that provisions it; null: nothing outside the database is to be done. */
  readonly provisioningAdapter: string | null;
  /** Whether a subscriber takes its number along to another operator 携号转网; not, when not given. */
  readonly portable?: boolean;
}

/** A service type as it stands. */
export interface ServiceType extends NewServiceType {
  readonly portable: boolean;
  readonly id: Id<'serviceType'>;
  readonly status: DefinitionStatus;
  readonly version: number;
}
