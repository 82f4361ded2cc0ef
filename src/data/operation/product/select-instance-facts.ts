import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';

/** So many changes of one instance are read; more than one a day for two years. */
export const CHANGES_MAX = 1_000;

/** From when on an instance was one of a quantity. */
export interface InstanceChange {
  readonly instanceId: Id<'productInstance'>;
  readonly from: Instant;
  readonly quantity: number;
}

/** How each instance of subscribers in scope came to be what it is, as known now, the first change first. */
export async function selectInstanceChanges(context: ScopedRead, instanceIds: readonly Id<'productInstance'>[]): Promise<InstanceChange[]> {
  if (instanceIds.length === 0) return [];
  const rows = await context.sql.query<{ instance_id: Id<'productInstance'>; valid_from: string; quantity: number }>(sql`
    SELECT f.* FROM unnest(${instanceIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT f.instance_id, lower(f.valid) AS valid_from, f.quantity
      FROM subscriber_product f JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(context.scope, 'subscriber:read', 's')}
      WHERE f.instance_id = asked.id AND upper_inf(f.recorded)
      ORDER BY lower(f.valid) LIMIT ${CHANGES_MAX}
    ) f`);
  return rows.map((row) => ({ instanceId: row.instance_id, from: instantFromDatabase(row.valid_from), quantity: row.quantity }));
}
