import { encodeId } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import type { Caller } from '../support/graph';
import { newKey, newNumber } from '../support/party-world';
import { useOrderWorld, type OrderRow, type UserError } from './order-world';

/*
 * A line of business that the program does not know: what it is, how it is charged, what is sold of it and its first subscriber are told by
 * GraphQL alone, to a program that goes on running.
 */

const world = useOrderWorld(useDatabase());
let manager: Caller;
beforeAll(() => {
  manager = world.clerkAt(world.root);
});

/** One mutation that is not refused; what was selected of its payload. */
async function tell<Payload>(name: string, input: Readonly<Record<string, unknown>>, select: string, by = manager): Promise<Payload> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await world.read<Record<string, Payload & { userErrors: UserError[] }>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${select} userErrors { code field message } } }`,
    { input: { idempotencyKey: newKey(), ...input } },
    by,
  );
  const payload = answer[name] as Payload & { userErrors: UserError[] };
  expect({ name, errors: payload.userErrors }).toEqual({ name, errors: [] });
  return payload;
}

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const BOX = {
  type: 'object',
  properties: { box: { type: 'string', enum: ['HD', '4K'], title: '机顶盒', titleEn: 'Set-top box' } },
  required: ['box'],
  additionalProperties: false,
};

async function registerLine(): Promise<void> {
  const named = { name: '互动电视', nameEn: 'Interactive television' };
  await tell(
    'registerServiceType',
    {
      code: 'IPTV', ...named, identifierKind: 'LOGIN', identifierPattern: '^tv[0-9]{6}$', resources: ['PORT'], usageKinds: ['VIDEO'],
      characteristics: BOX,
    },
    'serviceType { code }',
  ); // prettier-ignore
  await tell('registerTaxCategory', { code: 'VIDEO_SERVICE', name: '视频服务', nameEn: 'Video', basisPoints: 600 }, 'taxCategory { code }');
  const terms = {
    revenueAccount: '6001', deferredAccount: '2204', discountAccount: null, taxCategory: 'VIDEO_SERVICE', writeOffPriority: 50, billGroup: 'VIDEO',
    discountable: false, invoiceable: true, bearsLateFee: true,
  }; // prettier-ignore
  const code = { ...named, serviceType: 'IPTV' };
  await tell('registerChargeCode', { ...code, code: 'IPTV_MONTHLY', kind: 'RECURRING', terms }, 'chargeCode { code }');
  await tell(
    'registerChargeCode',
    { ...code, code: 'IPTV_INSTALLATION', kind: 'ONE_TIME', terms: { ...terms, deferredAccount: null } },
    'chargeCode { code }',
  );
}

/** Names a product and takes its first version through test to sale. */
async function sell(product: Readonly<Record<string, unknown>>, documents: Readonly<Record<string, unknown>>): Promise<void> {
  const organisationId = encodeId('organisation', world.root);
  const created = await tell<{ product: { id: string; version: number } }>(
    'createProduct',
    { name: '产品', nameEn: 'Product', organisationId, ...product },
    'product { id version }',
  );
  const { id: productId, version: expectedVersion } = created.product;
  let { productVersion } = await tell<{ productVersion: { id: string; version: number } }>(
    'draftProductVersion',
    { productId, expectedVersion, ...documents },
    'productVersion { id version }',
  );
  for (const to of ['inTest', 'active']) {
    ({ productVersion } = await tell<{ productVersion: { id: string; version: number } }>(
      'moveProductVersion',
      { versionId: productVersion.id, expectedVersion: productVersion.version, to },
      'productVersion { id version }',
    ));
  }
}

const named = (code: string) => ({ code, name: code, nameEn: code, taxIncluded: true });
const monthly = (amount: string, chargeCode = 'IPTV_MONTHLY') => ({
  ...named('MONTHLY'), kind: 'RECURRING', chargeCode, timing: 'ADVANCE', phases: [{ amount: yuan(amount) }],
}); // prettier-ignore

/** A customer with an account, as a clerk takes them on. */
async function newCustomer(): Promise<{ customerId: string; accountId: string }> {
  const organisationId = encodeId('organisation', world.hangzhou);
  const { customer } = await tell<{ customer: { id: string } }>(
    'createCustomer',
    { kind: 'INDIVIDUAL', name: '陈静', organisationId },
    'customer { id }',
    world.clerk,
  );
  const { account } = await tell<{ account: { id: string } }>(
    'createAccount',
    { customerId: customer.id, organisationId, name: '主账户', paymentMethod: 'CASH', ratingType: 'POSTPAID' },
    'account { id }',
    world.clerk,
  );
  return { customerId: customer.id, accountId: account.id };
}

/** Quotes by a document that shows every amount; what is refused is shown too. */
const ASK = `mutation ($input: QuoteOrderInput!) { quoteOrder(input: $input) {
  quotation { id due { amount } lines { itemNo kind chargeCode amount { amount } tax { amount } explanation } }
  userErrors { code field } } }`;
interface Line {
  readonly itemNo: number;
  readonly kind: string;
  readonly chargeCode: string;
  readonly amount: { readonly amount: string };
}
interface Quoted {
  readonly quotation: { readonly id: string; readonly due: { readonly amount: string }; readonly lines: readonly Line[] } | null;
  readonly userErrors: readonly object[];
}
async function quote(of: { customerId: string; accountId: string }, ...items: object[]): Promise<Quoted> {
  const input = { idempotencyKey: newKey(), organisationId: encodeId('organisation', world.hangzhou), ...of, items };
  return (await world.read<{ quoteOrder: Quoted }>(ASK, { input })).quoteOrder;
}

/** Submits a quotation and pays what is due. */
async function buy({ quotation }: Quoted): Promise<OrderRow> {
  const { order } = await world.mutate('submitOrder', { quotationId: quotation?.id });
  expect(order?.state).toBe('pending');
  const amount = yuan(quotation?.due.amount ?? '');
  const paid = { orderId: order?.id, expectedVersion: order?.version, method: 'CASH', amount, reference: newKey() };
  return (await world.mutate('recordOrderPayment', paid)).order as OrderRow;
}

test('a line of business, its charges, its tax and a product of it are registered and sold without a restart', async () => {
  await registerLine();
  const installation = { ...named('INSTALLATION'), kind: 'ONE_TIME', chargeCode: 'IPTV_INSTALLATION', amount: yuan('106.00') };
  await sell({ code: 'IPTV-31', kind: 'PLAN', serviceType: 'IPTV' }, { definition: { prices: [monthly('31.00'), installation] } });
  world.clock.set('2026-01-20T02:00:00Z');
  const { customerId, accountId } = await newCustomer();
  const organisationId = encodeId('organisation', world.hangzhou);
  const open = {
    serviceType: 'IPTV', organisationId, identifier: 'tv123456', accountId, attributes: { box: '4K' }, plan: { code: 'IPTV-31' },
  }; // prettier-ignore
  const of = { customerId, accountId };
  expect((await quote(of, { open: { ...open, identifier: 'tv1' } })).userErrors).toEqual([
    { code: 'IDENTIFIER_INVALID', field: ['items', '0', 'open', 'identifier'] },
  ]);
  expect((await quote(of, { open: { ...open, attributes: { box: 'VHS' } } })).userErrors).toMatchObject([{ code: 'ATTRIBUTE_INVALID' }]);
  const quoted = await quote(of, { open });
  expect(quoted.quotation).toMatchObject({
    due: { amount: '106.00' },
    lines: [
      {
        kind: 'RECURRING', chargeCode: 'IPTV_MONTHLY', amount: { amount: '12.00' },
        explanation: '2026-01-20 to 2026-01-31: 31.00 × 12/31 days = 12.00',
      },
      { kind: 'ONE_TIME', chargeCode: 'IPTV_INSTALLATION', amount: { amount: '106.00' }, tax: { amount: '6.00' } },
    ],
  }); // prettier-ignore
  const order = await buy(quoted);
  expect(order.state).toBe('completed');
  const seen =
    'query ($id: ID!) { order(id: $id) { items { subscriber { status identifiers { kind value } attributes serviceType { name } ' +
    'products { product { code } } } } } }';
  expect(await world.read(seen, { id: order.id })).toEqual({
    order: {
      items: [
        {
          subscriber: {
            status: 'active', identifiers: [{ kind: "LOGIN", value: "tv123456" }], attributes: { box: '4K' }, serviceType: { name: '互动电视' },
            products: [{ product: { code: 'IPTV-31' } }],
          },
        },
      ],
    },
  }); // prettier-ignore
});

test('a bundle of it and of a line that was there is sold in one order, its price split by shares', async () => {
  const mobile = { name: '月租', nameEn: 'Monthly', serviceType: 'MOBILE', code: 'MOBILE_FEE', kind: 'RECURRING' };
  const terms = {
    revenueAccount: '6001', deferredAccount: '2204', discountAccount: null, taxCategory: 'VIDEO_SERVICE', writeOffPriority: 50, billGroup: 'BASIC',
    discountable: false, invoiceable: true, bearsLateFee: true,
  }; // prettier-ignore
  await tell('registerChargeCode', { ...mobile, terms }, 'chargeCode { code }');
  const connection = { ...mobile, name: '开通费', nameEn: 'Connection', code: 'MOBILE_CONNECTION', kind: 'ONE_TIME' };
  await tell('registerChargeCode', { ...connection, terms: { ...terms, deferredAccount: null } }, 'chargeCode { code }');
  const joined = { ...named('CONNECTION'), kind: 'ONE_TIME', chargeCode: 'MOBILE_CONNECTION', amount: yuan('10.60') };
  const definition = { prices: [monthly('50.00', 'MOBILE_FEE'), joined] };
  await sell({ code: 'MOBILE-50', kind: 'PLAN', serviceType: 'MOBILE' }, { definition });
  await sell({ code: 'IPTV-20', kind: 'PLAN', serviceType: 'IPTV' }, { definition: { prices: [monthly('20.00')] } });
  const member = (role: string, product: string, chargeCode: string, share: number) => ({
    role, name: role, nameEn: role, products: [product], least: 1, standard: 1, most: 1, share, chargeCode,
  }); // prettier-ignore
  const bundle = {
    across: 'CUSTOMER',
    members: [member('PHONE', 'MOBILE-50', 'MOBILE_FEE', 2), member('TV', 'IPTV-20', 'IPTV_MONTHLY', 1)],
    prices: [monthly('50.00', 'MOBILE_FEE')],
    whenMemberLeaves: { kind: 'END' },
  };
  await sell({ code: 'PHONE-AND-TV', kind: 'BUNDLE' }, { bundle });
  world.clock.set('2026-02-28T17:00:00Z');
  const of = await newCustomer();
  const organisationId = encodeId('organisation', world.hangzhou);
  const { accountId } = of;
  const phone = { serviceType: 'MOBILE', organisationId, identifier: newNumber(), accountId, plan: { code: 'MOBILE-50' } };
  const tv = {
    serviceType: 'IPTV', organisationId, identifier: 'tv654321', accountId, attributes: { box: 'HD' }, plan: { code: 'IPTV-20' },
  }; // prettier-ignore
  const quoted = await quote(
    of,
    { openBundle: { bundle: 'PHONE-AND-TV', accountId, organisationId } },
    { open: { ...phone, bundle: { itemNo: 1, role: 'PHONE' } } },
    { open: { ...tv, bundle: { itemNo: 1, role: 'TV' } } },
  );
  expect(quoted.userErrors).toEqual([]);
  const lines = quoted.quotation?.lines ?? [];
  // The whole of March, by two parts and one.
  expect(lines.map(({ itemNo, kind, chargeCode, amount }) => `${itemNo} ${kind} ${chargeCode} ${amount.amount}`)).toEqual([
    '2 RECURRING MOBILE_FEE 0.00',
    '2 ONE_TIME MOBILE_CONNECTION 10.60',
    '2 RECURRING MOBILE_FEE 33.33',
    '3 RECURRING IPTV_MONTHLY 0.00',
    '3 RECURRING IPTV_MONTHLY 16.67',
  ]);
  const order = await buy(quoted);
  expect(order.state).toBe('completed');
  const seen = 'query ($id: ID!) { order(id: $id) { items { subscriber { status bundle { role bundle { product { code } } } } } } }';
  const inBundle = (role: string) => ({ status: 'active', bundle: { role, bundle: { product: { code: 'PHONE-AND-TV' } } } });
  expect(await world.read(seen, { id: order.id })).toEqual({
    order: { items: [{ subscriber: null }, { subscriber: inBundle('PHONE') }, { subscriber: inBundle('TV') }] },
  });
});
