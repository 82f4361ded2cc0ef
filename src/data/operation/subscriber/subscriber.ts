import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import { sql, type Sql } from '../../connection/sql';
import { factNow } from '../dated-fact/fact-at';

/** The states of TM Forum's Product, in its own words. */
export const SUBSCRIBER_STATUSES = [
  'created',
  'pendingActive',
  'active',
  'suspended',
  'pendingTerminate',
  'terminated',
  'cancelled',
  'aborted',
] as const;
export type SubscriberStatus = (typeof SUBSCRIBER_STATUSES)[number];

/** A subscriber 用户: one instance of a service, as a mobile number or a broadband line. */
export interface Subscriber {
  readonly id: Id<'subscriber'>;
  readonly subscriberNo: string;
  /** The number or login by which the service is reached now (at the time asked for, where one is); null while it has none. */
  readonly accessNumber: string | null;
  /** Code of the service type: the line of business. */
  readonly serviceType: string;
  readonly organisationId: Id<'organisation'>;
  readonly status: SubscriberStatus;
  /** One bit for each reason why the service is stopped 停机; the names are in the subscriber component. */
  readonly stopReasons: number;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface SubscriberRow {
  readonly id: Id<'subscriber'>;
  readonly subscriber_no: string;
  readonly service_type: string;
  readonly organisation_id: Id<'organisation'>;
  readonly status: SubscriberStatus;
  readonly stop_reasons: number;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly version: number;
  readonly created_at: string;
}

/** Without attributes and times: to ask such a row for one of them is an error. */
const BRIEF_COLUMNS = sql`s.id, s.subscriber_no, s.service_type, s.organisation_id, s.status, s.stop_reasons, s.version`;

/** The columns of {@link SubscriberRow}, of the alias `s`. */
export const SUBSCRIBER_COLUMNS = sql`${BRIEF_COLUMNS}, s.attributes, s.opened_at, s.closed_at, s.created_at`;

/** A subscriber as it is read, with the number or login that it has at the time. */
export interface SubscriberReadRow extends SubscriberRow {
  readonly access_number: string | null;
}

/** The number or login that the subscriber of alias `s` has now, by one probe of an index. */
export function accessNumberNow(now: Instant): Sql {
  return sql`(SELECT n.value FROM subscriber_identifier n WHERE n.subscriber_id = s.id AND n.kind <> 'SIM' AND ${factNow('n', now)} LIMIT 1)`;
}

/** The columns of {@link SubscriberReadRow}, of the alias `s`. */
export function subscriberReadColumns(accessNumber: Sql, details = true): Sql {
  return sql`${details ? SUBSCRIBER_COLUMNS : BRIEF_COLUMNS}, ${accessNumber} AS access_number`;
}

/** A row as it was read. What costs anything, as an instant does, is made when it is asked for. */
class SubscriberAsRead implements Subscriber {
  readonly #row: SubscriberReadRow;

  public constructor(row: SubscriberReadRow) {
    this.#row = row;
  }

  public get id(): Id<'subscriber'> {
    return this.#row.id;
  }
  public get subscriberNo(): string {
    return this.#row.subscriber_no;
  }
  public get accessNumber(): string | null {
    return this.#row.access_number;
  }
  public get serviceType(): string {
    return this.#row.service_type;
  }
  public get organisationId(): Id<'organisation'> {
    return this.#row.organisation_id;
  }
  public get status(): SubscriberStatus {
    return this.#row.status;
  }
  public get stopReasons(): number {
    return this.#row.stop_reasons;
  }
  public get attributes(): Readonly<Record<string, Json>> {
    return this.#row.attributes;
  }
  public get openedAt(): Instant {
    return instantFromDatabase(this.#row.opened_at);
  }
  public get closedAt(): Instant | null {
    return optionalInstant(this.#row.closed_at);
  }
  public get version(): number {
    return this.#row.version;
  }
  public get createdAt(): Instant {
    return instantFromDatabase(this.#row.created_at);
  }
}

export function toSubscriber(row: SubscriberReadRow): Subscriber {
  return new SubscriberAsRead(row);
}
