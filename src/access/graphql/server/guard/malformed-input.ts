import { badRequest } from './request-error';

/**
 * What a well-formed GraphQL request carries (GraphQL over HTTP, with the appendix on persisted documents). What is absent
 * has no key: Apollo refuses a key whose value is `undefined`.
 */
export interface RequestParameters {
  readonly query?: string;
  readonly documentId?: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The same, as it is read. */
type Given = { readonly [Name in keyof RequestParameters]-?: RequestParameters[Name] | undefined };

/** How deep a value among the variables may be: whatever walks it later, by recursion, can rely on this. */
export const VARIABLES_DEPTH_MAX = 32;

/**
 * Reads the body of a POST, once it has been parsed as JSON. A parameter that is null or an empty operation name counts as
 * absent.
 * @throws GraphQLError BAD_REQUEST, 400
 */
export function readRequestBody(body: unknown): RequestParameters {
  if (Array.isArray(body)) throw badRequest('Batches of operations are not accepted: send one operation a request.');
  if (!isRecord(body)) throw badRequest('The body must be a JSON object, sent as application/json.');
  return complete({
    query: readText(body['query'], 'query'),
    documentId: readText(body['documentId'], 'documentId'),
    operationName: readText(body['operationName'], 'operationName'),
    variables: readRecord(body['variables'], 'variables'),
    extensions: readRecord(body['extensions'], 'extensions'),
  });
}

/**
 * Reads the parameters of a GET from what follows the `?`.
 * @throws GraphQLError BAD_REQUEST, 400
 */
export function readRequestSearch(search: string): RequestParameters {
  const given = new URLSearchParams(search);
  return complete({
    query: readOnce(given, 'query'),
    documentId: readOnce(given, 'documentId'),
    operationName: readOnce(given, 'operationName'),
    variables: readRecord(readJson(given, 'variables'), 'variables'),
    extensions: readRecord(readJson(given, 'extensions'), 'extensions'),
  });
}

function complete({ query, documentId, operationName, variables, extensions }: Given): RequestParameters {
  if (!query && documentId === undefined) {
    throw badRequest('The request must carry a query, or the documentId of a registered document.');
  }
  if (variables !== undefined && isDeeperThan(variables, VARIABLES_DEPTH_MAX)) {
    throw badRequest(`variables may be at most ${VARIABLES_DEPTH_MAX} levels deep.`);
  }
  return {
    ...(query !== undefined && { query }),
    ...(documentId !== undefined && { documentId }),
    ...(operationName && { operationName }),
    ...(variables !== undefined && { variables }),
    ...(extensions !== undefined && { extensions }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw badRequest(`${name} must be a string.`);
  return value;
}

function readRecord(value: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isRecord(value)) throw badRequest(`${name} must be a JSON object.`);
  return value;
}

function readOnce(given: URLSearchParams, name: string): string | undefined {
  const values = given.getAll(name);
  if (values.length > 1) throw badRequest(`${name} may be given only once.`);
  return values[0];
}

function readJson(given: URLSearchParams, name: string): unknown {
  const text = readOnce(given, name);
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`${name} must be JSON.`);
  }
}

/** Whether objects and lists are inside each other more than `levels` times. It looks no further than that. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((part) => isDeeperThan(part, levels - 1));
  for (const name in value) if (isDeeperThan((value as Record<string, unknown>)[name], levels - 1)) return true;
  return false;
}
