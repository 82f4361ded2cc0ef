import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { newId } from '../../../kernel/id';
import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import { writeDatedFact, type FactTable } from '../dated-fact/write-dated-fact';

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
  /** Days as ISO dates, the last excluded. */
  readonly term: { readonly from: string; readonly until: string; readonly renewal: string } | null;
}

/** The subscriber that holds instances from an instant on, and the item of the order by which it does. */
export interface HeldBy {
  readonly subscriberId: Id<'subscriber'>;
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
}

/** Adds instances to a subscriber that is locked, or new in this transaction, from now on. */
export async function insertInstances(
  transaction: Transaction,
  { subscriberId, orderId, itemNo }: HeldBy,
  instances: readonly NewInstance[],
  now: Instant,
): Promise<void> {
  const bound = instances.flatMap(({ id, term }) => (term === null ? [] : [{ id, ...term }]));
  await transaction.query(sql`
    INSERT INTO product_instance (id, subscriber_id, product_id, order_id, item_no, created_at)
    SELECT id, ${subscriberId}, product_id, ${orderId}, ${itemNo}, ${now}
    FROM unnest(${instances.map(({ id }) => id)}::uuid[], ${instances.map(({ productId }) => productId)}::uuid[]) AS r (id, product_id)`);
  await transaction.query(sql`
    INSERT INTO subscriber_product (id, instance_id, subscriber_id, product_version_id, is_plan, quantity, order_id, item_no, valid, recorded)
    SELECT id, instance_id, ${subscriberId}, version_id, is_plan, quantity, ${orderId}, ${itemNo}, tstzrange(${now}, NULL), tstzrange(${now}, NULL)
    FROM unnest(${instances.map(() => newId('fact'))}::uuid[], ${instances.map(({ id }) => id)}::uuid[],
                ${instances.map(({ versionId }) => versionId)}::uuid[], ${instances.map(({ isPlan }) => isPlan)}::boolean[],
                ${instances.map(({ quantity }) => quantity)}::integer[]) AS r (id, instance_id, version_id, is_plan, quantity)`);
  if (bound.length === 0) return;
  await transaction.query(sql`
    INSERT INTO contract_term (instance_id, from_day, until_day, renewal, order_id, item_no, created_at)
    SELECT id, from_day, until_day, renewal, ${orderId}, ${itemNo}, ${now}
    FROM unnest(${bound.map(({ id }) => id)}::uuid[], ${bound.map(({ from }) => from)}::date[],
                ${bound.map(({ until }) => until)}::date[], ${bound.map(({ renewal }) => renewal)}::text[])
         AS r (id, from_day, until_day, renewal)`);
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
