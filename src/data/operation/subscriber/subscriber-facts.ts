import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';
import { DATED_COLUMNS, dated, type Dated, type DatedRow } from '../dated-fact/dated';
import type { FactTime } from '../dated-fact/fact-at';
import { selectFacts, type FactOwner } from '../dated-fact/select-facts';
import type { FactTable } from '../dated-fact/write-dated-fact';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import type { SubscriberStatus } from './subscriber';

export const IDENTIFIER_KINDS = ['NUMBER', 'LOGIN', 'SIM'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

export const CUSTOMER_ROLES = ['OWNER', 'USER', 'PAYER'] as const;
export type CustomerRole = (typeof CUSTOMER_ROLES)[number];

export const IDENTIFIER_FACT: FactTable = { name: 'subscriber_identifier', columns: ['subscriber_id', 'kind', 'value'] };
export const ROLE_FACT: FactTable = { name: 'subscriber_customer', columns: ['subscriber_id', 'customer_id', 'role'] };
export const STATUS_FACT: FactTable = { name: 'subscriber_status', columns: ['subscriber_id', 'status', 'stop_reasons'] };

/** An access number, a login or a SIM card 号码、账号、SIM 卡 of a subscriber. */
export interface SubscriberIdentifier extends Dated {
  readonly subscriberId: Id<'subscriber'>;
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** The customer that owns, uses or pays for a subscriber 产权、使用、付费客户. The customer itself may lie outside the scope. */
export interface SubscriberCustomer extends Dated {
  readonly subscriberId: Id<'subscriber'>;
  readonly customerId: Id<'customer'>;
  readonly role: CustomerRole;
}

/** The status that a subscriber had for a time. */
export interface SubscriberStatusFact extends Dated {
  readonly subscriberId: Id<'subscriber'>;
  readonly status: SubscriberStatus;
  readonly stopReasons: number;
}

const OWNER: FactOwner = { table: 'subscriber', permission: 'subscriber:read' };

interface IdentifierRow {
  readonly subscriber_id: Id<'subscriber'>;
  readonly kind: IdentifierKind;
  readonly value: string;
}

export async function selectIdentifiers(
  context: ScopedRead,
  ids: readonly Id<'subscriber'>[],
  time: FactTime,
): Promise<SubscriberIdentifier[]> {
  const rows = await selectFacts<IdentifierRow>(context, OWNER, { ...IDENTIFIER_FACT, key: 'subscriber_id' }, ids, time);
  return rows.map((row) => dated(row, { subscriberId: row.subscriber_id, kind: row.kind, value: row.value }));
}

interface RoleRow {
  readonly subscriber_id: Id<'subscriber'>;
  readonly customer_id: Id<'customer'>;
  readonly role: CustomerRole;
}

export async function selectSubscriberCustomers(
  context: ScopedRead,
  ids: readonly Id<'subscriber'>[],
  time: FactTime,
): Promise<SubscriberCustomer[]> {
  const rows = await selectFacts<RoleRow>(context, OWNER, { ...ROLE_FACT, key: 'subscriber_id' }, ids, time);
  return rows.map((row) => dated(row, { subscriberId: row.subscriber_id, customerId: row.customer_id, role: row.role }));
}

interface StatusRow {
  readonly subscriber_id: Id<'subscriber'>;
  readonly status: SubscriberStatus;
  readonly stop_reasons: number;
}

/** So many changes of a status are read; more than one a day for two years. */
const STANDINGS_MAX = 1_000;

/** For what a subscriber in scope was stopped, and when, as known now: the last time first. */
export async function selectStopsOf(context: ScopedRead, subscriberId: Id<'subscriber'>): Promise<SubscriberStatusFact[]> {
  const rows = await context.sql.query<StatusRow & DatedRow>(sql`
    SELECT f.subscriber_id, f.status, f.stop_reasons, ${DATED_COLUMNS}
    FROM subscriber s JOIN subscriber_status f ON f.subscriber_id = s.id
    WHERE s.id = ${subscriberId} AND ${visibleTo(context.scope, 'subscriber:read', 's')} AND upper_inf(f.recorded) AND f.stop_reasons <> 0
    ORDER BY lower(f.valid) DESC LIMIT ${STANDINGS_MAX}`);
  return rows.map((row) => dated(row, { subscriberId: row.subscriber_id, status: row.status, stopReasons: row.stop_reasons }));
}

export async function selectStatuses(
  context: ScopedRead,
  ids: readonly Id<'subscriber'>[],
  time: FactTime,
): Promise<SubscriberStatusFact[]> {
  const rows = await selectFacts<StatusRow>(context, OWNER, { ...STATUS_FACT, key: 'subscriber_id' }, ids, time);
  return rows.map((row) => dated(row, { subscriberId: row.subscriber_id, status: row.status, stopReasons: row.stop_reasons }));
}
