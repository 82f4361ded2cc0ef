import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { NUMBER_CLASS_COLUMNS, toNumberClass, type NumberClass, type NumberClassRow } from './number-class';
import { NumberClassEntity } from './number-class.entity';

/** Locks a class for a change. Classes stand at no node: the use case asks where the caller may touch them. */
export async function lockNumberClass(transaction: Transaction, id: Id<'numberClass'>): Promise<NumberClass | undefined> {
  const [row] = await transaction.query<NumberClassRow>(sql`
    SELECT ${NUMBER_CLASS_COLUMNS} FROM number_class c WHERE c.id = ${id}::uuid FOR NO KEY UPDATE OF c`);
  return row === undefined ? undefined : toNumberClass(row);
}

/** The codes among those given that are classes. */
export async function selectKnownClassCodes(transaction: Transaction, codes: readonly string[]): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set();
  const rows = await transaction.query<{ code: string }>(sql`SELECT c.code FROM number_class c WHERE c.code = ANY (${codes}::text[])`);
  return new Set(rows.map((row) => row.code));
}

export type NumberClassFields = Pick<
  NumberClassEntity,
  'name' | 'nameEn' | 'currency' | 'minimumSpendMinor' | 'minimumSpendMonths' | 'depositMinor' | 'depositChargeCode'
>;
export type NewNumberClass = NumberClassFields & Pick<NumberClassEntity, 'code'>;

export async function insertNumberClass(transaction: Transaction, values: NewNumberClass, now: Instant): Promise<Id<'numberClass'>> {
  const id = newId('numberClass');
  await transaction.manager.insert(NumberClassEntity, { ...values, id, version: 1, createdAt: now });
  return id;
}

/** Changes a locked class and moves its version on. */
export async function updateNumberClass(
  transaction: Transaction,
  { id, version }: Pick<NumberClass, 'id' | 'version'>,
  changes: NumberClassFields,
): Promise<void> {
  const { affected } = await transaction.manager.update(NumberClassEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(affected === 1, 'a class was changed without its lock');
}
