import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Id } from '../../../kernel/id';

/**
 * Whether an order beside this one is at work on bringing a number 携入, or waits to be paid or decided on. Who asks for a number of another
 * operator holds nothing of it in stock: until its transaction ends, others that ask wait for it.
 */
export async function isPortInUnderWay(transaction: Transaction, number: string, besides: Id<'order'>): Promise<boolean> {
  await transaction.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`sanhu port in ${number}`}, 0))`);
  const [row] = await transaction.query<{ found: boolean }>(sql`
    SELECT EXISTS (
      SELECT FROM order_item i JOIN product_order o ON o.id = i.order_id
      WHERE i.kind = 'PORT_IN' AND i.content ->> 'identifier' = ${number} AND o.id <> ${besides}
        AND o.state IN ('pending', 'held', 'inProgress', 'assessingCancellation', 'pendingCancellation')
        AND i.state IN ('pending', 'held', 'inProgress', 'assessingCancellation', 'pendingCancellation')) AS found`);
  return row?.found === true;
}
