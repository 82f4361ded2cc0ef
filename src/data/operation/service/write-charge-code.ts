import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Period } from '../../../kernel/period';
import { writeDatedFact } from '../dated-fact/write-dated-fact';
import { ChargeCodeEntity } from './charge-code.entity';
import { CODE_COLUMNS, TERMS_FACT, toTerms, type ChargeCodeName, type ChargeTerms, type CodeRow, type TermsRow } from './charge-code';

/** A charge code as it stands in its locked row. */
export interface LockedChargeCode extends CodeRow {
  /** Null: nothing was charged under it yet. */
  readonly first_charged_at: string | null;
}

/** Locks a charge code for a change of its terms. It stands at no node: the use case asks where the caller may touch it. */
export async function lockChargeCode(transaction: Transaction, code: string): Promise<LockedChargeCode | undefined> {
  const [row] = await transaction.query<LockedChargeCode>(sql`
    SELECT ${CODE_COLUMNS}, c.first_charged_at FROM charge_code c WHERE c.code = ${code} FOR NO KEY UPDATE OF c`);
  return row;
}

export async function insertChargeCode(transaction: Transaction, code: ChargeCodeName, now: Instant): Promise<Id<'chargeCode'>> {
  const id = newId('chargeCode');
  await transaction.manager.insert(ChargeCodeEntity, { ...code, id, firstChargedAt: null, version: 1, createdAt: now });
  return id;
}

/** Makes the terms hold for a time, in place of what held then; returns what they replace. The caller has locked the code. */
export async function writeTerms(
  transaction: Transaction,
  code: string,
  terms: ChargeTerms,
  valid: Period,
  now: Instant,
): Promise<readonly ChargeTerms[]> {
  const fact = {
    revenue_account: terms.revenueAccount,
    deferred_account: terms.deferredAccount,
    discount_account: terms.discountAccount,
    tax_category: terms.taxCategory,
    write_off_priority: terms.writeOffPriority,
    bill_group: terms.billGroup,
    discountable: terms.discountable,
    invoiceable: terms.invoiceable,
    bears_late_fee: terms.bearsLateFee,
    collected_for: terms.collectedFor,
  };
  const key = { [TERMS_FACT.key]: code };
  const { replaced } = await writeDatedFact<TermsRow & Record<string, string | number | boolean | null>>(transaction, TERMS_FACT, {
    key,
    fact,
    valid,
    now,
  });
  return replaced.map(toTerms);
}

/** Moves the version of a locked charge code on. */
export async function touchChargeCode(transaction: Transaction, { code, version }: LockedChargeCode): Promise<void> {
  const { affected } = await transaction.manager.update(ChargeCodeEntity, { code, version }, { version: version + 1 });
  invariant(affected === 1, 'a locked charge code has changed');
}

/**
 * Remembers that something is charged under these codes: from then on the past of their terms stands. Whoever charges calls it before
 * he reads the terms: once it is known, it costs one look at the index and takes no lock.
 */
export async function noteCharged(transaction: Transaction, codes: readonly string[], now: Instant): Promise<void> {
  await transaction.query(sql`
    UPDATE charge_code c SET first_charged_at = ${now}
    FROM (SELECT u.code FROM charge_code u WHERE u.code = ANY (${codes}::text[]) AND u.first_charged_at IS NULL
          ORDER BY u.code FOR NO KEY UPDATE) AS uncharged
    WHERE c.code = uncharged.code`);
}
