import type { Json } from '../../../../kernel/stable-json';

/*
 * A definition as it is stored: the same names, and amounts as decimal digits of minor units, since JSON has no whole numbers of
 * that size. Which parts are amounts their names say.
 */

const IS_AMOUNT = /(?:Minor|^amount)$/;
const ARE_AMOUNTS = /Minor$/;

export function toStored(value: unknown): Json {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(toStored);
  if (value === null || typeof value !== 'object') return value as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => [name, toStored(part)]),
  );
}

/** Reads what {@link toStored} has written. Its shape is not asked again: nothing but a document that was read is ever stored. */
export function fromStored<Definition>(stored: Json): Definition {
  return restored(stored) as Definition;
}

function restored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restored);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, restoredPart(name, part)]));
}

function restoredPart(name: string, part: unknown): unknown {
  if (typeof part === 'string' && IS_AMOUNT.test(name)) return BigInt(part);
  if (Array.isArray(part) && ARE_AMOUNTS.test(name)) return part.map((amount) => BigInt(String(amount)));
  return restored(part);
}
