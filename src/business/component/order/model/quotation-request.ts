import { z } from 'zod';
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../../../kernel/clock';
import type { Refusal } from '../../../../kernel/result';
import { hasHiddenCharacters, lengthOf } from '../../../../kernel/text';
import type { Json } from '../../../../kernel/stable-json';
import { ITEM_CONTENTS, contentField, type ItemKind, type ItemRequest } from './item-content';
import { checkManual, manualReduction, type ManualReduction } from './manual-reduction';
import { refuseOrder, type OrderRefusal } from './refusals';

/** How many items an order may have. */
export const ITEMS_MAX = 100;

/** What a quotation was asked for: it is kept with it, and the order is made of it. */
export interface QuotationRequest {
  readonly items: readonly ItemRequest[];
  readonly requestedStartAt: Instant | null;
  readonly externalId: string | null;
  readonly note: string | null;
  /** What is given away by hand. */
  readonly manual?: readonly ManualReduction[];
  /** Drafts of the catalogue were quoted: no order is made of it. */
  readonly trial?: boolean;
}

type Refused = { readonly ok: false; readonly refusals: readonly Refusal<OrderRefusal>[] };

/** Whether an item says what its kind says; what does not, is told with its path. */
export function checkItem({ kind, content }: { readonly kind: ItemKind; readonly content: unknown }, field: string): Refused | undefined {
  const read = ITEM_CONTENTS[kind].safeParse(content);
  if (read.success) {
    const hidden = hiddenIn(content as Json);
    return hidden === undefined ? undefined : refuseOrder('CHARACTERS_REFUSED', [...field.split('.'), ...hidden]);
  }
  const [issue] = read.error.issues;
  return refuseOrder('ITEM_INVALID', [...field.split('.'), ...(issue?.path ?? []).map(String)], { reason: issue?.message ?? 'unknown' });
}

/** Where in a content a text, or the name of a field, holds characters that nobody sees; undefined: nowhere. */
function hiddenIn(value: Json): readonly string[] | undefined {
  if (typeof value === 'string') return hasHiddenCharacters(value) ? [] : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [name, part] of Object.entries(value as Readonly<Record<string, Json>>)) {
    if (hasHiddenCharacters(name)) return [];
    const within = part === undefined ? undefined : hiddenIn(part);
    if (within !== undefined) return [name, ...within];
  }
  return undefined;
}

const KEPT = z.strictObject({
  items: z.array(z.strictObject({ kind: z.enum(Object.keys(ITEM_CONTENTS) as [ItemKind, ...ItemKind[]]), content: z.unknown() })),
  requestedStartAt: z.string().nullable(),
  externalId: z.string().nullable(),
  note: z.string().nullable(),
  manual: z.array(manualReduction).optional(),
  trial: z.literal(true).optional(),
});

/** Reads a request as it was kept. @throws Error when it is not what this program keeps */
export function readRequest(json: Json): QuotationRequest {
  const { items, requestedStartAt, externalId, note, manual, trial } = KEPT.parse(json);
  return {
    items: items.map(({ kind, content }) => readItem(kind, content)),
    requestedStartAt: requestedStartAt === null ? null : Temporal.Instant.from(requestedStartAt),
    externalId,
    note,
    ...(manual !== undefined && { manual }),
    ...(trial && { trial }),
  };
}

/** Reads one item as it was kept. @throws Error when it is not what this program keeps */
export function readItem(kind: ItemKind, content: unknown): ItemRequest {
  return { kind, content: ITEM_CONTENTS[kind].parse(content) } as ItemRequest;
}

export function writeRequest({ items, requestedStartAt, externalId, note, manual = [], trial = false }: QuotationRequest): Json {
  return {
    items: items.map(({ kind, content }) => ({ kind, content })),
    requestedStartAt: requestedStartAt?.toString() ?? null,
    externalId,
    note,
    ...(manual.length > 0 && { manual }),
    ...(trial && { trial }),
  };
}

export const START_DAYS_MAX = 366;
const NOTE_LENGTH_MAX = 500;
const EXTERNAL_ID_LENGTH_MAX = 64;

/** What is wrong with a request, whoever it is for. */
export function checkRequest(request: QuotationRequest, now: Instant): readonly Refused[] {
  const { items, requestedStartAt, externalId, note, manual = [] } = request;
  const refused: Refused[] = checkManual(manual, items.length);
  if (items.length === 0) refused.push(refuseOrder('ITEMS_NEEDED', 'items'));
  if (items.length > ITEMS_MAX) return [refuseOrder('TOO_MANY', 'items', { max: ITEMS_MAX })];
  for (const [place, item] of items.entries()) {
    const wrong = checkItem(item, contentField(place, item.kind));
    if (wrong !== undefined) refused.push(wrong);
  }
  if (requestedStartAt !== null && Temporal.Instant.compare(requestedStartAt, now) < 0)
    refused.push(refuseOrder('START_IN_PAST', 'requestedStartAt'));
  if (requestedStartAt !== null && Temporal.Instant.compare(requestedStartAt, now.add({ hours: 24 * START_DAYS_MAX })) > 0) {
    refused.push(refuseOrder('START_TOO_LATE', 'requestedStartAt', { days: START_DAYS_MAX }));
  }
  refused.push(...checkText(note ?? '', 'note', NOTE_LENGTH_MAX), ...checkText(externalId ?? '', 'externalId', EXTERNAL_ID_LENGTH_MAX));
  return refused;
}

/** What people write beside an order: it has an end, and nothing in it that nobody sees but the ends of its lines. */
export function checkText(text: string, field: string, max: number): readonly Refused[] {
  if (lengthOf(text) > max) return [refuseOrder('TOO_LONG', field, { max })];
  return hasHiddenCharacters(text.replace(/[\t\r\n]/g, '')) ? [refuseOrder('CHARACTERS_REFUSED', field)] : [];
}

/** A number that was chosen for an item 选号, where any would do. */
export interface ChosenForItem {
  readonly itemNo: number;
  readonly number: string;
  readonly keptUntil: Instant;
}

/** The numbers that were chosen for a request as it was kept. */
export function chosenNumbersOf({ request }: { readonly request: Json }): ChosenForItem[] {
  return readRequest(request).items.flatMap(({ content }, place) => {
    if (!('anyNumber' in content)) return [];
    const { identifier, anyNumber } = content;
    if (identifier === null || anyNumber?.keptUntil === undefined) return [];
    return [{ itemNo: place + 1, number: identifier, keptUntil: Temporal.Instant.from(anyNumber.keptUntil) }];
  });
}

/** Whether a quotation was a trial, as it was kept. */
export function isTrial(json: Json): boolean {
  return (json as { readonly trial?: unknown }).trial === true;
}
