import type { Unit } from '../../context';
import { occupyStocked, recordStocked, stockNumbers, type NumberRefusal, type NumbersToStock } from '../../component/number';
import { holdNumberHolders } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';

/** What came into stock. */
export type Stocked = {
  readonly numberPoolId: Id<'numberPool'>;
  readonly added: number;
  /** Of these, those that a subscriber has already. */
  readonly occupied: number;
};

/**
 * Puts numbers into stock; those that subscribers have already, or are to have, are occupied by them. The subscribers are held, so that
 * none lets its number go meanwhile without the stock hearing of it.
 */
export async function putIntoStock(unit: Unit, input: NumbersToStock): Promise<Result<Stocked, NumberRefusal>> {
  const pool = await stockNumbers(unit, input);
  if (!pool.ok) return pool;
  const inUse = await holdNumberHolders(unit, input.values);
  const occupied = await occupyStocked(unit, pool.value, inUse);
  if (!occupied.ok) return occupied;
  const { values, numberPoolId } = input;
  const stocked = { first: values[0] ?? '', last: values.at(-1) ?? '', added: values.length, occupied: occupied.value };
  recordStocked(unit, pool.value, stocked);
  return ok({ numberPoolId, added: stocked.added, occupied: stocked.occupied });
}
