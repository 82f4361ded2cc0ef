import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { newId } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import type { Transaction } from '../../connection/core-database';
import { join, sql } from '../../connection/sql';
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

export interface InstancesToHold extends HeldBy {
  /** From when on they are held. */
  readonly from: Instant;
  readonly sold: SoldAt | null;
}

/** Adds instances to a subscriber that is locked, or new in this transaction. */
export async function insertInstances(
  transaction: Transaction,
  { subscriberId, orderId, itemNo, from, sold }: InstancesToHold,
  instances: readonly NewInstance[],
  now: Instant,
): Promise<void> {
  const bound = instances.flatMap(({ id, term }) => (term === null ? [] : [{ id, ...term }]));
  // Foreign keys are looked at when the whole statement is done.
  const made = sql`made AS (
    INSERT INTO product_instance (id, subscriber_id, product_id, order_id, item_no, created_at, sold_by, sold_at)
    SELECT id, ${subscriberId}, product_id, ${orderId}, ${itemNo}, ${now}, ${sold?.organisationId ?? null}, ${sold?.at ?? null}
    FROM unnest(${instances.map(({ id }) => id)}::uuid[], ${instances.map(({ productId }) => productId)}::uuid[]) AS r (id, product_id))`;
  const terms = sql`bound AS (
    INSERT INTO contract_term (instance_id, from_day, until_day, renewal, order_id, item_no, created_at)
    SELECT id, from_day, until_day, renewal, ${orderId}, ${itemNo}, ${now}
    FROM unnest(${bound.map(({ id }) => id)}::uuid[], ${bound.map(({ from }) => from)}::date[],
                ${bound.map(({ until }) => until)}::date[], ${bound.map(({ renewal }) => renewal)}::text[])
         AS r (id, from_day, until_day, renewal))`;
  await transaction.query(sql`
    WITH ${join(bound.length === 0 ? [made] : [made, terms], ', ')}
    INSERT INTO subscriber_product (id, instance_id, subscriber_id, product_version_id, is_plan, quantity, negotiated, order_id, item_no,
                                    valid, recorded)
    SELECT id, instance_id, ${subscriberId}, version_id, is_plan, quantity, negotiated::jsonb, ${orderId}, ${itemNo},
           tstzrange(${from}, until), tstzrange(${now}, NULL)
    FROM unnest(${instances.map(() => newId('fact'))}::uuid[], ${instances.map(({ id }) => id)}::uuid[],
                ${instances.map(({ versionId }) => versionId)}::uuid[], ${instances.map(({ isPlan }) => isPlan)}::boolean[],
                ${instances.map(({ quantity }) => quantity)}::integer[], ${instances.map(({ negotiated }) => negotiated)}::text[],
                ${instances.map(({ until }) => until?.toString() ?? null)}::timestamptz[])
         AS r (id, instance_id, version_id, is_plan, quantity, negotiated, until)`);
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
