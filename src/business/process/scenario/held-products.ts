import { z } from 'zod';
import type { FactTime } from '../../context';
import { selectHeldProducts } from '../../component/product';
import type { Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import type { Stage } from './stage';
import { eitherForm, fields, orNone, text, trueOrFalse, whole } from './written/fields';
import { Handle, handle, NONE } from './written/handle';
import { time } from './written/written-time';

const DATE = /^\d{4}-\d\d-\d\d$/;
const date = z.string({ error: 'a date as 2027-03-01 is needed here' }).regex(DATE, 'a date as 2027-03-01 is needed here');

/** What a subscriber holds, as far as a file looks at it. */
const described = fields({
  product: handle('product'),
  plan: trueOrFalse.optional(),
  quantity: whole(1, 1_000_000).optional(),
  order: orNone(handle('order')).optional(),
  from: time.optional(),
  to: orNone(time).optional(),
  bound: orNone(fields({ from: date, until: date, renewal: text.optional() })).optional(),
});

export type WrittenHeld = Handle<'product'> | z.output<typeof described>;

/** `basic`, or `{ product: data, quantity: 2, bound: { from: 2026-01-01, until: 2027-01-01 } }`. */
export const heldProduct = eitherForm<WrittenHeld>((input) =>
  input === null || typeof input !== 'object' ? handle('product') : described,
);

type Shown = Readonly<Record<string, Json>>;

/** What a subscriber held at a time, the plan first, then in the order in which it came. */
export async function productsHeld(stage: Stage, subscriberId: Id<'subscriber'>, at: FactTime): Promise<Json> {
  const held = await selectHeldProducts(stage.context, [subscriberId], at);
  return held.map(({ productId, isPlan: plan, quantity, orderId, validFrom, validTo, term: bound }): Shown => {
    const times = { from: stage.shownTime(validFrom), to: stage.shownTime(validTo) };
    return {
      product: stage.nameOf('product', productId),
      plan,
      quantity,
      order: stage.nameOf('order', orderId),
      ...times,
      bound: bound ?? NONE,
    };
  });
}

/** Of each product what a file says of the one in its place. */
export function productsLookedAt(products: readonly WrittenHeld[] | undefined, actual: Json): Json {
  return (actual as readonly Shown[]).map((shown, n) => {
    const written = products?.[n];
    const described = written instanceof Handle || written === undefined ? {} : written;
    const keys = Object.entries(described).flatMap(([key, value]) => (value === undefined || key === 'product' ? [] : [key]));
    return Object.fromEntries(['product', ...keys].map((key) => [key, partOf(shown[key] ?? null, (described as Shown)[key])]));
  });
}

/** A term without its renewal, where a file does not look at it. */
function partOf(actual: Json, written: unknown): Json {
  if (written === null || typeof written !== 'object' || !('until' in written) || actual === null || typeof actual !== 'object')
    return actual;
  const term = actual as Shown;
  return 'renewal' in written && written.renewal !== undefined ? actual : { from: term['from'] ?? null, until: term['until'] ?? null };
}

export function productsExpected(stage: Stage, products: readonly WrittenHeld[] | undefined): Json {
  return (products ?? []).map((written) => {
    if (written instanceof Handle) return { product: written.name };
    const { product, order, from, to, bound, ...plain } = written;
    const times = {
      ...(from && { from: stage.shownTime(stage.instantOf(from)) }),
      ...(to !== undefined && { to: stage.shownTime(to && stage.instantOf(to)) }),
    };
    const rest = {
      ...plain,
      ...times,
      ...(order !== undefined && { order: order?.name ?? NONE }),
      ...(bound !== undefined && { bound: bound ?? NONE }),
    };
    return { product: product.name, ...defined(rest) };
  });
}

function defined(given: Readonly<Record<string, unknown>>): Shown {
  return JSON.parse(JSON.stringify(given)) as Shown;
}
