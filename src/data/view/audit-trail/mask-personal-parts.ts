import { maskIdentityNumber, maskName } from '../../../kernel/mask';
import type { Json } from '../../../kernel/stable-json';
import { CUSTOMER_KINDS, nameIsPersonal, type CustomerKind } from '../../operation/customer/customer';
import { CONTACT_KINDS, maskContact, type ContactKind } from '../../operation/customer/customer-facts';

type JsonObject = Readonly<Record<string, Json | undefined>>;

/** Where a document or a contact of a customer stands: alone when it was added or ended, among others when it came with a new customer. */
const DOCUMENTS = new Set(['document', 'documents']);
const CONTACTS = new Set(['contact', 'contacts']);
const NAMES = new Set(['name', 'nameEn', 'name_en']);

/** What was stored before and after a change, as anyone may see it. */
export interface Change {
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/**
 * Masks the personal data in an entry of the trail. Documents and contacts are known by their keys, wherever they stand; a
 * customer's name is masked unless the entry itself says that neither before nor after it was a person's.
 */
export function maskPersonalParts(subjectKind: string, { before, after }: Change): Change {
  const masksNames = subjectKind === 'customer' && !saysNobody(before, after);
  const masked = (value: JsonObject | null): JsonObject | null => (value === null ? null : maskParts(value, masksNames));
  return { before: masked(before), after: masked(after) };
}

/** Whether the entry names the customer's kind, and each kind that it names is not a person's. */
function saysNobody(...states: readonly (JsonObject | null)[]): boolean {
  const kinds = states.flatMap((state) => (state?.['kind'] === undefined ? [] : [state['kind']]));
  return kinds.length > 0 && kinds.every((kind) => isOneOf(CUSTOMER_KINDS, kind) && !nameIsPersonal(kind as CustomerKind));
}

function maskParts(object: JsonObject, masksNames: boolean): JsonObject {
  return mapParts(object, (key, part) => {
    if (DOCUMENTS.has(key)) return each(part, maskDocument);
    if (CONTACTS.has(key)) return each(part, maskContactParts);
    if (masksNames && NAMES.has(key)) return typeof part === 'string' ? maskName(part) : part;
    // Free attributes are the caller's own words, which every reader of the subject sees as they are.
    return key === 'attributes' ? part : each(part, (below) => maskParts(below, false));
  });
}

function maskDocument(document: JsonObject): JsonObject {
  return mapParts(document, (key, part) => (key === 'number' && typeof part === 'string' ? maskIdentityNumber(part) : part));
}

function maskContactParts(contact: JsonObject): JsonObject {
  const { kind } = contact;
  return mapParts(contact, (key, part) => {
    if (typeof part !== 'string') return part;
    if (key === 'person') return maskName(part);
    if (key !== 'value') return part;
    return isOneOf(CONTACT_KINDS, kind) ? maskContact(kind as ContactKind, part) : '****';
  });
}

function each(value: Json | undefined, mask: (object: JsonObject) => JsonObject): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((part) => each(part, mask) ?? null);
  return isObject(value) ? mask(value) : value;
}

function mapParts(object: JsonObject, change: (key: string, part: Json | undefined) => Json | undefined): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, part]) => [key, change(key, part)]));
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isOneOf(list: readonly string[], value: Json | undefined): boolean {
  return typeof value === 'string' && list.includes(value);
}
