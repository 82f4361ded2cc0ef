import { getNamedType, isInputObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { buildPartnerContract } from '../../src/access/graphql/partner/partner-contract';
import { buildStaffContract } from '../../src/access/graphql/staff/staff-contract';
import { createApiClient } from '../../src/business/component/staff';
import { encodeId, type Id } from '../../src/kernel/id';
import { implementsNode, nodeTypesOf, waysFrom, type KnownArguments, type Way } from '../support/schema-walk';
import type { PlacedOrder } from '../support/place-order';
import {
  batchAt, bundlesAcross, catalogueOf, chargeForPartner, discountsOf, entangle, hireForTwoCities, importAt, openAtTheirs, orderFor, poolNumbers,
} from './entangled-world'; // prettier-ignore
import { useHttpWorld } from './http-world';
import { told, viewFrom, type View } from './outside';

/*
 * Every field of the contracts that returns a Node is reached from everything that a caller may see, and asked for everything
 * that he may not. The ways are made of the schema: a field that is new is walked without a line here, and where the walk
 * cannot know what to call it with, or never meets anything out of scope on it, the test fails until somebody says.
 */
const world = useHttpWorld({
  environment: {
    SANHU_QUERY_COST_MAX: '1000000',
    SANHU_QUERY_DEPTH_MAX: '50',
    SANHU_QUERY_ALIASES_MAX: '1000',
    SANHU_QUERY_TOKENS_MAX: '20000',
  },
});

/** Ways on which nothing of another place can stand, and why. */
const CROSSES_NOTHING: Readonly<Record<string, string>> = {
  'Query.me.organisation': 'one’s own node',
  'Query.me.permissions.grants.organisations': 'one’s own nodes',
  'Query.roles.nodes': 'roles stand at no node: every holder of role:read sees them all',
  'Query.roles.edges.node': 'as roles.nodes',
  'Query.role': 'as roles.nodes',
  'Staff.grants.role': 'as roles.nodes',
  'Customer.organisation': 'what is in scope stands at a node in scope',
  'Account.organisation': 'as Customer.organisation',
  'Subscriber.organisation': 'as Customer.organisation',
  'Staff.organisation': 'as Customer.organisation',
  'ApiClient.organisation': 'as Customer.organisation',
  'Order.organisation': 'as Customer.organisation',
  'OrderBatch.organisation': 'as Customer.organisation',
  'Order.quotation': 'an order and its quotation stand at one node',
  'Order.workOrders': 'as Order.quotation',
  'Quotation.usedBy': 'as Order.quotation',
  'WorkOrder.order': 'as Order.quotation',
  'WorkOrder.organisation': 'as Customer.organisation',
  'Customer.relations.customer': 'the customer itself',
  'Customer.relatedBy.relatedCustomer': 'the customer itself',
  'Account.parent.account': 'the account itself',
  'Account.children.nodes.parent': 'the account itself',
  'Account.children.edges.node.parent': 'the account itself',
  'Account.paymentRelations.nodes.account': 'the account itself',
  'Account.paymentRelations.edges.node.account': 'the account itself',
  'Subscriber.paymentRelations.subscriber': 'the subscriber itself',
  'Subscriber.products': 'what a subscriber in scope holds is in scope',
  'Subscriber.plannedProducts': 'as Subscriber.products',
  'Subscriber.numberCommitments.order': 'read by the loader of ProductInstance.order, which is walked',
  'Subscriber.numberDeposits.order': 'read by the loader of ProductInstance.order, which is walked',
  'Subscriber.numberDeposits.returnedBy': 'read by the loader of ProductInstance.order, which is walked',
  'ProductInstance.history': 'as Subscriber.products',
  'ProductInstance.subscriber': 'as Subscriber.products',
  'Subscriber.discounts': 'as Subscriber.products',
  'Account.discounts': 'as Subscriber.products',
  'GrantedDiscount.subscriber': 'as Subscriber.products',
  'GrantedDiscount.account': 'as Subscriber.products',
  'GrantedDiscount.bundle': 'as Subscriber.products',
  'BundleInstance.discounts': 'as Subscriber.products',
  'BundleInstance.organisation': 'as Customer.organisation',
  'BundleInstance.members.nodes.bundle': 'the bundle itself',
  'BundleInstance.members.edges.node.bundle': 'the bundle itself',
  'BundleInstance.members.nodes.subscriber': 'a member is shown to whoever sees the subscriber',
  'BundleInstance.members.edges.node.subscriber': 'as BundleInstance.members.nodes.subscriber',
  'Subscriber.bundle.subscriber': 'the subscriber itself',
  'Product.versions.nodes': 'what a product that is offered says is seen by whoever sees the product',
  'Product.versions.edges.node': 'as Product.versions.nodes',
  'Product.versionOnSale': 'as Product.versions.nodes',
  'ProductVersion.product': 'the product itself',
  'Query.numberClasses.nodes': 'classes stand at no node: every holder of number:read sees them all',
  'Query.numberClasses.edges.node': 'as numberClasses.nodes',
  'AccessNumber.numberClass': 'as numberClasses.nodes',
  'AccessNumber.pool': 'the pool of a number in scope is in scope',
  'Discount.versions.nodes': 'as Product.versions.nodes',
  'Discount.versions.edges.node': 'as Product.versions.nodes',
  'Discount.versionGranted': 'as Product.versions.nodes',
  'DiscountVersion.discount': 'the discount itself',
  'Role.discountAuthority.role': 'the role itself',
  'Organisation.children.nodes': 'what is below a node in scope is in scope',
  'Organisation.children.edges.node': 'as children.nodes',
};

interface Caller {
  readonly token: string;
  readonly path: string;
}

interface Prober extends Caller {
  readonly name: string;
  readonly view: View;
}

const ask = async (caller: Caller, query: string): Promise<unknown> => {
  const answer = await world.server.gql({ token: caller.token, path: caller.path }, query);
  const bad = answer.errors.filter(({ extensions }) => extensions.code !== 'FORBIDDEN');
  if (bad.length > 0) throw new Error(`${query}\n${JSON.stringify(bad)}`);
  return answer.data;
};

let staffProbers: Prober[];
let partnerProber: Prober;
let everybody: Caller;
let everyPartner: Caller;
let theirImport: Id<'importJob'>;
let theirBatch: Id<'orderBatch'>;
let theirProduct: Id<'product'>;
let theirInstance: Id<'productInstance'> | undefined;
let theirBundle: Id<'bundleInstance'>;
let theirPool: Id<'numberPool'>;
let theirOrder: PlacedOrder;
let theirDiscount: Id<'discount'>;

beforeAll(async () => {
  const { access, database, server } = world;
  await entangle(world, world.ours, world.theirs);
  await entangle(world, world.partners, world.ours);
  await hireForTwoCities(world);
  await chargeForPartner(world, 'ON_BEHALF');
  theirProduct = (await catalogueOf(world)).theirs;
  theirPool = (await poolNumbers(world)).theirs;
  theirDiscount = (await discountsOf(world)).theirs;
  theirImport = await importAt(world, world.theirs.node);
  await importAt(world, world.ours.node);
  await orderFor(world, world.ours.node, world.theirs);
  await orderFor(world, world.ours.node, world.ours);
  theirOrder = await orderFor(world, world.theirs.node, world.ours);
  theirBatch = await batchAt(world, world.theirs.node, world.theirs);
  await batchAt(world, world.ours.node, world.theirs, theirOrder.orderId);
  [, theirInstance] = await openAtTheirs(world);
  theirBundle = await bundlesAcross(world);
  const lineAdmin = await access.staff('line.admin', access.root);
  await access.grant(lineAdmin, 'SYSTEM_ADMINISTRATOR', access.root, ['BROADBAND']);
  // Someone from outside changes something here: the trail names him.
  const token = await world.token('admin');
  const changed = await server.gql(
    { token },
    `mutation { changeAccount(input: { idempotencyKey: "trail", accountId: "${encodeId('account', world.ours.companyAccountId)}",
    expectedVersion: ${await world.parties.versionOf('account', world.ours.companyAccountId)}, name: "改" }) { userErrors { code } } }`,
  );
  expect(changed.data).toEqual({ changeAccount: { userErrors: [] } });
  const { apiClientId, secretSeed } = await access.run(createApiClient, {
    code: 'partner-root',
    name: 'partner-root',
    kind: 'PARTNER',
    organisationId: access.root,
    documentMode: 'off',
    costCapacity: 1_000_000,
    costRestore: 1_000_000,
    secret: access.authentication.draftClientSecret(),
  });
  expect(apiClientId).toBeDefined();
  const secret = access.authentication.revealClientSecret(secretSeed ?? '');
  const partnerRoot = await server.post('/auth/token', {
    grant_type: 'client_credentials',
    client_id: 'partner-root',
    client_secret: secret,
  });
  everybody = { token, path: '/graphql' };
  everyPartner = { token: String(partnerRoot.json['access_token']), path: '/partner/graphql' };
  const view = viewFrom.bind(null, database);
  staffProbers = [
    { name: 'administrator of a city', token: await world.token('cityAdmin'), path: '/graphql', view: await view(access.hangzhou, null) },
    { name: 'clerk of a hall', token: await world.token('clerk'), path: '/graphql', view: await view(access.hallOne, null) },
    { name: 'supervisor of a hall', token: await world.token('supervisor'), path: '/graphql', view: await view(access.hallOne, null) },
    { name: 'clerk of one line', token: await world.token('oneLine'), path: '/graphql', view: await view(access.hallOne, ['BROADBAND']) },
    {
      name: 'administrator of one line',
      token: (await world.logIn('line.admin')).accessToken,
      path: '/graphql',
      view: await view(access.root, ['BROADBAND']),
    },
  ];
  partnerProber = {
    name: 'partner',
    token: await world.partnerToken(),
    path: '/partner/graphql',
    view: await view(world.partnerNode, null),
  };
}, 60_000);

/** How the root fields are called: by everything of the other city by which something can be looked for. */
function staffArguments(): KnownArguments {
  const { theirs, ours, access, staff, partnerClient } = world;
  const id = encodeId;
  const [customer, account, subscriber, node, manager] = [
    id('customer', theirs.companyId),
    id('account', theirs.accountId),
    id('subscriber', theirs.mobileId),
    id('organisation', theirs.node),
    id('staff', staff.otherClerk),
  ];
  const list = (...filters: readonly string[]): string[] => [
    '(first: 100)',
    ...filters.map((filter) => `(first: 100, filter: { ${filter} })`),
  ];
  const ids = [
    customer,
    account,
    subscriber,
    node,
    manager,
    id('apiClient', partnerClient),
    id('organisation', access.root),
    id('importJob', theirImport),
    id('orderBatch', theirBatch),
    id('product', theirProduct),
    id('productVersion', numbers.theirVersion),
    id('productInstance', theirInstance as Id<'productInstance'>),
    id('bundleInstance', theirBundle),
    id('numberPool', theirPool),
    id('order', theirOrder.orderId),
    id('quotation', theirOrder.quotationId),
    id('workOrder', theirOrder.workOrderId as Id<'workOrder'>),
    id('discount', theirDiscount),
    id('discountVersion', numbers.theirDiscountVersion),
  ];
  return {
    'Query.node': ids.map((one) => `(id: "${one}")`),
    'Query.nodes': [`(ids: ${JSON.stringify(ids)})`],
    'Query.customer': [customer, id('customer', theirs.personId)].map((one) => `(id: "${one}")`),
    'Query.account': [`(id: "${account}")`],
    'Query.subscriber': [subscriber, id('subscriber', theirs.broadbandId)].map((one) => `(id: "${one}")`),
    'Query.organisation': [node, id('organisation', access.root)].map((one) => `(id: "${one}")`),
    'Query.staff': [`(id: "${manager}")`],
    'Query.role': [],
    'Query.apiClient': [`(id: "${id('apiClient', partnerClient)}")`],
    'Query.importJob': [`(id: "${id('importJob', theirImport)}")`],
    'Query.orderBatch': [`(id: "${id('orderBatch', theirBatch)}")`],
    'Query.orderBatches': ['(first: 100)', `(first: 100, customerId: "${id('customer', theirs.companyId)}")`],
    'Query.numberPool': [`(id: "${id('numberPool', theirPool)}")`],
    'Query.numberPools': list('code: "POOL-THEIRS"', 'serviceType: "MOBILE"', 'status: ACTIVE', `usedAtId: "${node}"`),
    'Query.accessNumber': ['(number: "16633330000")'],
    'Query.accessNumbers': [
      `numberPoolId: "${id('numberPool', theirPool)}"`,
      'serviceType: "MOBILE"',
      'serviceType: "MOBILE", pattern: { endsWith: "0000" }',
      'serviceType: "MOBILE", state: idle',
      'serviceType: "MOBILE", classCode: "GOLD"',
    ].map((filter) => `(first: 100, filter: { ${filter} })`),
    'Query.subscriberByNumber': [theirs.mobile, theirs.login, ours.mobile].flatMap((number) => [
      `(number: "${number}")`,
      `(number: "${number}", kind: ${number.includes('line') ? 'LOGIN' : 'NUMBER'})`,
    ]),
    'Query.customers': list(
      `customerNo: "${numbers.customerNo}"`,
      `documentNumber: "${theirs.passport}"`,
      `accountNo: "${numbers.accountNo}"`,
      `accessNumber: "${theirs.mobile}"`,
      `nameContains: "宁波"`,
      `namePrefix: "宁波公"`,
      `organisationId: "${node}"`,
      `managerId: "${manager}"`,
      'kind: ENTERPRISE',
      'grade: STANDARD',
      'status: ACTIVE',
      'status: MERGED',
    ),
    'Query.accounts': list(
      `accountNo: "${numbers.accountNo}"`,
      `customerId: "${id('customer', theirs.personId)}"`,
      `organisationId: "${node}"`,
      'ratingType: POSTPAID',
      'status: ACTIVE',
    ),
    'Query.subscribers': list(
      `identifierPrefix: "${theirs.login.slice(0, 5)}"`,
      `identifierPrefix: "1390000000"`,
      `organisationId: "${node}"`,
      'serviceType: "MOBILE"',
      'status: active',
      `subscriberNo: "${numbers.subscriberNo}"`,
    ),
    'Query.organisations': list(
      'code: "NB"',
      'nameContains: "NB"',
      `parentId: "${id('organisation', access.root)}"`,
      `withinId: "${id('organisation', access.ningbo)}"`,
      'kind: CITY',
      'status: ACTIVE',
    ),
    'Query.staffMembers': list(
      `loginName: "other.clerk"`,
      'nameContains: "other"',
      `organisationId: "${node}"`,
      `roleId: "${id('role', numbers.hallClerk)}"`,
      'status: ACTIVE',
    ),
    'Query.serviceType': ['(code: "MOBILE")'],
    'Query.order': [`(id: "${id('order', theirOrder.orderId)}")`, `(orderNo: "${numbers.orderNo}")`],
    'Query.quotation': [`(id: "${id('quotation', theirOrder.quotationId)}")`],
    'Query.orders': list(
      'state: acknowledged',
      'category: RELOCATE',
      `customerId: "${id('customer', ours.personId)}"`,
      `subscriberId: "${id('subscriber', ours.broadbandId)}"`,
      `organisationId: "${node}"`,
      'dueBefore: "2100-01-01T00:00:00Z"',
    ),
    'Query.orderWorkList': [
      `(organisationId: "${node}", first: 100)`,
      `(organisationId: "${id('organisation', access.root)}", first: 100)`,
    ],
    'Query.orderTimeliness': [`(organisationId: "${node}", from: "2026-01-01T00:00:00Z", to: "2026-12-01T00:00:00Z")`],
    'Query.workOrder': [`(id: "${id('workOrder', theirOrder.workOrderId as Id<'workOrder'>)}")`],
    'Query.workQueue': list(
      'queue: "INSTALLATION"',
      `organisationId: "${node}"`,
      'state: active',
      `assigneeId: "${id('staff', staff.clerk)}"`,
    ),
    'Query.chargeCode': ['(code: "ON_BEHALF")', '(code: "ON_BEHALF", knownAt: "2100-01-01T00:00:00Z")'],
    'Query.chargeCodes': list('serviceType: "MOBILE"', 'kind: ONE_TIME', 'nameContains: "代收"'),
    'Query.product': [`(id: "${id('product', theirProduct)}")`, '(code: "PLAN-NB")', '(code: "PLAN-ZJ")'],
    'Query.products': list(
      'text: "plan"',
      'kind: PLAN',
      'serviceType: "MOBILE"',
      'state: active',
      `organisationId: "${node}"`,
      `sellableAt: { organisationId: "${node}" }`,
    ),
    'Query.discount': [`(id: "${id('discount', theirDiscount)}")`, '(code: "OFF-NB")', '(code: "OFF-ZJ")'],
    'Query.discounts': list(
      'text: "off"',
      'serviceType: "MOBILE"',
      'state: active',
      `organisationId: "${node}"`,
      `grantableAt: { organisationId: "${node}" }`,
    ),
    'BundleInstance.standings': ['(from: "2020-01-01", to: "2020-12-01")'],
    'Query.ledgerAccounts': list('kind: ASSET', 'status: ACTIVE', 'codePrefix: "11"'),
    'Account.ledgerEntries': ['(first: 100)', '(first: 100, from: "2020-01-01", to: "2100-01-01")'],
    'Query.auditTrail': list(
      `subjectId: "${customer}"`,
      `subjectId: "${subscriber}"`,
      `actorId: "${id('staff', staff.otherClerk)}"`,
      'operation: "createCustomer"',
      'from: "2020-01-01T00:00:00Z"',
      'to: "2100-01-01T00:00:00Z"',
      'from: "2020-01-01T00:00:00Z", operation: "changeAccount"',
    ),
  };
}

function partnerArguments(): KnownArguments {
  const { ours } = world;
  const list = (...filters: readonly string[]): string[] => [
    '(first: 100)',
    ...filters.map((filter) => `(first: 100, filter: { ${filter} })`),
  ];
  const ids = [encodeId('customer', ours.companyId), encodeId('account', ours.accountId), encodeId('subscriber', ours.mobileId)];
  return {
    'Query.node': ids.map((id) => `(id: "${id}")`),
    'Query.customer': [`(id: "${encodeId('customer', ours.companyId)}")`],
    'Query.customers': list(
      `customerNo: "${numbers.oursNo}"`,
      `documentNumber: "${ours.passport}"`,
      `accountNo: "${numbers.oursAccountNo}"`,
      `accessNumber: "${ours.mobile}"`,
    ),
    'Query.subscriberByNumber': [`(number: "${ours.mobile}")`, `(number: "${ours.login}")`],
  };
}

let numbers: {
  orderNo: string;
  customerNo: string;
  accountNo: string;
  subscriberNo: string;
  oursNo: string;
  oursAccountNo: string;
  hallClerk: Id<'role'>;
  theirVersion: Id<'productVersion'>;
  theirDiscountVersion: Id<'discountVersion'>;
};
beforeAll(async () => {
  const { theirs, ours, database } = world;
  const one = async (text: string, id: string): Promise<string> => (await database.raw<{ no: string }>(text, [id]))[0]?.no ?? '';
  numbers = {
    orderNo: await one('SELECT order_no AS no FROM product_order WHERE id = $1', theirOrder.orderId),
    customerNo: await one('SELECT customer_no AS no FROM customer WHERE id = $1', theirs.personId),
    accountNo: await one('SELECT account_no AS no FROM account WHERE id = $1', theirs.accountId),
    subscriberNo: await one('SELECT subscriber_no AS no FROM subscriber WHERE id = $1', theirs.mobileId),
    oursNo: await one('SELECT customer_no AS no FROM customer WHERE id = $1', ours.personId),
    oursAccountNo: await one('SELECT account_no AS no FROM account WHERE id = $1', ours.accountId),
    hallClerk: await world.access.roleId('HALL_CLERK'),
    theirVersion: (await one('SELECT id AS no FROM product_version WHERE product_id = $1', theirProduct)) as Id<'productVersion'>,
    theirDiscountVersion: (await one(
      'SELECT id AS no FROM discount_version WHERE discount_id = $1',
      theirDiscount,
    )) as Id<'discountVersion'>,
  };
});

function queryType(schema: GraphQLSchema): GraphQLObjectType {
  const type = schema.getQueryType();
  if (type == null) throw new Error('a contract without queries');
  return type;
}

/** What those who see all were told: nothing changes between the probes of one and the next caller, and it is most of the work. */
const toldBefore = new Map<string, Promise<unknown>>();
function askOnce(all: Caller, query: string): Promise<unknown> {
  const key = `${all.path} ${query}`;
  const answer = toldBefore.get(key) ?? ask(all, query);
  toldBefore.set(key, answer);
  return answer;
}

/** Asks the same of a caller and of one who sees all; says what the caller learned that he should not, and whether there was anything. */
async function probe(prober: Prober, all: Caller, queries: readonly string[]): Promise<{ leaks: string[]; met: boolean }> {
  const leaks: string[] = [];
  let met = false;
  for (const query of queries) {
    leaks.push(...told(prober.view.outside, await ask(prober, query)).map((text) => `${prober.name}: ${text} by ${query}`));
    met ||= told(prober.view.outside, await askOnce(all, query)).length > 0;
  }
  return { leaks, met };
}

async function walk(
  probers: readonly Prober[],
  all: Caller,
  ways: readonly Way[],
  toQueries: (way: Way, prober: Prober) => string[],
): Promise<{ leaks: string[]; metNothing: string[] }> {
  const leaks: string[] = [];
  const metNothing: string[] = [];
  for (const way of ways) {
    let met = false;
    for (const prober of probers) {
      const found = await probe(prober, all, toQueries(way, prober));
      leaks.push(...found.leaks);
      met ||= found.met;
    }
    if (way.endsAtNode && !met) metNothing.push(way.name);
  }
  return { leaks, metNothing };
}

/** The ways on which the walk met nothing out of scope, but for those that it cannot. */
const unexplained = (metNothing: readonly string[]): string[] => metNothing.filter((name) => CROSSES_NOTHING[name] === undefined);

/** The filter parts that no argument text of the walk gives. */
function filtersNotTried(schema: GraphQLSchema, known: KnownArguments): string[] {
  const type = queryType(schema);
  return Object.values(type.getFields()).flatMap((field) => {
    const filter = field.args.find(({ name }) => name === 'filter');
    const named = filter === undefined ? undefined : getNamedType(filter.type);
    if (!isInputObjectType(named)) return [];
    const tried = (known[`${type.name}.${field.name}`] ?? []).join(' ');
    return Object.keys(named.getFields())
      .filter((part) => !new RegExp(`\\b${part}: `).test(tried))
      .map((part) => `${field.name}.${part}`);
  });
}

describe('the staff’s contract', () => {
  const schema = buildStaffContract();

  test('a root field shows nothing out of scope, whatever it is asked by', async () => {
    const known = staffArguments();
    expect(filtersNotTried(schema, known)).toEqual([]);
    const ways = waysFrom(schema, queryType(schema), known);
    const { leaks, metNothing } = await walk(staffProbers, everybody, ways, (way) => way.selections.map((selection) => `{ ${selection} }`));
    expect(leaks).toEqual([]);
    expect(unexplained(metNothing)).toEqual([]);
  }, 120_000);

  test.each(nodeTypesOf(schema).map((type) => [type.name, type] as const))(
    'a field of %s in scope shows nothing out of scope',
    async (name, type) => {
      const { leaks, metNothing } = await walk(staffProbers, everybody, waysFrom(schema, type, staffArguments()), (way, { view }) => {
        const ids = view.inside.get(name) ?? [];
        return way.selections.map(
          (selection) => `{ nodes(ids: ${JSON.stringify(ids.slice(0, 100))}) { ... on ${name} { __typename id ${selection} } } }`,
        );
      });
      expect(leaks).toEqual([]);
      expect(unexplained(metNothing)).toEqual([]);
    },
    120_000,
  );

  test('the counter view of a number in scope shows nothing out of scope, whole or in part', async () => {
    const relations = 'paymentRelations(first: 50) { nodes { id subscriber { id accessNumber } account { id accountNo } } }';
    const wholes = [
      `id customer { id name customerNo documents { id } contacts { id }
        accounts(first: 50) { nodes { id accountNo name ${relations} } } subscribers(first: 50) { nodes { id accessNumber } } }`,
      'id customer { id name }',
      `id customer { id accounts(first: 50) { nodes { id ${relations} } } }`,
      'id customer { id subscribers(first: 50) { nodes { id accessNumber } } }',
      'id customer { id name } paymentRelations { account { id accountNo } }',
      `id customers { role customer { id name customerNo accounts(first: 50) { nodes { id accountNo ${relations} } } } }`,
    ];
    const numbersHere = await world.database.raw<{ value: string }>('SELECT value FROM subscriber_identifier');
    const way = (selection: string): Way => ({
      name: `counter ${selection}`,
      endsAtNode: true,
      selections: numbersHere.map(({ value }) => `{ subscriberByNumber(number: "${value}") { ${selection} } }`),
    });
    const { leaks, metNothing } = await walk(staffProbers, everybody, wholes.map(way), ({ selections }) => [...selections]);
    expect(leaks).toEqual([]);
    expect(metNothing).toEqual([]);
  }, 120_000);

  test('a list of what stands on the other side leaves out what is out of scope, as if it were not', async () => {
    const lists =
      'children(first: 100) { nodes { other: account { id } } } paymentRelations(first: 100) { nodes { other: subscriber { id } } }';
    const othersOf = async (caller: Caller, ids: readonly string[]): Promise<unknown[]> => {
      const answer = await ask(caller, `{ nodes(ids: ${JSON.stringify(ids)}) { ... on Account { ${lists} } } }`);
      const { nodes } = answer as { nodes: Record<'children' | 'paymentRelations', { nodes: { other: unknown }[] }>[] };
      return nodes.flatMap(({ children, paymentRelations }) => [...children.nodes, ...paymentRelations.nodes].map(({ other }) => other));
    };
    for (const prober of staffProbers) {
      const ids = prober.view.inside.get('Account') ?? [];
      const [seen, all] = [await othersOf(prober, ids), await othersOf(everybody, ids)];
      expect([prober.name, seen.filter((other) => other === null)]).toEqual([prober.name, []]);
      expect(all.length).toBeGreaterThan(seen.length);
    }
  });

  test('nothing in scope is found by the number of what is out of it', async () => {
    const { ours, theirs, database } = world;
    const [account] = await database.raw<{ no: string }>(
      'SELECT account_no AS no FROM account WHERE customer_id = $1 AND organisation_id = $2',
      [ours.personId, theirs.node],
    );
    const [subscriber] = await database.raw<{ number: string }>(
      `SELECT f.value AS number FROM subscriber_identifier f JOIN subscriber s ON s.id = f.subscriber_id
       JOIN subscriber_customer c ON c.subscriber_id = s.id AND c.role = 'OWNER' WHERE c.customer_id = $1 AND s.organisation_id = $2`,
      [ours.personId, theirs.node],
    );
    const filters = [`accountNo: "${account?.no}"`, `accessNumber: "${subscriber?.number}"`, `accessNumber: "${theirs.login}"`];
    for (const filter of filters) {
      const query = `{ customers(first: 10, filter: { ${filter} }) { nodes { id } } }`;
      expect(JSON.stringify(await ask(everybody, query))).toContain(encodeId('customer', ours.personId));
      for (const prober of staffProbers.filter(({ name }) => !name.endsWith('administrator of one line'))) {
        expect([prober.name, filter, await ask(prober, query)]).toEqual([prober.name, filter, { customers: { nodes: [] } }]);
      }
    }
  });

  test('a caller who holds nothing sees nothing but himself', async () => {
    const nobody = {
      token: await world.token('nobody'),
      path: '/graphql',
      name: 'nobody',
      view: await viewFrom(world.database, world.theirs.node, null),
    };
    const outside = new Set([...nobody.view.outside, ...staffProbers.flatMap(({ view }) => [...view.outside])]);
    for (const text of [encodeId('staff', world.staff.nobody), world.staff.nobody, 'nobody']) outside.delete(text);
    const ways = waysFrom(schema, queryType(schema), staffArguments());
    const seen: string[] = [];
    for (const way of ways)
      for (const selection of way.selections)
        seen.push(...told(outside, await ask(nobody, `{ ${selection} }`)).map((text) => `${text} by ${selection}`));
    expect(seen).toEqual([]);
  }, 60_000);
});

describe('the partner’s contract', () => {
  const schema = buildPartnerContract();

  test('a root field shows nothing of others, whatever it is asked by', async () => {
    const known = partnerArguments();
    expect(filtersNotTried(schema, known)).toEqual([]);
    const { leaks, metNothing } = await walk([partnerProber], everyPartner, waysFrom(schema, queryType(schema), known), (way) =>
      way.selections.map((selection) => `{ ${selection} }`),
    );
    expect(leaks).toEqual([]);
    expect(unexplained(metNothing)).toEqual([]);
  });

  test.each(nodeTypesOf(schema).map((type) => [type.name, type] as const))(
    'a field of %s of its own shows nothing of others',
    async (name, type) => {
      const ids = partnerProber.view.inside.get(name) ?? [];
      const { leaks, metNothing } = await walk([partnerProber], everyPartner, waysFrom(schema, type), (way) =>
        way.selections.flatMap((selection) => ids.map((id) => `{ node(id: "${id}") { ... on ${name} { __typename id ${selection} } } }`)),
      );
      expect(leaks).toEqual([]);
      expect(unexplained(metNothing)).toEqual([]);
    },
  );

  test('sees its own', async () => {
    const seen = await ask(partnerProber, '{ customers(first: 100) { nodes { id } } }');
    expect(JSON.stringify(seen)).toContain(encodeId('customer', world.partners.companyId));
  });
});

test('what is said to cross nothing is still a way', () => {
  const schema = buildStaffContract();
  const known = staffArguments();
  const ways = [queryType(schema), ...nodeTypesOf(schema)].flatMap((type) => waysFrom(schema, type, known)).map(({ name }) => name);
  expect(Object.keys(CROSSES_NOTHING).filter((name) => !ways.includes(name))).toEqual([]);
});

test('every type that implements Node is known to be one', () => {
  for (const schema of [buildStaffContract(), buildPartnerContract()]) {
    expect(nodeTypesOf(schema).filter((type) => !implementsNode(type))).toEqual([]);
    expect(nodeTypesOf(schema).length).toBeGreaterThanOrEqual(3);
  }
});
