import type { Id } from '../../../kernel/id';
import type { Instant } from '../../../kernel/clock';
import type { CurrencyCode } from '../../../kernel/money';
import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';

/** What somebody undertook to spend for a number of a class 靓号保底. */
export interface NumberCommitment {
  readonly subscriberId: Id<'subscriber'>;
  readonly number: string;
  readonly classCode: string;
  readonly currency: CurrencyCode;
  /** A month. */
  readonly minimumSpendMinor: bigint;
  /** Days as ISO dates, the last excluded. */
  readonly from: string;
  readonly until: string;
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
}

/** How many of one subscriber are read at once, the latest. */
export const COMMITMENTS_MAX = 20;

export async function insertNumberCommitment(transaction: Transaction, commitment: NumberCommitment, now: Instant): Promise<void> {
  const { orderId, itemNo, subscriberId, number, classCode, currency, minimumSpendMinor, from, until } = commitment;
  await transaction.query(sql`
    INSERT INTO number_commitment (order_id, item_no, subscriber_id, number, class_code, currency, minimum_spend_minor, from_day, until_day,
                                   created_at)
    VALUES (${orderId}, ${itemNo}, ${subscriberId}, ${number}, ${classCode}, ${currency}, ${minimumSpendMinor}, ${from}::date, ${until}::date,
            ${now})`);
}

interface CommitmentRow {
  readonly subscriber_id: Id<'subscriber'>;
  readonly number: string;
  readonly class_code: string;
  readonly currency: CurrencyCode;
  readonly minimum_spend_minor: string;
  readonly from_day: string;
  readonly until_day: string;
  readonly order_id: Id<'order'>;
  readonly item_no: number;
}

/** What was undertaken for the numbers of subscribers in scope, the latest first. */
export async function selectNumberCommitments(
  context: ScopedRead,
  subscriberIds: readonly Id<'subscriber'>[],
): Promise<NumberCommitment[]> {
  const rows = await context.sql.query<CommitmentRow>(sql`
    SELECT k.* FROM unnest(${subscriberIds}::uuid[]) AS asked (id)
    JOIN subscriber s ON s.id = asked.id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
    CROSS JOIN LATERAL (
      SELECT k.subscriber_id, k.number, k.class_code, k.currency, k.minimum_spend_minor::text AS minimum_spend_minor,
             k.from_day::text AS from_day, k.until_day::text AS until_day, k.order_id, k.item_no
      FROM number_commitment k WHERE k.subscriber_id = asked.id ORDER BY k.from_day DESC, k.order_id DESC LIMIT ${COMMITMENTS_MAX}
    ) k`);
  return rows.map((row) => ({
    subscriberId: row.subscriber_id,
    number: row.number,
    classCode: row.class_code,
    currency: row.currency,
    minimumSpendMinor: BigInt(row.minimum_spend_minor),
    from: row.from_day,
    until: row.until_day,
    orderId: row.order_id,
    itemNo: row.item_no,
  }));
}
