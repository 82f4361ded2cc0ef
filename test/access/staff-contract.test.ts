import {
  getNamedType, getNullableType, isEnumType, isInputObjectType, isInterfaceType, isListType, isNonNullType, isObjectType, isScalarType,
  type GraphQLField, type GraphQLObjectType,
} from 'graphql'; // prettier-ignore
import { buildPartnerContract } from '../../src/access/graphql/partner/partner-contract';
import { hintOf } from '../../src/access/graphql/server/guard/cost-hint';
import { buildStaffContract } from '../../src/access/graphql/staff/staff-contract';
import { readMappingFile } from '../../src/access/file';
import { createNumberClass, createNumberPool, selectAccessNumberByValue } from '../../src/business/component/number';
import { addNumbers } from '../../src/business/process/stock-numbers';
import type { CurrencyCode } from '../../src/kernel/money';
import { createOrderBatch } from '../../src/business/process/order-batch';
import { createImportJob } from '../../src/business/process/party-import';
import { PERMISSION_CODES, createApiClient, createRole, createStaff } from '../../src/business/component/staff';
import { createDiscount, draftDiscountVersion, moveDiscountVersion } from '../../src/business/component/discount';
import { createProduct, draftProductVersion, moveProductVersion } from '../../src/business/component/product';
import { assignCustomerManager } from '../../src/business/component/customer';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import { Scope } from '../../src/kernel/scope';
import { useDatabase } from '../support/database';
import { placeOrder } from '../support/place-order';
import { sellBundle } from '../support/sell-bundle';
import { Graph, scopeAt, type Caller } from '../support/graph';
import { newNumber, usePartyWorld } from '../support/party-world';

const schema = buildStaffContract();
type AnyField = GraphQLField<unknown, unknown>;
const query = schema.getQueryType() as GraphQLObjectType;
const mutation = schema.getMutationType() as GraphQLObjectType;
const objectTypes = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
);
const fieldsOf = (type: GraphQLObjectType): AnyField[] => Object.values(type.getFields());
const isConnection = (field: AnyField): boolean => getNamedType(field.type).name.endsWith('Connection');

describe('the staff contract', () => {
  it('stands beside the partner contract in one process, whose types of the same name are others', () => {
    const partner = buildPartnerContract();
    const fields = (type: unknown): string[] => (isObjectType(type) ? Object.keys(type.getFields()) : []);
    expect(fields(partner.getType('Customer'))).not.toContain('attributes');
    expect(fields(schema.getType('Customer'))).toContain('attributes');
  });

  it.each(fieldsOf(mutation).map((field) => [field.name, field] as const))('%s takes a key and answers with userErrors', (name, field) => {
    expect(field.args.map((argument) => argument.name)).toEqual(['input']);
    const input = getNamedType(field.args[0]?.type);
    expect(String(field.args[0]?.type)).toBe(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`);
    if (!isInputObjectType(input)) throw new Error('no input');
    expect(String(input.getFields()['idempotencyKey']?.type)).toBe('String!');
    const payload = getNullableType(field.type) as GraphQLObjectType;
    expect(String(payload.getFields()['userErrors']?.type)).toMatch(/^\[\w+UserError!\]!$/);
    const error = getNamedType(payload.getFields()['userErrors']?.type) as GraphQLObjectType;
    expect(error.getInterfaces().map((one) => one.name)).toEqual(['DisplayableError']);
    expect(String(error.getFields()['code']?.type)).toMatch(/^\w+ErrorCode!$/);
    for (const other of fieldsOf(payload).filter(({ name: part }) => part !== 'userErrors'))
      expect([other.name, isNonNullType(other.type)]).toEqual([other.name, false]);
  });

  it('asks a change of something that is there for the version that the caller saw', () => {
    const without = fieldsOf(mutation).filter((field) => {
      const input = getNamedType(field.args[0]?.type);
      return (
        isInputObjectType(input) && !['expectedVersion', 'survivorVersion'].some((name) => String(input.getFields()[name]?.type) === 'Int!')
      );
    });
    // These make something, change numbers by the state that they are in, add to what is never changed, take back what is there or not, or change nothing.
    expect(without.map((field) => field.name).sort()).toEqual([
      'addNumberRange', 'addNumbers', 'changeOwnPassword', 'classifyNumbers', 'createAccount', 'createApiClient', 'createCustomer',
      'createDiscount', 'createNumberClass', 'createNumberPool', 'createOrganisation', 'createProduct', 'createRole', 'createStaff', 'grantRole', 'holdNumbers',
      'importParties', 'openSubscriber', 'quoteOrder', 'recordBatchPayment',
      'registerChargeCode', 'registerLedgerAccount', 'registerProvisioningAdapter', 'registerServiceType',
      'registerTaxCategory', 'registerTrustedDocuments', 'releaseNumber', 'reserveNumber', 'revealPersonalData', 'revokeGrant', 'revokeSessions',
      'scrapNumbers', 'setOrderKindRule', 'stopImport', 'stopOrderBatch', 'submitOrder', 'submitOrderBatch', 'takeBackNumbers', 'unholdNumbers',
    ]); // prettier-ignore
  });

  it('requires first of every connection', () => {
    const all = objectTypes.flatMap((type) => fieldsOf(type).map((field) => [type.name, field] as const));
    const connections = all.filter(([, field]) => isConnection(field));
    expect(connections.length).toBeGreaterThan(10);
    for (const [type, field] of connections) {
      expect([type, field.name, String(field.args.find(({ name }) => name === 'first')?.type)]).toEqual([type, field.name, 'Int!']);
    }
  });

  it('says of every other list of objects how many it expects', () => {
    const unsaid = objectTypes.flatMap((type) =>
      fieldsOf(type)
        .filter(
          ({ type: of, name }) =>
            isListType(getNullableType(of)) &&
            !isScalarType(getNamedType(of)) &&
            !isEnumType(getNamedType(of)) &&
            !/^(?:nodes|edges)$/.test(name),
        )
        .filter((field) => hintOf(field).listSize === undefined && hintOf(field).sizedBy === undefined)
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(unsaid).toEqual([]);
  });

  it('describes every type, every value of an enum, and every query and mutation', () => {
    const bare: string[] = [];
    const mutationInputs = new Set(fieldsOf(mutation).map((field) => getNamedType(field.args[0]?.type)?.name));
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || type === query || type === mutation) continue;
      // What a mutation takes is described by the mutation of its name.
      if (!type.description && !mutationInputs.has(type.name)) bare.push(type.name);
      const values = isEnumType(type) ? type.getValues() : [];
      bare.push(...values.filter((value) => !value.description).map((value) => `${type.name}.${value.name}`));
    }
    bare.push(...[query, mutation].flatMap(fieldsOf).filter((field) => !field.description).map((field) => field.name)); // prettier-ignore
    expect(bare).toEqual([]);
  });

  it('says in Chinese too what each mutation does, and what it needs', () => {
    for (const { name, description } of fieldsOf(mutation)) {
      expect([name, description]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u)]);
      expect([name, description]).toEqual([name, expect.stringMatching(/Needs /)]);
    }
  });
});

describe('the staff contract on a database', () => {
  const database = useDatabase();
  const world = usePartyWorld(database);
  let graph: Graph;
  /** Everything at the root; nothing at all; everything in the other city. */
  let everybody: Caller;
  let stranger: Caller;
  const nobody: Caller = { scope: Scope.none };
  const ids = {} as Record<string, string>;
  let customerId: Id<'customer'>;

  beforeAll(async () => {
    graph = new Graph(database.core, world.clock);
    everybody = { scope: scopeAt(world.root, PERMISSION_CODES) };
    stranger = { scope: scopeAt(world.ningbo, PERMISSION_CODES.filter((code) => code !== 'role:read')) }; // prettier-ignore
    const payer = await world.payer();
    customerId = payer.customerId;
    const subscriberId = await world.subscriber(customerId, payer.accountId);
    const { staffId } = await world.run(createStaff, {
      loginName: 'wang.fang',
      name: '王芳',
      nameEn: 'Wang Fang',
      organisationId: world.hangzhou,
    });
    const { roleId } = await world.run(createRole, { code: 'CLERK', name: '营业员', permissions: ['customer:read'] });
    const { apiClientId } = await world.run(createApiClient, {
      code: 'partner.one', name: '合作伙伴', kind: 'PARTNER', organisationId: world.hangzhou, documentMode: 'off', costCapacity: 100, costRestore: 10,
      secret: graph.credentials.draftClientSecret(),
    }); // prettier-ignore
    const file = { fileName: 'parties.csv', fileDigest: '0'.repeat(64), fileBytes: 1, columns: null };
    const mapping = await readMappingFile('telco-customer-churn');
    const { importJobId } = await world.run(createImportJob, { organisationId: world.hangzhou, ...file, mapping });
    const rows = [{ row: 1, line: 2, kind: null, number: null, groupRow: null, asked: null, refusals: [] }];
    const orders = {
      organisationId: world.hangzhou,
      customerId: payer.customerId,
      accountId: payer.accountId,
      fileName: 'x',
      fileDigest: '0'.repeat(64),
      rows,
    };
    const { orderBatchId } = await world.run(createOrderBatch, orders);
    const { productId } = await world.run(createProduct, {
      code: 'PLAN', name: '套餐', nameEn: 'Plan', kind: 'PLAN', serviceType: 'MOBILE', organisationId: world.hangzhou,
    }); // prettier-ignore
    const { versionId } = await world.run(draftProductVersion, { productId, expectedVersion: 1, definition: { prices: [] } });
    const { discountId } = await world.run(createDiscount, {
      code: 'OFF', name: '优惠', nameEn: 'Discount', serviceType: 'MOBILE', organisationId: world.hangzhou,
    }); // prettier-ignore
    const waiver = { name: '减免', nameEn: 'Waiver', effect: { kind: 'WAIVER' }, level: 'SUBSCRIBER' };
    const discount = await world.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition: waiver });
    const instanceId = await heldInstance(customerId, payer.accountId);
    const { orderId } = await sellBundle(world, {
      code: 'FUSION', hall: world.hangzhou, organisationId: world.hangzhou, customerId, accountId: payer.accountId, members: [world.hangzhou],
    }); // prettier-ignore
    const [bundle] = await database.raw<{ id: Id<'bundleInstance'> }>('SELECT id FROM bundle_instance WHERE order_id = $1', [orderId]);
    const number = await numberExamples();
    const relocate = { subscriberId, address: '西湖区 1 号', organisationId: null };
    const ordered = await placeOrder(world, {
      organisationId: world.hangzhou,
      customerId,
      items: [{ kind: 'RELOCATE', content: relocate }],
    });
    Object.assign(ids, {
      Discount: encodeId('discount', discountId),
      DiscountVersion: encodeId('discountVersion', discount.versionId),
      ...number,
      Product: encodeId('product', productId),
      ProductVersion: encodeId('productVersion', versionId),
      ProductInstance: encodeId('productInstance', instanceId),
      GrantedDiscount: encodeId('grantedDiscount', await grantedDiscount(customerId, payer.accountId)),
      BundleInstance: encodeId('bundleInstance', bundle?.id as Id<'bundleInstance'>),
      Quotation: encodeId('quotation', ordered.quotationId),
      Order: encodeId('order', ordered.orderId),
      WorkOrder: encodeId('workOrder', ordered.workOrderId as Id<'workOrder'>),
      ImportJob: encodeId('importJob', importJobId),
      OrderBatch: encodeId('orderBatch', orderBatchId),
      Organisation: encodeId('organisation', world.hangzhou),
      Staff: encodeId('staff', staffId),
      Role: encodeId('role', roleId),
      ApiClient: encodeId('apiClient', apiClientId),
      Customer: encodeId('customer', customerId),
      Account: encodeId('account', payer.accountId),
      Subscriber: encodeId('subscriber', subscriberId),
    });
    const version = await world.versionOf('customer', customerId);
    await world.run(assignCustomerManager, { customerId, staffId, expectedVersion: version });
  });

  async function grantedDiscount(ownerId: Id<'customer'>, accountId: Id<'account'>): Promise<Id<'grantedDiscount'>> {
    const { hangzhou: organisationId } = world;
    const { discountId } = await world.run(createDiscount, {
      code: 'GRANTED', name: '优惠', nameEn: 'Discount', serviceType: null, organisationId,
    }); // prettier-ignore
    const definition = { name: '减免', nameEn: 'Waiver', effect: { kind: 'WAIVER' }, level: 'ACCOUNT' };
    const { versionId } = await world.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition });
    await world.run(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    await world.run(moveDiscountVersion, { versionId, expectedVersion: 2, to: 'active' });
    const content = { subscriberId: null, accountId, discount: { code: 'GRANTED', versionId: null } };
    const { orderId } = await placeOrder(world, { organisationId, customerId: ownerId, items: [{ kind: 'GRANT_DISCOUNT', content }] });
    const [held] = await database.raw<{ id: Id<'grantedDiscount'> }>('SELECT grant_id AS id FROM granted_discount WHERE order_id = $1', [
      orderId,
    ]);
    return held?.id as Id<'grantedDiscount'>;
  }

  async function heldInstance(ownerId: Id<'customer'>, accountId: Id<'account'>): Promise<Id<'productInstance'>> {
    const { hangzhou: organisationId } = world;
    const { productId } = await world.run(createProduct, {
      code: 'SOLD', name: '套餐', nameEn: 'Plan', kind: 'PLAN', serviceType: 'MOBILE', organisationId,
    }); // prettier-ignore
    const { versionId } = await world.run(draftProductVersion, { productId, expectedVersion: 1, definition: { prices: [] } });
    await world.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    await world.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
    const content = {
      subscriberId: null, serviceType: 'MOBILE', organisationId, identifier: newNumber(), sim: null, userId: null, payerId: null, accountId,
      attributes: {}, plan: { code: 'SOLD', quantity: null, versionId: null }, addOns: [],
    }; // prettier-ignore
    const { orderId } = await placeOrder(world, { organisationId, customerId: ownerId, items: [{ kind: 'OPEN', content }] });
    const [held] = await database.raw<{ id: Id<'productInstance'> }>('SELECT id FROM product_instance WHERE order_id = $1', [orderId]);
    return held?.id as Id<'productInstance'>;
  }

  async function numberExamples(): Promise<Record<string, string>> {
    const money = { amountMinor: 0n, currency: 'CNY' as CurrencyCode };
    const terms = { minimumSpend: money, minimumSpendMonths: 0, deposit: money };
    const { numberClassId } = await world.run(createNumberClass, { code: 'GOLD', name: '金', ...terms });
    const pool = { organisationId: world.hangzhou, code: 'POOL', name: '池', serviceType: 'MOBILE' };
    const { numberPoolId } = await world.run(createNumberPool, pool);
    await world.run(addNumbers, { numberPoolId, numbers: ['16600000001'], classes: [] });
    const number = await selectAccessNumberByValue(world.context, '16600000001');
    return {
      NumberClass: encodeId('numberClass', numberClassId),
      NumberPool: encodeId('numberPool', numberPoolId),
      AccessNumber: encodeId('accessNumber', number?.id as Id<'accessNumber'>),
    };
  }

  const nodeTypes = (): string[] => {
    const node = schema.getType('Node');
    return isInterfaceType(node) ? schema.getPossibleTypes(node).map((type) => type.name) : [];
  };
  const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';

  it('knows an example of every type of Node', () => {
    expect(Object.keys(ids).sort()).toEqual(nodeTypes().sort());
  });

  it.each(nodeTypes())('finds a %s by node, and shows it to nobody who may not see it', async (type) => {
    const id = ids[type] as string;
    expect(await graph.read(NODE, { id }, everybody)).toEqual({ node: { __typename: type, id } });
    // A class of numbers stands at no node: whoever may see numbers somewhere sees it.
    expect(await graph.read(NODE, { id }, stranger)).toEqual({ node: type === 'NumberClass' ? { __typename: type, id } : null });
    expect(await graph.read(NODE, { id }, nobody)).toEqual({ node: null });
  });

  it('finds nodes of many types in their order, and leaves a gap for what is out of scope', async () => {
    const asked = [...Object.values(ids), encodeId('customer', newId('customer')), ids['Customer']];
    const { nodes } = await graph.read<{ nodes: ({ id: string } | null)[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: asked },
      everybody,
    );
    expect(nodes.map((node) => node?.id ?? null)).toEqual([...Object.values(ids), null, ids['Customer']]);
  });

  it('answers the same when it is compiled', async () => {
    const ask = `query ($id: ID!, $ids: [ID!]!) {
      node(id: $id) { id ... on Customer { name manager { staff { name } } } }
      nodes(ids: $ids) { __typename id ... on Staff { loginName } ... on Subscriber { serviceType { code } } }
      auditTrail(first: 5) { nodes { operation after actor { kind node { id } } subject { __typename id } } }
    }`;
    const variables = { id: ids['Customer'], ids: Object.values(ids) };
    const compiled = new Graph(database.core, world.clock, 'compiled');
    expect(await compiled.read(ask, variables, everybody)).toEqual(await graph.read(ask, variables, everybody));
  });

  it('reads nodes of one type with one statement', async () => {
    const many = [ids['Customer'], ...Array.from({ length: 20 }, () => encodeId('customer', newId('customer')))];
    expect((await graph.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: many }, everybody)).statements).toBe(1);
  });

  it.each([
    ['no id', 'rubbish'],
    ['an id of no kind', 'xyz_01j3rt4z1yfay8vvr14d2pf2db'],
    ['a kind without an id', 'cus_'],
    ['an id that is cut', 'cus_01j3rt4z1yfay8vvr14d2pf2d'],
    ['an id of what is no Node', encodeId('fact', newId('fact'))],
    ['nothing', ''],
  ])('refuses %s as the id of a node', async (_what, id) => {
    for (const [document, variables] of [
      [NODE, { id }],
      ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [ids['Customer'], id] }],
    ] as const) {
      expect((await graph.send(document, variables, everybody)).errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('refuses more than 100 nodes at once', async () => {
    const answer = await graph.send(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: Array(101).fill(ids['Customer']) },
      everybody,
    );
    expect(answer.errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
  });

  it('tells the service type of a subscriber without a statement of its own', async () => {
    const ask =
      'query ($id: ID!) { subscriber(id: $id) { serviceType { code name nameEn identifierKind identifierPattern } } serviceTypes { code } }';
    await graph.read(ask, { id: ids['Subscriber'] }, everybody);
    const answer = await graph.send(ask, { id: ids['Subscriber'] }, everybody);
    expect(answer).toMatchObject({
      statements: 1,
      data: { subscriber: { serviceType: { code: 'MOBILE', name: '移动电话', nameEn: 'Mobile', identifierKind: 'NUMBER' } } },
    });
    expect(answer.data?.['serviceTypes']).toContainEqual({ code: 'BROADBAND' });
    expect(await graph.read('{ serviceTypes { code } }', {}, nobody)).toEqual({ serviceTypes: [] });
  });

  it('tells who looks after a customer to those who may see staff', async () => {
    const ask = 'query ($id: ID!) { customer(id: $id) { manager { staff { name organisation { code } } } } }';
    expect(await graph.read(ask, { id: ids['Customer'] }, everybody)).toEqual({
      customer: { manager: { staff: { name: '王芳', organisation: { code: 'HZ' } } } },
    });
    const clerk = { scope: scopeAt(world.hangzhou, ['customer:read']) };
    expect(await graph.read(ask, { id: ids['Customer'] }, clerk)).toEqual({ customer: { manager: { staff: null } } });
  });

  it('tells the caller who he is and what he may do where', async () => {
    const staffId = await idOf('wang.fang');
    const scope = Scope.of([
      { permission: 'self:write', node: world.hangzhou, lines: null },
      { permission: 'customer:read', node: world.hangzhou, lines: null },
      { permission: 'subscriber:read', node: world.hangzhou, lines: ['MOBILE'] },
      { permission: 'subscriber:read', node: world.ningbo, lines: null },
      { permission: 'organisation:read', node: world.hangzhou, lines: null },
    ]);
    const ask = `{ me { loginName name organisation { code } permissions {
      permission { code name nameEn } grants { organisationIds organisations { code } linesOfBusiness } } } }`;
    const here = { organisationIds: [encodeId('organisation', world.hangzhou)], organisations: [{ code: 'HZ' }] };
    expect(await graph.read(ask, {}, { scope, staffId })).toEqual({
      me: {
        loginName: 'wang.fang',
        name: '王芳',
        organisation: { code: 'HZ' },
        permissions: [
          {
            permission: { code: 'customer:read', name: '查看客户', nameEn: 'See customers' },
            grants: [{ ...here, linesOfBusiness: null }],
          },
          {
            permission: { code: 'organisation:read', name: '查看组织', nameEn: 'See organisations' },
            grants: [{ ...here, linesOfBusiness: null }],
          },
          {
            permission: { code: 'subscriber:read', name: '查看用户', nameEn: 'See subscribers' },
            grants: [
              { ...here, linesOfBusiness: ['MOBILE'] },
              { organisationIds: [encodeId('organisation', world.ningbo)], organisations: [], linesOfBusiness: null },
            ],
          },
        ],
      },
    });
  });

  it('shows staff, roles and applications in pages, with what belongs to them', async () => {
    const ask = `query ($role: ID) {
      staffMembers(first: 10, filter: { nameContains: "wang" }) { nodes { loginName grants { id } sessions { id } } pageInfo { hasNextPage } }
      none: staffMembers(first: 10, filter: { roleId: $role }) { nodes { id } }
      roles(first: 10) { nodes { code permissions { code nameEn } } }
      apiClients(first: 1) { nodes { code kind organisation { code } } }
      permissions { code name }
    }`;
    const answer = await graph.read<Record<string, unknown[]>>(ask, { role: ids['Role'] }, everybody);
    expect(answer).toMatchObject({
      staffMembers: { nodes: [{ loginName: 'wang.fang', grants: [], sessions: [] }], pageInfo: { hasNextPage: false } },
      none: { nodes: [] },
      roles: { nodes: [{ code: 'CLERK', permissions: [{ code: 'customer:read', nameEn: 'See customers' }] }] },
      apiClients: { nodes: [{ code: 'partner.one', kind: 'PARTNER', organisation: { code: 'HZ' } }] },
    });
    expect(answer['permissions']).toHaveLength(PERMISSION_CODES.length);
    const hidden = await graph.read<Record<string, unknown>>(ask, { role: ids['Role'] }, nobody);
    expect(hidden).toMatchObject({ staffMembers: { nodes: [] }, roles: { nodes: [] }, apiClients: { nodes: [] } });
  });

  it('shows in the answer of a mutation what began with it', async () => {
    const ticking = new Graph(database.core, { now: () => world.clock.advance({ milliseconds: 1 }) });
    const input = {
      idempotencyKey: 'begins-with-it',
      customerId: ids['Customer'],
      expectedVersion: await world.versionOf('customer', customerId),
      document: { kind: 'PASSPORT', number: 'E12345678' },
    };
    const ask = `mutation ($input: AddCustomerDocumentInput!) {
      addCustomerDocument(input: $input) { documentId customer { documents { id number } } userErrors { message } } }`;
    const { addCustomerDocument: payload } = await ticking.read<{ addCustomerDocument: { documentId: string } }>(ask, { input }, everybody);
    expect(payload).toEqual({
      documentId: payload.documentId,
      customer: { documents: [{ id: payload.documentId, number: '*****5678' }] },
      userErrors: [],
    });
    // The same key answers again, and adds nothing.
    expect(await ticking.read(ask, { input }, everybody)).toEqual({ addCustomerDocument: payload });
  });

  async function idOf(loginName: string): Promise<Id<'staff'>> {
    const [row] = await database.raw<{ id: Id<'staff'> }>('SELECT id FROM staff WHERE login_name = $1', [loginName]);
    if (row === undefined) throw new Error(`no ${loginName}`);
    return row.id;
  }
});
