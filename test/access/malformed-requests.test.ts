import { Dice, MalformedRequests, type Malformed } from '../support/malformed';
import { RawClient, type RawAnswer } from '../support/raw-client';
import { encodeId, freshKey, useHttpWorld } from './http-world';

const world = useHttpWorld();

const REQUESTS = 10_000;
const CLIENTS = 16;
/** Another seed is another ten thousand: `SANHU_TEST_SEED=7 npx jest …`. */
const SEED = Number(process.env['SANHU_TEST_SEED'] ?? 20_261_121);

/** A frame of a stack, a path of the program, SQL, the name of a server that answers nobody outside. */
const LEAK =
  /\n\s*at \S|node_modules|\/src\/|\.(?:ts|js):\d|SELECT |INSERT |UPDATE |postgres|pg_|typeorm|syntax error at or near|SQLSTATE|ECONN/i;

test('ten thousand malformed requests: each is refused by name, nothing of the inside is shown, and the server goes on', async () => {
  await world.database.raw(`UPDATE api_client SET document_mode = 'prefer' WHERE code = 'counter'`);
  const target = { token: await world.token('admin'), partnerToken: await world.partnerToken(), operations: operations() };
  const requests = new MalformedRequests(new Dice(SEED), target);
  const statuses = new Map<number, number>();
  const wrong: string[] = [];
  let made = 0;

  async function client(): Promise<void> {
    const socket = new RawClient(world.server.port);
    while (made < REQUESTS && wrong.length < 10) {
      made += 1;
      const request = requests.next();
      const answer = await socket.ask(request.bytes, request);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const problem = problemOf(request, answer);
      if (problem !== undefined)
        wrong.push(
          [problem, request.kind, request.bytes.toString('latin1').slice(0, 1_500), answer.status, answer.body.slice(0, 500)].join('\n'),
        );
    }
    socket.close();
  }

  await Promise.all(Array.from({ length: CLIENTS }, client));
  expect(wrong).toEqual([]);
  expect(made).toBe(REQUESTS);
  // The generator reaches the layers behind each other: the parser of HTTP, of JSON, of GraphQL, the token, the use case.
  for (const status of [200, 400, 401, 403, 404, 413, 415, 431]) expect([status, statuses.get(status) ?? 0]).not.toEqual([status, 0]);

  const { size, idle, waiting } = world.database.core.use();
  expect({ taken: size - idle, waiting }).toEqual({ taken: 0, waiting: 0 });
  const after = await world.server.gql({ token: target.token }, '{ customers(first: 1) { nodes { name } } }');
  expect([after.status, after.codes]).toEqual([200, []]);
  const failures = world.server.logged.filter((line) => line.includes('"level":50') && !line.includes('A value cannot be stored'));
  expect(failures.slice(0, 3)).toEqual([]);
}, 120_000);

function problemOf({ hangUp }: Malformed, { status, body }: RawAnswer): string | undefined {
  if (status >= 500) return `status ${status}`;
  if (status === 0 && hangUp !== true) return 'no answer';
  if (body.includes('INTERNAL_SERVER_ERROR')) return 'an error of the program’s own';
  const leak = LEAK.exec(body);
  return leak === null ? undefined : `leak of ${JSON.stringify(leak[0])}`;
}

/** Operations of every kind that are well-formed until the generator bends them. */
function operations(): { query: string; variables: Record<string, unknown> }[] {
  const { access, ours } = world;
  const organisationId = encodeId('organisation', access.hallOne);
  const [customerId, accountId, subscriberId] = [
    encodeId('customer', ours.personId),
    encodeId('account', ours.accountId),
    encodeId('subscriber', ours.mobileId),
  ];
  const change = { idempotencyKey: freshKey(), expectedVersion: 1 };
  return [
    {
      query: `query ($first: Int!, $after: String, $filter: CustomerFilter, $at: DateTime) {
        customers(first: $first, after: $after, filter: $filter) {
        nodes { id name documents(validAt: $at) { number } accounts(first: $first) { nodes { accountNo } } } pageInfo { endCursor } } }`,
      variables: {
        first: 5,
        after: null,
        filter: { nameContains: '杭', namePrefix: '杭', documentNumber: 'E1', customerNo: 'C', organisationId, managerId: null },
        at: '2026-11-21T08:00:00Z',
      },
    },
    {
      query: `query ($number: String!, $kind: IdentifierKind) {
        subscriberByNumber(number: $number, kind: $kind) { id customer { name contacts { value } } } }`,
      variables: { number: ours.mobile, kind: 'NUMBER' },
    },
    {
      query: `query ($filter: SubscriberFilter) {
        subscribers(first: 3, filter: $filter) { nodes { accessNumber identifiers { value } } } }`,
      variables: { filter: { identifierPrefix: '139', status: 'active', serviceType: 'MOBILE', subscriberNo: '1', organisationId } },
    },
    {
      query: `query ($a: ID!, $c: ID!, $s: ID!) { account(id: $a) { accountNo } customer(id: $c) { name } subscriber(id: $s) { status } }`,
      variables: { a: accountId, c: customerId, s: subscriberId },
    },
    {
      query: `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { code field } } }`,
      variables: {
        input: {
          idempotencyKey: freshKey(),
          kind: 'INDIVIDUAL',
          name: '张三',
          nameEn: 'Zhang San',
          grade: 'STANDARD',
          organisationId,
          attributes: { a: 1 },
          documents: [{ kind: 'PASSPORT', number: 'E12345678' }],
          contacts: [{ kind: 'MOBILE', value: '13812345678' }],
        },
      },
    },
    {
      query: `mutation ($input: ChangeCustomerInput!) { changeCustomer(input: $input) { customer { version } userErrors { code } } }`,
      variables: { input: { ...change, customerId, name: '李四', grade: 'GOLD', attributes: {} } },
    },
    {
      query: `mutation ($input: AddCustomerDocumentInput!) { addCustomerDocument(input: $input) { documentId userErrors { code } } }`,
      variables: { input: { ...change, customerId, document: { kind: 'PASSPORT', number: 'E99999999', issuingAuthority: 'x' } } },
    },
    {
      query: `mutation ($input: CreateAccountInput!) { createAccount(input: $input) { account { id } userErrors { code } } }`,
      variables: {
        input: {
          idempotencyKey: freshKey(),
          customerId,
          organisationId,
          name: '账户',
          currency: 'CNY',
          ratingType: 'POSTPAID',
          paymentMethod: 'CASH',
          billingDay: 1,
          attributes: {},
        },
      },
    },
    {
      query: `mutation ($input: ChangeBillingDayInput!) { changeBillingDay(input: $input) { account { version } userErrors { code } } }`,
      variables: { input: { ...change, accountId, day: 5, from: '2027-01-01T00:00:00Z' } },
    },
    {
      query: `mutation ($input: OpenSubscriberInput!) { openSubscriber(input: $input) { subscriber { id } userErrors { code } } }`,
      variables: {
        input: {
          idempotencyKey: freshKey(),
          serviceType: 'MOBILE',
          organisationId,
          ownerId: customerId,
          accountId,
          identifier: '13712345678',
          sim: null,
          attributes: {},
        },
      },
    },
    {
      query: `mutation ($input: AddPaymentRelationInput!) { addPaymentRelation(input: $input) { paymentRelationId userErrors { code } } }`,
      variables: {
        input: {
          ...change,
          subscriberId,
          accountId,
          chargeGroup: 'VOICE',
          cap: { amount: '10.00', currency: 'CNY' },
          priority: 5,
          from: null,
          to: null,
        },
      },
    },
    {
      query: `mutation ($input: CreateOrganisationInput!) {
        createOrganisation(input: $input) { organisation { id } userErrors { code } } }`,
      variables: {
        input: {
          idempotencyKey: freshKey(),
          parentId: organisationId,
          code: 'X-1',
          name: '厅',
          nameEn: 'Hall',
          kind: 'HALL',
          taxNumber: null,
        },
      },
    },
    {
      query: `mutation ($input: ChangeOperatorParameterInput!) { changeOperatorParameter(input: $input) { userErrors { code } } }`,
      variables: { input: { ...change, parameter: 'name', value: '"浙江"' } },
    },
  ];
}
