import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';

/** A discount 优惠 as it is named and placed; what it says stands in its versions. */
export interface Discount {
  readonly id: Id<'discount'>;
  /** Short and unique, for people and files; the order of lists. */
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** Offered at this node and below it. */
  readonly organisationId: Id<'organisation'>;
  /** Code of the service type; null: of every line of business. */
  readonly serviceType: string | null;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface DiscountRow {
  readonly id: Id<'discount'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly organisation_id: Id<'organisation'>;
  readonly service_type: string | null;
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link DiscountRow}, of the alias `d`. */
export const DISCOUNT_COLUMNS = sql`d.id, d.code, d.name, d.name_en, d.organisation_id, d.service_type, d.version,
  d.created_at::text AS created_at`;

export function toDiscount(row: DiscountRow): Discount {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    nameEn: row.name_en,
    organisationId: row.organisation_id,
    serviceType: row.service_type,
    version: row.version,
    get createdAt() {
      return instantFromDatabase(row.created_at);
    },
  };
}
