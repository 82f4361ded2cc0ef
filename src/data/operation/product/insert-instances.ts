import { instantToText, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { newId } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import type { Transaction } from '../../connection/core-database';
import { join, sql, type Sql } from '../../connection/sql';
import { writeDatedFact, type FactTable, type Validity } from '../dated-fact/write-dated-fact';

const PRODUCT_FACT: FactTable = {
  name: 'subscriber_product',
  columns: ['instance_id', 'subscriber_id', 'product_version_id', 'is_plan', 'quantity', 'negotiated', 'order_id', 'item_no'],
};

export interface NewInstance {
  readonly id: Id<'productInstance'>;
  readonly productId: Id<'product'>;
  readonly versionId: Id<'productVersion'>;
  readonly isPlan: boolean;
  readonly quantity: number;
  /** The amounts that were agreed, as they are stored. */
  readonly negotiated: string | null;
  /** When it ends by itself; null where it does not. */
  readonly until: Instant | null;
  /** Days as ISO dates, the last excluded. */
  readonly term: { readonly from: string; readonly until: string; readonly renewal: string } | null;
}

/** The subscriber that holds an instance, and the item of the order by which it does. */
export interface HeldBy {
  readonly subscriberId: Id<'subscriber'>;
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
}

/** Where and when products were sold: the prices that held there then are theirs. */
export interface SoldAt {
  readonly organisationId: Id<'organisation'>;
  readonly at: Instant;
}

/** An instance that a subscriber is to hold: from now on, later, or since it did in a system that it comes from. */
export interface InstanceToHold extends HeldBy, NewInstance {
  readonly from: Instant;
  readonly sold: SoldAt | null;
}

/**
 * Adds instances to subscribers that are locked, or new in this transaction, with the terms that bind them: one statement for any number
 * of them. Foreign keys are looked at when all of it is done.
 */
export async function insertInstances(transaction: Transaction, instances: readonly InstanceToHold[], now: Instant): Promise<void> {
  if (instances.length === 0) return;
  const ids = instances.map(({ id }) => id);
  const subscriberIds = instances.map(({ subscriberId }) => subscriberId);
  const [orderIds, itemNos] = [instances.map(({ orderId }) => orderId), instances.map(({ itemNo }) => itemNo)];
  const made = sql`made AS (
    INSERT INTO product_instance (id, subscriber_id, product_id, order_id, item_no, created_at, sold_by, sold_at)
    SELECT id, subscriber_id, product_id, order_id, item_no, ${now}, sold_by, sold_at
    FROM unnest(${ids}::uuid[], ${subscriberIds}::uuid[], ${instances.map(({ productId }) => productId)}::uuid[],
                ${orderIds}::uuid[], ${itemNos}::integer[], ${instances.map(({ sold }) => sold?.organisationId ?? null)}::uuid[],
                ${instances.map(({ sold }) => (sold === null ? null : instantToText(sold.at)))}::timestamptz[])
         AS r (id, subscriber_id, product_id, order_id, item_no, sold_by, sold_at))`;
  const bound = instances.filter(({ term }) => term !== null);
  await transaction.query(sql`
    WITH ${join(bound.length === 0 ? [made] : [made, insertionOfTerms(bound, now)], ', ')}
    INSERT INTO subscriber_product (id, instance_id, subscriber_id, product_version_id, is_plan, quantity, negotiated, order_id, item_no,
                                    valid, recorded)
    SELECT id, instance_id, subscriber_id, version_id, is_plan, quantity, negotiated::jsonb, order_id, item_no,
           tstzrange(since, until), tstzrange(${now}, NULL)
    FROM unnest(${ids.map(() => newId('fact'))}::uuid[], ${ids}::uuid[], ${subscriberIds}::uuid[],
                ${instances.map(({ versionId }) => versionId)}::uuid[], ${instances.map(({ isPlan }) => isPlan)}::boolean[],
                ${instances.map(({ quantity }) => quantity)}::integer[], ${instances.map(({ negotiated }) => negotiated)}::text[],
                ${orderIds}::uuid[], ${itemNos}::integer[], ${instances.map(({ from }) => instantToText(from))}::timestamptz[],
                ${instances.map(({ until }) => (until === null ? null : instantToText(until)))}::timestamptz[])
         AS r (id, instance_id, subscriber_id, version_id, is_plan, quantity, negotiated, order_id, item_no, since, until)`);
}

function insertionOfTerms(instances: readonly InstanceToHold[], now: Instant): Sql {
  const bound = instances.flatMap(({ term, ...instance }) => (term === null ? [] : [{ ...instance, ...term }]));
  return sql`bound AS (
    INSERT INTO contract_term (instance_id, from_day, until_day, renewal, order_id, item_no, created_at)
    SELECT id, from_day, until_day, renewal, order_id, item_no, ${now}
    FROM unnest(${bound.map(({ id }) => id)}::uuid[], ${bound.map(({ from }) => from)}::date[],
                ${bound.map(({ until }) => until)}::date[], ${bound.map(({ renewal }) => renewal)}::text[],
                ${bound.map(({ orderId }) => orderId)}::uuid[], ${bound.map(({ itemNo }) => itemNo)}::integer[])
         AS r (id, from_day, until_day, renewal, order_id, item_no))`;
}

/** From an instant on a locked subscriber holds nothing any more. @returns the instances that ended */
export async function endInstances(
  transaction: Transaction,
  subscriberId: Id<'subscriber'>,
  at: Instant,
  now: Instant,
): Promise<readonly string[]> {
  const { replaced } = await writeDatedFact(transaction, PRODUCT_FACT, {
    key: { subscriber_id: subscriberId },
    fact: null,
    valid: { from: at, to: null },
    now,
  });
  return replaced.map((row) => String(row['instance_id']));
}

/** From an instant on a locked subscriber does not hold an instance any more. */
export async function endInstance(transaction: Transaction, instanceId: Id<'productInstance'>, at: Instant, now: Instant): Promise<void> {
  await writeDatedFact(transaction, PRODUCT_FACT, { key: { instance_id: instanceId }, fact: null, valid: { from: at, to: null }, now });
}

/** An instance of a locked subscriber as it is to be over a time. */
export interface InstanceFact extends HeldBy {
  readonly instanceId: Id<'productInstance'>;
  readonly versionId: Id<'productVersion'>;
  readonly isPlan: boolean;
  readonly quantity: number;
  /** The amounts that were agreed, as they are stored. */
  readonly negotiated: string | null;
}

/** Makes an instance what a fact says, over a time; what was planned for it within that time is replaced. */
export async function writeInstance(transaction: Transaction, fact: InstanceFact, valid: Validity, now: Instant): Promise<void> {
  const { instanceId } = fact;
  await writeDatedFact(transaction, PRODUCT_FACT, { key: { instance_id: instanceId }, fact: columnsOf(fact), valid, now });
}

/** Ends the plan of a locked subscriber at the end of its time, and takes back every other that was planned, before that end too. */
export async function endPlans(
  transaction: Transaction,
  plan: InstanceFact,
  held: { readonly from: Instant; readonly to: Instant },
  now: Instant,
): Promise<void> {
  const key = { subscriber_id: plan.subscriberId, is_plan: true };
  await writeDatedFact(transaction, PRODUCT_FACT, { key, fact: null, valid: { from: held.from, to: null }, now });
  if (isBefore(held.from, held.to)) await writeInstance(transaction, plan, held, now);
}

function columnsOf({ instanceId, subscriberId, versionId, isPlan, quantity, negotiated, orderId, itemNo }: InstanceFact) {
  return {
    instance_id: instanceId,
    subscriber_id: subscriberId,
    product_version_id: versionId,
    is_plan: isPlan,
    quantity,
    negotiated,
    order_id: orderId,
    item_no: itemNo,
  };
}
