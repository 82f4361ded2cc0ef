import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Period } from '../../../kernel/period';
import { writeDatedFact } from '../dated-fact/write-dated-fact';
import { CATEGORY_COLUMNS, RATE_FACT, type CategoryRow, type TaxCategory } from './tax-category';
import { TaxCategoryEntity } from './tax-category.entity';

/** A tax category as it stands in its locked row. */
export type LockedTaxCategory = CategoryRow;

export async function lockTaxCategory(transaction: Transaction, code: string): Promise<LockedTaxCategory | undefined> {
  const [row] = await transaction.query<CategoryRow>(sql`
    SELECT ${CATEGORY_COLUMNS} FROM tax_category c WHERE c.code = ${code} FOR NO KEY UPDATE OF c`);
  return row;
}

/** How many categories there are; whoever asks keeps others from adding one to the end of the transaction. */
export async function countTaxCategories(transaction: Transaction): Promise<number> {
  await transaction.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('sanhu tax_category', 0))`);
  const [row] = await transaction.query<{ total: number }>(sql`SELECT count(*)::integer AS total FROM tax_category`);
  return row?.total ?? 0;
}

export async function insertTaxCategory(
  transaction: Transaction,
  category: Pick<TaxCategory, 'code' | 'name' | 'nameEn'>,
  now: Instant,
): Promise<Id<'taxCategory'>> {
  const id = newId('taxCategory');
  await transaction.manager.insert(TaxCategoryEntity, { ...category, id, version: 1, createdAt: now });
  return id;
}

/** Makes the rate hold for a time; returns the rates that it replaces. The caller has locked the category. */
export async function writeRate(
  transaction: Transaction,
  code: string,
  basisPoints: number,
  valid: Period,
  now: Instant,
): Promise<readonly number[]> {
  const key = { [RATE_FACT.key]: code };
  const fact = { basis_points: basisPoints };
  const { replaced } = await writeDatedFact<{ basis_points: number }>(transaction, RATE_FACT, { key, fact, valid, now });
  return replaced.map((old) => old.basis_points);
}

/** Moves the version of a locked category on. */
export async function touchTaxCategory(transaction: Transaction, { code, version }: LockedTaxCategory): Promise<void> {
  const { affected } = await transaction.manager.update(TaxCategoryEntity, { code, version }, { version: version + 1 });
  invariant(affected === 1, 'a locked tax category has changed');
}
