import * as fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { readRequestBody, readRequestSearch, VARIABLES_DEPTH_MAX } from './malformed-input';

const messageOf = (read: () => unknown): string => {
  try {
    return `read: ${JSON.stringify(read())}`;
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code'] !== 'BAD_REQUEST') throw error;
    expect(error.extensions['http']).toMatchObject({ status: 400 });
    return error.message;
  }
};

const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
};

describe('readRequestBody', () => {
  it.each<[what: string, body: unknown, message: RegExp]>([
    ['no body', undefined, /JSON object/],
    ['null', null, /JSON object/],
    ['a text', '{ a }', /JSON object/],
    ['an empty batch', [], /Batches/],
    ['a batch', [{ query: '{ a }' }], /Batches/],
    ['no query', {}, /must carry a query/],
    ['a null query', { query: null }, /must carry a query/],
    ['an empty query', { query: '' }, /must carry a query/],
    ['a query that is 0', { query: 0 }, /query must be a string/],
    ['a query that is a document', { query: { kind: 'Document' } }, /query must be a string/],
    ['variables as text', { query: '{ a }', variables: '{}' }, /variables must be a JSON object/],
    ['variables as a list', { query: '{ a }', variables: [] }, /variables must be a JSON object/],
    ['variables as false', { query: '{ a }', variables: false }, /variables must be a JSON object/],
    ['variables too deep', { query: '{ a }', variables: { a: nested(VARIABLES_DEPTH_MAX) } }, /at most 32 levels/],
    ['extensions as a number', { query: '{ a }', extensions: 1 }, /extensions must be a JSON object/],
    ['operationName as an object', { query: '{ a }', operationName: {} }, /operationName must be a string/],
    ['documentId as a number', { documentId: 1 }, /documentId must be a string/],
  ])('refuses %s', (_what, body, message) => {
    expect(messageOf(() => readRequestBody(body))).toMatch(message);
  });

  it('reads what is well formed; null and an empty operation name count as absent', () => {
    expect(readRequestBody({ query: '{ a }', variables: null, extensions: null, operationName: null, other: 1 })).toStrictEqual({
      query: '{ a }',
    });
    expect(readRequestBody({ query: '{ a }', operationName: '' })).toStrictEqual({ query: '{ a }' });
    expect(readRequestBody({ documentId: 'sha256:00', variables: { a: nested(VARIABLES_DEPTH_MAX - 1) } })).toMatchObject({
      documentId: 'sha256:00',
      variables: { a: nested(VARIABLES_DEPTH_MAX - 1) },
    });
  });

  it('survives variables as deep as a body can be', () => {
    const text = `{"query":"{ a }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    expect(messageOf(() => readRequestBody(JSON.parse(text)))).toMatch(/at most 32 levels/);
  });

  it('answers any JSON at all, with parameters of the right types or a typed refusal', () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const almost = fc.record(
      { query: anything, documentId: anything, operationName: anything, variables: anything, extensions: anything },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anything, almost), (body) => {
        const message = messageOf(() => {
          const { query, documentId, operationName, variables, extensions } = readRequestBody(body);
          for (const text of [query, documentId, operationName]) expect(['string', 'undefined']).toContain(typeof text);
          for (const record of [variables, extensions]) expect(record === undefined || Object(record) === record).toBe(true);
        });
        expect(message).not.toBe('');
      }),
    );
  });
});

describe('readRequestSearch', () => {
  it('reads JSON-encoded variables', () => {
    expect(readRequestSearch('?query=%7Ba%7D&variables=%7B%22n%22%3A1%7D&operationName=')).toStrictEqual({
      query: '{a}',
      variables: { n: 1 },
    });
  });

  it.each<[search: string, message: RegExp]>([
    ['', /must carry a query/],
    ['?query=%7Ba%7D&query=%7Bb%7D', /query may be given only once/],
    ['?query=%7Ba%7D&variables=%7B', /variables must be JSON/],
    ['?query=%7Ba%7D&variables=1', /variables must be a JSON object/],
    ['?query=%7Ba%7D&extensions=%5B%5D', /extensions must be a JSON object/],
    ['?query=%7Ba%7D&operationName=P&operationName=Q', /operationName may be given only once/],
  ])('refuses %s', (search, message) => {
    expect(messageOf(() => readRequestSearch(search))).toMatch(message);
  });
});
