import { z } from 'zod';
import { selectDiscountsOfAccounts, selectDiscountsOfBundles, selectDiscountsOfSubscribers } from '../../component/discount';
import { idKindIn } from '../../component/order';
import { operatorParameters } from '../../component/organisation';
import { selectHeldProducts } from '../../component/product';
import { newId, type IdKind } from '../../../kernel/id';
import { currencyOf } from '../../../kernel/money';
import type { Json } from '../../../kernel/stable-json';
import { RELATION_PRIORITY } from './payment-relation';
import { StepMistake, type Place } from './problem';
import type { Stage } from './stage';
import { amount, eitherForm, fields, list, orNone, text, trueOrFalse, word, type WrittenAmount } from './written/fields';
import { codeOf, handle, Handle, HANDLE_KINDS, newHandle, type HandleKind } from './written/handle';

/*
 * What a field of an order item looks like in a file, made of what the order keeps: a field that comes to an item can be written without a
 * line here. Ids are written as handles under the name of the field (`subscriberId` as `subscriber`), amounts as decimals.
 */

/** What one field of a content looks like in a file, and how that becomes what the order keeps. */
export interface Part {
  /** The key of the file; null for what is decided when the item is quoted, and not written. */
  readonly key: string | null;
  readonly form: z.ZodType;
  /** Undefined: the content has no such field. */
  content(stage: Stage, read: unknown, within: Within): Json | undefined | Promise<Json | undefined>;
}

/** Where a field stands: what the order says for all of its items, and the fields beside it. */
export interface Within {
  readonly organisation: Handle<'organisation'>;
  readonly beside: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

/** The key under which an item names what it brings. */
export const NEW_KEY = 'handle';

/** What an item brings, by the field that holds its id (null, until the item is quoted), and the field beside it that says what is made. */
const BROUGHT: Readonly<Record<string, string>> = { subscriberId: 'serviceType', bundleInstanceId: 'bundle' };

/** What the product itself decides when an item is quoted: no file writes it. */
const DECIDED: readonly string[] = ['goodNumber', 'keptUntil', 'number', 'authorisation', 'leavesIds', 'plannedIds', 'beforeService'];

/** What need not be said, where the order component needs it. */
const UNSAID: Readonly<Record<string, unknown>> = { priority: RELATION_PRIORITY };

const anyKeys = z.record(z.string(), z.json(), { error: 'keys with values are needed here' }).default({});

const quantity = z.int({ error: 'a whole number is needed here' }).nullable().default(null);
const quantified = fields({ product: handle('product'), quantity });
type Quantified = z.output<typeof quantified>;

/** Each field of the content of an item, by its name there. */
export function partsOfItem(schema: z.ZodObject): ReadonlyMap<string, Part> {
  const brought = Object.keys(BROUGHT).find((name) => name in schema.shape && (BROUGHT[name] ?? '') in schema.shape);
  const parts = new Map(partsOf(schema));
  if (brought !== undefined && schema.shape[brought] instanceof z.ZodNullable) parts.set(brought, broughtPart(brought));
  return parts;
}

function partsOf(schema: z.ZodObject): ReadonlyMap<string, Part> {
  const parts = Object.entries(schema.shape).map(([name, field]) => [name, partOf(name, field as z.ZodType)] as const);
  return new Map(parts);
}

export function formsOf(parts: ReadonlyMap<string, Part>): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries([...parts.values()].flatMap(({ key, form }) => (key === null ? [] : [[key, form]])));
}

export async function contentOf(
  stage: Stage,
  parts: ReadonlyMap<string, Part>,
  said: Readonly<Record<string, unknown>>,
  { organisation, place }: Pick<Within, 'organisation' | 'place'>,
): Promise<Readonly<Record<string, Json>>> {
  const content: Record<string, Json> = {};
  for (const [name, part] of parts) {
    const key = part.key ?? name;
    const value = await part.content(stage, said[key], { organisation, beside: said, place: [...place, key] });
    if (value !== undefined) content[name] = value;
  }
  return content;
}

/** One field: what may be left out, then what is in it. */
function partOf(name: string, field: z.ZodType, isNeeded = true): Part {
  if (DECIDED.includes(name)) return { ...DECIDED_LATER, content: () => undefined };
  if (field instanceof z.ZodNullable) {
    const inner = partOf(name, field.unwrap() as z.ZodType, false);
    if (idKindIn(field.unwrap()) === 'productInstance') return DECIDED_LATER;
    return { ...inner, form: orNone(inner.form).default(null), content: (...[stage, read, within]) => orNull(inner, stage, read, within) };
  }
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) {
    const inner = partOf(name, field.unwrap() as z.ZodType, false);
    return {
      ...inner,
      form: inner.form.optional(),
      content: (stage, read, within) => (read === undefined ? undefined : inner.content(stage, read, within)),
    };
  }
  const part = plainPart(name, field);
  // Fields that may all be left out may be left out as a whole.
  if (isNeeded && field instanceof z.ZodObject && part.form.safeParse({}).success) return { ...part, form: part.form.default({}) };
  return name in UNSAID ? { ...part, form: part.form.default(UNSAID[name]) } : part;
}

function orNull(inner: Part, stage: Stage, read: unknown, within: Within): ReturnType<Part['content']> {
  return read === null || read === undefined ? null : inner.content(stage, read, within);
}

/** The instance that an item brings, or that it takes the place of. */
const DECIDED_LATER: Part = { key: null, form: z.undefined(), content: () => null };

/** What the item brings: its handle here, its id when it is quoted. */
function broughtPart(name: string): Part {
  return { key: NEW_KEY, form: newHandle(name.replace(/Id$/, '') as HandleKind), content: () => null };
}

function plainPart(name: string, field: z.ZodType): Part {
  const kind = idKindIn(field);
  if (kind !== undefined) return idPart(name, kind);
  if (field instanceof z.ZodObject) return objectPart(name, field);
  if (field instanceof z.ZodArray) return listPart(name, field.element as z.ZodType);
  if (field instanceof z.ZodEnum) return asRead(name, word(field.options.map(String)));
  if (field instanceof z.ZodString) return asRead(name, text);
  if (field instanceof z.ZodBoolean) return asRead(name, trueOrFalse);
  if (field instanceof z.ZodNumber) return asRead(name, z.int({ error: 'a whole number is needed here' }));
  if (field instanceof z.ZodRecord) return asRead(name, anyKeys);
  return asRead(name, z.json());
}

function asRead(key: string, form: z.ZodType): Part {
  return { key, form, content: (_stage, read) => read as Json };
}

function listPart(key: string, element: z.ZodType): Part {
  const inner = partOf(key, element);
  return {
    key,
    form: list(inner.form).default([]),
    content: async (stage, read, within) => {
      const items: Json[] = [];
      for (const [n, one] of (read as readonly unknown[]).entries())
        items.push((await inner.content(stage, one, { ...within, place: [...within.place, n] })) ?? null);
      return items;
    },
  };
}

/** An amount of money, a product to be ordered, or simply fields. */
function objectPart(key: string, schema: z.ZodObject): Part {
  const names = Object.keys(schema.shape);
  if (names.length === 2 && names.includes('amountMinor') && names.includes('currency')) return moneyPart(key);
  if (names.includes('code') && names.includes('versionId')) return names.includes('quantity') ? productPart(key) : discountPart(key);
  const parts = partsOf(schema);
  const form = fields(formsOf(parts));
  return {
    key,
    form,
    content: (stage, read, within) => contentOf(stage, parts, read as Readonly<Record<string, unknown>>, within),
  };
}

/** In the currency of the account beside it, or the operator's. */
function moneyPart(key: string): Part {
  return {
    key,
    form: amount,
    async content(stage, read, { beside, place }) {
      const account = beside['account'];
      const operators = await operatorParameters(stage.context);
      const currency = account instanceof Handle ? await stage.currencyOf(stage.idOf(account as Handle<'account'>)) : operators.currency;
      const money = (read as WrittenAmount).in(currencyOf(currency) ?? operators.currency);
      if ('reason' in money) throw new StepMistake(place, money.reason);
      return { amountMinor: money.money.amountMinor.toString(), currency: money.money.currency };
    },
  };
}

/** `plan: basic`, or `{ product: data, quantity: 2 }`. Which version of it is sold, the quotation decides. */
function productPart(key: string): Part {
  const form = eitherForm<Handle<'product'> | Quantified>((input) =>
    input === null || typeof input !== 'object' ? handle('product') : quantified,
  );
  return {
    key,
    form,
    content(_stage, read) {
      const { product, quantity } = read instanceof Handle ? { product: read, quantity: null } : (read as Quantified);
      return { code: codeOf(product), quantity, versionId: null };
    },
  };
}

/** By its handle. Which version of it is granted, the quotation decides. */
function discountPart(key: string): Part {
  return { key, form: handle('discount'), content: (_stage, read) => ({ code: codeOf(read as Handle<'discount'>), versionId: null }) };
}

function idPart(name: string, kind: IdKind): Part {
  if (kind === 'productInstance') return instancePart();
  if (kind === 'grantedDiscount') return grantPart();
  const named = HANDLE_KINDS.find((one) => one === kind);
  // What files have no handles for, they name by its id.
  if (named === undefined) return asRead(name, text);
  const key = name.replace(/Id$/, '');
  const given = handle(named);
  const form = named === 'organisation' ? given.optional() : given;
  return {
    key,
    form,
    content: (stage, read, { organisation }) => stage.idOf(read === undefined ? organisation : (read as Handle)),
  };
}

/** What a subscriber holds is named by its product; the id of none, where it holds none: what is refused then is the order's to say. */
function instancePart(): Part {
  return {
    key: 'product',
    form: handle('product'),
    async content(stage, read, { beside }) {
      const subscriber = beside['subscriber'];
      if (!(subscriber instanceof Handle)) return newId('productInstance');
      const productId = stage.idOf(read as Handle<'product'>);
      const held = await selectHeldProducts(stage.context, [stage.idOf(subscriber as Handle<'subscriber'>)], stage.now());
      return held.find((one) => one.productId === productId)?.instanceId ?? newId('productInstance');
    },
  };
}

/** What a subscriber, a bundle or an account was granted is named by its discount; the id of none, where it has none. */
function grantPart(): Part {
  return {
    key: 'discount',
    form: handle('discount'),
    async content(stage, read, { beside }) {
      const { subscriber, account, bundleInstance } = beside;
      const at = stage.now();
      const held = [
        ...(subscriber instanceof Handle
          ? await selectDiscountsOfSubscribers(stage.context, [stage.idOf(subscriber as Handle<'subscriber'>)], at)
          : []),
        ...(bundleInstance instanceof Handle
          ? await selectDiscountsOfBundles(stage.context, [stage.idOf(bundleInstance as Handle<'bundleInstance'>)], at)
          : []),
        ...(account instanceof Handle
          ? await selectDiscountsOfAccounts(stage.context, [stage.idOf(account as Handle<'account'>)], at)
          : []),
      ];
      const discountId = stage.idOf(read as Handle<'discount'>);
      return held.find((one) => one.discountId === discountId)?.grantId ?? newId('grantedDiscount');
    },
  };
}
