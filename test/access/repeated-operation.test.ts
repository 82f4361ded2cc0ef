import { encodeId, freshKey, useHttpWorld, type Role } from './http-world';

/*
 * The first requests of a text go through Apollo; once it is compiled, the next ones go past it. Nobody can tell by the answer.
 */
const world = useHttpWorld();

/** Enough for a text to be seen, compiled and found ready. */
const USES = 4;

interface Told {
  readonly status: number;
  readonly type: string | null;
  readonly body: unknown;
}

interface Asked {
  readonly body: Readonly<Record<string, unknown>>;
  readonly role?: Role;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer without what differs from one request to the next. */
async function tell({ body, role = 'clerk', headers = {} }: Asked): Promise<Told> {
  const authorization = `Bearer ${await world.token(role)}`;
  const response = await fetch(world.server.url('/graphql'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, ...headers },
    body: JSON.stringify(body),
  });
  const text = (await response.text()).replace(/"traceId":"[0-9a-f]{32}"/g, '"traceId":"-"').replace(/"currentlyAvailable":\d+/g, '');
  return { status: response.status, type: response.headers.get('content-type'), body: text };
}

async function repeated(asked: Asked): Promise<Told> {
  const answers: Told[] = [];
  for (let use = 0; use < USES; use += 1) answers.push(await tell(asked));
  expect(answers).toEqual(answers.map(() => answers[0]));
  return answers[0] as Told;
}

const BY_NUMBER = 'query ($n: String!) { subscriberByNumber(number: $n) { accessNumber status customer { name } } }';

describe('a query that is sent again and again', () => {
  it('is answered with its data and its cost', async () => {
    const told = await repeated({ body: { query: BY_NUMBER, variables: { n: world.ours.mobile } } });
    expect(told).toMatchObject({ status: 200, type: 'application/json; charset=utf-8' });
    expect(told.body).toContain(world.ours.mobile);
    expect(told.body).toContain('"actualQueryCost":');
  });

  it('sees no more than its caller may', async () => {
    const variables = { n: world.theirs.mobile };
    expect((await repeated({ body: { query: BY_NUMBER, variables } })).body).toContain('"subscriberByNumber":null');
    expect((await repeated({ body: { query: BY_NUMBER, variables }, role: 'admin' })).body).toContain(world.theirs.mobile);
    expect((await repeated({ body: { query: BY_NUMBER, variables } })).body).toContain('"subscriberByNumber":null');
  });

  it('is answered in the type that the caller accepts', async () => {
    const body = { query: '{ operatorParameters { name } }' };
    const accepted = ['application/graphql-response+json', '*/*', 'application/graphql-response+json;q=0.5, application/json', 'text/csv'];
    const told: (string | number | null)[] = [];
    for (const accept of accepted) {
      const { status, type } = await repeated({ body, headers: { accept } });
      told.push(status === 200 ? type : status);
    }
    const [graphql, json] = ['application/graphql-response+json; charset=utf-8', 'application/json; charset=utf-8'];
    expect(told).toEqual([graphql, json, json, 406]);
  });

  it.each([
    ['a variable of another type', { query: BY_NUMBER, variables: { n: 7 } }, 400],
    ['no variable', { query: BY_NUMBER }, 400],
    ['an id that is none', { query: 'query ($id: ID!) { customer(id: $id) { name } }', variables: { id: 'none' } }, 200],
    ['a page without an end', { query: 'query ($n: Int!) { customers(first: $n) { nodes { id } } }', variables: { n: 1_000 } }, 200],
    [
      'too dear a query',
      {
        query: 'query ($n: Int!) { customers(first: 100) { nodes { subscribers(first: $n) { nodes { id customer { id } } } } } }',
        variables: { n: 100 },
      },
      400,
    ],
    ['another name than it has', { query: 'query A { operatorParameters { name } }', operationName: 'B' }, 400],
    ['one of two names', { query: 'query A { operatorParameters { name } } query B { __typename }', operationName: 'B' }, 200],
    ['none of two names', { query: 'query A { operatorParameters { name } } query B { __typename }' }, 400],
    ['a persisted query', { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }, 200],
    ['what only others may ask', { query: '{ apiClients(first: 5) { nodes { code } } }' }, 200],
    ['introspection', { query: '{ __schema { queryType { name } } }' }, 403],
  ] as const)('with %s is refused in the same words', async (_what, body, status) => {
    const { status: answered, body: text } = await repeated({ body });
    expect({ answered, text }).toMatchObject({ answered: status });
  });

  it('counts against the caller’s budget', async () => {
    const available = async (): Promise<number> => {
      const { json } = await world.server.gql({ token: await world.token('auditor') }, BY_NUMBER, { n: '1' });
      const { cost } = json['extensions'] as { cost: { throttleStatus: { currentlyAvailable: number; maximumAvailable: number } } };
      return cost.throttleStatus.maximumAvailable - cost.throttleStatus.currentlyAvailable;
    };
    for (let use = 0; use < USES; use += 1) expect(await available()).toBeGreaterThanOrEqual(1);
  });
});

test('a mutation is never answered from what is ready: each sends its own key', async () => {
  const query = `mutation ($id: ID!, $key: String!, $v: Int!) {
    addCustomerContact(input: { idempotencyKey: $key, customerId: $id, expectedVersion: $v, contact: { kind: EMAIL, value: "a@example.com" } }) {
      contactId userErrors { code } } }`;
  const id = encodeId('customer', world.ours.companyId);
  const token = await world.token('clerk');
  const made: unknown[] = [];
  for (let use = 0; use < USES; use += 1) {
    const { data: read } = await world.server.gql({ token }, 'query ($id: ID!) { customer(id: $id) { version } }', { id });
    const v = (read as { customer: { version: number } }).customer.version;
    const { data } = await world.server.gql({ token }, query, { id, key: freshKey(), v });
    const { contactId, userErrors } = data?.['addCustomerContact'] as { contactId: string; userErrors: unknown[] };
    expect(userErrors).toEqual([]);
    made.push(contactId);
  }
  expect(new Set(made).size).toBe(USES);
});
