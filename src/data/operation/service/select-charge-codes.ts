import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import type { ScopedRead } from '../read-context';
import { CODE_COLUMNS, TERMS_COLUMNS, toChargeCode, type ChargeCode, type ChargeCodeRow, type ChargeKind } from './charge-code';

/**
 * Charge codes with the terms that held at an instant, for business that charges under them: no permission is asked. One
 * statement for any number; codes that do not exist are left out.
 */
export async function selectChargeCodes(
  context: { readonly sql: SqlRunner },
  codes: readonly string[],
  time: FactTime,
): Promise<ChargeCode[]> {
  const rows = await context.sql.query<ChargeCodeRow>(sql`
    SELECT ${CODE_COLUMNS}, ${TERMS_COLUMNS}
    FROM charge_code c LEFT JOIN charge_code_terms f ON f.charge_code = c.code AND ${factAt('f', time)}
    WHERE c.code = ANY (${codes}::text[]) ORDER BY c.code`);
  return rows.map(toChargeCode);
}

/** Every part given must hold. */
export interface ChargeCodeFilter {
  /** Those of this service type, and those of every one. */
  readonly serviceType?: string;
  readonly kind?: ChargeKind;
  /** Part of the name in either language. */
  readonly nameContains?: string;
}

/**
 * One page of charge codes in the order of their codes; the cursor is (code). They are the operator's own: whoever holds
 * `service:read` anywhere sees them all, others none. An operator has hundreds.
 */
export async function searchChargeCodes(
  context: ScopedRead,
  filter: ChargeCodeFilter,
  time: FactTime,
  page: PageRequest,
): Promise<Page<ChargeCode>> {
  const { serviceType = null, kind = null, nameContains = null } = filter;
  if (!context.scope.permits('service:read')) return { rows: [], hasNextPage: false };
  const rows = await context.sql.query<ChargeCodeRow>(sql`
    SELECT ${CODE_COLUMNS}, ${TERMS_COLUMNS}
    FROM charge_code c LEFT JOIN charge_code_terms f ON f.charge_code = c.code AND ${factAt('f', time)}
    WHERE c.code > ${page.after?.[0] ?? ''}::text
      AND (${serviceType}::text IS NULL OR c.service_type IS NULL OR c.service_type = ${serviceType}::text)
      AND (${kind}::text IS NULL OR c.kind = ${kind}::text)
      AND (${nameContains}::text IS NULL OR position(lower(${nameContains}::text) IN lower(c.name || ' ' || c.name_en)) > 0)
    ORDER BY c.code LIMIT ${page.first + 1}`);
  return toPage(rows.map(toChargeCode), page.first);
}
