import { z } from 'zod';
import { ITEM_CONTENTS, itemName, type ItemKind, type ItemRequest } from '../../component/order';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import { contentOf, formsOf, NEW_KEY, partsOfItem, type Part } from './item-parts';
import type { Stage } from './stage';
import { eitherForm, fields, list, listOf } from './written/fields';
import { Handle, type HandleKind } from './written/handle';

/** An item as it was read: behind the name of its kind what it says. */
export type WrittenItem = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** Made by the program alone: what another system sold is taken over by an import, and the clock says when a grace is over. */
const BY_THE_PROGRAM: readonly ItemKind[] = ['MIGRATE', 'LAPSE_BUNDLE'];
/** Those that may be ordered. */
const KINDS = (Object.keys(ITEM_CONTENTS) as readonly ItemKind[]).filter((kind) => !BY_THE_PROGRAM.includes(kind));
const PARTS = new Map(KINDS.map((kind) => [kind, partsOfItem(ITEM_CONTENTS[kind])]));

/** The keys of each kind of item, by its name in a file. */
export const ITEM_KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  [...PARTS].map(([kind, parts]) => [itemName(kind), [...parts.values()].flatMap(({ key }) => key ?? [])]),
);

const oneItem = fields(
  Object.fromEntries([...PARTS].map(([kind, parts]) => [itemName(kind), fields(formsOf(parts)).optional()])),
) as unknown as z.ZodType<WrittenItem>;

const itemOfOneKind = eitherForm<WrittenItem>((input) => {
  const keys = input !== null && typeof input === 'object' ? Object.keys(input) : [];
  if (keys.length === 0) return z.never({ error: `an item is needed here: one of ${listOf([...ITEM_KEYS.keys()])}` });
  const [first, second] = keys.filter((name) => ITEM_KEYS.has(name));
  if (first === undefined || second === undefined) return oneItem;
  return z.never({ error: `an item does one thing, and this one does "${first}": begin another for "${second}"` });
});

/** The items of an order, a list of one key each: `- suspend: { subscriber: phone, reason: LOSS }`. */
export const orderItems: z.ZodType<WrittenItem[]> = list(itemOfOneKind);

/** The items as the order component takes them. */
export async function requestsOf(
  stage: Stage,
  items: readonly WrittenItem[],
  organisation: Handle<'organisation'>,
): Promise<readonly ItemRequest[]> {
  const requests: ItemRequest[] = [];
  for (const [n, item] of items.entries()) {
    const { kind, name, said } = kindIn(item);
    const content = await contentOf(stage, PARTS.get(kind) ?? new Map<string, Part>(), said, {
      organisation,
      place: ['items', n, name],
    });
    requests.push({ kind, content } as unknown as ItemRequest);
  }
  return requests;
}

/** Gives the handles that items bring what they stand for: its id is decided when an item is quoted. */
export function defineBrought(stage: Stage, items: readonly WrittenItem[], quoted: readonly ItemRequest[]): void {
  for (const [n, item] of items.entries()) {
    const { said } = kindIn(item);
    const brought = said[NEW_KEY];
    const content = quoted[n]?.content as Readonly<Record<string, Json>> | undefined;
    if (!(brought instanceof Handle) || content === undefined) continue;
    const id = content[`${brought.kind}Id`];
    invariant(typeof id === 'string', 'what an item is to open has its id from the quotation on');
    stage.define(brought, id as Id<HandleKind>);
  }
}

/** The handles that items of a step would bring, as far as they can be read: later lines are not to blame for the rest. */
export function handlesIn(items: unknown): readonly Handle[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => {
    const [[name, said] = []] = Object.entries((item ?? {}) as Readonly<Record<string, unknown>>);
    const kind = KINDS.find((one) => itemName(one) === name);
    const form = kind === undefined ? undefined : [...(PARTS.get(kind)?.values() ?? [])].find(({ key }) => key === NEW_KEY)?.form;
    const written = said !== null && typeof said === 'object' && NEW_KEY in said ? said[NEW_KEY] : undefined;
    const read = form?.safeParse(written);
    return read?.success === true && read.data instanceof Handle ? [read.data] : [];
  });
}

function kindIn(item: WrittenItem): { readonly kind: ItemKind; readonly name: string; readonly said: Readonly<Record<string, unknown>> } {
  const [[name, said] = []] = Object.entries(item);
  const kind = KINDS.find((one) => itemName(one) === name);
  invariant(kind !== undefined && name !== undefined && said !== undefined, 'an item was read by its kind');
  return { kind, name, said };
}
