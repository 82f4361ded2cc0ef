import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Failure } from '../../../../kernel/failure';
import { when } from '../../../../kernel/maybe-promise';
import { badRequest, refuseRequest } from './request-error';

/**
 * Which documents a client may send: `off` full texts only; `prefer` registered documents by their id, and full texts;
 * `require` registered documents only, by their id or as full text.
 */
export type TrustedDocumentsMode = 'off' | 'prefer' | 'require';

/** The text registered for a client under an id, or `undefined`. At once where it is known. */
export type DocumentLookup = (clientCode: string, documentId: string) => string | undefined | Promise<string | undefined>;

export interface DocumentRequest {
  readonly mode: TrustedDocumentsMode;
  readonly clientCode: string;
  readonly documentId: string | undefined;
  readonly query: string | undefined;
  readonly lookup: DocumentLookup;
}

const DOCUMENT_ID = /^sha256:[0-9a-f]{64}$/;

/** Registered texts kept in memory: characters of all of them, and how long each is believed. */
const KEPT_CHARACTERS_MAX = 16_000_000;
const KEPT_MS = 60_000;
/** Short, so that a document registered just now is found soon; long enough that guessing ids costs no queries. */
const MISSING_KEPT_MS = 5_000;

/** The id under which a document is registered: the SHA-256 of its exact text, white space included. */
export function documentIdOf(query: string): string {
  return `sha256:${createHash('sha256').update(query).digest('hex')}`;
}

/**
 * The text to execute. It answers at once where the lookup does, so that the common request makes no promise.
 * @throws GraphQLError BAD_REQUEST, PERSISTED_QUERY_NOT_FOUND (also where the client's mode is `off`: the client then sends
 *   the text), FORBIDDEN (an unregistered text of a client that may send only registered ones)
 */
export function resolveDocument(request: DocumentRequest): string | Promise<string> {
  const { mode, clientCode, documentId, query, lookup } = request;
  if (documentId !== undefined) {
    if (query) throw badRequest('Give either query or documentId, not both.');
    if (!DOCUMENT_ID.test(documentId)) throw badRequest('documentId must be sha256: and 64 lower-case hexadecimal digits.');
    return when(mode === 'off' ? undefined : lookup(clientCode, documentId), registeredText);
  }
  if (!query) throw badRequest('The request must carry a query, or the documentId of a registered document.');
  if (mode !== 'require') return query;
  return when(lookup(clientCode, documentIdOf(query)), registeredOnly);
}

function registeredText(text: string | undefined): string {
  if (text === undefined) throw badRequest('No document is registered under this documentId.', 'PERSISTED_QUERY_NOT_FOUND');
  return text;
}

function registeredOnly(text: string | undefined): string {
  if (text === undefined) throw refuseRequest(new Failure('FORBIDDEN', 'This client may send registered documents only.'));
  return text;
}

/** A lookup that remembers, within a bound, what `load` answered; of equal lookups under way one is made. */
export function rememberDocuments(load: (clientCode: string, documentId: string) => Promise<string | undefined>): DocumentLookup {
  interface Kept {
    readonly text: string | undefined;
  }
  const kept = new LRUCache<string, Kept, { readonly clientCode: string; readonly documentId: string }>({
    maxSize: KEPT_CHARACTERS_MAX,
    sizeCalculation: ({ text }) => 100 + (text?.length ?? 0),
    ttl: KEPT_MS,
    fetchMethod: async (_key, _stale, { context, options }) => {
      const text = await load(context.clientCode, context.documentId);
      if (text === undefined) options.ttl = MISSING_KEPT_MS;
      return { text };
    },
  });
  return (clientCode, documentId) => {
    const key = `${clientCode}\n${documentId}`;
    const known = kept.get(key);
    if (known !== undefined) return known.text;
    return kept.fetch(key, { context: { clientCode, documentId } }).then((loaded) => loaded?.text);
  };
}
