import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';

/** What an item of an order takes from the budget of a discount. */
export interface Reservation {
  readonly itemNo: number;
  readonly discountId: Id<'discount'>;
  readonly amountMinor: bigint;
}

/** What an order keeps of budgets now. */
export async function selectReservations({ sql: reader }: Pick<ScopedRead, 'sql'>, orderId: Id<'order'>): Promise<Reservation[]> {
  const rows = await reader.query<{ item_no: number; discount_id: Id<'discount'>; amount_minor: string }>(sql`
    SELECT item_no, discount_id, amount_minor::text AS amount_minor FROM discount_reservation WHERE order_id = ${orderId}::uuid`);
  return rows.map((row) => ({ itemNo: row.item_no, discountId: row.discount_id, amountMinor: BigInt(row.amount_minor) }));
}

/**
 * Takes what an item of an order grants from a discount's budget and keeps it with the order, if there is so much left. One statement:
 * whoever comes second waits for the first, then judges what the first left. Asks no scope, as `takeFromBudget`.
 * @returns false when there is too little left; true, and nothing kept, for a discount without a budget
 */
export async function reserveFromBudget(
  transaction: Transaction,
  orderId: Id<'order'>,
  { itemNo, discountId, amountMinor }: Reservation,
  now: Instant,
): Promise<boolean> {
  const [row] = await transaction.query<{ ok: boolean }>(sql`
    WITH taken AS (
      UPDATE discount_budget SET used_minor = used_minor + ${amountMinor}::bigint
      WHERE discount_id = ${discountId}::uuid AND ${amountMinor}::bigint <= limit_minor - used_minor
      RETURNING discount_id
    ), kept AS (
      INSERT INTO discount_reservation (order_id, item_no, discount_id, amount_minor, reserved_at)
      SELECT ${orderId}, ${itemNo}, discount_id, ${amountMinor}::bigint, ${now} FROM taken
    )
    SELECT EXISTS (SELECT FROM taken) OR NOT EXISTS (SELECT FROM discount_budget b WHERE b.discount_id = ${discountId}::uuid) AS ok`);
  return row?.ok === true;
}

/** Puts what items of a locked order took back into the budgets, each once: those named, or all. */
export async function giveBackReservations(
  transaction: Transaction,
  orderId: Id<'order'>,
  itemNos: readonly number[] | null,
): Promise<void> {
  const given = await transaction.query<{ discount_id: Id<'discount'>; amount_minor: string }>(sql`
    WITH given AS (
      DELETE FROM discount_reservation
      WHERE order_id = ${orderId}::uuid AND (${itemNos}::integer[] IS NULL OR item_no = ANY (${itemNos}::integer[]))
      RETURNING discount_id, amount_minor
    )
    SELECT discount_id, sum(amount_minor)::text AS amount_minor FROM given GROUP BY discount_id ORDER BY discount_id`);
  // One by one in the order of their ids, as they were taken: two orders never wait for each other.
  for (const { discount_id: id, amount_minor: amountMinor } of given) {
    await transaction.query(sql`
      UPDATE discount_budget SET used_minor = used_minor - ${BigInt(amountMinor)}::bigint WHERE discount_id = ${id}::uuid`);
  }
}
