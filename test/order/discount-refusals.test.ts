import { ORDER_REFUSALS } from '../../src/business/component/order';
import { PERMISSION_CODES } from '../../src/business/component/staff';
import { encodeId, newId } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { scopeAt } from '../support/graph';
import { monthly, setup, useDiscountWorld } from './discount-world';
import { acc, sub } from './order-world';

/* Every rule of discounts, of what is given away by hand and of prices that are agreed upon says no in both languages. */

const database = useDatabase();
const world = useDiscountWorld(database);
let payer: Awaited<ReturnType<typeof world.household>>;

const percent = { effect: { kind: 'PERCENTAGE', basisPoints: 100 } };

beforeAll(async () => {
  await world.sell('PLAN', [monthly('31.00'), setup('53.00')]);
  await world.sell('PLAN-CARD', [monthly('31.00'), setup('20.00', { chargeCode: 'CARD_FEE' })]);
  await world.offer('LESS', { ...percent, exclusionGroup: 'ONE' });
  await world.offer('MORE', { ...percent, exclusionGroup: 'ONE' });
  await world.offer('OF-ACCOUNT', { ...percent, level: 'ACCOUNT' });
  await world.offer('GOLD', { ...percent, eligibility: { grades: ['GOLD'] } });
  await world.offer('NINGBO', percent, { organisationId: world.ningbo });
  await world.offer('LINE', percent, { serviceType: 'BROADBAND' });
  await world.offer('SPENT', percent, { limit: 1n });
  await world.offer('AHEAD', {
    effect: { kind: 'DEPOSIT_RETURN', deposit: '10.00', returns: { months: 1, total: '10.00', book: 'RETURN' } },
  });
  payer = await world.household();
});

type Asked = Readonly<Record<string, unknown>>;

/** What a quotation is refused for, in both languages. */
async function refusedIn(items: readonly Asked[], more: Asked = {}): Promise<Record<'code' | 'zh' | 'en', string>[]> {
  const asked = { accountId: acc(payer.accountId), ...more };
  const [en, zh] = [
    await world.quote(payer.customerId, items, { ...asked, language: 'en' }),
    await world.quote(payer.customerId, items, { ...asked, language: 'zh' }),
  ];
  return en.errors.map(({ code, message }, place) => ({ code, en: message, zh: zh.errors[place]?.message ?? '' }));
}

const opening = (more: Asked = {}): Asked[] => [world.opening(payer.accountId, more)];
const granting = (more: Asked): Asked[] => [{ grantDiscount: more }];
const byHand = (more: Asked): Asked => ({ manual: [{ itemNo: 1, kind: 'WAIVER', reason: '老客户', ...more }] });
const money = (amount: string) => ({ amount, currency: 'CNY' });

const CASES: readonly (readonly [code: string, ask: () => Promise<Record<'code' | 'zh' | 'en', string>[]>, zh: string, en: string])[] = [
  ['DISCOUNT_NOT_GRANTED', () => refusedIn(opening({ discounts: ['NINGBO'] })),
    '优惠 NINGBO 现在不在该组织办理', 'Discount NINGBO is not granted there now.'],
  ['DISCOUNT_LEVEL_WRONG', () => refusedIn(granting({ discount: 'OF-ACCOUNT', subscriberId: sub(payer.subscriberId) })),
    '优惠 OF-ACCOUNT 为 ACCOUNT 级，不能在此办理', 'Discount OF-ACCOUNT is of the level ACCOUNT: it cannot be had there.'],
  ['DISCOUNT_OF_ANOTHER_LINE', () => refusedIn(opening({ discounts: ['LINE'] })),
    '优惠 LINE 属于其他业务类型', 'Discount LINE is of another line of business.'],
  ['DISCOUNT_NOT_ELIGIBLE', () => refusedIn(opening({ discounts: ['GOLD'] })),
    '不符合优惠 GOLD 的办理资格（客户等级）', 'Discount GOLD cannot be had: the customer’s grade.'],
  ['DISCOUNT_HELD', () => refusedIn(opening({ discounts: ['LESS', 'LESS'] })),
    '优惠 LESS 已办理', 'Discount LESS is held already, or asked for twice.'],
  ['DISCOUNT_EXCLUDED', () => refusedIn(opening({ discounts: ['LESS', 'MORE'] })),
    '优惠 MORE 与已办理的同组优惠互斥', 'Discount MORE cannot be had beside another of its exclusion group.'],
  ['DISCOUNT_HOLDER_NEEDED', () => refusedIn(granting({ discount: 'LESS' })),
    '须指定用户、账户或融合套餐之一', 'Name one of a subscriber, an account and a bundle.'],
  ['BUDGET_EXHAUSTED', () => refusedIn(opening({ discounts: ['SPENT'] })),
    '优惠 SPENT 的预算不足', 'What is left of the budget of discount SPENT is not enough.'],
  ['GRANT_NOT_FOUND', () => refusedIn([{ endDiscount: { grantedDiscountId: encodeId('grantedDiscount', newId('grantedDiscount')) } }]),
    '该优惠未办理，或不在您的管理范围内', 'There is no such grant, or it lies outside your scope.'],
  ['GRANT_ENDED', () => ended('LESS'), '该优惠已失效', 'That discount is no longer held.'],
  ['GRANT_PAID_AHEAD', () => endedWhile('AHEAD'), '预存返还期间不能取消', 'Money was paid ahead for it and is coming back: it cannot be ended.'],
  ['MANUAL_TARGET', () => refusedIn(opening(), byHand({ basisPoints: 1 })),
    '须指明账目项或价格之一', 'Name either a charge code or a price.'],
  ['MANUAL_AMOUNT', () => refusedIn(opening(), byHand({ price: 'SETUP', basisPoints: 0 })),
    '须给出大于零的金额，或 1 至 10000 个基点', 'Give either an amount above zero or 1 to 10000 basis points.'],
  ['MANUAL_NOT_FOUND', () => refusedIn(opening(), byHand({ price: 'OTHER', basisPoints: 1 })),
    '该受理项没有这项一次性费用或首期费用', 'The item has no such one-time or first-period charge.'],
  ['MANUAL_NOT_DISCOUNTABLE', () => refusedIn(opening({ plan: { code: 'PLAN-CARD' } }), byHand({ price: 'SETUP', basisPoints: 1 })),
    '账目项 CARD_FEE 不允许优惠', 'Charge code CARD_FEE cannot be discounted.'],
  ['MANUAL_TOO_MUCH', () => refusedIn(opening(), byHand({ price: 'SETUP', amount: money('53.01') })),
    '减免金额不能超过 53.00', 'No more than 53.00 can be taken off.'],
  ['PRICE_NOT_NEGOTIABLE', () => refusedIn(opening({ plan: { code: 'PLAN', prices: [{ code: 'OTHER', amount: money('1.00') }] } })),
    '产品 PLAN 没有可议价的价格 OTHER', 'Product PLAN has no one-time or recurring price OTHER that could be agreed upon.'],
  ['PRICE_TWICE', () => refusedIn(opening({ plan: { code: 'PLAN', prices: ['1.00', '2.00'].map((amount) => ({ code: 'SETUP', amount: money(amount) })) } })),
    '价格 SETUP 重复', 'Price SETUP is given twice.'],
  ['BEYOND_AUTHORITY', beyondAuthority, '优惠金额超出您的审批权限', 'What is given away is beyond your own authority.'],
  ['QUOTATION_TRIAL', trialSubmitted, '试报价不能提交受理', 'That quotation was a trial: no order can be made of it.'],
  ['TRIAL_REFUSED', () => refusedIn(opening(), { trial: true, by: withoutTrials() }),
    '您在该组织没有试用目录草稿的权限', 'You may not try drafts of the catalogue there.'],
]; // prettier-ignore

/** What a mutation is refused for, in both languages. */
async function mutatedIn(name: string, input: Asked, by = world.clerk): Promise<Record<'code' | 'zh' | 'en', string>[]> {
  const [en, zh] = [await world.mutate(name, input, { ...by, language: 'en' }), await world.mutate(name, input, { ...by, language: 'zh' })];
  return en.errors.map(({ code, message }, place) => ({ code, en: message, zh: zh.errors[place]?.message ?? '' }));
}

async function grantedNow(discount: string): Promise<string> {
  const order = await world.order(payer.customerId, granting({ discount, subscriberId: sub(payer.subscriberId) }), {
    accountId: acc(payer.accountId),
  });
  if (order.state === 'pending') await world.pay(order, '10.00');
  const held = await world.discountsOf(payer.subscriberId);
  return held.find((one) => one.discount?.code === discount)?.id ?? '';
}

async function endedWhile(discount: string) {
  return refusedIn([{ endDiscount: { grantedDiscountId: await grantedNow(discount) } }]);
}

async function ended(discount: string) {
  const item = { endDiscount: { grantedDiscountId: await grantedNow(discount) } };
  world.clock.advance({ minutes: 1 });
  await world.order(payer.customerId, [item]);
  return refusedIn([item]);
}

async function beyondAuthority() {
  const asked = { accountId: acc(payer.accountId), ...byHand({ price: 'SETUP', basisPoints: 10_000 }) };
  const { quotationId } = await world.quote(payer.customerId, opening(), asked);
  const { order } = await world.mutate('submitOrder', { quotationId }, world.clerk);
  const another = world.clerkAt(world.hangzhou, { staffId: newId('staff') });
  return mutatedIn('approveOrder', { orderId: order?.id, expectedVersion: 1 }, another);
}

async function trialSubmitted() {
  const { quotationId } = await world.quote(payer.customerId, opening(), { accountId: acc(payer.accountId), trial: true });
  return mutatedIn('submitOrder', { quotationId });
}

function withoutTrials() {
  const permitted = PERMISSION_CODES.filter((permission) => permission !== 'catalogue:test');
  return world.clerkAt(world.hangzhou, { scope: scopeAt(world.hangzhou, permitted) });
}

test.each(CASES.map((one) => [one[0], one] as const))('%s', async (_code, [code, ask, zh, en]) => {
  expect(await ask()).toEqual([{ code, zh, en }]);
});

test('none is left out', () => {
  const shown = CASES.map(([code]) => code);
  const all = Object.keys(ORDER_REFUSALS).filter((code) => /^(DISCOUNT|GRANT|MANUAL|PRICE|BEYOND|BUDGET)_|TRIAL/.test(code));
  expect(all.filter((code) => !shown.includes(code))).toEqual([]);
});
