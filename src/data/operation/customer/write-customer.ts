import type { Transaction } from '../../connection/core-database';
import { among, raw, sql } from '../../connection/sql';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { CUSTOMER_COLUMNS, type CustomerRow } from './customer';
import { CustomerEntity } from './customer.entity';

/** A customer as it stands in its locked row, unmasked: for decisions and the audit trail, never for an answer. */
export type LockedCustomer = CustomerRow;

/** What customers are locked for: `change` by one at a time; `hold` keeps them as they are, for any number of holders. */
export type CustomerLock = 'change' | 'hold';

/**
 * Locks customers in the order of their ids (so that two merges cannot deadlock); those in scope only. Locks are held to
 * the end of the transaction.
 */
export async function lockCustomers(
  context: ScopedRead,
  ids: readonly Id<'customer'>[],
  permission: Permission,
  lock: CustomerLock = 'change',
): Promise<LockedCustomer[]> {
  return context.sql.query<CustomerRow>(sql`
    SELECT ${CUSTOMER_COLUMNS} FROM customer c
    WHERE c.id ${among(ids)} AND ${visibleTo(context.scope, permission, 'c')}
    ORDER BY c.id ${raw(lock === 'change' ? 'FOR NO KEY UPDATE OF c' : 'FOR SHARE OF c')}`);
}

export type CustomerChanges = Partial<
  Pick<CustomerEntity, 'kind' | 'name' | 'nameEn' | 'grade' | 'organisationId' | 'attributes' | 'status' | 'mergedIntoId'>
>;

/** Changes a locked customer and moves its version on. */
export async function updateCustomer(transaction: Transaction, customer: LockedCustomer, changes: CustomerChanges): Promise<void> {
  const { id, version } = customer;
  const updated = await transaction.manager.update(CustomerEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(updated.affected === 1, 'a customer was changed without its lock');
}

/** Moves the versions of locked customers on, of which a fact has changed. */
export async function touchCustomers(transaction: Transaction, ids: readonly Id<'customer'>[]): Promise<void> {
  if (ids.length === 0) return;
  await transaction.query(sql`UPDATE customer SET version = version + 1 WHERE id = ANY (${ids}::uuid[])`);
}
