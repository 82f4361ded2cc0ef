/** What a subscriber of the service is reached by: an access number 号码, or a log-in 登录名. */
export const SERVICE_IDENTIFIER_KINDS = ['NUMBER', 'LOGIN'] as const;
export type ServiceIdentifierKind = (typeof SERVICE_IDENTIFIER_KINDS)[number];

/** A service type 业务类型: a line of business. */
export interface ServiceType {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly identifierKind: ServiceIdentifierKind;
  /** An anchored regular expression over the whole identifier, without spaces or hyphens. */
  readonly identifierPattern: string;
}
