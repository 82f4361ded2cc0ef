import { z } from 'zod';
import type { Json } from '../../../../kernel/stable-json';

/** A document of the catalogue as its component reads it; what stands in it, the component checks. */
export type Document = Readonly<Record<string, Json>>;

/**
 * A document of the catalogue, or a list in it, with the keys of the API. Amounts may be written like all amounts of a file; a price
 * or a member is called by its code, where it has no name, and prices contain the tax, where they do not say.
 */
export const document: z.ZodType<Document> = z
  .record(z.string(), z.json(), { error: 'keys with values are needed here' })
  .transform((given): Document => completed(given) as Document);

export const documents: z.ZodType<Document[]> = z
  .array(document, { error: 'a list is needed here' })
  .max(50, 'a list has at most 50 entries');

function completed(value: Json): Json {
  if (Array.isArray(value)) return value.map((part) => completed(part as Json));
  if (value === null || typeof value !== 'object') return value;
  const part = Object.fromEntries(
    Object.entries(value).map(([key, item = null]) => [key, AMOUNTS.includes(key) ? asText(item) : completed(item)]),
  );
  return { ...defaultsOf(part), ...part };
}

/** Keys whose numbers are decimals. */
const AMOUNTS: readonly string[] = ['amount', 'amounts', 'deposit', 'total', 'spend', 'cap'];

function asText(amount: Json): Json {
  if (Array.isArray(amount)) return amount.map((one) => asText(one as Json));
  return typeof amount === 'number' ? String(amount) : amount;
}

function defaultsOf(part: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const called = part['role'] ?? part['code'];
  const isNamed = typeof called === 'string' && ['kind', 'products', 'usageKinds'].some((key) => key in part);
  const names = isNamed ? { name: called, nameEn: called } : {};
  return 'chargeCode' in part && !('products' in part) ? { ...names, taxIncluded: true } : names;
}
