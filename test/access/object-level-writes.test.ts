import { getNamedType, isInputObjectType, isObjectType, type GraphQLObjectType } from 'graphql';
import { buildStaffContract } from '../../src/access/graphql/staff/staff-contract';
import { documentIdOf } from '../../src/business/component/staff';
import { decodeAnyId, encodeId, newId, type Id, type IdKind } from '../../src/kernel/id';
import { Scope } from '../../src/kernel/scope';
import { systemContext } from '../support/call-context';
import { idPathsOf } from '../support/schema-walk';
import { quoteOrder } from '../../src/business/process/acceptance';
import type { PlacedOrder } from '../support/place-order';
import {
  batchAt, bundlesAcross, catalogueOf, discountsOf, entangle, importAt, openAtTheirs, orderFor, poolNumbers,
} from './entangled-world'; // prettier-ignore
import { freshKey, useHttpWorld } from './http-world';

/*
 * Every mutation that takes an id, called by someone who may do everything in one city, with each of its ids in turn of
 * something that stands in another. The mutations and their ids are read from the schema: a new one fails here until it is
 * called too.
 */
const world = useHttpWorld();
const database = world.database;
const mutationType = buildStaffContract().getMutationType() as GraphQLObjectType;

type Input = Record<string, unknown>;

/** Ids that this test leaves out, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'importParties.organisationId': 'needs an uploaded file and the engine: its use case is called below',
  'submitOrderBatch.organisationId': 'needs an uploaded file and the engine: test/order/order-batch.test.ts calls its use case with each',
  'submitOrderBatch.customerId': 'as organisationId',
  'submitOrderBatch.accountId': 'as organisationId',
  'recordBatchPayment.orderBatchId': 'needs the engine: as submitOrderBatch',
  'registerChargeCode.terms.collectedForId': 'a charge code is the whole operator’s, and so is who may write one: see below',
  'changeChargeCodeTerms.terms.collectedForId': 'as registerChargeCode',
  'changeNumberClass.numberClassId': 'a class of numbers is the whole operator’s, and so is who may write one: see below',
  'setDiscountAuthority.roleId': 'a role stands at no node, and who may say it is the whole operator’s: see the use case’s own test',
  'grantRole.roleId': 'a role stands at no node; what it permits must be held where it is granted',
};

const IPTV = {
  name: '电视', nameEn: 'Television', identifierKind: 'LOGIN', identifierPattern: '^tv[0-9]{6}$', resources: ['PORT'], usageKinds: ['VIDEO'],
}; // prettier-ignore

const NOTHING = { amount: '0', currency: 'CNY' };
const TERMS = {
  revenueAccount: '600101', writeOffPriority: 1, billGroup: 'FEE', discountable: false, invoiceable: true, bearsLateFee: true,
}; // prettier-ignore

interface Facts {
  readonly document: string;
  readonly contact: string;
  readonly relation: string;
  readonly payment: string;
}

let ours: Facts;
let theirs: Facts;
let versions: Readonly<Record<'customers' | 'accounts', { survivorVersion: number; mergedVersion: number }>>;
let hallClerk: string;
let ourImport: string;
let theirImport: string;
let ourBatch: string;
let theirBatch: string;
let products: Readonly<Record<'ours' | 'theirs', Id<'product'>>>;
let discounts: Readonly<Record<'ours' | 'theirs', Id<'discount'>>>;
let versionsOfDiscounts: Readonly<Record<'ours' | 'theirs', string>>;
let versionsOfProducts: Readonly<Record<'ours' | 'theirs', string>>;
let ourGrant: string;
let theirGrant: string;
let pools: Awaited<ReturnType<typeof poolNumbers>>;
let ourOrder: PlacedOrder;
let theirOrder: PlacedOrder;
let theirBundle: Id<'bundleInstance'>;
let theirInstance: Id<'productInstance'>;
let theirDiscountGrant: string;
let ourQuotation: string;

beforeAll(async () => {
  await entangle(world, world.ours, world.theirs);
  const factsOf = async (customer: string, subscriber: string): Promise<Facts> => ({
    document: await factId('SELECT id FROM customer_document WHERE customer_id = $1', customer),
    contact: await factId('SELECT id FROM customer_contact WHERE customer_id = $1', customer),
    relation: await factId('SELECT id FROM customer_relation WHERE customer_id = $1', customer),
    payment: await factId('SELECT id FROM payment_relation WHERE subscriber_id = $1 AND NOT is_default', subscriber),
  });
  ours = await factsOf(world.ours.personId, world.ours.mobileId);
  theirs = await factsOf(world.theirs.personId, world.theirs.mobileId);
  pools = await poolNumbers(world);
  const { parties, ours: here } = world;
  versions = {
    customers: {
      survivorVersion: await parties.versionOf('customer', here.personId),
      mergedVersion: await parties.versionOf('customer', here.companyId),
    },
    accounts: {
      survivorVersion: await parties.versionOf('account', here.accountId),
      mergedVersion: await parties.versionOf('account', here.companyAccountId),
    },
  };
  hallClerk = encodeId('role', await world.access.roleId('HALL_CLERK'));
  const grantOf = async (staffId: string): Promise<string> => factId('SELECT id FROM staff_grant WHERE staff_id = $1', staffId, 'grant');
  products = await catalogueOf(world);
  const versionOf = (productId: Id<'product'>): Promise<string> =>
    factId('SELECT id FROM product_version WHERE product_id = $1', productId, 'productVersion');
  versionsOfProducts = { ours: await versionOf(products.ours), theirs: await versionOf(products.theirs) };
  discounts = await discountsOf(world);
  const versionOfDiscount = (discountId: Id<'discount'>): Promise<string> =>
    factId('SELECT id FROM discount_version WHERE discount_id = $1', discountId, 'discountVersion');
  versionsOfDiscounts = { ours: await versionOfDiscount(discounts.ours), theirs: await versionOfDiscount(discounts.theirs) };
  ourImport = encodeId('importJob', await importAt(world, world.ours.node));
  theirImport = encodeId('importJob', await importAt(world, world.theirs.node));
  ourBatch = encodeId('orderBatch', await batchAt(world, world.ours.node, world.ours));
  theirBatch = encodeId('orderBatch', await batchAt(world, world.theirs.node, world.theirs));
  ourOrder = await orderFor(world, world.ours.node, world.ours);
  theirOrder = await orderFor(world, world.theirs.node, world.theirs);
  theirBundle = await bundlesAcross(world);
  theirInstance = (await openAtTheirs(world))[1] as Id<'productInstance'>;
  const grantText = 'SELECT grant_id AS id FROM granted_discount WHERE account_id = $1';
  theirDiscountGrant = await factId(grantText, world.theirs.accountId, 'grantedDiscount');
  const { node: organisationId, personId: customerId, mobileId: subscriberId } = world.ours;
  const asked = { organisationId, customerId, accountId: null, requestedStartAt: null, externalId: null, note: null };
  const items = [{ kind: 'SUSPEND', content: { subscriberId, reason: 'LOSS' } }] as const;
  ourQuotation = encodeId('quotation', (await world.access.run(quoteOrder, { ...asked, items })).quotationId);
  [ourGrant, theirGrant] = [await grantOf(world.staff.clerk), await grantOf(world.staff.otherClerk)];
}, 60_000);

async function factId(text: string, of: string, kind: IdKind = 'fact'): Promise<string> {
  const [row] = await database.raw<{ id: string }>(text, [of]);
  if (row === undefined) throw new Error(`nothing found by ${text}`);
  return encodeId(kind, row.id as Id<IdKind>);
}

/** A call that is right, by mutation, as the administrator of the city could make it. */
function rightInputs(): Readonly<Record<string, Input>> {
  const { ours: here, access, staff } = world;
  const [node, customer, company] = [
    encodeId('organisation', here.node),
    encodeId('customer', here.personId),
    encodeId('customer', here.companyId),
  ];
  const [account, companyAccount, subscriber] = [
    encodeId('account', here.accountId),
    encodeId('account', here.companyAccountId),
    encodeId('subscriber', here.mobileId),
  ];
  const clerk = encodeId('staff', staff.clerk);
  const product = encodeId('product', products.ours);
  const discount = encodeId('discount', discounts.ours);
  const [ofCustomer, ofAccount, ofSubscriber] = [{ customerId: customer }, { accountId: account }, { subscriberId: subscriber }];
  const names = { name: '名', nameEn: 'Name' };
  const ofPool = { numberPoolId: encodeId('numberPool', pools.ours) };
  const order = encodeId('order', ourOrder.orderId);
  const work = encodeId('workOrder', ourOrder.workOrderId as Id<'workOrder'>);
  return {
    createNumberPool: { organisationId: node, code: 'NEW', name: '新', serviceType: 'MOBILE' },
    changeNumberPool: { ...ofPool, name: '改' },
    closeNumberPool: ofPool,
    addNumberRange: { ...ofPool, first: '16644440000', last: '16644440009' },
    addNumbers: { ...ofPool, numbers: ['16644440000'] },
    reserveNumber: ofPool,
    createCustomer: { organisationId: node, kind: 'INDIVIDUAL', name: '新客户' },
    changeCustomer: { ...ofCustomer, organisationId: node, grade: 'GOLD' },
    addCustomerDocument: { ...ofCustomer, document: { kind: 'PASSPORT', number: 'E11112222' } },
    endCustomerDocument: { ...ofCustomer, documentId: ours.document },
    addCustomerContact: { ...ofCustomer, contact: { kind: 'MOBILE', value: '13811112222' } },
    endCustomerContact: { ...ofCustomer, contactId: ours.contact },
    relateCustomers: { ...ofCustomer, relatedCustomerId: company, kind: 'AGENT' },
    endCustomerRelation: { ...ofCustomer, relationId: ours.relation },
    assignCustomerManager: { ...ofCustomer, staffId: clerk },
    closeCustomer: ofCustomer,
    mergeCustomers: { survivorId: customer, mergedId: company, ...versions.customers },
    revealPersonalData: { ...ofCustomer, fields: ['NAME'], reason: '核验身份' },
    createAccount: { ...ofCustomer, organisationId: node, name: '新账户', ratingType: 'POSTPAID', paymentMethod: 'CASH' },
    changeAccount: { ...ofAccount, organisationId: node, name: '改' },
    changeAccountCurrency: { ...ofAccount, currency: 'USD' },
    changeBillingDay: { ...ofAccount, day: 5 },
    setParentAccount: { ...ofAccount, parentAccountId: companyAccount, payer: 'SELF' },
    endParentAccount: ofAccount,
    closeAccount: ofAccount,
    splitAccount: { ...ofAccount, name: '分', subscriberIds: [subscriber] },
    mergeAccounts: { survivorId: account, mergedId: companyAccount, ...versions.accounts },
    openSubscriber: {
      organisationId: node,
      ownerId: customer,
      userId: customer,
      payerId: customer,
      accountId: account,
      serviceType: 'MOBILE',
      identifier: '13712340000',
    },
    changeSubscriber: { ...ofSubscriber, organisationId: node, attributes: {} },
    changeIdentifier: { ...ofSubscriber, kind: 'NUMBER', value: '13712340001' },
    stopSubscriber: { ...ofSubscriber, reason: 'LOSS' },
    resumeSubscriber: { ...ofSubscriber, reason: 'LOSS' },
    terminateSubscriber: ofSubscriber,
    assignSubscriberCustomer: { ...ofSubscriber, ...ofCustomer, role: 'USER' },
    addPaymentRelation: { ...ofSubscriber, ...ofAccount, chargeGroup: 'DATA', priority: 1 },
    changePaymentRelation: { ...ofSubscriber, paymentRelationId: ours.payment, priority: 7 },
    endPaymentRelation: { ...ofSubscriber, paymentRelationId: ours.payment },
    setDefaultPaymentRelation: { ...ofSubscriber, accountId: companyAccount },
    createProduct: { organisationId: node, code: 'NEW', name: '新', nameEn: 'New', kind: 'PLAN', serviceType: 'MOBILE' },
    changeProduct: { productId: product, name: '改' },
    draftProductVersion: { productId: product },
    changeProductDraft: { versionId: versionsOfProducts.ours, definition: { prices: [] } },
    moveProductVersion: { versionId: versionsOfProducts.ours, to: 'suspended' },
    releaseProduct: { productId: product, organisationId: node, sold: false },
    createDiscount: { organisationId: node, code: 'NEW', name: '新', nameEn: 'New', serviceType: 'MOBILE' },
    changeDiscount: { discountId: discount, name: '改' },
    draftDiscountVersion: { discountId: discount },
    changeDiscountDraft: {
      versionId: versionsOfDiscounts.ours,
      definition: { name: '改', nameEn: 'New', effect: { kind: 'WAIVER' }, level: 'SUBSCRIBER' },
    },
    moveDiscountVersion: { versionId: versionsOfDiscounts.ours, to: 'suspended' },
    releaseDiscount: { discountId: discount, organisationId: node, granted: false },
    setDiscountBudget: { discountId: discount, limit: { amount: '1.00', currency: 'CNY' } },
    createOrganisation: { parentId: node, code: 'NEW', name: '新', kind: 'HALL' },
    changeOrganisation: { organisationId: node, name: '改' },
    moveOrganisation: { organisationId: node, parentId: encodeId('organisation', access.hangzhou) },
    closeOrganisation: { organisationId: node },
    createStaff: { organisationId: node, loginName: 'new.clerk', ...names, password: 'a long enough word' },
    changeStaff: { staffId: clerk, organisationId: node, name: '改' },
    setStaffPassword: { staffId: clerk, password: 'another long word' },
    linkOidcIdentity: { staffId: clerk, identity: null },
    revokeSessions: { staffId: clerk },
    grantRole: { staffId: clerk, roleId: hallClerk, organisationId: node, linesOfBusiness: null },
    revokeGrant: { grantId: ourGrant },
    changeRole: { roleId: hallClerk, name: '改' },
    createApiClient: { organisationId: node, code: 'new-partner', name: '新', kind: 'PARTNER', costCapacity: 100, costRestore: 10 },
    changeApiClient: { apiClientId: encodeId('apiClient', world.partnerClient), name: '改' },
    rotateClientSecret: { apiClientId: encodeId('apiClient', world.partnerClient) },
    registerTrustedDocuments: {
      apiClientId: encodeId('apiClient', world.partnerClient),
      documents: [{ id: documentIdOf('{ __typename }'), body: '{ __typename }' }],
    },
    quoteOrder: {
      organisationId: node,
      customerId: customer,
      accountId: account,
      items: [{ suspend: { ...ofSubscriber, reason: 'LOSS' } }],
    },
    submitOrder: { quotationId: ourQuotation },
    amendOrder: { orderId: order, quotationId: ourQuotation },
    cancelOrder: { orderId: order },
    approveOrder: { orderId: order },
    rejectOrder: { orderId: order },
    recordOrderPayment: { orderId: order, method: 'CASH', amount: { amount: '1.00', currency: 'CNY' }, reference: 'R-1' },
    claimWorkOrder: { workOrderId: work },
    completeWorkOrder: { workOrderId: work },
    failWorkOrder: { workOrderId: work },
    stopImport: { importJobId: ourImport },
    stopOrderBatch: { orderBatchId: ourBatch },
    submitOrderBatch: {
      organisationId: node,
      customerId: company,
      accountId: companyAccount,
      fileName: 'x.csv',
      fileDigest: '0'.repeat(64),
    },
    recordBatchPayment: { orderBatchId: ourBatch, method: 'CASH', amount: { amount: '1.00', currency: 'CNY' }, reference: 'R-1' },
    importParties: { organisationId: node, fileName: 'x.csv', fileDigest: '0'.repeat(64), mappingName: 'telco-customer-churn' },
  };
}

/** A right item of an order, by its field. */
function rightItems(): Readonly<Record<string, Input>> {
  const { ours: here } = world;
  const [customer, account] = [encodeId('customer', here.companyId), encodeId('account', here.companyAccountId)];
  const about = { subscriberId: encodeId('subscriber', here.mobileId) };
  const own = { accountId: encodeId('account', here.accountId) };
  const node = encodeId('organisation', here.node);
  const opening = {
    serviceType: 'MOBILE',
    organisationId: node,
    identifier: '13712340003',
    userId: customer,
    payerId: customer,
    accountId: account,
    attributes: {},
    plan: { code: 'PLAN-HZ' },
  };
  return {
    open: { ...opening, bundle: { role: 'LINE' } },
    preOpen: opening,
    portIn: { ...opening, donor: '中国移动', authorisationCode: '12345678' },
    portOut: about,
    activate: { ...about, ...own, userId: customer },
    addProduct: { ...about, product: { code: 'PLAN-HZ' } },
    removeProduct: { ...about, instanceId: encodeId('productInstance', theirInstance) },
    changeQuantity: { ...about, instanceId: encodeId('productInstance', theirInstance), quantity: 1 },
    changePlan: { ...about, plan: { code: 'PLAN-HZ' }, when: 'NOW' },
    joinBundle: { ...about, bundle: { role: 'LINE' } },
    leaveBundle: about,
    closeBundle: { bundleInstanceId: encodeId('bundleInstance', theirBundle) },
    openBundle: { ...own, organisationId: node, bundle: 'BUNDLE' },
    suspend: { ...about, reason: 'LOSS' },
    resume: { ...about, reason: 'LOSS' },
    synchronise: about,
    changeNumber: { ...about, identifier: '13712340002' },
    replaceSim: { ...about, sim: '89860012345678901234' },
    changePayment: { ...about, accountId: account },
    transfer: { ...about, customerId: customer, accountId: account },
    relocate: { ...about, address: '西湖区 2 号', organisationId: encodeId('organisation', here.node) },
    changeRatingType: { ...own, ratingType: 'PREPAID' },
    changeBillingDay: { ...own, day: 5 },
    grantDiscount: { discount: 'OFF-HZ' },
    endDiscount: { grantedDiscountId: theirDiscountGrant },
    terminate: about,
  };
}

/** What an item says, with one of its parts, or of the parts within it, replaced. */
function replaced(item: Input, [field = '', ...within]: readonly string[], foreign: string): Input {
  // Any number is asked for instead of a named one.
  const { identifier: _, ...anyNumber } = item;
  const right = field === 'anyNumber' ? anyNumber : item;
  return { ...right, [field]: within.length === 0 ? foreign : replaced((item[field] ?? {}) as Input, within, foreign) };
}

/** A right call with one id of it replaced. */
function withForeign(right: Input, path: readonly string[], foreign: string): Input {
  const [field = '', place, kind, ...leaf] = path;
  if (kind !== undefined && leaf.length > 0) return { ...right, [field]: [{ [kind]: replaced(rightItems()[kind] ?? {}, leaf, foreign) }] };
  return { ...right, [field]: place === undefined ? foreign : [foreign] };
}

/** How the refusal is called; NOT_FOUND, or not found as something, unless said here. */
const REFUSALS: Readonly<Record<string, string>> = {
  'splitAccount.subscriberIds.0': 'NOT_PAID_THROUGH',
  'changeRole.roleId': 'EXCEEDS_YOUR_RIGHTS',
  'reserveNumber.numberPoolId': 'NONE_FREE',
  'quoteOrder.items.0.removeProduct.instanceId': 'INSTANCE_NOT_HELD',
  'quoteOrder.items.0.changeQuantity.instanceId': 'INSTANCE_NOT_HELD',
};

/** Something of the other city, for an id of that name. */
function foreignId(mutation: string, field: string): string {
  const { theirs: there, staff } = world;
  const ofMerge = mutation === 'mergeAccounts' ? encodeId('account', there.accountId) : encodeId('customer', there.personId);
  const ids: Readonly<Record<string, string>> = {
    customerId: encodeId('customer', there.personId),
    relatedCustomerId: encodeId('customer', there.companyId),
    ownerId: encodeId('customer', there.personId),
    userId: encodeId('customer', there.personId),
    payerId: encodeId('customer', there.personId),
    survivorId: ofMerge,
    mergedId: ofMerge,
    accountId: encodeId('account', there.accountId),
    parentAccountId: encodeId('account', there.accountId),
    subscriberId: encodeId('subscriber', there.mobileId),
    subscriberIds: encodeId('subscriber', there.mobileId),
    organisationId: encodeId('organisation', there.node),
    parentId: encodeId('organisation', there.node),
    staffId: encodeId('staff', staff.otherClerk),
    importJobId: theirImport,
    orderBatchId: theirBatch,
    numberPoolId: encodeId('numberPool', pools.theirs),
    bundleInstanceId: encodeId('bundleInstance', theirBundle),
    instanceId: encodeId('productInstance', theirInstance),
    grantedDiscountId: theirDiscountGrant,
    grantId: theirGrant,
    orderId: encodeId('order', theirOrder.orderId),
    quotationId: encodeId('quotation', theirOrder.quotationId),
    amendsOrderId: encodeId('order', theirOrder.orderId),
    workOrderId: encodeId('workOrder', theirOrder.workOrderId as Id<'workOrder'>),
    apiClientId: encodeId('apiClient', world.partnerClient),
    roleId: hallClerk,
    documentId: theirs.document,
    contactId: theirs.contact,
    relationId: theirs.relation,
    paymentRelationId: theirs.payment,
    productId: encodeId('product', products.theirs),
    versionId: (/Discount/.test(mutation) ? versionsOfDiscounts : versionsOfProducts).theirs,
    discountId: encodeId('discount', discounts.theirs),
  };
  const id = ids[field];
  if (id === undefined) throw new Error(`say what ${mutation}.${field} is called with`);
  return id;
}

/** Everything that is stored, as one hash a table. */
async function stored(): Promise<Record<string, string>> {
  const tables = await database.raw<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`);
  const hashes: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await database.raw<{ hash: string }>(
      `SELECT coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') AS hash FROM "${name}" t`,
    );
    hashes[name] = row?.hash ?? '';
  }
  return hashes;
}

/** The version that the subject of a call has now, so that nothing but the id can be refused. */
async function versioned(input: Input, fields: readonly string[]): Promise<Input> {
  if (!fields.includes('expectedVersion')) return input;
  const isOfDiscount = input['versionId'] === versionsOfDiscounts.ours;
  const tables: Readonly<Record<string, string>> = {
    subscriberId: 'subscriber',
    accountId: 'account',
    customerId: 'customer',
    staffId: 'staff',
    organisationId: 'organisation',
    roleId: 'role',
    apiClientId: 'api_client',
    productId: 'product',
    discountId: 'discount',
    versionId: isOfDiscount ? 'discount_version' : 'product_version',
    numberPoolId: 'number_pool',
    orderId: 'product_order',
    workOrderId: 'work_order',
  };
  const own = {
    subscriberId: world.ours.mobileId,
    accountId: world.ours.accountId,
    customerId: world.ours.personId,
    staffId: world.staff.clerk,
    organisationId: world.ours.node,
    roleId: await world.access.roleId('HALL_CLERK'),
    apiClientId: world.partnerClient,
    productId: products.ours,
    numberPoolId: pools.ours,
    discountId: discounts.ours,
    versionId: decodeAnyId((isOfDiscount ? versionsOfDiscounts : versionsOfProducts).ours)?.id,
    orderId: ourOrder.orderId,
    workOrderId: ourOrder.workOrderId,
  };
  const field =
    ([
      'orderId', 'workOrderId', 'subscriberId', 'accountId', 'customerId', 'staffId', 'apiClientId', 'roleId', 'productId', 'discountId', 'versionId',
      'numberPoolId', 'organisationId',
    ] as const) // prettier-ignore
      .find((name) => name in input);
  if (field === undefined) throw new Error('whose version?');
  const [row] = await database.raw<{ version: number }>(`SELECT version FROM ${tables[field]} WHERE id = $1`, [own[field]]);
  return { ...input, expectedVersion: row?.version };
}

interface Call {
  readonly mutation: string;
  readonly path: readonly string[];
  readonly inputType: string;
  readonly fields: readonly string[];
}

const calls: Call[] = Object.values(mutationType.getFields()).flatMap((field): Call[] => {
  const type = getNamedType(field.args[0]?.type);
  if (!isInputObjectType(type)) throw new Error(`${field.name} takes no input`);
  const fields = Object.keys(type.getFields());
  return idPathsOf(type).map((path) => ({ mutation: field.name, path, inputType: type.name, fields }));
});

test.each(calls.map((call) => [`${call.mutation}.${call.path.join('.')}`, call] as const))(
  '%s of another city is refused, and nothing is stored',
  async (name, call) => {
    if (LEFT_OUT[name] !== undefined) return;
    const right = rightInputs()[call.mutation];
    if (right === undefined) throw new Error(`say what a right call of ${call.mutation} is`);
    const foreign = foreignId(call.mutation, call.path.findLast((part) => part !== '0') ?? '');
    const input = { ...withForeign(await versioned(right, call.fields), call.path, foreign), idempotencyKey: freshKey() };
    const payload = getNamedType(mutationType.getFields()[call.mutation]?.type);
    if (!isObjectType(payload)) throw new Error('a mutation without a payload');
    const token = await world.token('cityAdmin');
    const before = await stored();
    const query = `mutation ($input: ${call.inputType}!) { ${call.mutation}(input: $input) { userErrors { code field message } } }`;
    const answer = await world.server.gql({ token }, query, { input });
    const told = (answer.data?.[call.mutation] as { userErrors?: { code: string; field: string[] | null }[] } | undefined)?.userErrors;
    const [refusal] = told ?? [];
    if (refusal === undefined) expect([name, answer.codes]).toEqual([name, ['FORBIDDEN']]);
    else {
      expect([name, refusal.code]).toEqual([name, REFUSALS[name] ?? (expect.stringMatching(/NOT_FOUND$/) as string)]);
      expect([name, refusal.field?.join('.')]).toEqual([name, call.path.join('.')]);
    }
    expect(await stored()).toEqual(before);
  },
);

test('a mutation without ids is none of these, and is known', () => {
  const withIds = new Set(calls.map(({ mutation }) => mutation));
  const without = Object.keys(mutationType.getFields()).filter((name) => !withIds.has(name));
  expect(without.sort()).toEqual([
    'changeLedgerAccount', 'changeOperatorParameter', 'changeOwnPassword', 'changeProvisioningAdapter', 'changeServiceType', 'classifyNumbers',
    'createNumberClass', 'createRole', 'holdNumbers', 'registerLedgerAccount', 'registerProvisioningAdapter', 'registerServiceType',
    'registerTaxCategory', 'releaseNumber', 'retireLedgerAccount', 'retireServiceType', 'scrapNumbers', 'setOrderKindRule', 'setTaxRate', 'takeBackNumbers',
    'unholdNumbers',
  ]); // prettier-ignore
});

test.each([
  ['holdNumbers', { numbers: ['16633330000'] }, 'NOT_FOUND'],
  ['unholdNumbers', { numbers: ['16633330000'] }, 'NOT_FOUND'],
  ['scrapNumbers', { numbers: ['16633330000'] }, 'NOT_FOUND'],
  ['takeBackNumbers', { numbers: ['16633330000'] }, 'NOT_FOUND'],
  ['classifyNumbers', { numbers: ['16633330000'], classCode: null }, 'NOT_FOUND'],
  ['releaseNumber', { number: '16633330000' }, 'NOT_FOUND'],
  ['reserveNumber', { number: '16633330000' }, 'NUMBER_NOT_FREE'],
])('%s of a number of another city is refused, and nothing is stored', async (name, more, code) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
  const before = await stored();
  const answer = await world.server.gql({ token: await world.token('cityAdmin') }, query, {
    input: { idempotencyKey: freshKey(), ...more },
  });
  expect([answer.codes, answer.data]).toEqual([[], { [name]: { userErrors: [{ code }] } }]);
  expect(await stored()).toEqual(before);
});

test('an import into another city is refused, and nothing is stored', async () => {
  const scope = Scope.of([{ permission: 'import:run', node: world.access.hangzhou, lines: null }]);
  const context = systemContext(database.core, { clock: world.access.clock, scope });
  const before = await stored();
  await expect(importAt(world, world.theirs.node, context)).rejects.toThrow('ORGANISATION_NOT_FOUND');
  expect(await stored()).toEqual(before);
  const [allowed] = await database.raw<{ id: Id<'importJob'> }>('SELECT id FROM import_job WHERE organisation_id = $1', [world.ours.node]);
  expect(await importAt(world, world.ours.node, context)).toBe(allowed?.id);
});

test.each([
  ['changeOperatorParameter', { parameter: 'name', value: '"改"', expectedVersion: 1 }],
  ['createNumberClass', { code: 'CITY', name: '金号', minimumSpend: NOTHING, minimumSpendMonths: 0, deposit: NOTHING }],
  ['changeNumberClass', { numberClassId: encodeId('numberClass', newId('numberClass')), name: '改', expectedVersion: 1 }],
  ['registerTaxCategory', { code: 'CITY', name: '税目', nameEn: 'Category', basisPoints: 600 }],
  [
    'setOrderKindRule',
    {
      kind: 'SUSPEND',
      fee: { amount: '0', currency: 'CNY' },
      feeTaxIncluded: true,
      dueMinutes: 30,
      monthsInNet: 0,
      daysInNet: 0,
      stopReasonsAllowed: [],
      arrearsRefused: false,
    },
  ],
  ['setTaxRate', { code: 'NONE', basisPoints: 600, expectedVersion: 1 }],
  ['registerServiceType', { ...IPTV, code: 'CITY_TV' }],
  ['changeServiceType', { code: 'MOBILE', expectedVersion: 1, name: '移动' }],
  ['retireServiceType', { code: 'MOBILE', expectedVersion: 1 }],
  ['registerProvisioningAdapter', { code: 'CITY', name: '工单', nameEn: 'Orders', kind: 'MANUAL', workQueue: 'CITY' }],
  ['changeProvisioningAdapter', { code: 'NONE', expectedVersion: 1 }],
  ['registerLedgerAccount', { code: '600105', name: '城市收入', kind: 'REVENUE', byAccount: false }],
  ['changeLedgerAccount', { code: '6001', name: '收入', expectedVersion: 1 }],
  ['retireLedgerAccount', { code: '6051', expectedVersion: 1 }],
  ['registerChargeCode', { code: 'CITY', name: '月租', nameEn: 'Fee', kind: 'RECURRING', serviceType: 'MOBILE', terms: TERMS }],
])('%s changes what is the whole operator’s, and needs more than a city', async (name, more) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
  const input = { idempotencyKey: freshKey(), ...more };
  const answer = await world.server.gql({ token: await world.token('cityAdmin') }, query, { input });
  expect([answer.codes, answer.data]).toEqual([[], { [name]: { userErrors: [{ code: 'OUTSIDE_SCOPE' }] } }]);
});
