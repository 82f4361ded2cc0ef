import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Permission } from '../../../kernel/scope';
import type { ScopedRead } from '../read-context';
import { offeredTo, visibleTo } from '../scope/visible-to';
import { PRODUCT_COLUMNS, type ProductRow } from './product';
import { ProductEntity } from './product.entity';

/** A product as it stands in its locked row. */
export type LockedProduct = ProductRow;

/**
 * Locks a product that belongs to a node in scope, for a change. Its versions are changed only under this lock: whoever drafts,
 * releases or takes back waits for the other.
 */
export async function lockProduct(context: ScopedRead, id: Id<'product'>, permission: Permission): Promise<LockedProduct | undefined> {
  const [row] = await context.sql.query<ProductRow>(sql`
    SELECT ${PRODUCT_COLUMNS} FROM product p
    WHERE p.id = ${id}::uuid AND ${visibleTo(context.scope, permission, 'p')}
    FOR NO KEY UPDATE OF p`);
  return row;
}

/** As {@link lockProduct}, for what a lower node says of it: the product need only be offered to the caller's nodes. */
export async function lockOfferedProduct(
  context: ScopedRead,
  id: Id<'product'>,
  permission: Permission,
): Promise<LockedProduct | undefined> {
  const [row] = await context.sql.query<ProductRow>(sql`
    SELECT ${PRODUCT_COLUMNS} FROM product p
    WHERE p.id = ${id}::uuid AND ${offeredTo(context.scope, permission, 'p')}
    FOR NO KEY UPDATE OF p`);
  return row;
}

export type NewProduct = Pick<ProductEntity, 'code' | 'name' | 'nameEn' | 'kind' | 'organisationId' | 'serviceType'>;

export async function insertProduct(transaction: Transaction, product: NewProduct, now: Instant): Promise<Id<'product'>> {
  const id = newId('product');
  await transaction.manager.insert(ProductEntity, { ...product, id, version: 1, createdAt: now });
  return id;
}

export type ProductChanges = Partial<Pick<ProductEntity, 'name' | 'nameEn'>>;

/** Changes a locked product and moves its version on. */
export async function updateProduct(transaction: Transaction, { id, version }: LockedProduct, changes: ProductChanges): Promise<void> {
  const updated = await transaction.manager.update(ProductEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(updated.affected === 1, 'a product was changed without its lock');
}
