import type DataLoader from 'dataloader';
import {
  countFreeNumbers, selectAccessNumbersById, selectNumberClassesByCode, selectNumberClassesById, selectNumberCommitments, selectNumberDeposits,
  selectNumberPoolsById, type AccessNumber, type NumberClass, type NumberCommitment, type NumberDeposit, type NumberPool,
} from '../../../../business/component/number'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { groupLoaderOf, loaderOf } from '../../server/loader';

export function numberPoolLoader(context: GraphContext): DataLoader<Id<'numberPool'>, NumberPool | undefined> {
  const read = (ids: readonly Id<'numberPool'>[]): Promise<NumberPool[]> => selectNumberPoolsById(context, ids);
  return loaderOf(context, 'numberPool', read, (pool) => pool.id);
}

export function numberClassLoader(context: GraphContext): DataLoader<Id<'numberClass'>, NumberClass | undefined> {
  const read = (ids: readonly Id<'numberClass'>[]): Promise<NumberClass[]> => selectNumberClassesById(context, ids);
  return loaderOf(context, 'numberClass', read, (numberClass) => numberClass.id);
}

export function numberClassByCodeLoader(context: GraphContext): DataLoader<string, NumberClass | undefined> {
  const read = (codes: readonly string[]): Promise<NumberClass[]> => selectNumberClassesByCode(context, codes);
  return loaderOf(context, 'numberClass.code', read, (numberClass) => numberClass.code);
}

export function accessNumberLoader(context: GraphContext): DataLoader<Id<'accessNumber'>, AccessNumber | undefined> {
  const read = (ids: readonly Id<'accessNumber'>[]): Promise<AccessNumber[]> => selectAccessNumbersById(context, ids);
  return loaderOf(context, 'accessNumber', read, (number) => number.id);
}

interface FreeNumbers {
  readonly poolId: Id<'numberPool'>;
  readonly free: number;
}

export function freeNumbersLoader(context: GraphContext): DataLoader<Id<'numberPool'>, FreeNumbers | undefined> {
  const read = (ids: readonly Id<'numberPool'>[]): Promise<FreeNumbers[]> => countFreeNumbers(context, ids);
  return loaderOf(context, 'numberPool.freeNumbers', read, (counted) => counted.poolId);
}

/** What is and was held for the numbers of subscribers in scope. */
export function numberDepositsLoader(context: GraphContext): DataLoader<Id<'subscriber'>, readonly NumberDeposit[]> {
  const read = (ids: readonly Id<'subscriber'>[]): Promise<NumberDeposit[]> => selectNumberDeposits(context, ids);
  return groupLoaderOf(context, 'subscriber.numberDeposits', read, (deposit) => deposit.subscriberId);
}

/** What was undertaken for the numbers of subscribers in scope. */
export function numberCommitmentsLoader(context: GraphContext): DataLoader<Id<'subscriber'>, readonly NumberCommitment[]> {
  const read = (ids: readonly Id<'subscriber'>[]): Promise<NumberCommitment[]> => selectNumberCommitments(context, ids);
  return groupLoaderOf(context, 'subscriber.numberCommitments', read, (commitment) => commitment.subscriberId);
}
