import { encodeId } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import type { Caller } from '../support/graph';
import { newKey } from '../support/party-world';
import { useOrderWorld, type UserError } from './order-world';

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
  const ask = `mutation ($input: QuoteOrderInput!) { quoteOrder(input: $input) {
    quotation { id due { amount } lines { kind chargeCode amount { amount } tax { amount } explanation } } userErrors { code field } } }`;
  const quote = async (item: object) => {
    const input = { idempotencyKey: newKey(), organisationId, customerId, accountId, items: [{ open: item }] };
    return (await world.read<{ quoteOrder: { quotation: { id: string } | null; userErrors: object[] } }>(ask, { input })).quoteOrder;
  };
  expect((await quote({ ...open, identifier: 'tv1' })).userErrors).toEqual([
    { code: 'IDENTIFIER_INVALID', field: ['items', '0', 'open', 'identifier'] },
  ]);
  expect((await quote({ ...open, attributes: { box: 'VHS' } })).userErrors).toMatchObject([{ code: 'ATTRIBUTE_INVALID' }]);
  const { quotation } = await quote(open);
  expect(quotation).toMatchObject({
    due: { amount: '106.00' },
    lines: [
      {
        kind: 'RECURRING', chargeCode: 'IPTV_MONTHLY', amount: { amount: '12.00' },
        explanation: '2026-01-20 to 2026-01-31: 31.00 × 12/31 days = 12.00',
      },
      { kind: 'ONE_TIME', chargeCode: 'IPTV_INSTALLATION', amount: { amount: '106.00' }, tax: { amount: '6.00' } },
    ],
  }); // prettier-ignore
  const { order } = await world.mutate('submitOrder', { quotationId: quotation?.id });
  expect(order?.state).toBe('pending');
  const paid = { orderId: order?.id, expectedVersion: 1, method: 'CASH', amount: yuan('106.00'), reference: newKey() };
  expect((await world.mutate('recordOrderPayment', paid)).order?.state).toBe('completed');
  const seen = `query ($id: ID!) { order(id: $id) {
    items { subscriber { status identifiers { kind value } attributes serviceType { name } products { product { code } } } } } }`;
  expect(await world.read(seen, { id: order?.id })).toEqual({
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
