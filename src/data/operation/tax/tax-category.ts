import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';
import { dated, DATED_COLUMNS, type Dated, type DatedRow } from '../dated-fact/dated';

/** The rate of a tax category over a time. */
export interface TaxRate extends Dated {
  /** Hundredths of a per cent: 900 is 9 %. */
  readonly basisPoints: number;
}

/** A tax category 税目 with the rate that was asked for; null where none held. */
export interface TaxCategory {
  readonly code: string;
  readonly id: Id<'taxCategory'>;
  readonly name: string;
  readonly nameEn: string;
  readonly version: number;
  readonly rate: TaxRate | null;
}

export const RATE_FACT = { name: 'tax_rate', key: 'tax_category', columns: ['tax_category', 'basis_points'] } as const;

export interface CategoryRow {
  readonly code: string;
  readonly category_id: Id<'taxCategory'>;
  readonly name: string;
  readonly name_en: string;
  readonly version: number;
}

/** The columns of {@link CategoryRow}, of the alias `c`. */
export const CATEGORY_COLUMNS = sql`c.code, c.id AS category_id, c.name, c.name_en, c.version`;

/** The columns of a rate, of the alias `f`. */
export const RATE_COLUMNS = sql`${DATED_COLUMNS}, f.basis_points`;

/** A category and, where one held, its rate: without it every one of its columns is null. */
export type TaxCategoryRow = CategoryRow &
  ({ readonly id: null; readonly basis_points: null } | (DatedRow & { readonly basis_points: number }));

export function toTaxCategory(row: TaxCategoryRow): TaxCategory {
  const rate = row.id === null ? null : dated(row, { basisPoints: row.basis_points });
  return { code: row.code, id: row.category_id, name: row.name, nameEn: row.name_en, version: row.version, rate };
}
