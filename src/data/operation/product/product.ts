import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';

/** What is sold: a plan 主套餐, something added to it 附加产品, or a bundle 融合套餐 of several. */
export const PRODUCT_KINDS = ['PLAN', 'ADD_ON', 'BUNDLE'] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

/** A product 产品 as it is named and placed; what it says stands in its versions. */
export interface Product {
  readonly id: Id<'product'>;
  /** Short and unique, for people and files; the order of lists. */
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: ProductKind;
  /** Offered at this node and below it. */
  readonly organisationId: Id<'organisation'>;
  /** Code of the service type; null for a bundle, which is of several. */
  readonly serviceType: string | null;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface ProductRow {
  readonly id: Id<'product'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly kind: ProductKind;
  readonly organisation_id: Id<'organisation'>;
  readonly service_type: string | null;
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link ProductRow}, of the alias `p`. */
export const PRODUCT_COLUMNS = sql`p.id, p.code, p.name, p.name_en, p.kind, p.organisation_id, p.service_type, p.version,
  p.created_at::text AS created_at`;

export function toProduct(row: ProductRow): Product {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    nameEn: row.name_en,
    kind: row.kind,
    organisationId: row.organisation_id,
    serviceType: row.service_type,
    version: row.version,
    get createdAt() {
      return instantFromDatabase(row.created_at);
    },
  };
}
