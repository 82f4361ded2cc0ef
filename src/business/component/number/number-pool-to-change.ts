import type { Unit } from '../../context';
import { lockNumberPool, type LockedNumberPool, type NumberPoolLock } from '../../../data/operation/number/write-number-pool';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { refuseNumber, type NumberRefusal } from './model/refusals';

/** What every change of an existing pool names: which, and what version of it the caller saw. */
export interface NumberPoolChange {
  readonly numberPoolId: Id<'numberPool'>;
  readonly expectedVersion: number;
}

/** Locks a pool that the caller manages numbers at; it must not be closed. */
export async function activeNumberPool(
  unit: Unit,
  id: Id<'numberPool'>,
  lock: NumberPoolLock,
): Promise<Result<LockedNumberPool, NumberRefusal>> {
  const pool = await lockNumberPool(unit, id, lock);
  if (pool === undefined) return refuseNumber('NOT_FOUND', 'numberPoolId');
  return pool.status === 'ACTIVE' ? ok(pool) : refuseNumber('NOT_ACTIVE', 'numberPoolId');
}

/** As {@link activeNumberPool}, for a change of the pool itself; it must be of the version that the caller saw. */
export async function numberPoolToChange(
  unit: Unit,
  { numberPoolId, expectedVersion }: NumberPoolChange,
): Promise<Result<LockedNumberPool, NumberRefusal>> {
  const pool = await activeNumberPool(unit, numberPoolId, 'change');
  if (!pool.ok || pool.value.version === expectedVersion) return pool;
  return refuseNumber('STALE_VERSION', 'expectedVersion', { version: pool.value.version });
}
