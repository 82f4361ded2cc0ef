import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';

/** What is held for a number of a class 靓号押金, from when its subscriber gets it until it gives it up. */
export interface NumberDeposit {
  readonly subscriberId: Id<'subscriber'>;
  readonly number: string;
  readonly classCode: string;
  /** That paid it: it gets it back. */
  readonly accountId: Id<'account'>;
  /** The node that took it, in whose books it is held. */
  readonly organisationId: Id<'organisation'>;
  readonly chargeCode: string | null;
  readonly currency: CurrencyCode;
  readonly amountMinor: bigint;
  /** The order by which the subscriber got the number. */
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
  readonly heldSince: Instant;
  /** When it was given back, and by which order; null while it is held. */
  readonly returnedAt: Instant | null;
  readonly returnedOrderId: Id<'order'> | null;
}

/** How many of one subscriber are read at once: those that are held, then the latest. */
export const DEPOSITS_MAX = 20;

export type NewNumberDeposit = Omit<NumberDeposit, 'heldSince' | 'returnedAt' | 'returnedOrderId'>;

export async function insertNumberDeposit(transaction: Transaction, deposit: NewNumberDeposit, now: Instant): Promise<void> {
  const { orderId, itemNo, subscriberId, number, classCode, accountId, organisationId, chargeCode, currency, amountMinor } = deposit;
  await transaction.query(sql`
    INSERT INTO number_deposit (order_id, item_no, subscriber_id, number, class_code, account_id, organisation_id, charge_code, currency,
                                amount_minor, held_since)
    VALUES (${orderId}, ${itemNo}, ${subscriberId}, ${number}, ${classCode}, ${accountId}, ${organisationId}, ${chargeCode}, ${currency},
            ${amountMinor}, ${now})`);
}

interface DepositRow {
  readonly subscriber_id: Id<'subscriber'>;
  readonly number: string;
  readonly class_code: string;
  readonly account_id: Id<'account'>;
  readonly organisation_id: Id<'organisation'>;
  readonly charge_code: string | null;
  readonly currency: CurrencyCode;
  readonly amount_minor: string;
  readonly order_id: Id<'order'>;
  readonly item_no: number;
  readonly held_since: string;
  readonly returned_at: string | null;
  readonly returned_order_id: Id<'order'> | null;
}

const DEPOSIT_COLUMNS = sql`d.subscriber_id, d.number, d.class_code, d.account_id, d.organisation_id, d.charge_code, d.currency,
  d.amount_minor::text AS amount_minor, d.order_id, d.item_no, d.held_since, d.returned_at, d.returned_order_id`;

/** What is and was held for the numbers of subscribers in scope: what is held first, then the latest. */
export async function selectNumberDeposits(context: ScopedRead, subscriberIds: readonly Id<'subscriber'>[]): Promise<NumberDeposit[]> {
  const rows = await context.sql.query<DepositRow>(sql`
    SELECT d.* FROM unnest(${subscriberIds}::uuid[]) AS asked (id)
    JOIN subscriber s ON s.id = asked.id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
    CROSS JOIN LATERAL (
      SELECT ${DEPOSIT_COLUMNS} FROM number_deposit d WHERE d.subscriber_id = asked.id
      ORDER BY d.returned_at DESC NULLS FIRST, d.held_since DESC, d.order_id DESC LIMIT ${DEPOSITS_MAX}
    ) d`);
  return rows.map(toDeposit);
}

/** What is held for the numbers of a subscriber that the caller has locked. */
export async function selectDepositsHeld(transaction: Transaction, subscriberId: Id<'subscriber'>): Promise<NumberDeposit[]> {
  const rows = await transaction.query<DepositRow>(sql`
    SELECT ${DEPOSIT_COLUMNS} FROM number_deposit d
    WHERE d.subscriber_id = ${subscriberId} AND d.returned_at IS NULL ORDER BY d.held_since, d.order_id LIMIT ${DEPOSITS_MAX}`);
  return rows.map(toDeposit);
}

/**
 * Marks what is held for the numbers of a locked subscriber as given back by an order: each once, whoever asks again.
 * @returns what was held
 */
export async function markDepositsReturned(
  transaction: Transaction,
  { subscriberId, orderId }: { readonly subscriberId: Id<'subscriber'>; readonly orderId: Id<'order'> },
  now: Instant,
): Promise<NumberDeposit[]> {
  const rows = await transaction.query<DepositRow>(sql`
    UPDATE number_deposit d SET returned_at = ${now}, returned_order_id = ${orderId}
    WHERE d.subscriber_id = ${subscriberId} AND d.returned_at IS NULL
    RETURNING ${DEPOSIT_COLUMNS}`);
  return rows.map(toDeposit);
}

function toDeposit(row: DepositRow): NumberDeposit {
  return {
    subscriberId: row.subscriber_id,
    number: row.number,
    classCode: row.class_code,
    accountId: row.account_id,
    organisationId: row.organisation_id,
    chargeCode: row.charge_code,
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    orderId: row.order_id,
    itemNo: row.item_no,
    heldSince: instantFromDatabase(row.held_since),
    returnedAt: row.returned_at === null ? null : instantFromDatabase(row.returned_at),
    returnedOrderId: row.returned_order_id,
  };
}
