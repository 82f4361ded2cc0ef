import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import { optionalInstant, instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { Period } from '../../../kernel/period';
import { insertDatedFact } from '../dated-fact/insert-dated-fact';
import { writeDatedFact } from '../dated-fact/write-dated-fact';
import { PAYMENT_RELATION_FACT, toRelation, type PaymentRelation, type PaymentRelationRow } from './payment-relation';

/** A payment relation of a locked subscriber, with the currency it is paid in: for decisions, never for an answer. */
export interface KnownRelation extends Omit<PaymentRelation, 'recordedAt'> {
  readonly currency: CurrencyCode;
}

type KnownRow = PaymentRelationRow & {
  readonly id: Id<'fact'>;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly currency: CurrencyCode;
};

/** The payment relations of a locked subscriber that hold at some instant of a period; whatever the scope, since all must agree. */
export async function selectRelationsOver(
  transaction: Transaction,
  subscriberId: Id<'subscriber'>,
  period: Period,
): Promise<KnownRelation[]> {
  const rows = await transaction.query<KnownRow>(sql`
    SELECT f.id, f.subscriber_id, f.account_id, f.charge_group, f.priority, f.cap_minor, f.is_default, a.currency,
           lower(f.valid)::text AS valid_from, upper(f.valid)::text AS valid_to
    FROM payment_relation f JOIN account a ON a.id = f.account_id
    WHERE f.subscriber_id = ${subscriberId} AND upper_inf(f.recorded) AND f.valid && tstzrange(${period.from}, ${period.to})
    ORDER BY f.id`);
  return rows.map((row) => ({
    ...toRelation(row),
    id: row.id,
    currency: row.currency,
    validFrom: instantFromDatabase(row.valid_from),
    validTo: optionalInstant(row.valid_to),
  }));
}

export type RelationValues = Pick<PaymentRelation, 'subscriberId' | 'accountId' | 'chargeGroup' | 'priority' | 'capMinor' | 'isDefault'>;

function columnsOf({
  subscriberId,
  accountId,
  chargeGroup,
  priority,
  capMinor,
  isDefault,
}: RelationValues): Record<string, string | number | boolean | bigint | null> {
  return {
    subscriber_id: subscriberId,
    account_id: accountId,
    charge_group: chargeGroup,
    priority,
    cap_minor: capMinor,
    is_default: isDefault,
  };
}

export function insertPaymentRelation(
  transaction: Transaction,
  relation: RelationValues,
  valid: Period,
  now: Instant,
): Promise<Id<'fact'>> {
  return insertDatedFact(transaction, PAYMENT_RELATION_FACT, columnsOf(relation), valid, now);
}

/** Gives a payment relation other values for a part of its time, or (`values` null) takes that part away. */
export async function rewritePaymentRelation(
  transaction: Transaction,
  relationId: Id<'fact'>,
  values: RelationValues | null,
  valid: Period,
  now: Instant,
): Promise<Id<'fact'> | null> {
  const fact = values === null ? null : columnsOf(values);
  return (await writeDatedFact(transaction, PAYMENT_RELATION_FACT, { key: { id: relationId }, fact, valid, now })).id;
}

/** Another account is the default from an instant on; every default that was planned from then on is replaced. */
export async function writeDefaultRelation(
  transaction: Transaction,
  relation: RelationValues,
  valid: Period,
  now: Instant,
): Promise<Id<'fact'> | null> {
  const key = { subscriber_id: relation.subscriberId, is_default: true };
  return (await writeDatedFact(transaction, PAYMENT_RELATION_FACT, { key, fact: columnsOf(relation), valid, now })).id;
}

/** The currencies of other accounts that pay, at some instant, for a subscriber that this account pays for then. */
export async function selectCurrenciesBeside(transaction: Transaction, accountId: Id<'account'>): Promise<CurrencyCode[]> {
  const rows = await transaction.query<{ currency: CurrencyCode }>(sql`
    SELECT DISTINCT a.currency
    FROM payment_relation f
    JOIN payment_relation other ON other.subscriber_id = f.subscriber_id AND other.account_id <> f.account_id
      AND upper_inf(other.recorded) AND other.valid && f.valid
    JOIN account a ON a.id = other.account_id
    WHERE f.account_id = ${accountId} AND upper_inf(f.recorded)`);
  return rows.map((row) => row.currency);
}
