import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import { CATEGORY_COLUMNS, RATE_COLUMNS, toTaxCategory, type TaxCategory, type TaxCategoryRow } from './tax-category';

/** How many tax categories an operator may have. */
export const TAX_CATEGORIES_MAX = 100;

/** Tax categories with the rates that held at an instant, by code; every one when no codes are named. No permission is asked. */
export async function selectTaxCategories(
  context: { readonly sql: SqlRunner },
  codes: readonly string[] | null,
  time: FactTime,
): Promise<TaxCategory[]> {
  const rows = await context.sql.query<TaxCategoryRow>(sql`
    SELECT ${CATEGORY_COLUMNS}, ${RATE_COLUMNS}
    FROM tax_category c LEFT JOIN tax_rate f ON f.tax_category = c.code AND ${factAt('f', time)}
    WHERE (${codes}::text[] IS NULL OR c.code = ANY (${codes}::text[])) ORDER BY c.code LIMIT ${TAX_CATEGORIES_MAX}`);
  return rows.map(toTaxCategory);
}
