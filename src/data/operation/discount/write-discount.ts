import type { Transaction } from '../../connection/core-database';
import { sql, type Sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { offeredTo, visibleTo } from '../scope/visible-to';
import { DISCOUNT_COLUMNS, type DiscountRow } from './discount';
import { DiscountEntity } from './discount.entity';

/** A discount as it stands in its locked row. */
export type LockedDiscount = DiscountRow;

/**
 * Locks a discount that belongs to a node in scope, for a change. Its versions and its budget's limit are changed only under this
 * lock; what is taken from the budget is not, so that orders do not wait for product managers.
 */
export function lockDiscount(context: ScopedRead, id: Id<'discount'>, permission: Permission): Promise<LockedDiscount | undefined> {
  return lock(context, id, visibleTo(context.scope, permission, 'd'));
}

/** As {@link lockDiscount}, for what a lower node says of it: the discount need only be offered to the caller's nodes. */
export function lockOfferedDiscount(context: ScopedRead, id: Id<'discount'>, permission: Permission): Promise<LockedDiscount | undefined> {
  return lock(context, id, offeredTo(context.scope, permission, 'd'));
}

async function lock(context: ScopedRead, id: Id<'discount'>, inScope: Sql): Promise<LockedDiscount | undefined> {
  const [row] = await context.sql.query<DiscountRow>(sql`
    SELECT ${DISCOUNT_COLUMNS} FROM discount d WHERE d.id = ${id}::uuid AND ${inScope} FOR NO KEY UPDATE OF d`);
  return row;
}

export type NewDiscount = Pick<DiscountEntity, 'code' | 'name' | 'nameEn' | 'organisationId' | 'serviceType'>;

export async function insertDiscount(transaction: Transaction, discount: NewDiscount, now: Instant): Promise<Id<'discount'>> {
  const id = newId('discount');
  await transaction.manager.insert(DiscountEntity, { ...discount, id, version: 1, createdAt: now });
  return id;
}

export type DiscountChanges = Partial<Pick<DiscountEntity, 'name' | 'nameEn'>>;

/** Changes a locked discount and moves its version on. */
export async function updateDiscount(transaction: Transaction, { id, version }: LockedDiscount, changes: DiscountChanges): Promise<void> {
  const updated = await transaction.manager.update(DiscountEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(updated.affected === 1, 'a discount was changed without its lock');
}
