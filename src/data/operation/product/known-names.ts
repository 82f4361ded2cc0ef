import type { Id } from '../../../kernel/id';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { ProductKind } from './product';

/** A product that a definition names, if it is offered wherever what names it is. */
export interface NamedProduct {
  readonly code: string;
  readonly kind: ProductKind;
  readonly serviceType: string | null;
  /** Whether it has a version that is sold, or is to be. */
  readonly sold: boolean;
}

/** Of the products named, those that belong to the node or to one above it: the others cannot be named there. Asks no scope. */
export async function selectNamedProducts(
  context: { readonly sql: SqlRunner },
  codes: readonly string[],
  organisationId: Id<'organisation'>,
): Promise<NamedProduct[]> {
  if (codes.length === 0) return [];
  const rows = await context.sql.query<{ code: string; kind: ProductKind; service_type: string | null; sold: boolean }>(sql`
    SELECT p.code, p.kind, p.service_type,
           EXISTS (SELECT FROM product_version v WHERE v.product_id = p.id AND v.state = 'active') AS sold
    FROM product p
    JOIN organisation_closure up ON up.ancestor_id = p.organisation_id AND up.descendant_id = ${organisationId}::uuid
    WHERE p.code = ANY (${codes}::text[])`);
  return rows.map(({ service_type: serviceType, ...row }) => ({ ...row, serviceType }));
}

/** Of the nodes named, by code, those at which something that belongs to the node is sold: itself and those below it. */
export async function selectNodesBelow(
  context: { readonly sql: SqlRunner },
  codes: readonly string[],
  organisationId: Id<'organisation'>,
): Promise<string[]> {
  if (codes.length === 0) return [];
  const rows = await context.sql.query<{ code: string }>(sql`
    SELECT o.code FROM organisation o
    JOIN organisation_closure down ON down.descendant_id = o.id AND down.ancestor_id = ${organisationId}::uuid
    WHERE o.code = ANY (${codes}::text[])`);
  return rows.map(({ code }) => code);
}
