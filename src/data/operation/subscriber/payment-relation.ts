import type { Id } from '../../../kernel/id';
import type { Page, PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import { empty, sql } from '../../connection/sql';
import { DATED_COLUMNS, dated, type Dated, type DatedRow } from '../dated-fact/dated';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import { selectFacts, type FactOwner } from '../dated-fact/select-facts';
import type { FactTable } from '../dated-fact/write-dated-fact';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { accessNumberNow, subscriberReadColumns, toSubscriber, type Subscriber, type SubscriberReadRow } from './subscriber';

export const PAYMENT_RELATION_FACT: FactTable = {
  name: 'payment_relation',
  columns: ['subscriber_id', 'account_id', 'charge_group', 'priority', 'cap_minor', 'is_default'],
};

/**
 * A payment relation 付费关系: the account pays for the subscriber; all of it as the default, or one group of charges, or
 * up to a cap, or both. The account itself may lie outside the scope.
 */
export interface PaymentRelation extends Dated {
  readonly subscriberId: Id<'subscriber'>;
  readonly accountId: Id<'account'>;
  readonly chargeGroup: string | null;
  /** The lower, the earlier it is used. */
  readonly priority: number;
  /** Per billing period, in the smallest unit of the account's currency. */
  readonly capMinor: bigint | null;
  readonly isDefault: boolean;
}

export interface PaymentRelationRow {
  readonly subscriber_id: Id<'subscriber'>;
  readonly account_id: Id<'account'>;
  readonly charge_group: string | null;
  readonly priority: number;
  readonly cap_minor: string | null;
  readonly is_default: boolean;
}

const OWNER: FactOwner = { table: 'subscriber', permission: 'subscriber:read' };

/** The payment relations of each subscriber in the order in which they are used: by priority, the default last. */
export async function selectPaymentRelations(
  context: ScopedRead,
  ids: readonly Id<'subscriber'>[],
  time: FactTime,
): Promise<PaymentRelation[]> {
  const rows = await selectFacts<PaymentRelationRow>(context, OWNER, { ...PAYMENT_RELATION_FACT, key: 'subscriber_id' }, ids, time);
  const relations = rows.map((row) => dated(row, toRelation(row)));
  return relations.sort((one, other) => Number(one.isDefault) - Number(other.isDefault) || one.priority - other.priority);
}

export function toRelation(row: PaymentRelationRow): Omit<PaymentRelation, keyof Dated> {
  return {
    subscriberId: row.subscriber_id,
    accountId: row.account_id,
    chargeGroup: row.charge_group,
    priority: row.priority,
    capMinor: row.cap_minor === null ? null : BigInt(row.cap_minor),
    isDefault: row.is_default,
  };
}

/** A relation with the subscriber that it pays for. */
export interface PaidSubscriber {
  readonly relation: PaymentRelation;
  readonly subscriber: Subscriber;
}

/** One page of the payment relations of each account at a time, account and subscriber both in scope, oldest first. */
export async function selectPaymentRelationsOfAccounts(
  context: ScopedRead,
  accountIds: readonly Id<'account'>[],
  time: FactTime,
  page: PageRequest,
): Promise<ReadonlyMap<Id<'account'>, Page<PaidSubscriber>>> {
  const rows = await context.sql.query<PaymentRelationRow & DatedRow & { readonly subscriber: SubscriberReadRow }>(sql`
    SELECT f.* FROM unnest(${accountIds}::uuid[]) AS asked (id)
    JOIN account a ON a.id = asked.id AND ${visibleTo(context.scope, 'account:read', 'a')}
    CROSS JOIN LATERAL (
      SELECT f.subscriber_id, f.account_id, f.charge_group, f.priority, f.cap_minor, f.is_default, ${DATED_COLUMNS},
        (SELECT row_to_json(p) FROM (SELECT ${subscriberReadColumns(accessNumberNow(context.now))}) p) AS subscriber
      FROM payment_relation f
      JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
      WHERE f.account_id = asked.id AND ${factAt('f', time)} ${page.after === null ? empty : sql`AND f.id > ${page.after[0]}::uuid`}
      ORDER BY f.id LIMIT ${page.first + 1}
    ) f`);
  return toPagesByParent(accountIds, rows, page.first, {
    parentOf: (row) => row.account_id,
    toItem: (row) => ({ relation: dated(row, toRelation(row)), subscriber: toSubscriber(row.subscriber) }),
  });
}
