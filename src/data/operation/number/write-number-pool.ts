import type { Transaction } from '../../connection/core-database';
import { raw, sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { NUMBER_POOL_COLUMNS, type NumberPoolRow } from './number-pool';
import { NumberPoolEntity } from './number-pool.entity';

/** A pool as it stands in its locked row. */
export type LockedNumberPool = NumberPoolRow;

/** What a pool is locked for: to put numbers into it, which several may do at once, or to change the pool itself. */
export type NumberPoolLock = 'fill' | 'change';

/**
 * Locks a pool. What a node above has is used below it, but changed at the node alone: so by where the caller's
 * number:write reaches down to, not by where pools are offered.
 */
export async function lockNumberPool(
  context: ScopedRead,
  id: Id<'numberPool'>,
  lock: NumberPoolLock,
): Promise<LockedNumberPool | undefined> {
  const [row] = await context.sql.query<NumberPoolRow>(sql`
    SELECT ${NUMBER_POOL_COLUMNS} FROM number_pool p
    WHERE p.id = ${id}::uuid AND ${visibleTo(context.scope, 'number:write', 'p')}
    ${raw(lock === 'fill' ? 'FOR SHARE OF p' : 'FOR NO KEY UPDATE OF p')}`);
  return row;
}

export type NewNumberPool = Pick<NumberPoolEntity, 'code' | 'name' | 'nameEn' | 'organisationId' | 'serviceType'>;

export async function insertNumberPool(transaction: Transaction, pool: NewNumberPool, now: Instant): Promise<Id<'numberPool'>> {
  const id = newId('numberPool');
  await transaction.manager.insert(NumberPoolEntity, { ...pool, id, status: 'ACTIVE', version: 1, createdAt: now });
  return id;
}

export type NumberPoolChanges = Partial<Pick<NumberPoolEntity, 'name' | 'nameEn' | 'status'>>;

/** Changes a locked pool and moves its version on. */
export async function updateNumberPool(
  transaction: Transaction,
  { id, version }: LockedNumberPool,
  changes: NumberPoolChanges,
): Promise<void> {
  const { affected } = await transaction.manager.update(NumberPoolEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(affected === 1, 'a pool was changed without its lock');
}

/** Whether a pool has a number that is not scrapped. The pool is locked, so that none comes meanwhile. */
export async function poolHasNumbers(transaction: Transaction, id: Id<'numberPool'>): Promise<boolean> {
  const [row] = await transaction.query<{ found: boolean }>(sql`
    SELECT EXISTS (SELECT FROM access_number n WHERE n.pool_id = ${id}::uuid AND n.state <> 'scrapped') AS found`);
  return row?.found === true;
}
