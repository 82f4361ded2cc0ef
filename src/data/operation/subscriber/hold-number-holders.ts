import { sql, type Sql } from '../../connection/sql';
import type { Id } from '../../../kernel/id';
import type { ScopedRead } from '../read-context';

/** A subscriber that has a number, or is to have it. */
export interface NumberHolding {
  readonly value: string;
  readonly subscriberId: Id<'subscriber'>;
  readonly serviceType: string;
}

/**
 * Locks the subscribers that have one of the numbers, now or at a later time, in the order of their ids, and says which has which. It
 * sees them all: a number that is in use is in use wherever its subscriber is managed.
 */
export async function holdNumberHolders(
  { sql: runner, now }: Pick<ScopedRead, 'sql' | 'now'>,
  values: readonly string[],
): Promise<NumberHolding[]> {
  const held: Sql = sql`
    f.value = ANY (${values}::text[]) AND f.kind = 'NUMBER' AND upper_inf(f.recorded) AND f.valid && tstzrange(${now}, NULL)`;
  await runner.query(sql`
    SELECT s.id FROM subscriber s WHERE s.id IN (SELECT f.subscriber_id FROM subscriber_identifier f WHERE ${held})
    ORDER BY s.id FOR NO KEY UPDATE OF s`);
  // Read after the locks: one of them may have changed its number while it was waited for.
  return runner.query<NumberHolding>(sql`
    SELECT DISTINCT ON (f.value) f.value, f.subscriber_id AS "subscriberId", s.service_type AS "serviceType"
    FROM subscriber_identifier f JOIN subscriber s ON s.id = f.subscriber_id
    WHERE ${held} ORDER BY f.value, lower(f.valid)`);
}
