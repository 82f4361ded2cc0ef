import { getIntrospectionQuery } from 'graphql';
import { graphqlAnswer, type GraphqlAnswer } from '../support/http-server';
import { freshKey, useHttpWorld, type Role } from './http-world';

/*
 * The checks of graphql-cop (github.com/dolevf/graphql-cop, a scanner in Python), by its titles and with its attacks, on a
 * server in production mode. It scans anonymously; here each attack is made by someone who has logged in.
 */
const world = useHttpWorld({ environment: { SANHU_ENVIRONMENT: 'production' } });

const ask = async (query: string, variables?: Record<string, unknown>, role: Role = 'admin'): Promise<GraphqlAnswer> =>
  world.server.gql({ token: await world.token(role) }, query, variables);
const bearer = async (role: Role = 'admin'): Promise<Record<string, string>> => ({ authorization: `Bearer ${await world.token(role)}` });
const repeat = (count: number, text: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => text(place)).join(' ');

const REFUSED_AS_TOO_COMPLEX = { status: 400, data: undefined, codes: ['QUERY_TOO_COMPLEX'] };
/** What must never be in an answer: stacks, paths of the program, SQL. */
const INSIDES = /\n\s+at |node_modules|\.ts:\d|\.js:\d|stacktrace|exception|SELECT |INSERT |postgres/i;

describe('denial of service', () => {
  test('Alias Overloading: more aliases than a form needs are refused', async () => {
    expect(await ask(`{ ${repeat(101, (place) => `alias${place}: __typename`)} }`)).toMatchObject({ status: 400, data: undefined });
    const aliased = `{ operatorParameters { ${repeat(101, (place) => `alias${place}: name`)} } }`;
    expect(await ask(aliased)).toMatchObject(REFUSED_AS_TOO_COMPLEX);
    expect((await ask(aliased)).errors[0]?.extensions).toMatchObject({ limit: 'aliases', max: 30 });
  });

  test('Batch Queries: ten operations in one request are refused', async () => {
    const batch = Array.from({ length: 10 }, () => ({ query: '{ __typename }' }));
    const answer = graphqlAnswer(await world.server.post('/graphql', batch, await bearer()));
    expect(answer).toMatchObject({ status: 400, data: undefined, codes: ['BAD_REQUEST'] });
  });

  test('Field Duplication: a field repeated five hundred times is refused', async () => {
    const answer = await ask(`query { ${'__typename \n'.repeat(500)} }`);
    expect(answer).toMatchObject({ status: 400, data: undefined });
    expect(answer.codes).toContain('QUERY_TOO_COMPLEX');
  });

  test('Directive Overloading: ten directives at one place are refused', async () => {
    const answer = await ask(`query { __typename ${'@aa'.repeat(10)} }`);
    expect(answer).toMatchObject({ status: 400, data: undefined });
    expect(answer.codes).toContain('QUERY_TOO_COMPLEX');
    const known = await ask(`query { __typename ${'@include(if: true)'.repeat(10)} }`);
    expect(known).toMatchObject({ status: 400, data: undefined });
  });

  test('Circular Fragment: fragments that spread each other are refused', async () => {
    const circles = [
      'query { ...A } fragment A on Query { __typename ...B } fragment B on Query { __typename ...A }',
      'query { ...A } fragment A on Query { __typename ...A }',
    ];
    for (const circle of circles) expect(await ask(circle)).toMatchObject({ status: 400, data: undefined });
    const doubled = repeat(30, (place) => `fragment F${place} on Query { ...F${place + 1} a${place}: __typename ...F${place + 1} }`);
    const doubling = `query { ...F0 } ${doubled} fragment F30 on Query { __typename }`;
    expect(await ask(doubling)).toMatchObject({ status: 400, data: undefined });
  });

  test('Introspection-based Circular Query: refused, even to who may introspect', async () => {
    const nested = 'query { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }';
    expect(await ask(nested)).toMatchObject({ status: 400, data: undefined });
  });
});

describe('information leakage', () => {
  test('Field Suggestions: no message says what the schema has', async () => {
    const misspelt = [
      '{ __schema { directive } }',
      '{ custome(id: "x") { name } }',
      '{ customer(id: "x") { nam } }',
      '{ customer(idd: "x") { name } }',
      '{ customers(first: 1, filter: { nam: "x" }) { nodes { name } } }',
      '{ customers(first: 1, filter: { kind: INDIVIDUA }) { nodes { name } } }',
      '{ customer(id: "x") { ... on Custome { name } } }',
      'mutation { createCustome(input: {}) { __typename } }',
      'query ($kind: CustomerKin) { customers(first: 1) { nodes { name } } }',
      '{ customers(first: 1) @includ(if: true) { nodes { name } } }',
    ];
    for (const query of misspelt) {
      const answer = await ask(query);
      expect(answer.status).toBe(400);
      expect(answer.text).not.toMatch(/did you mean/i);
    }
  });

  test('Field Suggestions: nor does one about a variable', async () => {
    const query = 'query ($filter: CustomerFilter) { customers(first: 1, filter: $filter) { nodes { name } } }';
    for (const filter of [{ kind: 'INDIVIDUA' }, { nam: 'x' }, { kind: 7 }, { nameContains: [] }]) {
      // The second and third time the query is compiled: another executor words its messages.
      for (let use = 0; use < 3; use += 1) {
        const answer = await ask(query, { filter });
        expect([answer.status, answer.codes]).toEqual([400, ['BAD_USER_INPUT']]);
        expect(answer.text).not.toMatch(/did you mean|INDIVIDUAL|HOUSEHOLD|nameContains":/i);
      }
    }
  });

  test('GraphQL IDE: a page for browsers, without an address outside', async () => {
    const page = await fetch(world.server.url('/graphql'), {
      headers: { accept: 'text/html,application/xhtml+xml', 'accept-encoding': 'gzip' },
    });
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html).toContain('GraphiQL');
    const loaded = [...html.matchAll(/<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)\s*=\s*["']?([^"'\s>]+)/gi)].map(
      ([, address]) => address ?? '',
    );
    expect(loaded.filter((address) => /^(?:https?:)?\/\//i.test(address))).toEqual([]);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
    const asked = await world.server.request('/graphql', { headers: { accept: 'application/json', ...(await bearer()) } });
    expect(asked.text).not.toContain('<html');
    for (const path of ['/graphiql', '/playground', '/console']) expect((await world.server.request(path)).status).toBe(404);
  });

  test('GraphQL IDE: who cannot read gzip gets no broken page', async () => {
    const page = await world.server.request('/graphql', { headers: { accept: 'text/html', 'accept-encoding': 'identity' } });
    expect([page.status, page.text]).toEqual([406, 'This page is sent gzipped only.']);
  });

  test('Introspection: for who holds schema:introspect only', async () => {
    for (const query of [
      getIntrospectionQuery(),
      '{ __schema { queryType { name } } }',
      '{ __type(name: "Customer") { name } }',
      'query { ...F } fragment F on Query { __schema { types { name } } }',
      '{ a: __type(name: "Customer") { name } }',
    ]) {
      for (const role of ['clerk', 'oneLine', 'auditor', 'nobody'] as const) {
        expect(await ask(query, undefined, role)).toMatchObject({ status: 403, data: undefined, codes: ['FORBIDDEN'] });
      }
      expect(await ask(query)).toMatchObject({ status: 200, codes: [] });
    }
    const partner = await world.server.gql({ token: await world.partnerToken(), path: '/partner/graphql' }, getIntrospectionQuery());
    expect(partner).toMatchObject({ status: 403, codes: ['FORBIDDEN'] });
    expect(await ask('{ __typename }', undefined, 'nobody')).toMatchObject({ status: 200, data: { __typename: 'Query' } });
  });

  test('Trace Mode: no tracing, no stack', async () => {
    const answer = await ask('query { __typename }');
    expect(Object.keys(answer.json['extensions'] ?? {})).toEqual(['cost']);
    expect(answer.text).not.toMatch(/tracing|stacktrace|exception/i);
  });

  test('Unhandled Errors Detection: an error shows nothing of the inside', async () => {
    for (const query of [
      'qwerty cop { abc }',
      '{',
      '',
      '{ customer(id: "\\u0000") { name } }',
      `{ customer(id: "cus_${'z'.repeat(26)}") { name } }`,
      '{ customers(first: 2147483647) { nodes { name } } }',
      '{ customers(first: 1, after: "%%%") { nodes { name } } }',
      '{ customers(first: 1, filter: { nameContains: "\\u0000" }) { nodes { name } } }',
      `{ subscriberByNumber(number: "' OR 1=1 --") { id } }`,
    ]) {
      const answer = await ask(query);
      expect(answer.text).not.toMatch(INSIDES);
      expect(answer.status).toBeLessThan(500);
      expect([query, answer.codes]).not.toEqual([query, ['INTERNAL_SERVER_ERROR']]);
    }
  });

  test('Unhandled Errors Detection: one of the program’s own is masked, and found again by its trace id', async () => {
    const column = 'ALTER TABLE operator_parameter RENAME COLUMN';
    await world.database.raw(`${column} value TO value_away`);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await world.server.gql(
      { token: await world.token('admin'), headers: { traceparent } },
      '{ operatorParameters { name } }',
    );
    await world.database.raw(`${column} value_away TO value`);
    expect(answer.codes).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(answer.errors[0]).toMatchObject({
      message: 'Internal server error',
      extensions: { traceId: '0af7651916cd43dd8448eb211c80319c' },
    });
    expect(answer.text).not.toMatch(INSIDES);
    expect(world.server.logged.filter((line) => line.includes('0af7651916cd43dd8448eb211c80319c')).join()).toMatch(/does not exist/);
  });
});

describe('requests that a foreign page can make a browser send', () => {
  const query = `?query=${encodeURIComponent('{ __typename }')}`;

  test('GET Method Query Support: only with a header that no foreign page can send', async () => {
    const plain = graphqlAnswer(await world.server.request(`/graphql${query}`, { headers: await bearer() }));
    expect(plain).toMatchObject({ status: 400, data: undefined });
    for (const contentType of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain; application/json',
      '',
    ]) {
      const answer = await world.server.request(`/graphql${query}`, { headers: { 'content-type': contentType, ...(await bearer()) } });
      expect([contentType, answer.json['data']]).toEqual([contentType, undefined]);
    }
    for (const header of ['apollo-require-preflight', 'x-apollo-operation-name']) {
      const answer = await world.server.request(`/graphql${query}`, { headers: { [header]: 'x', ...(await bearer()) } });
      expect([answer.status, answer.json['data']]).toEqual([200, { __typename: 'Query' }]);
    }
  });

  test('GET based mutation: refused, with the header too', async () => {
    const input = `{ idempotencyKey: "${freshKey()}", parentId: "x", code: "X", name: "X", kind: CITY }`;
    const mutation = `mutation { createOrganisation(input: ${input}) { organisation { id } } }`;
    const search = `?query=${encodeURIComponent(mutation)}`;
    const answer = graphqlAnswer(
      await world.server.request(`/graphql${search}`, { headers: { 'apollo-require-preflight': 'x', ...(await bearer()) } }),
    );
    expect([answer.status, answer.data, answer.headers.get('allow')]).toEqual([405, undefined, 'POST']);
  });

  test('POST based url-encoded query (possible CSRF): refused', async () => {
    for (const [contentType, body] of [
      ['application/x-www-form-urlencoded', 'query=%7B__typename%7D'],
      ['text/plain', '{"query":"{__typename}"}'],
      ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n{__typename}\r\n--x--'],
    ] as const) {
      const answer = graphqlAnswer(
        await world.server.request('/graphql', { method: 'POST', body, headers: { 'content-type': contentType, ...(await bearer()) } }),
      );
      expect([contentType, answer.status, answer.data]).toEqual([contentType, contentType === 'text/plain' ? 400 : 415, undefined]);
    }
  });

  test('POST from a foreign page to the log-in: refused', async () => {
    const body = 'loginName=clerk&password=x';
    const answer = await world.server.request('/auth/log-in', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(415);
  });

  test('no answer lets a foreign page read it', async () => {
    const answer = await world.server.gql(
      { token: await world.token('admin'), headers: { origin: 'https://evil.example' } },
      '{ __typename }',
    );
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});
