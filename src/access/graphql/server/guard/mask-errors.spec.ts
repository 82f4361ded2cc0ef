import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { buildSchema, GraphQLError, type GraphQLObjectType, type GraphQLScalarType } from 'graphql';
import { Failure } from '../../../../kernel/failure';
import { CompiledExecution } from '../executor';
import { documentLimitRule, FIXED_DOCUMENT_LIMITS, parseOptionsOf } from './document-limits';
import { maskErrors, withoutSuggestions } from './mask-errors';
import { refuseRequest } from './request-error';

const LIMITS = { ...FIXED_DOCUMENT_LIMITS, tokensMax: 60, depthMax: 3, aliasesMax: 2 };
const SECRET = 'SELECT password FROM staff';

/** How often the one field with an effect was executed. */
let effects = 0;

const resolvers: Readonly<Record<string, () => unknown>> = {
  broken: () => {
    throw new Error(SECRET);
  },
  throwsText: () => {
    throw SECRET as unknown as Error;
  },
  uncoded: () => {
    throw new GraphQLError(SECRET);
  },
  spoofed: () => {
    throw Object.assign(new Error(SECRET), { extensions: { code: 'SOMETHING_ELSE', sql: SECRET } });
  },
  sqlOfArgument: () => {
    throw new Error(`Argument "a" of ${SECRET}`);
  },
  number: () => SECRET,
  forbidden: () => {
    throw new Failure('FORBIDDEN', 'Not yours.', { permission: 'customer:read' });
  },
  database: () => Promise.reject(new Failure('DEPENDENCY_UNAVAILABLE', 'Busy.', {}, { cause: new Error(SECRET) })),
  effect: () => {
    effects += 1;
    return 'done';
  },
  greeting: () => 'hello',
};

function makeSchema() {
  const schema = buildSchema(`
    scalar Day
    enum CustomerKind { HOUSEHOLD ENTERPRISE }
    input CustomerInput { kind: CustomerKind!, customerName: String }
    type Party { id: ID, greeting: String, party: Party }
    type Query {
      broken: String  throwsText: String  uncoded: String  spoofed: String  sqlOfArgument: String  number: Int
      forbidden: String  database: String
      effect: String
      greeting(kind: CustomerKind, input: CustomerInput, day: Day, size: Int! = 3): String
      party: Party
    }
  `);
  const query = schema.getQueryType() as GraphQLObjectType;
  for (const [name, resolve] of Object.entries(resolvers)) Object.assign(query.getFields()[name] ?? {}, { resolve });
  (schema.getType('Day') as GraphQLScalarType).parseValue = () => {
    throw new TypeError('Day must look like 2026-11-21');
  };
  return schema;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: {
    readonly data?: unknown;
    readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  };
}

/** How often the same request was sent: at the first time graphql-js executes, later graphql-jit. */
const ROUNDS = 3;

describe.each([true, false])('errors through Apollo Server, schema hidden: %s', (hideSchema) => {
  const reported: { error: unknown; traceId: string | undefined }[] = [];
  let server: ApolloServer;

  beforeAll(async () => {
    server = new ApolloServer({
      gateway: new CompiledExecution(makeSchema()).gateway(),
      parseOptions: parseOptionsOf(LIMITS),
      validationRules: [documentLimitRule(LIMITS)],
      formatError: maskErrors({ hideSchema, traceId: () => 'trace-1', report: (error, traceId) => reported.push({ error, traceId }) }),
      includeStacktraceInErrorResponses: true, // even so nothing of it may leave
      persistedQueries: false,
      introspection: true,
      stopOnTerminationSignals: false,
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        {
          requestDidStart: () =>
            Promise.resolve({
              didResolveOperation: ({ operationName }: { operationName: string | null }) =>
                operationName === 'TooFast'
                  ? Promise.reject(refuseRequest(new Failure('THROTTLED', 'Slow down.', { retryAfterMs: 1_200 })))
                  : Promise.resolve(),
            }),
        },
      ],
    });
    await server.start();
  });

  beforeEach(() => {
    reported.length = 0;
  });

  afterAll(() => server.stop());

  async function ask(body: Record<string, unknown>): Promise<Answer> {
    const headers = new HeaderMap([
      ['content-type', 'application/json'],
      ['accept', 'application/graphql-response+json'],
    ]);
    const response = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body },
      context: () => Promise.resolve({}),
    });
    if (response.body.kind !== 'complete') throw new Error('unexpected chunks');
    expect(response.body.string).not.toContain(SECRET);
    expect(response.body.string).not.toMatch(/stack|guard\/|node_modules/);
    const status = response.status ?? 200;
    return { status, retryAfter: response.headers.get('retry-after'), body: JSON.parse(response.body.string) as Answer['body'] };
  }

  const only = (answer: Answer) => {
    expect(answer.body.errors).toHaveLength(1);
    return { status: answer.status, ...(answer.body.errors?.[0] as { message: string; extensions: Record<string, unknown> }) };
  };

  it.each(['broken', 'throwsText', 'uncoded', 'spoofed', 'sqlOfArgument', 'number'])('masks what nobody expected: %s', async (field) => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      expect(only(await ask({ query: `{ ${field} }` }))).toMatchObject({
        message: 'Internal server error',
        path: [field],
        extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: 'trace-1' },
      });
      expect(reported).toHaveLength(round);
      expect(reported.at(-1)).toMatchObject({ traceId: 'trace-1' });
      expect(String((reported.at(-1)?.error as Error).message)).toContain(SECRET);
    }
  });

  it('shows a failure with its details, and reports its cause', async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      expect(only(await ask({ query: '{ forbidden }' }))).toEqual({
        status: 200,
        message: 'Not yours.',
        path: ['forbidden'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'FORBIDDEN', permission: 'customer:read' },
      });
      expect(reported).toHaveLength(round - 1);
      expect(only(await ask({ query: '{ database }' }))).toMatchObject({
        message: 'Busy.',
        extensions: { code: 'DEPENDENCY_UNAVAILABLE' },
      });
      expect(reported).toHaveLength(round);
    }
  });

  it('refuses a request before it is executed with a status of its own', async () => {
    const answer = await ask({ query: 'query TooFast { greeting }' });
    expect(only(answer)).toMatchObject({ status: 429, message: 'Slow down.', extensions: { code: 'THROTTLED', retryAfterMs: 1_200 } });
    expect(answer.retryAfter).toBe('2');
    expect(answer.body.data).toBeUndefined();
  });

  it.each([
    ['depth', '{ party { party { party { id } } } }', 4, 3],
    ['aliases', '{ a: greeting b: greeting c: greeting }', 3, 2],
    ['tokens', `{ ${'greeting '.repeat(60)} }`, 61, 60],
  ])('shows a limit: %s', async (limit, query, value, max) => {
    expect(only(await ask({ query }))).toMatchObject({ status: 400, extensions: { code: 'QUERY_TOO_COMPLEX', limit, value, max } });
    expect(reported).toEqual([]);
  });

  const KIND = 'query ($kind: CustomerKind) { greeting(kind: $kind) }';
  const INPUT = 'query ($input: CustomerInput) { greeting(input: $input) }';

  it.each<[what: string, body: Record<string, unknown>, code: string, message: RegExp]>([
    ['no GraphQL', { query: '{' }, 'GRAPHQL_PARSE_FAILED', /^Syntax Error: Expected Name, found <EOF>/],
    ['an unknown field', { query: '{ greting }' }, 'GRAPHQL_VALIDATION_FAILED', /^Cannot query field "greting"/],
    ['an unknown type', { query: 'query ($a: CustomerKnd) { greeting(kind: $a) }' }, 'GRAPHQL_VALIDATION_FAILED', /^Unknown type/],
    ['an unknown argument', { query: '{ greeting(knd: HOUSEHOLD) }' }, 'GRAPHQL_VALIDATION_FAILED', /^Unknown argument/],
    ['a missing selection', { query: '{ party }' }, 'GRAPHQL_VALIDATION_FAILED', /must have a selection of subfields/],
    ['an unknown enum value', { query: '{ greeting(kind: HOUSEHOLDS) }' }, 'GRAPHQL_VALIDATION_FAILED', /"HOUSEHOLDS" does not exist/],
    ['a quoted enum value', { query: '{ greeting(kind: "HOUSEHOLD") }' }, 'GRAPHQL_VALIDATION_FAILED', /cannot represent non-enum/],
    ['a literal of a wrong type', { query: '{ greeting(size: "3") }' }, 'GRAPHQL_VALIDATION_FAILED', /Int cannot represent/],
    [
      'an enum value in a variable',
      { query: KIND, variables: { kind: 'HOUSEHOLDS' } },
      'BAD_USER_INPUT',
      /^Variable "\$kind" got invalid value/,
    ],
    [
      'a field of an input in a variable',
      { query: INPUT, variables: { input: { kind: 'HOUSEHOLD', name: 1 } } },
      'BAD_USER_INPUT',
      /^Variable "\$input"/,
    ],
    ['a missing field of an input', { query: INPUT, variables: { input: {} } }, 'BAD_USER_INPUT', /^Variable "\$input"/],
    ['a missing variable', { query: 'query ($kind: CustomerKind!) { greeting(kind: $kind) }' }, 'BAD_USER_INPUT', /was not provided/],
    [
      'a scalar that says no',
      { query: 'query ($day: Day) { greeting(day: $day) }', variables: { day: '1' } },
      'BAD_USER_INPUT',
      /^Variable "\$day"/,
    ],
    [
      'null for what must not be',
      { query: 'query ($n: Int = 1) { greeting(size: $n) }', variables: { n: null } },
      'BAD_USER_INPUT',
      /must not be null/,
    ],
    ['an unknown operation', { query: 'query P { greeting }', operationName: 'Q' }, 'OPERATION_RESOLUTION_FAILURE', /Q/],
    ['no query', { variables: {} }, 'BAD_REQUEST', /non-empty/],
    [
      'an automatic persisted query',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } },
      'PERSISTED_QUERY_NOT_SUPPORTED',
      /./,
    ],
  ])('keeps the code of %s', async (what, body, code, message) => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const answer = await ask(body);
      const [first] = answer.body.errors ?? [];
      expect(first?.message).toMatch(message);
      expect(first?.extensions).toEqual({ code });
      if (hideSchema) expect(JSON.stringify(answer.body)).not.toMatch(/Did you mean/);
      if (what !== 'null for what must not be' && code !== 'PERSISTED_QUERY_NOT_SUPPORTED') expect(answer.status).toBe(400);
    }
    expect(reported).toEqual([]);
  });

  it.each(['Q', ''])('executes nothing when there is no operation of the name "%s"', async (operationName) => {
    effects = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      expect(only(await ask({ query: 'query P { effect }', operationName }))).toMatchObject({
        status: 400,
        extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
      });
    }
    expect(effects).toBe(0);
  });

  it('shows suggestions only where the schema is no secret', async () => {
    const answer = await ask({ query: KIND, variables: { kind: 'HOUSEHOLD_' } });
    const { message } = answer.body.errors?.[0] ?? { message: '' };
    expect(/ENTERPRISE|"HOUSEHOLD"/.test(message)).toBe(false);
    const field = await ask({ query: '{ greting }' });
    expect(/Did you mean "greeting"\?/.test(field.body.errors?.[0]?.message ?? '')).toBe(!hideSchema);
  });
});

describe('withoutSuggestions', () => {
  it.each([
    ['Cannot query field "a" on type "B". Did you mean "c", "d", or "e"?', 'Cannot query field "a" on type "B".'],
    ['Cannot query field "a" on type "B". Did you mean to use an inline fragment on "C"?', 'Cannot query field "a" on type "B".'],
    ['Field "a" must have a selection of subfields. Did you mean "a { ... }"?', 'Field "a" must have a selection of subfields.'],
    ['Did you mean', 'Did you mean'],
    ['first line\nsecond. Did you mean "x\ny"?', 'first line\nsecond.'],
    ['Is that what you mean?', 'Is that what you mean?'],
  ])('%s', (message, bare) => {
    expect(withoutSuggestions(message)).toBe(bare);
  });
});
