import type { Unit } from '../../context';
import {
  insertNumberDeposit,
  markDepositsReturned,
  selectDepositsHeld,
  type NewNumberDeposit,
  type NumberDeposit,
} from '../../../data/operation/number/number-deposit';
import type { Id } from '../../../kernel/id';

/** Records what is held for a number of a class 靓号押金 that a subscriber gets now. */
export function holdDeposit(unit: Unit, deposit: NewNumberDeposit): Promise<void> {
  return insertNumberDeposit(unit.transaction, deposit, unit.now);
}

/** What is held for the numbers of a locked subscriber. */
export function depositsHeld({ transaction }: Unit, subscriberId: Id<'subscriber'>): Promise<NumberDeposit[]> {
  return selectDepositsHeld(transaction, subscriberId);
}

/** Gives up what is held for the numbers of a locked subscriber, by the order that frees them: the caller posts what is told. */
export function returnDeposits(unit: Unit, subscriberId: Id<'subscriber'>, orderId: Id<'order'>): Promise<NumberDeposit[]> {
  return markDepositsReturned(unit.transaction, { subscriberId, orderId }, unit.now);
}
