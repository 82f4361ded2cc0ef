import { instantToText, type Instant } from '../../../kernel/clock';
import { newId } from '../../../kernel/id';
import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { InstancesToHold, NewInstance } from './insert-instances';

/** An instance that a subscriber holds from an instant on, which may be long ago, in a system that it comes from. */
export type InstanceSince = NewInstance & InstancesToHold;

/** Adds instances to many subscribers that are locked, or new in this transaction, by one statement a table. */
export async function insertInstancesBatch(transaction: Transaction, instances: readonly InstanceSince[], now: Instant): Promise<void> {
  if (instances.length === 0) return;
  const ids = instances.map(({ id }) => id);
  const subscriberIds = instances.map(({ subscriberId }) => subscriberId);
  const [orderIds, itemNos] = [instances.map(({ orderId }) => orderId), instances.map(({ itemNo }) => itemNo)];
  await transaction.query(sql`
    INSERT INTO product_instance (id, subscriber_id, product_id, order_id, item_no, created_at, sold_by, sold_at)
    SELECT id, subscriber_id, product_id, order_id, item_no, ${now}, sold_by, sold_at
    FROM unnest(${ids}::uuid[], ${subscriberIds}::uuid[], ${instances.map(({ productId }) => productId)}::uuid[],
                ${orderIds}::uuid[], ${itemNos}::integer[], ${instances.map(({ sold }) => sold?.organisationId ?? null)}::uuid[],
                ${instances.map(({ sold }) => (sold === null ? null : instantToText(sold.at)))}::timestamptz[])
         AS r (id, subscriber_id, product_id, order_id, item_no, sold_by, sold_at)`);
  await transaction.query(sql`
    INSERT INTO subscriber_product (id, instance_id, subscriber_id, product_version_id, is_plan, quantity, order_id, item_no, valid, recorded)
    SELECT id, instance_id, subscriber_id, version_id, is_plan, quantity, order_id, item_no, tstzrange(since, NULL), tstzrange(${now}, NULL)
    FROM unnest(${ids.map(() => newId('fact'))}::uuid[], ${ids}::uuid[], ${subscriberIds}::uuid[],
                ${instances.map(({ versionId }) => versionId)}::uuid[], ${instances.map(({ isPlan }) => isPlan)}::boolean[],
                ${instances.map(({ quantity }) => quantity)}::integer[], ${orderIds}::uuid[], ${itemNos}::integer[],
                ${instances.map(({ from }) => instantToText(from))}::timestamptz[])
         AS r (id, instance_id, subscriber_id, version_id, is_plan, quantity, order_id, item_no, since)`);
  await insertTerms(transaction, instances, now);
}

async function insertTerms(transaction: Transaction, instances: readonly InstanceSince[], now: Instant): Promise<void> {
  const bound = instances.flatMap(({ term, ...instance }) => (term === null ? [] : [{ ...instance, ...term }]));
  if (bound.length === 0) return;
  await transaction.query(sql`
    INSERT INTO contract_term (instance_id, from_day, until_day, renewal, order_id, item_no, created_at)
    SELECT id, from_day, until_day, renewal, order_id, item_no, ${now}
    FROM unnest(${bound.map(({ id }) => id)}::uuid[], ${bound.map(({ from }) => from)}::date[], ${bound.map(({ until }) => until)}::date[],
                ${bound.map(({ renewal }) => renewal)}::text[], ${bound.map(({ orderId }) => orderId)}::uuid[],
                ${bound.map(({ itemNo }) => itemNo)}::integer[]) AS r (id, from_day, until_day, renewal, order_id, item_no)`);
}
