import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';

/** The states of a number, in the order in which a number comes to them. */
export const NUMBER_STATES = ['idle', 'preOccupied', 'occupied', 'frozen', 'held', 'portedOut', 'portedIn', 'scrapped'] as const;
export type NumberState = (typeof NUMBER_STATES)[number];

export const NUMBER_HOLDER_KINDS = ['STAFF', 'ORDER'] as const;
export type NumberHolderKind = (typeof NUMBER_HOLDER_KINDS)[number];

/** Who pre-occupied a number: a member of staff at the counter, or an order. */
export interface NumberHolder {
  readonly kind: NumberHolderKind;
  readonly id: string;
}

/** A number 号码 of the stock. */
export interface AccessNumber {
  readonly id: Id<'accessNumber'>;
  readonly value: string;
  readonly poolId: Id<'numberPool'>;
  readonly organisationId: Id<'organisation'>;
  readonly serviceType: string;
  readonly classCode: string | null;
  /** As it stands at the time of the read: what has expired is idle. */
  readonly state: NumberState;
  /** The end of a pre-occupation, or of freezing. */
  readonly until: Instant | null;
  readonly holder: NumberHolder | null;
  readonly subscriberId: Id<'subscriber'> | null;
  readonly version: number;
  readonly changedAt: Instant;
}

export interface AccessNumberRow {
  readonly id: Id<'accessNumber'>;
  readonly value: string;
  readonly pool_id: Id<'numberPool'>;
  readonly organisation_id: Id<'organisation'>;
  readonly service_type: string;
  readonly class_code: string | null;
  readonly state: NumberState;
  readonly until: string | null;
  readonly holder_kind: NumberHolderKind | null;
  readonly holder_id: string | null;
  readonly subscriber_id: Id<'subscriber'> | null;
  readonly version: number;
  readonly changed_at: string;
}

/** The columns of {@link AccessNumberRow}, of the alias `n`. */
export const ACCESS_NUMBER_COLUMNS = sql`n.id, n.value, n.pool_id, n.organisation_id, n.service_type, n.class_code, n.state, n.until,
  n.holder_kind, n.holder_id, n.subscriber_id, n.version, n.changed_at`;

/** A row as it counts at an instant: a pre-occupation that expired, or a freezing that is over, is idle. */
export function toAccessNumber(row: AccessNumberRow, now: Instant): AccessNumber {
  const until = optionalInstant(row.until);
  const over = until !== null && until.epochMilliseconds <= now.epochMilliseconds;
  const { holder_kind: kind, holder_id: holderId } = row;
  return {
    id: row.id,
    value: row.value,
    poolId: row.pool_id,
    organisationId: row.organisation_id,
    serviceType: row.service_type,
    classCode: row.class_code,
    state: over ? 'idle' : row.state,
    until: over ? null : until,
    holder: over || kind === null || holderId === null ? null : { kind, id: holderId },
    subscriberId: row.subscriber_id,
    version: row.version,
    changedAt: instantFromDatabase(row.changed_at),
  };
}
