import type { Unit } from '../../context';
import { insertNumbers, lockBlocksToAdd, selectInStock } from '../../../data/operation/number/insert-numbers';
import { lockNumbers, updateNumbers } from '../../../data/operation/number/write-access-numbers';
import { selectKnownClassCodes } from '../../../data/operation/number/write-number-class';
import type { LockedNumberPool } from '../../../data/operation/number/write-number-pool';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { identifierMatches, serviceTypeOf } from '../service';
import { CLASS_RULES_MAX } from './model/checks';
import { checkPattern, classOf, type ClassRule } from './model/pattern';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { activeNumberPool } from './number-pool-to-change';

/** Numbers that come into a pool. */
export interface NumbersToStock {
  readonly numberPoolId: Id<'numberPool'>;
  readonly values: readonly string[];
  /** Sort them into classes: of several rules that fit, the first. */
  readonly classes: readonly ClassRule[];
}

/**
 * Puts numbers into stock 入库, idle, all of them or none; each must have the form of the pool's service type. From then on, to the end
 * of the unit, none of them can be opened beside the stock: whoever calls gives those to their subscribers that are in use already.
 */
export async function stockNumbers(unit: Unit, input: NumbersToStock): Promise<Result<LockedNumberPool, NumberRefusal>> {
  const pool = await activeNumberPool(unit, input.numberPoolId, 'fill');
  if (!pool.ok) return pool;
  const refused = refusedBy(await checkClasses(unit, input.classes), await checkForm(unit, pool.value, input.values));
  if (refused !== undefined) return refused;
  await lockBlocksToAdd(unit.transaction, input.values);
  const numbers = input.values.map((value) => ({ value, classCode: classOf(input.classes, value) }));
  const inStock = await selectInStock(unit.transaction, input.values);
  if (inStock.count > 0) return refuseNumber('NUMBERS_IN_STOCK', undefined, { count: inStock.count, number: inStock.first ?? '' });
  await insertNumbers(unit.transaction, pool.value, numbers, unit.now);
  return pool;
}

async function checkClasses(unit: Unit, classes: readonly ClassRule[]): Promise<ReturnType<typeof refusedBy<NumberRefusal>>> {
  if (classes.length > CLASS_RULES_MAX) return refuseNumber('TOO_MANY', 'classes', { max: CLASS_RULES_MAX });
  const known = await selectKnownClassCodes(unit.transaction, classes.map(({ classCode }) => classCode)); // prettier-ignore
  return refusedBy<NumberRefusal>(
    ...classes.flatMap(({ classCode, pattern }, place) => [
      !known.has(classCode) && refuseNumber('CLASS_NOT_FOUND', `classes.${place}.classCode`),
      checkPattern(pattern, `classes.${place}.pattern`),
    ]),
  );
}

async function checkForm(
  unit: Unit,
  pool: LockedNumberPool,
  values: readonly string[],
): Promise<ReturnType<typeof refusedBy<NumberRefusal>>> {
  const serviceType = await serviceTypeOf(unit, pool.service_type);
  const wrong = values.find((value) => !identifierMatches(serviceType, value));
  return wrong === undefined ? undefined : refuseNumber('NUMBER_INVALID', undefined, { number: wrong });
}

/** Who has a number already. */
export interface NumberInUse {
  readonly value: string;
  readonly subscriberId: Id<'subscriber'>;
  readonly serviceType: string;
}

/** Gives numbers that have just come into stock to the subscribers that have them. */
export async function occupyStocked(
  unit: Unit,
  pool: LockedNumberPool,
  inUse: readonly NumberInUse[],
): Promise<Result<number, NumberRefusal>> {
  const other = inUse.find(({ serviceType }) => serviceType !== pool.service_type);
  if (other !== undefined) return refuseNumber('NUMBERS_OF_OTHER_SERVICE', undefined, { number: other.value });
  const holders = new Map(inUse.map(({ value, subscriberId }) => [value, subscriberId]));
  const rows = await lockNumbers(unit, [...holders.keys()], 'number:write', 'managed');
  const numbers = rows.flatMap(({ id, value }) => {
    const subscriberId = holders.get(value);
    return subscriberId === undefined ? [] : [{ id, subscriberId }];
  });
  await updateNumbers(unit, numbers, { state: 'occupied' });
  return ok(numbers.length);
}

/** The line in the audit trail and the event of numbers that came into stock: one for all, at their pool. */
export function recordStocked(unit: Unit, pool: LockedNumberPool, stocked: Readonly<Record<string, Json>>): void {
  const subject = { subjectKind: 'numberPool', subjectId: pool.id } as const;
  unit.audit({ ...subject, organisationId: pool.organisation_id, serviceType: pool.service_type, before: null, after: { stocked } });
  unit.emit({ ...subject, type: 'NumberPoolAttributeValueChangeEvent', payload: { stocked } });
}
