import type { Json } from '../../../../kernel/stable-json';

/**
 * The content of an item without the ids in it: they are internal, and what they name may lie outside the scope of whoever reads the
 * order. The item's own fields show the parties that may be seen.
 */
export function withoutIds(content: Json): Readonly<Record<string, Json>> {
  return stripped(content) as Readonly<Record<string, Json>>;
}

function stripped(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(stripped);
  if (value === null || typeof value !== 'object') return value;
  const parts = Object.entries(value as Readonly<Record<string, Json | undefined>>).filter(([name]) => !/(?:Id|Ids)$/.test(name));
  return Object.fromEntries(parts.map(([name, part]) => [name, stripped(part ?? null)]));
}
