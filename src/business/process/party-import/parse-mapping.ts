import { createHash } from 'node:crypto';
import { ok, type Result } from '../../../kernel/result';
import { stableJson } from '../../../kernel/stable-json';
import { mappingSchema, WORDS, type Condition, type MappedIdentifier, type MappedValue, type Mapping } from './mapping';
import { refuseImport, type ImportRefusal } from './refusals';

/** A value of the mapping with its place, as in `subscribers.0.serviceType`. */
interface Placed<Value> {
  readonly place: string;
  readonly value: Value;
}

/** Reads a mapping; the refusals name every place that is wrong. */
export function parseMapping(json: unknown): Result<Mapping, ImportRefusal> {
  const parsed = mappingSchema.safeParse(json);
  if (!parsed.success) {
    const refusals = parsed.error.issues.flatMap((issue) => invalid(issue.path.join('.') || 'the top', reasonOf(issue)).refusals);
    return { ok: false, refusals };
  }
  const mapping = parsed.data;
  const refusals = [
    ...wrongKeys(mapping),
    ...valuesOf(mapping).flatMap((placed) => wrongValue(mapping, placed)),
    ...conditionsOf(mapping).flatMap((placed) => wrongCondition(mapping, placed)),
  ];
  return refusals.length === 0 ? ok(mapping) : { ok: false, refusals };
}

/** What two mappings that do the same have in common. The description does nothing. */
export function mappingDigest({ description: _description, ...mapping }: Mapping): string {
  return createHash('sha256').update(stableJson(mapping)).digest('hex');
}

type Refusals = Extract<Result<never, ImportRefusal>, { ok: false }>['refusals'];

function invalid(place: string, reason: string): { readonly refusals: Refusals } {
  return refuseImport('MAPPING_INVALID', ['mapping', ...place.split('.')], { place, reason });
}

function reasonOf({ code, message }: { readonly code: string; readonly message: string }): string {
  return code === 'invalid_union' ? 'it has none of the allowed forms (see the README of the import)' : message;
}

function wrongKeys({ rowKey, columns }: Mapping): Refusals {
  return rowKey.flatMap((column, n) => {
    const declared = columns[column];
    if (declared === undefined) return invalid(`rowKey.${n}`, `column ${column} is not declared in columns`).refusals;
    return declared.optional ? invalid(`rowKey.${n}`, `column ${column} is optional: a key cannot be empty`).refusals : [];
  });
}

/** Every value that a row is made of. */
function valuesOf({ customer, account, subscribers, monthlyCharge }: Mapping): Placed<MappedValue | MappedIdentifier>[] {
  const placed: Placed<MappedValue | MappedIdentifier>[] = [];
  const add = (place: string, value: MappedValue | MappedIdentifier | undefined): void => {
    if (value !== undefined) placed.push({ place, value });
  };
  const addAll = (place: string, values: Readonly<Record<string, MappedValue>>): void => {
    for (const [key, value] of Object.entries(values)) add(`${place}.${key}`, value);
  };
  for (const part of ['kind', 'name', 'nameEn', 'grade', 'organisation'] as const) add(`customer.${part}`, customer[part]);
  for (const part of ['name', 'currency', 'ratingType', 'paymentMethod', 'billingDay'] as const) add(`account.${part}`, account[part]);
  for (const [n, document] of customer.documents.entries()) {
    for (const part of ['kind', 'number', 'issuingAuthority'] as const) add(`customer.documents.${n}.${part}`, document[part]);
  }
  for (const [n, contact] of customer.contacts.entries()) {
    for (const part of ['kind', 'value', 'person'] as const) add(`customer.contacts.${n}.${part}`, contact[part]);
  }
  for (const [n, subscriber] of subscribers.entries()) {
    for (const part of ['serviceType', 'identifier', 'sim', 'monthsInNet'] as const) add(`subscribers.${n}.${part}`, subscriber[part]);
    for (const [m, product] of (subscriber.products ?? []).entries()) {
      for (const part of ['code', 'quantity'] as const) add(`subscribers.${n}.products.${m}.${part}`, product[part]);
    }
    addAll(`subscribers.${n}.attributes`, subscriber.attributes);
  }
  addAll('customer.attributes', customer.attributes);
  addAll('account.attributes', account.attributes);
  add('monthlyCharge', monthlyCharge);
  return placed;
}

function conditionsOf({ customer, subscribers }: Mapping): Placed<Condition>[] {
  const products = subscribers.map(({ products: held = [] }, n) => [`subscribers.${n}.products`, held] as const);
  const lists = {
    'customer.documents': customer.documents,
    'customer.contacts': customer.contacts,
    subscribers,
    ...Object.fromEntries(products),
  };
  return Object.entries(lists).flatMap(([place, list]) =>
    list.flatMap(({ when }, n) => when.map((value, m) => ({ place: `${place}.${n}.when.${m}`, value }))),
  );
}

function wrongValue({ columns }: Mapping, { place, value }: Placed<MappedValue | MappedIdentifier>): Refusals {
  const words = WORDS[place.replace(/\.\d+\./g, '.')];
  const wrongWord = (word: unknown, at: string): Refusals =>
    words === undefined || words.includes(String(word)) ? [] : invalid(at, `${String(word)} is not one of ${words.join(', ')}`).refusals;
  if ('constant' in value) return wrongWord(value.constant, `${place}.constant`);
  if ('generate' in value) return [];
  const column = columns[value.column];
  if (column === undefined) return invalid(`${place}.column`, `column ${value.column} is not declared in columns`).refusals;
  const given = value.default === undefined ? [] : wrongWord(value.default, `${place}.default`);
  const { map } = value;
  if (map === undefined) return [...given, ...(column.values ?? []).flatMap((one) => wrongWord(one, place))];
  const unmapped = (column.values ?? []).filter((one) => !Object.hasOwn(map, one));
  const incomplete = unmapped.length === 0 ? [] : invalid(`${place}.map`, `it has nothing for ${unmapped.join(', ')}`).refusals;
  const undeclared = column.values === undefined ? invalid(`${place}.map`, `column ${value.column} must declare its values`).refusals : [];
  return [...given, ...incomplete, ...undeclared, ...Object.entries(map).flatMap(([from, to]) => wrongWord(to, `${place}.map.${from}`))];
}

function wrongCondition({ columns }: Mapping, { place, value }: Placed<Condition>): Refusals {
  const column = columns[value.column];
  if (column === undefined) return invalid(`${place}.column`, `column ${value.column} is not declared in columns`).refusals;
  const asked = 'is' in value ? value.is : 'isNot' in value ? value.isNot : [];
  const strange = column.values === undefined ? [] : asked.filter((one) => !column.values?.includes(one));
  return strange.length === 0 ? [] : invalid(place, `column ${value.column} never holds ${strange.join(', ')}`).refusals;
}
