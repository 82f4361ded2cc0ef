import type { Unit } from '../../context';

/**
 * Numbers that a unit has looked for in vain, with their blocks locked: until it ends nobody brings them into stock but itself, and
 * whoever does takes them out of here.
 */
export function notInStock(unit: Unit): Promise<Set<string>> {
  return unit.once('numbers not in stock', () => Promise.resolve(new Set<string>()));
}
