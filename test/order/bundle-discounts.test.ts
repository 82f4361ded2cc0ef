import { createDiscount, draftDiscountVersion, moveDiscountVersion, setDiscountBudget } from '../../src/business/component/discount';
import { auditLedger } from '../../src/business/component/ledger';
import type { Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { useBundleWorld } from './bundle-world';
import { acc } from './order-world';

/* Discounts that a bundle has: they make its price smaller as one, and each member's part of it to the fen; they end with it. */

const database = useDatabase();
const world = useBundleWorld(database);
let tightId: Id<'discount'>;

async function offer(code: string, definition: Readonly<Record<string, unknown>>, limit?: bigint): Promise<Id<'discount'>> {
  const names = { name: `优惠${code}`, nameEn: `Discount ${code}` };
  const { discountId } = await world.run(createDiscount, { code, ...names, organisationId: world.root });
  const said = { ...names, level: 'BUNDLE', ...definition } as unknown as Json;
  const { versionId } = await world.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition: said });
  await world.run(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await world.run(moveDiscountVersion, { versionId, expectedVersion: 2, to: 'active' });
  const money = { amountMinor: limit ?? 0n, currency: 'CNY' } as const;
  if (limit !== undefined) await world.run(setDiscountBudget, { discountId, expectedVersion: 4, limit: money as never });
  return discountId;
}

const percent = (basisPoints: number) => ({ effect: { kind: 'PERCENTAGE', basisPoints } });

beforeAll(async () => {
  await offer('PART', { ...percent(1_500), lasts: { periods: 12 }, exclusionGroup: 'FUSION' });
  await offer('ALL', { ...percent(1_500), appliesTo: { oneTime: true }, exclusionGroup: 'FUSION' });
  await offer('AT-99', {
    effect: { kind: 'PRICE_OVERRIDE', priceCode: 'FEE', amount: '99.00' }, appliesTo: { products: ['FUSION-199'] },
  }); // prettier-ignore
  await offer('MOBILE-AT-99', {
    effect: { kind: 'PRICE_OVERRIDE', priceCode: 'FEE', amount: '99.00' },
    appliesTo: { products: ['FUSION-199'], chargeCodes: ['MOBILE_MONTHLY_FEE'] },
  }); // prettier-ignore
  await offer('OFF-50', { effect: { kind: 'AMOUNT', amount: '50.00' } });
  await offer('OF-ACCOUNT', { ...percent(1_000), level: 'ACCOUNT' });
  tightId = await offer('TIGHT', { ...percent(1_500), lasts: { periods: 12 } }, 40_000n);
});

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const withDiscounts = ([first, ...others]: readonly Item[], ...discounts: string[]): Item[] => [
  { openBundle: { ...first?.['openBundle'], discounts } },
  ...others,
];
const fusion = (holder: Parameters<typeof world.fusion>[0], ...discounts: string[]): Item[] =>
  withDiscounts(world.fusion(holder) as Item[], ...discounts);

/** What is taken off the lines of a quotation, by item and charge code, and the sum of it. */
async function taken(items: readonly Item[], holder: Parameters<typeof world.fusion>[0]): Promise<string[]> {
  const { quotationId, errors } = await world.quote(holder.customerId, items, { accountId: acc(holder.accountId) });
  expect(errors).toEqual([]);
  const lines = (await world.linesOf(quotationId)).filter(({ kind }) => kind === 'DISCOUNT');
  return lines.map(({ itemNo, chargeCode, amount, dueNow }) => `${itemNo} ${chargeCode} ${amount.amount}${dueNow ? ' now' : ''}`);
}

/** What a bundle has of discounts. */
async function held(bundle: string): Promise<string[]> {
  const { node } = await world.read<{ node: { discounts: { id: string; discount: { code: string }; bundle: { id: string } }[] } }>(
    'query ($id: ID!) { node(id: $id) { ... on BundleInstance { discounts { id discount { code } bundle { id } } } } }',
    { id: bundle },
  );
  for (const one of node.discounts) expect(one.bundle).toEqual({ id: bundle });
  return node.discounts.map(({ discount }) => discount.code);
}

test('a part of the price of a bundle is reckoned of it as one, and split to its members to the fen', async () => {
  const holder = await world.payer();
  // 173.32 × 15 % = 26.00: of 86.66, 60.66 and 26.00 exactly 12.999, 9.099 and 3.90.
  expect(await taken(fusion(holder, 'PART'), holder)).toEqual([
    '2 MOBILE_MONTHLY_FEE -13.00', '3 BROADBAND_MONTHLY_FEE -9.10', '4 FIXED_LINE_MONTHLY_FEE -3.90',
  ]); // prettier-ignore
  // 100.00 at once too; what the members cost by themselves is not the bundle’s. 273.32 × 15 % = 41.00.
  expect(await taken(fusion(holder, 'ALL'), holder)).toEqual([
    '2 MOBILE_MONTHLY_FEE -7.50 now', '2 MOBILE_MONTHLY_FEE -13.00', '3 BROADBAND_MONTHLY_FEE -5.25 now', '3 BROADBAND_MONTHLY_FEE -9.10',
    '4 FIXED_LINE_MONTHLY_FEE -2.25 now', '4 FIXED_LINE_MONTHLY_FEE -3.90',
  ]); // prettier-ignore
});

test('an amount and another price take the place of the bundle’s as one, whoever pays for its members', async () => {
  const holder = await world.payer();
  // 50.00 × 27/31 = 43.55.
  const off = ['2 MOBILE_MONTHLY_FEE -21.78', '3 BROADBAND_MONTHLY_FEE -15.24', '4 FIXED_LINE_MONTHLY_FEE -6.53'];
  expect(await taken(fusion(holder, 'OFF-50'), holder)).toEqual(off);
  // 99.00 × 27/31 = 86.23 instead of 173.32: 87.09 less.
  const at99 = ['2 MOBILE_MONTHLY_FEE -43.55', '3 BROADBAND_MONTHLY_FEE -30.48', '4 FIXED_LINE_MONTHLY_FEE -13.06'];
  expect(await taken(fusion(holder, 'AT-99'), holder)).toEqual(at99);
  // Of 86.23 the mobile’s part is 86.66/173.32: 43.12 (43.115) instead of 86.66.
  expect(await taken(fusion(holder, 'MOBILE-AT-99'), holder)).toEqual(['2 MOBILE_MONTHLY_FEE -43.54']);
  const other = { ...holder, accountId: await world.account(holder.customerId) };
  const [opening] = world.fusion(holder) as Item[];
  const [, ...members] = world.fusion(other) as Item[];
  expect(await taken(withDiscounts([opening as Item, ...members], 'OFF-50'), holder)).toEqual(off);
  // That of the bundle’s account acts on its price, not on what its members cost by themselves, on another account.
  expect(await taken(withDiscounts([opening as Item, ...members], 'OF-ACCOUNT'), holder)).toEqual([
    '2 MOBILE_MONTHLY_FEE -8.67', '3 BROADBAND_MONTHLY_FEE -6.06', '4 FIXED_LINE_MONTHLY_FEE -2.60',
  ]); // prettier-ignore
});

test('it is held by the bundle, charged less to the fen, and ends when the bundle does', async () => {
  const holder = await world.payer();
  const order = await world.sell(holder, fusion(holder, 'ALL', 'OF-ACCOUNT'));
  expect(order.state).toBe('completed');
  // 300.00 less 15.00: in 250.00 there are 20.64 of 9 %, in 35.00 less 5.25 there is 1.68 of 6 %.
  expect(await world.booksOf(holder.accountId)).toMatchObject({ 1001: 28_500 });
  expect(await auditLedger({ sql: database.core.reader() })).toEqual([]);
  const { bundle } = await world.soldBy(order);
  expect(await held(bundle)).toEqual(['ALL']);
  const ofAccount = await world.read('query ($id: ID!) { account(id: $id) { discounts { discount { code } bundle { id } } } }', {
    id: acc(holder.accountId),
  });
  expect(ofAccount).toEqual({ account: { discounts: [{ discount: { code: 'OF-ACCOUNT' }, bundle: null }] } });
  world.clock.advance({ minutes: 1 });
  await world.sell(holder, [{ closeBundle: { bundleInstanceId: bundle } }]);
  expect(await held(bundle)).toEqual([]);
});

test('it is granted to a bundle that is there, by its holder alone, once, and ended by him', async () => {
  const holder = await world.payer();
  const { bundle, subscribers } = await world.soldBy(await world.sell(holder, fusion(holder)));
  const grant = (discount: string, more: object = { bundleInstanceId: bundle }) => [{ grantDiscount: { discount, ...more } }];
  const field = 'items.0.grantDiscount';
  const stranger = await world.payer();
  expect(await world.refusalsOf(stranger.customerId, grant('PART'))).toEqual([`${field}.bundleInstanceId BUNDLE_NOT_THEIRS`]);
  const [mobile = ''] = subscribers;
  const refusals = async (items: readonly object[], language: 'zh' | 'en' = 'en') => {
    const { errors } = await world.quote(holder.customerId, items as Item[], { accountId: acc(holder.accountId), language });
    return errors.map(({ code, message }) => `${code} ${message}`);
  };
  const both = { bundleInstanceId: bundle, subscriberId: mobile };
  expect(await refusals(grant('PART', both))).toEqual(['DISCOUNT_HOLDER_NEEDED Name one of a subscriber, an account and a bundle.']);
  expect(await refusals(grant('PART', both), 'zh')).toEqual(['DISCOUNT_HOLDER_NEEDED 须指定用户、账户或融合套餐之一']);
  expect(await refusals(grant('OF-ACCOUNT'), 'zh')).toEqual(['DISCOUNT_LEVEL_WRONG 优惠 OF-ACCOUNT 为 ACCOUNT 级，不能在此办理']);
  await world.sell(holder, grant('PART'));
  expect(await held(bundle)).toEqual(['PART']);
  expect(await refusals(grant('PART'), 'zh')).toEqual(['DISCOUNT_HELD 优惠 PART 已办理']);
  expect(await refusals(grant('ALL'), 'zh')).toEqual(['DISCOUNT_EXCLUDED 优惠 ALL 与已办理的同组优惠互斥']);
  world.clock.advance({ minutes: 1 });
  const { node } = await world.read<{ node: { discounts: { id: string }[] } }>(
    'query ($id: ID!) { node(id: $id) { ... on BundleInstance { discounts { id } } } }',
    { id: bundle },
  );
  const end = [{ endDiscount: { grantedDiscountId: node.discounts[0]?.id } }];
  expect(await world.refusalsOf(stranger.customerId, end)).toEqual(['items.0.endDiscount.grantedDiscountId BUNDLE_NOT_THEIRS']);
  await world.sell(holder, end);
  expect(await held(bundle)).toEqual([]);
});

test('a bundle that nobody is in any more has none, and a budget is taken for the whole of it', async () => {
  const holder = await world.payer();
  const order = await world.sell(holder, fusion(holder, 'TIGHT'));
  const { bundle, subscribers } = await world.soldBy(order);
  const [{ used } = { used: '' }] = await database.raw<{ used: string }>(
    'SELECT used_minor AS used FROM discount_budget WHERE discount_id = $1',
    [tightId],
  );
  expect([used, await held(bundle)]).toEqual([String(12 * 2_600), ['TIGHT']]);
  const again = await world.payer();
  expect(await world.refusalsOf(again.customerId, fusion(again, 'TIGHT'), { accountId: acc(again.accountId) })).toEqual([
    'items.0.openBundle.discounts.0 BUDGET_EXHAUSTED',
  ]);
  world.clock.advance({ minutes: 1 });
  await world.sell(holder, subscribers.map((subscriberId) => ({ terminate: { subscriberId } }))); // prettier-ignore
  expect(await held(bundle)).toEqual([]);
});
