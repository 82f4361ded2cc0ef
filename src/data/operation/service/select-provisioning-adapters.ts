import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import { ADAPTER_COLUMNS, toAdapter, type AdapterRow, type ProvisioningAdapter } from './provisioning-adapter';

/** How many provisioning adapters an operator may have. */
export const ADAPTERS_MAX = 500;

/** Provisioning adapters by code; every one, when no codes are named. For business that provisions: no permission is asked. */
export async function selectProvisioningAdapters(
  context: { readonly sql: SqlRunner },
  codes: readonly string[] | null,
): Promise<ProvisioningAdapter[]> {
  const rows = await context.sql.query<AdapterRow>(sql`
    SELECT ${ADAPTER_COLUMNS} FROM provisioning_adapter a
    WHERE (${codes}::text[] IS NULL OR a.code = ANY (${codes}::text[])) ORDER BY a.code LIMIT ${ADAPTERS_MAX}`);
  return rows.map(toAdapter);
}
