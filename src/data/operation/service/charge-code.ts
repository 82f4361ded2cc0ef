import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';
import { dated, DATED_COLUMNS, type Dated, type DatedRow } from '../dated-fact/dated';

/**
 * What a charge is 费用类型. Discounts have no kind: a discount lessens a charge under that charge's own code, and goes to its
 * discount account. A late fee 违约金(滞纳金) is set apart from the penalty 违约金 of a contract: no late fee and no discount is ever
 * reckoned on it.
 */
export const CHARGE_KINDS = ['RECURRING', 'ONE_TIME', 'USAGE', 'DEPOSIT', 'PENALTY', 'LATE_FEE', 'ADJUSTMENT'] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

/** What is said of a charge code from an instant on. */
export interface ChargeTerms {
  /** General-ledger account that a charge is earned on; of a deposit, the liability. */
  readonly revenueAccount: string;
  /** Where a charge in advance waits until it is earned; null: it is earned when it is charged. */
  readonly deferredAccount: string | null;
  /** Where discounts on it go. */
  readonly discountAccount: string | null;
  /** Code of a tax category; null: outside the tax 不征税. */
  readonly taxCategory: string | null;
  /** The lower, the earlier a payment is written off against it 销账优先级. */
  readonly writeOffPriority: number;
  /** Under what it is summed up on the bill, and the charge group of payment relations 账目组. */
  readonly billGroup: string;
  readonly discountable: boolean;
  readonly invoiceable: boolean;
  readonly bearsLateFee: boolean;
  /** The partner on whose behalf it is collected 代收. */
  readonly collectedFor: Id<'organisation'> | null;
}

/** A charge code 账目项 with the terms that were asked for; null where none held. */
export interface ChargeCode {
  readonly code: string;
  readonly id: Id<'chargeCode'>;
  readonly name: string;
  readonly nameEn: string;
  /** Code of the service type; null: of every one. */
  readonly serviceType: string | null;
  readonly kind: ChargeKind;
  readonly version: number;
  /** Whether something has been charged under it: the past of its terms stands. */
  readonly charged: boolean;
  readonly terms: (Dated & ChargeTerms) | null;
}

/** What a charge code is, whatever its terms. */
export type ChargeCodeName = Omit<ChargeCode, 'id' | 'version' | 'charged' | 'terms'>;

export const TERMS_FACT = {
  name: 'charge_code_terms',
  key: 'charge_code',
  columns: [
    'charge_code', 'revenue_account', 'deferred_account', 'discount_account', 'tax_category', 'write_off_priority', 'bill_group',
    'discountable', 'invoiceable', 'bears_late_fee', 'collected_for',
  ],
} as const; // prettier-ignore

export interface CodeRow {
  readonly code: string;
  readonly code_id: Id<'chargeCode'>;
  readonly name: string;
  readonly name_en: string;
  readonly service_type: string | null;
  readonly kind: ChargeKind;
  readonly version: number;
  readonly charged: boolean;
}

export interface TermsRow {
  readonly revenue_account: string;
  readonly deferred_account: string | null;
  readonly discount_account: string | null;
  readonly tax_category: string | null;
  readonly write_off_priority: number;
  readonly bill_group: string;
  readonly discountable: boolean;
  readonly invoiceable: boolean;
  readonly bears_late_fee: boolean;
  readonly collected_for: Id<'organisation'> | null;
}

/** The columns of {@link CodeRow}, of the alias `c`. */
export const CODE_COLUMNS = sql`c.code, c.id AS code_id, c.name, c.name_en, c.service_type, c.kind, c.version, c.first_charged_at IS NOT NULL AS charged`;

/** The columns of {@link TermsRow} and their times, of the alias `f`. */
export const TERMS_COLUMNS = sql`${DATED_COLUMNS}, f.revenue_account, f.deferred_account, f.discount_account, f.tax_category,
  f.write_off_priority, f.bill_group, f.discountable, f.invoiceable, f.bears_late_fee, f.collected_for`;

/** A code and, where some held, its terms: without them every one of their columns is null. */
export type ChargeCodeRow = CodeRow & (({ readonly id: null } & { readonly [Column in keyof TermsRow]: null }) | (DatedRow & TermsRow));

export function toChargeCode(row: ChargeCodeRow): ChargeCode {
  const { code, code_id: id, name, kind, version, charged } = row;
  const terms = row.id === null ? null : dated(row, toTerms(row));
  return { code, id, name, nameEn: row.name_en, serviceType: row.service_type, kind, version, charged, terms };
}

export function toTerms(row: TermsRow): ChargeTerms {
  return {
    revenueAccount: row.revenue_account,
    deferredAccount: row.deferred_account,
    discountAccount: row.discount_account,
    taxCategory: row.tax_category,
    writeOffPriority: row.write_off_priority,
    billGroup: row.bill_group,
    discountable: row.discountable,
    invoiceable: row.invoiceable,
    bearsLateFee: row.bears_late_fee,
    collectedFor: row.collected_for,
  };
}
