import { TypeID, typeid } from 'typeid-js';

/** The prefix of every typed id (TypeID over UUIDv7). A prefix is published with the contract and never changes. */
export const ID_PREFIXES = {
  organisation: 'org',
  staff: 'stf',
  role: 'rol',
  grant: 'grt',
  apiClient: 'cli',
  session: 'ses',
  customer: 'cus',
  account: 'acc',
  subscriber: 'sub',
  serviceType: 'svt',
  provisioningAdapter: 'pra',
  chargeCode: 'chc',
  taxCategory: 'txc',
  numberPool: 'npl',
  numberClass: 'ncl',
  accessNumber: 'num',
  fact: 'fct',
  audit: 'aud',
  event: 'evt',
  importJob: 'imp',
  ledgerAccount: 'lga',
  ledgerEntry: 'lge',
  product: 'prd',
  productVersion: 'prv',
  productInstance: 'pin',
  bundleInstance: 'bun',
  discount: 'dsc',
  discountVersion: 'dsv',
  grantedDiscount: 'dsg',
  quotation: 'quo',
  order: 'ord',
  orderPayment: 'opy',
  workOrder: 'wko',
  orderBatch: 'obt',
  orderBatchPayment: 'obp',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

declare const kindOfId: unique symbol;

/** A UUID that is known to name a `Kind`. Inside, ids are UUIDs; outside they are TypeIDs (`cus_…`). */
export type Id<Kind extends IdKind> = string & { readonly [kindOfId]: Kind };

const KINDS_BY_PREFIX = new Map<string, IdKind>((Object.keys(ID_PREFIXES) as IdKind[]).map((kind) => [ID_PREFIXES[kind], kind]));

/** A new id. UUIDv7 grows with time, so the primary key's index is appended to, not scattered. */
export function newId<Kind extends IdKind>(kind: Kind): Id<Kind> {
  return typeid(ID_PREFIXES[kind]).toUUID() as Id<Kind>;
}

/** The published form of an id, as in `cus_01j3rt4z1yfay8vvr14d2pf2db`. */
export function encodeId<Kind extends IdKind>(kind: Kind, id: Id<Kind>): string {
  return TypeID.fromUUID(ID_PREFIXES[kind], id).toString();
}

/** Reads a published id of the kind asked for; `undefined` when it is malformed or names something else. */
export function decodeId<Kind extends IdKind>(kind: Kind, text: string): Id<Kind> | undefined {
  const decoded = decodeAnyId(text);
  return decoded?.kind === kind ? (decoded.id as Id<Kind>) : undefined;
}

/** Reads a published id of any kind, for `node(id)`; `undefined` when it is malformed. */
export function decodeAnyId(text: string): { kind: IdKind; id: string } | undefined {
  const kind = KINDS_BY_PREFIX.get(text.slice(0, text.lastIndexOf('_')));
  if (kind === undefined) return undefined;
  try {
    return { kind, id: TypeID.fromString(text, ID_PREFIXES[kind]).toUUID() };
  } catch {
    return undefined;
  }
}
