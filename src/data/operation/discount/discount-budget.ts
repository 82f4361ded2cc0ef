import type { Id } from '../../../kernel/id';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { Transaction } from '../../connection/core-database';
import type { ScopedRead } from '../read-context';
import { offeredTo } from '../scope/visible-to';

/** How much a discount may give away in all 优惠预算, and how much it has. */
export interface DiscountBudget {
  readonly discountId: Id<'discount'>;
  /** ISO 4217. */
  readonly currency: string;
  readonly limitMinor: bigint;
  readonly usedMinor: bigint;
  readonly changedAt: Instant;
}

interface BudgetRow {
  readonly discount_id: Id<'discount'>;
  readonly currency: string;
  readonly limit_minor: string;
  readonly used_minor: string;
  readonly changed_at: string;
}

/** The budgets of discounts, of those offered in scope only; a discount without one is not in it. */
export async function selectBudgets(context: ScopedRead, discountIds: readonly Id<'discount'>[]): Promise<DiscountBudget[]> {
  const rows = await context.sql.query<BudgetRow>(sql`
    SELECT b.discount_id, b.currency, b.limit_minor::text AS limit_minor, b.used_minor::text AS used_minor, b.changed_at::text AS changed_at
    FROM discount_budget b JOIN discount d ON d.id = b.discount_id AND ${offeredTo(context.scope, 'catalogue:read', 'd')}
    WHERE b.discount_id = ANY (${discountIds}::uuid[])`);
  return rows.map((row) => ({
    discountId: row.discount_id,
    currency: row.currency,
    limitMinor: BigInt(row.limit_minor),
    usedMinor: BigInt(row.used_minor),
    changedAt: instantFromDatabase(row.changed_at),
  }));
}

export type NewBudget = Pick<DiscountBudget, 'discountId' | 'currency' | 'limitMinor'>;

/** Sets the limit of a locked discount's budget; a limit below what was used breaks `discount_budget_used`. */
export async function writeBudget(transaction: Transaction, { discountId, currency, limitMinor }: NewBudget, now: Instant): Promise<void> {
  await transaction.query(sql`
    INSERT INTO discount_budget (discount_id, currency, limit_minor, changed_at) VALUES (${discountId}, ${currency}, ${limitMinor}, ${now})
    ON CONFLICT (discount_id) DO UPDATE
      SET currency = EXCLUDED.currency, limit_minor = EXCLUDED.limit_minor, changed_at = EXCLUDED.changed_at`);
}

/**
 * Takes an amount from a discount's budget, if there is so much left. One statement: whoever comes second waits for the first, then
 * judges what the first left. Asks no scope: who grants a discount has read it in scope.
 * @returns whether it was taken; also true when the discount has no budget
 */
export async function takeFromBudget(context: { readonly sql: SqlRunner }, id: Id<'discount'>, amountMinor: bigint): Promise<boolean> {
  const [row] = await context.sql.query<{ ok: boolean }>(sql`
    WITH taken AS (
      UPDATE discount_budget SET used_minor = used_minor + ${amountMinor}::bigint
      WHERE discount_id = ${id}::uuid AND ${amountMinor}::bigint <= limit_minor - used_minor
      RETURNING 1
    )
    SELECT EXISTS (SELECT FROM taken) OR NOT EXISTS (SELECT FROM discount_budget b WHERE b.discount_id = ${id}::uuid) AS ok`);
  return row?.ok === true;
}
