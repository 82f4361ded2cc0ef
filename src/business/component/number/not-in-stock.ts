import type { Unit } from '../../context';
import { lockBlocksToOpen } from '../../../data/operation/number/insert-numbers';

/**
 * Numbers that a unit has looked for in vain, with their blocks locked: until it ends nobody brings them into stock but itself, and
 * whoever does takes them out of here.
 */
export function notInStock(unit: Unit): Promise<Set<string>> {
  return unit.once('numbers not in stock', () => Promise.resolve(new Set<string>()));
}

/** Numbers that were looked for in vain may just be coming into stock: whoever adds their range is waited for, and then waits for us. */
export async function waitForStock(unit: Unit, missing: readonly { readonly value: string }[]): Promise<void> {
  await lockBlocksToOpen(
    unit.transaction,
    missing.map(({ value }) => value),
  );
}
