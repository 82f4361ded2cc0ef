import type { Unit } from '../../context';
import { insertPortedIn, lockAskedNumbers, lockNumbersOf, updateNumbers } from '../../../data/operation/number/write-access-numbers';
import { lockBlocksToAdd } from '../../../data/operation/number/insert-numbers';
import { holdNearestPool, selectPoolsUsedAt } from '../../../data/operation/number/select-number-pools';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import type { Permission } from '../../../kernel/scope';
import { operatorParameters } from '../organisation';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { mayBecome } from './model/state';
import { notInStock } from './not-in-stock';
import { recordStanding } from './record-numbers';

/** A number that comes with its customer from another operator 携入. */
export interface PortedNumber {
  readonly value: string;
  readonly serviceType: string;
  /** The node of the subscriber: the number comes into the nearest pool that is used there. */
  readonly organisationId: Id<'organisation'>;
  readonly subscriberId: Id<'subscriber'>;
}

type Ported = { readonly accessNumberId: Id<'accessNumber'> };

/**
 * Takes in a number that is another operator's 携入, in the unit that opens its subscriber; one of ours that had gone out comes home
 * and is ours again. It is claimed by that subscriber alone.
 */
export async function portIn(unit: Unit, number: PortedNumber, permission: Permission): Promise<Result<Ported, NumberRefusal>> {
  const { value, serviceType, organisationId, subscriberId } = number;
  await lockBlocksToAdd(unit.transaction, [value]);
  const [row] = await lockAskedNumbers(unit, [{ value, organisationId }]);
  if (row?.state === 'portedOut') {
    if (row.service_type !== serviceType) return refuseNumber('NUMBERS_OF_OTHER_SERVICE', 'number', { number: value });
    await updateNumbers(unit, [{ id: row.id, subscriberId }], { state: 'occupied' });
    recordStanding(unit, row, row.state, { state: 'occupied', subscriberId });
    return ok({ accessNumberId: row.id });
  }
  if (row !== undefined && !mayBecome(row.state, 'portedIn')) {
    return refuseNumber('STATE_REFUSES', 'number', { number: value, state: row.state });
  }
  const pool = await holdNearestPool(unit, permission, serviceType, organisationId);
  if (pool === undefined) return refuseNumber('POOL_MISSING', 'organisationId');
  const ported = await insertPortedIn(unit, { value, subscriberId }, pool);
  (await notInStock(unit)).delete(value);
  if (ported === undefined) return refuseNumber('NUMBERS_IN_STOCK', 'number', { number: value, count: 1 });
  recordStanding(unit, ported, row?.state ?? null, { state: 'portedIn', subscriberId });
  return ok({ accessNumberId: ported.id });
}

/**
 * Whether a number can be taken in from another operator 携入: it is none of ours in stock, or one of ours that had gone out, or one that came
 * and went again; and there is a pool for it. `wide` has the system's scope.
 */
export async function checkPortIn(
  wide: Unit,
  { value, serviceType, organisationId }: Omit<PortedNumber, 'subscriberId'>,
): Promise<ReturnType<typeof refusedBy<NumberRefusal>>> {
  const [row] = await lockAskedNumbers(wide, [{ value, organisationId }]);
  if (row?.state === 'portedOut') {
    return refusedBy(row.service_type !== serviceType && refuseNumber('NUMBERS_OF_OTHER_SERVICE', 'identifier', { number: value }));
  }
  const pools = await selectPoolsUsedAt(wide, { serviceType, organisationId, limit: 1 });
  return refusedBy<NumberRefusal>(
    row !== undefined &&
      !mayBecome(row.state, 'portedIn') &&
      refuseNumber('STATE_REFUSES', 'identifier', { number: value, state: row.state }),
    pools.length === 0 && refuseNumber('POOL_MISSING', 'organisationId'),
  );
}

/**
 * Lets a number of ours go to another operator with its customer 携出; one that was ported in goes on, and is then none of ours. The
 * subscriber is closed in the same unit.
 */
export async function portOut(unit: Unit, value: string, subscriberId: Id<'subscriber'>): Promise<Result<Ported, NumberRefusal>> {
  const row = (await lockNumbersOf(unit, subscriberId, null)).find((one) => one.value === value);
  if (row === undefined) return refuseNumber('NOT_FOUND', 'number');
  const state = row.state === 'portedIn' ? 'scrapped' : 'portedOut';
  if (!mayBecome(row.state, state)) return refuseNumber('STATE_REFUSES', 'number', { number: value, state: row.state });
  await updateNumbers(unit, [{ id: row.id }], { state });
  recordStanding(unit, row, row.state, { state });
  return ok({ accessNumberId: row.id });
}

/** Takes back a number of ours that the other operator gives back 携出归还: it rests like any other that was in use. */
export async function takeBack(unit: Unit, value: string, organisationId: Id<'organisation'>): Promise<Result<Ported, NumberRefusal>> {
  const [row] = await lockAskedNumbers(unit, [{ value, organisationId }]);
  if (row === undefined || !row.used_there) return refuseNumber('NOT_FOUND', 'number');
  if (row.state !== 'portedOut') return refuseNumber('STATE_REFUSES', 'number', { number: value, state: row.state });
  const { numberFreezeDays } = await operatorParameters(unit);
  const standing = { state: 'frozen', until: unit.now.add({ hours: 24 * numberFreezeDays }) } as const;
  await updateNumbers(unit, [{ id: row.id }], standing);
  recordStanding(unit, row, row.state, standing);
  return ok({ accessNumberId: row.id });
}
