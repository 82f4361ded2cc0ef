import { setDiscountAuthority } from '../../src/business/component/discount';
import { auditLedger } from '../../src/business/component/ledger';
import { draftProductVersion, moveProductVersion, releaseProduct } from '../../src/business/component/product';
import { createRole, createStaff, grantRole } from '../../src/business/component/staff';
import type { Id } from '../../src/kernel/id';
import type { Language } from '../../src/kernel/result';
import type { Caller } from '../support/graph';
import { useDatabase } from '../support/database';
import { monthly, setup, useDiscountWorld } from './discount-world';
import { acc, type OrderRow } from './order-world';

/* What clerks give away by hand on orders: how much of it each may by himself, and who agrees to the rest. */

const database = useDatabase();
const world = useDiscountWorld(database);
/** May give 10.00 by hand and let off a tenth; 50.00 and everything; everything on mobile lines alone. */
let clerk: Caller;
let lead: Caller;
let manager: Caller;

const yuan = (amountMinor: bigint) => ({ amountMinor, currency: 'CNY' }) as const;

/** Somebody at the city who may take and decide orders, with what his role may give away. */
async function staffWith(
  code: string,
  discount: { readonly amount: bigint | null; readonly basisPoints: number | null },
  waiver: typeof discount,
  lines: readonly string[] | null = null,
): Promise<Caller> {
  const { roleId } = await world.run(createRole, { code, name: code, permissions: ['catalogue:read'] });
  const { staffId } = await world.run(createStaff, { organisationId: world.hangzhou, loginName: code.toLowerCase(), name: '李四' });
  await world.run(grantRole, { staffId, roleId, organisationId: world.hangzhou, linesOfBusiness: lines });
  for (const [kind, { amount, basisPoints }] of [['MANUAL_DISCOUNT', discount], ['WAIVER', waiver]] as const) {
    const limit = amount === null ? null : yuan(amount);
    await world.run(setDiscountAuthority, { roleId, kind, expectedVersion: 0, amount: limit as never, basisPoints });
  } // prettier-ignore
  return world.clerkAt(world.hangzhou, { staffId });
}

beforeAll(async () => {
  await world.sell('PLAN', [monthly('31.00'), setup('53.00')]);
  await world.sell('PLAN-CARD', [monthly('31.00'), setup('20.00', { chargeCode: 'CARD_FEE' })]);
  await world.offer('FIFTH', { effect: { kind: 'PERCENTAGE', basisPoints: 2_000 }, appliesTo: { oneTime: true } }, { limit: 100_000n });
  clerk = await staffWith('CLERK', { amount: 1_000n, basisPoints: null }, { amount: null, basisPoints: 1_000 });
  lead = await staffWith('LEAD', { amount: 5_000n, basisPoints: null }, { amount: null, basisPoints: 10_000 });
  manager = await staffWith('MANAGER', { amount: null, basisPoints: null }, { amount: null, basisPoints: null }, ['MOBILE']);
});

const by = (kind: 'MANUAL_DISCOUNT' | 'WAIVER', more: object) => ({ itemNo: 1, kind, reason: '老客户', ...more });
const amount = (text: string, currency = 'CNY') => ({ amount: { amount: text, currency } });

async function quoted(
  manual: readonly object[],
  more: { caller?: Caller; open?: Readonly<Record<string, unknown>>; language?: Language } = {},
) {
  const { customerId, accountId } = await world.payer();
  const items = [world.opening(accountId, more.open)];
  const asked = { by: more.caller ?? clerk, accountId: acc(accountId), manual, ...(more.language && { language: more.language }) };
  return { ...(await world.quote(customerId, items, asked)), customerId, accountId, items };
}

const approvalOf = (quotationId: string, language: Language = 'en') =>
  world.read<{ quotation: { approvalNeeded: boolean; givenAway: unknown[]; approvalReasons: { reason: string }[] } }>(
    `query ($id: ID!) { quotation(id: $id) { approvalNeeded
      givenAway { kind amount { amount } of { amount } needsApproval } approvalReasons { kind reason } } }`,
    { id: quotationId },
    { ...world.clerk, language },
  );

test('within his authority a clerk gives away by himself: taxed, booked, and told with its reason', async () => {
  const { quotationId, due, accountId } = await quoted([
    by('MANUAL_DISCOUNT', { chargeCode: 'SETUP_FEE', ...amount('10.00') }),
    by('WAIVER', { price: 'MONTHLY', basisPoints: 2_500 }),
  ]);
  // 27.00 × 25 % is 6.75: within a tenth of 80.00. 43.00 have 2.43 of 6 % in them.
  expect(await world.shortOf(quotationId)).toEqual([
    'RECURRING 27.00', 'DISCOUNT -6.75 off 1', 'ONE_TIME 53.00 now', 'DISCOUNT -10.00 now off 3',
  ]); // prettier-ignore
  expect((await world.linesOf(quotationId)).filter(({ reduces }) => reduces !== null).map((line) => [line.name, line.explanation])).toEqual(
    [
      ['Let off', '27.00 × 25% = 6.75: 老客户'],
      ['Discount by hand', '10.00: 老客户'],
    ],
  );
  expect((await approvalOf(quotationId)).quotation).toEqual({
    approvalNeeded: false,
    givenAway: [
      { kind: 'MANUAL_DISCOUNT', amount: { amount: '10.00' }, of: { amount: '80.00' }, needsApproval: false },
      { kind: 'WAIVER', amount: { amount: '6.75' }, of: { amount: '80.00' }, needsApproval: false },
    ],
    approvalReasons: [],
  });
  expect(due).toBe('43.00');
  const { order } = await world.mutate('submitOrder', { quotationId }, clerk);
  expect(order?.state).toBe('pending');
  expect(await world.pay(order as OrderRow, '43.00')).toMatchObject({ order: { state: 'completed' } });
  // 53.00 have 3.00 in them, 10.00 have 0.57: 50.00 of revenue are reduced by 9.43.
  expect(await world.booksOf(accountId)).toEqual({ 1001: 4300, 6001: -5000, 600199: 943, 2221: -243 });
  expect(await auditLedger({ sql: database.core.reader() })).toEqual([]);
});

test('beyond it the order waits for someone whose own authority covers it', async () => {
  // After a fifth by the catalogue, 42.40 are left of the fee.
  const { quotationId } = await quoted([by('MANUAL_DISCOUNT', { chargeCode: 'SETUP_FEE', ...amount('42.40') })], {
    open: { discounts: ['FIFTH'] },
  });
  expect((await approvalOf(quotationId)).quotation.approvalReasons).toEqual([
    { kind: 'MANUAL_DISCOUNT', reason: 'Discounts by hand: 42.40 of 80.00, beyond the authority of who asked' },
  ]);
  expect((await approvalOf(quotationId, 'zh')).quotation.approvalReasons[0]?.reason).toBe(
    '手工优惠 42.40（共 80.00），超出受理人的优惠权限',
  );
  const { order } = await world.mutate('submitOrder', { quotationId }, clerk);
  expect(order?.state).toBe('held');
  const change = { orderId: order?.id, expectedVersion: 1 };
  // Who may approve orders, but gives away nothing himself.
  expect(await world.mutate('approveOrder', change, world.clerk)).toMatchObject({ order: null, errors: [{ code: 'BEYOND_AUTHORITY' }] });
  expect(await world.mutate('approveOrder', change, { ...world.clerk, language: 'zh' })).toMatchObject({
    errors: [{ code: 'BEYOND_AUTHORITY', field: ['orderId'], message: '优惠金额超出您的审批权限' }],
  });
  const both = await Promise.all([lead, manager].map((caller) => world.mutate('approveOrder', change, caller)));
  // Nothing is left to pay: it is done with the one approval there is.
  expect(both.map(({ order: done, errors }) => done?.state ?? errors[0]?.code).sort()).toEqual(['STALE_VERSION', 'completed']);
});

test('a rejection gives everything back', async () => {
  const { quotationId } = await quoted([by('WAIVER', { chargeCode: 'SETUP_FEE', basisPoints: 10_000 })], {
    open: { discounts: ['FIFTH'] },
  });
  const [{ id } = { id: '' }] = await world.db.raw<{ id: Id<'discount'> }>(`SELECT id FROM discount WHERE code = 'FIFTH'`);
  const before = await world.usedOf(id as Id<'discount'>);
  const { order } = await world.mutate('submitOrder', { quotationId }, clerk);
  expect(order?.state).toBe('held');
  expect(await world.usedOf(id as Id<'discount'>)).toBeGreaterThan(before);
  const rejected = await world.mutate('rejectOrder', { orderId: order?.id, expectedVersion: 1, note: '不同意' }, lead);
  expect(rejected.order?.state).toBe('cancelled');
  expect(await world.usedOf(id as Id<'discount'>)).toBe(before);
});

test('a price that was agreed upon is given away by hand, held with the product, and approved by line of business', async () => {
  const open = {
    plan: {
      code: 'PLAN',
      prices: [
        { code: 'MONTHLY', ...amount('15.50') },
        { code: 'SETUP', ...amount('54.00') },
      ],
    },
  };
  const { quotationId, due } = await quoted([], { open });
  // 15.50 × 27/31 is 13.50, and 15.50 are given away of a whole period; a price above the list gives nothing away.
  expect((await world.linesOf(quotationId)).map(({ explanation }) => explanation)).toEqual([
    'As agreed: 2026-01-05 to 2026-01-31: 15.50 × 27/31 days = 13.50 (by the list 27.00)',
    'As agreed: 54.00 × 1 (by the list 53.00)',
  ]);
  expect([due, (await approvalOf(quotationId)).quotation]).toMatchObject([
    '54.00', { approvalNeeded: true, givenAway: [{ kind: 'MANUAL_DISCOUNT', amount: { amount: '15.50' }, of: { amount: '84.00' } }] },
  ]); // prettier-ignore
  const { order } = await world.mutate('submitOrder', { quotationId }, clerk);
  const approved = await world.mutate('approveOrder', { orderId: order?.id, expectedVersion: 1 }, manager);
  expect(approved.order?.state).toBe('pending');
  expect(await world.pay(approved.order as OrderRow, '54.00')).toMatchObject({ order: { state: 'completed' } });
  const held = await world.read<{ subscriber: { products: unknown[] } }>(
    'query ($id: ID!) { subscriber(id: $id) { products { negotiatedPrices { code amount { amount } } } } }',
    { id: await world.subscriberOf(order as OrderRow) },
  );
  const agreed = [
    { code: 'SETUP', amount: { amount: '54.00' } },
    { code: 'MONTHLY', amount: { amount: '15.50' } },
  ];
  expect(held.subscriber.products).toEqual([{ negotiatedPrices: expect.arrayContaining(agreed) as unknown }]);
});

test('what a price that was agreed upon gives away is told by a whole period of the list, not by a first one that is cheap, and by what is added', async () => {
  const phases = [{ amount: '0.00', periods: 3 }, { amount: '100.00' }];
  await world.sell('PLAN-PHASES', [monthly('100.00', { phases })]);
  const free = { plan: { code: 'PLAN-PHASES', prices: [{ code: 'MONTHLY', ...amount('0.00') }] } };
  const { quotationId } = await quoted([], { open: free });
  // Of the first three months the list asks nothing either.
  expect(await world.shortOf(quotationId)).toEqual(['RECURRING 0.00']);
  const all = { kind: 'MANUAL_DISCOUNT', amount: { amount: '100.00' }, of: { amount: '100.00' }, needsApproval: true };
  expect((await approvalOf(quotationId)).quotation).toMatchObject({ approvalNeeded: true, givenAway: [all] });
  await world.sell('LINES', [monthly('20.00')], 'ADD_ON', { quantity: { least: 1, most: 99, standard: 1 } });
  const { customerId, accountId } = await world.payer();
  const subscriberId = await world.subscriberOf(
    await world.order(customerId, [world.opening(accountId, { plan: { code: 'PLAN-PHASES' } })]),
  );
  const product = { code: 'LINES', quantity: 2, prices: [{ code: 'MONTHLY', ...amount('16.00') }] };
  // As a list's, so that what comes of it can be counted, however many there are; and what no amount can be is told before.
  for (const beyond of ['1000000000000.01', '92233720368547758.08']) {
    const many = { ...product, quantity: 99, prices: [{ code: 'MONTHLY', ...amount(beyond) }] };
    expect(await world.refusalsOf(customerId, [{ addProduct: { subscriberId, product: many } }], { by: clerk })).toEqual([
      'items.0.addProduct.product.prices.0.amount.amount AMOUNT_TOO_LARGE',
    ]);
  }
  const added = await world.order(customerId, [{ addProduct: { subscriberId, product } }], { by: clerk });
  expect(added.state).toBe('completed');
  const held = await world.read<{ subscriber: { products: { id: string; product: { code: string } }[] } }>(
    'query ($id: ID!) { subscriber(id: $id) { products { id product { code } } } }',
    { id: subscriberId },
  );
  const instanceId = held.subscriber.products.find((one) => one.product.code === 'LINES')?.id;
  world.clock.advance({ minutes: 1 });
  const changing = async (quantity: number) => {
    const items = [{ changeQuantity: { subscriberId, instanceId, quantity } }];
    const told = await world.quote(customerId, items, { by: clerk });
    expect(told.errors).toEqual([]);
    return (await approvalOf(told.quotationId)).quotation;
  };
  // Two more are 8.00 below the list, three 12.00; fewer give nothing away.
  expect(await changing(4)).toMatchObject({ approvalNeeded: false, givenAway: [{ amount: { amount: '8.00' }, of: { amount: '40.00' } }] });
  expect(await changing(5)).toMatchObject({ approvalNeeded: true, givenAway: [{ amount: { amount: '12.00' } }] });
  expect(await changing(1)).toMatchObject({ approvalNeeded: false, givenAway: [] });
});

test('a price that a hall asks beyond what a later version allows is not asked silently: the quotation says that the list holds', async () => {
  const fee = (amount: string) => monthly(amount, { authority: { reductionBasisPoints: 2_000, increaseBasisPoints: 0 } });
  await world.sell('PLAN-HALL', [fee('31.00')]);
  const [{ id: productId } = { id: '' as Id<'product'> }] = await world.db.raw<{ id: Id<'product'> }>(
    `SELECT id FROM product WHERE code = 'PLAN-HALL'`,
  );
  const version = async (): Promise<number> =>
    (await world.db.raw<{ version: number }>('SELECT version FROM product WHERE id = $1', [productId]))[0]?.version ?? 0;
  const prices = [{ code: 'MONTHLY', amounts: ['24.80'] }];
  const release = { productId, organisationId: world.hangzhou, sold: true, narrowing: {}, prices };
  await world.run(releaseProduct, { ...release, expectedVersion: await version() });
  const open = { plan: { code: 'PLAN-HALL' } };
  const told = async (language: Language) => {
    const { quotationId } = await quoted([], { open });
    const { quotation } = await world.read<{ quotation: { lines: { amount: { amount: string }; explanation: string }[] } }>(
      'query ($id: ID!) { quotation(id: $id) { lines { amount { amount } explanation } } }',
      { id: quotationId },
      { ...world.clerk, language },
    );
    return quotation.lines.map(({ amount: { amount: sum }, explanation }) => `${sum} ${explanation}`);
  };
  // 24.80 × 27/31.
  expect(await told('en')).toEqual(['21.60 2026-01-05 to 2026-01-31: 24.80 × 27/31 days = 21.60']);
  const drafted = { productId, expectedVersion: await version(), definition: { prices: [fee('62.00')] } };
  const { versionId } = await world.run(draftProductVersion, drafted);
  await world.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await world.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
  expect(await told('en')).toEqual([
    '54.00 2026-01-05 to 2026-01-31: 62.00 × 27/31 days = 54.00 (the price that a lower node asks is beyond what this version allows: by the list)',
  ]);
  expect((await told('zh'))[0]).toContain('（下级组织的价格超出此版本授权，按标准价）');
});

test('authority is that of the hall, and the system gives away anything', async () => {
  const { due } = await quoted([by('WAIVER', { chargeCode: 'SETUP_FEE', basisPoints: 10_000 })], { caller: manager });
  expect(due).toBe('0.00');
  const outside = await quoted([by('WAIVER', { chargeCode: 'SETUP_FEE', ...amount('1.00') })], { caller: world.clerk });
  expect((await approvalOf(outside.quotationId)).quotation.approvalNeeded).toBe(true);
});

describe('what is given away by hand is refused', () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ['of no item', by('WAIVER', { itemNo: 2, chargeCode: 'SETUP_FEE', basisPoints: 1 }), 'manual.0.itemNo MANUAL_NOT_FOUND'],
    ['of no charge', by('WAIVER', { chargeCode: 'CARD_FEE', basisPoints: 1 }), 'manual.0 MANUAL_NOT_FOUND'],
    ['of no price', by('WAIVER', { price: 'OTHER', basisPoints: 1 }), 'manual.0 MANUAL_NOT_FOUND'],
    ['without a target', by('WAIVER', { basisPoints: 1 }), 'manual.0 MANUAL_TARGET'],
    ['with both', by('WAIVER', { price: 'SETUP', basisPoints: 1, ...amount('1.00') }), 'manual.0 MANUAL_AMOUNT'],
    ['of nothing', by('WAIVER', { price: 'SETUP', basisPoints: 0 }), 'manual.0 MANUAL_AMOUNT'],
    ['above all of it', by('WAIVER', { price: 'SETUP', basisPoints: 10_001 }), 'manual.0 MANUAL_AMOUNT'],
    ['of more than there is', by('WAIVER', { price: 'SETUP', ...amount('53.01') }), 'manual.0 MANUAL_TOO_MUCH'],
    ['in another currency', by('WAIVER', { price: 'SETUP', ...amount('1.00', 'USD') }), 'manual.0.amount CURRENCY_DIFFERS'],
    ['without a reason', by('WAIVER', { price: 'SETUP', basisPoints: 1, reason: ' ' }), 'manual.0.reason BLANK'],
    ['with too long a one', by('WAIVER', { price: 'SETUP', basisPoints: 1, reason: '长'.repeat(201) }), 'manual.0.reason TOO_LONG'],
  ];

  it.each(cases)('%s', async (_what, manual, expected) => {
    const { errors } = await quoted([manual]);
    expect(errors.map(({ code, field }) => `${(field ?? []).join('.')} ${code}`)).toEqual([expected]);
  });

  it('of what cannot be discounted, twice of the same, and of prices that are none', async () => {
    const codes = async (manual: readonly object[], open?: Readonly<Record<string, unknown>>) =>
      (await quoted(manual, { ...(open && { open }) })).errors.map(({ code, field }) => `${(field ?? []).join('.')} ${code}`);
    const card = by('WAIVER', { chargeCode: 'CARD_FEE', basisPoints: 1 });
    expect(await codes([card], { plan: { code: 'PLAN-CARD' } })).toEqual(['manual.0 MANUAL_NOT_DISCOUNTABLE']);
    const half = by('WAIVER', { price: 'SETUP', ...amount('30.00') });
    expect(await codes([half, half])).toEqual(['manual.1 MANUAL_TOO_MUCH']);
    expect(await codes(Array.from({ length: 21 }, () => half))).toEqual(['manual TOO_MANY']);
    const prices = [
      { code: 'OTHER', ...amount('1.00') },
      { code: 'SETUP', ...amount('1.00') },
      { code: 'SETUP', ...amount('2.00') },
    ];
    expect(await codes([], { plan: { code: 'PLAN', prices: [...prices, { code: 'MONTHLY', ...amount('1.00', 'USD') }] } })).toEqual([
      'items.0.open.plan.prices.0 PRICE_NOT_NEGOTIABLE',
      'items.0.open.plan.prices.2 PRICE_TWICE',
      'items.0.open.plan.prices.3 CURRENCY_DIFFERS',
    ]);
    const { errors } = await quoted([half, half], { language: 'zh' });
    expect(errors[0]?.message).toBe('减免金额不能超过 23.00');
  });
});
