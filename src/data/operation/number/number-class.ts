import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import { sql } from '../../connection/sql';

/** A class of good numbers 靓号等级: what whoever takes one undertakes to spend, and deposits. The same for the whole operator. */
export interface NumberClass {
  readonly id: Id<'numberClass'>;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly currency: CurrencyCode;
  /** A month 保底消费, for so many months; 0 for none. */
  readonly minimumSpendMinor: bigint;
  readonly minimumSpendMonths: number;
  readonly depositMinor: bigint;
  /** Under which the deposit is held; null: under none. */
  readonly depositChargeCode: string | null;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface NumberClassRow {
  readonly id: Id<'numberClass'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string | null;
  readonly currency: CurrencyCode;
  readonly minimum_spend_minor: string;
  readonly minimum_spend_months: number;
  readonly deposit_minor: string;
  readonly deposit_charge_code: string | null;
  readonly version: number;
  readonly created_at: string;
}

/** The columns of {@link NumberClassRow}, of the alias `c`. */
export const NUMBER_CLASS_COLUMNS = sql`c.id, c.code, c.name, c.name_en, c.currency, c.minimum_spend_minor::text AS minimum_spend_minor,
  c.minimum_spend_months, c.deposit_minor::text AS deposit_minor, c.deposit_charge_code, c.version, c.created_at`;

export function toNumberClass(row: NumberClassRow): NumberClass {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    nameEn: row.name_en,
    currency: row.currency,
    minimumSpendMinor: BigInt(row.minimum_spend_minor),
    minimumSpendMonths: row.minimum_spend_months,
    depositMinor: BigInt(row.deposit_minor),
    depositChargeCode: row.deposit_charge_code,
    version: row.version,
    createdAt: instantFromDatabase(row.created_at),
  };
}
