import type { Unit } from '../../context';
import { lockBlocksToOpen } from '../../../data/operation/number/insert-numbers';

/**
 * How a unit knows that a number is not in stock: it has looked; or it has looked with the number's block locked, so that until the unit
 * ends nobody brings it into stock but itself.
 */
export type Absence = 'SEEN' | 'LOCKED';

/** Numbers that a unit has looked for in vain. Whoever brings one into stock in the unit takes it out of here. */
export function notInStock(unit: Unit): Promise<Map<string, Absence>> {
  return unit.once('numbers not in stock', () => Promise.resolve(new Map<string, Absence>()));
}

/** Whether a number is known not to be in stock: by the lock of its block, or, where nobody is given one, by a look. */
export function isAbsent(known: ReadonlyMap<string, Absence>, value: string, needed: Absence): boolean {
  return needed === 'SEEN' ? known.has(value) : known.get(value) === 'LOCKED';
}

/** Numbers that were looked for in vain may just be coming into stock: whoever adds their range is waited for, and then waits for us. */
export async function waitForStock(unit: Unit, missing: readonly { readonly value: string }[]): Promise<void> {
  await lockBlocksToOpen(
    unit.transaction,
    missing.map(({ value }) => value),
  );
}
