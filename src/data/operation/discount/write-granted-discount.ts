import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import { writeDatedFact, type FactTable } from '../dated-fact/write-dated-fact';

const GRANT_FACT: FactTable = {
  name: 'granted_discount',
  columns: [
    'grant_id', 'discount_id', 'discount_version_id', 'subscriber_id', 'bundle_instance_id', 'account_id', 'exclusion_group', 'periods', 'amount_minor',
    'currency', 'returns', 'order_id', 'item_no',
  ], // prettier-ignore
};

export interface NewGrant {
  readonly grantId: Id<'grantedDiscount'>;
  readonly discountId: Id<'discount'>;
  readonly versionId: Id<'discountVersion'>;
  readonly subscriberId: Id<'subscriber'> | null;
  readonly bundleInstanceId: Id<'bundleInstance'> | null;
  readonly accountId: Id<'account'> | null;
  readonly exclusionGroup: string | null;
  readonly periods: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: string;
  readonly returns: Json;
  /** When it ends by itself. */
  readonly to: Instant | null;
}

/** Grants discounts from an instant on, by an item of an order. The same again, or another of its group, breaks an exclusion constraint. */
export async function insertGrants(
  transaction: Transaction,
  { orderId, itemNo, from }: { readonly orderId: Id<'order'>; readonly itemNo: number; readonly from: Instant },
  grants: readonly NewGrant[],
  now: Instant,
): Promise<void> {
  await transaction.query(sql`
    INSERT INTO granted_discount (id, grant_id, discount_id, discount_version_id, subscriber_id, bundle_instance_id,
                                  account_id, exclusion_group, periods, amount_minor, currency, returns, order_id, item_no, valid, recorded)
    SELECT id, grant_id, discount_id, version_id, subscriber_id, bundle_instance_id, account_id, exclusion_group, periods, amount_minor,
           currency, returns::jsonb, ${orderId}, ${itemNo}, tstzrange(${from}, ends_at), tstzrange(${now}, NULL)
    FROM unnest(${grants.map(() => newId('fact'))}::uuid[], ${grants.map(({ grantId }) => grantId)}::uuid[],
                ${grants.map(({ discountId }) => discountId)}::uuid[], ${grants.map(({ versionId }) => versionId)}::uuid[],
                ${grants.map(({ subscriberId }) => subscriberId)}::uuid[], ${grants.map(({ bundleInstanceId }) => bundleInstanceId)}::uuid[],
                ${grants.map(({ accountId }) => accountId)}::uuid[],
                ${grants.map(({ exclusionGroup }) => exclusionGroup)}::text[], ${grants.map(({ periods }) => periods)}::integer[],
                ${grants.map(({ amountMinor }) => amountMinor?.toString() ?? null)}::bigint[],
                ${grants.map(({ currency }) => currency)}::text[],
                ${grants.map(({ returns }) => (returns === null ? null : JSON.stringify(returns)))}::text[],
                ${grants.map(({ to }) => to?.toString() ?? null)}::timestamptz[])
         AS r (id, grant_id, discount_id, version_id, subscriber_id, bundle_instance_id, account_id, exclusion_group, periods,
               amount_minor, currency, returns, ends_at)`);
}

/** Whose grants end: one of them, or all of a subscriber, of a bundle or of an account. */
export type EndedGrants =
  | { readonly grant_id: Id<'grantedDiscount'> }
  | { readonly subscriber_id: Id<'subscriber'> }
  | { readonly bundle_instance_id: Id<'bundleInstance'> }
  | { readonly account_id: Id<'account'> };

/** From an instant on a locked holder no longer has them. @returns the grants that ended */
export async function endGrants(transaction: Transaction, whose: EndedGrants, at: Instant, now: Instant): Promise<readonly string[]> {
  const key = { ...whose };
  const { replaced } = await writeDatedFact(transaction, GRANT_FACT, { key, fact: null, valid: { from: at, to: null }, now });
  return replaced.map((row) => String(row['grant_id']));
}
