import { decodeId, encodeId, type Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { newKey, newNumber } from '../support/party-world';
import { acc, cus } from './order-world';
import { monthly, useProductWorld, type Holder } from './product-world';

/* A contract binds a product for a time: what it costs to leave it early, by which order, and what it stands in the way of. */

const database = useDatabase();
const world = useProductWorld(database);

const term = (months: number, renewal: string, earlyTermination: Json, taxIncluded = true): Json => ({
  months, renewal, earlyTermination: { ...(earlyTermination as object), chargeCode: 'PENALTY', taxIncluded },
}); // prettier-ignore
const table: Json = { kind: 'BY_MONTH', amounts: ['90.00', '60.00', '30.00'] };

beforeAll(async () => {
  at('2026-01-05T02:00:00Z');
  await world.sell('PLAN-FREE', { prices: [monthly('31.00')] });
  await world.sell('PLAN-OTHER', { prices: [monthly('32.00')] });
  await world.sell('PLAN-TABLE', { prices: [monthly('31.00')], term: term(3, 'OPEN', table) });
  const share: Json = { kind: 'PERCENTAGE_OF_REMAINING', basisPoints: 3000 };
  await world.sell('PLAN-SHARE', { prices: [monthly('30.00')], term: term(12, 'SAME_TERM', share, false) });
  const fixed: Json = { kind: 'FIXED', amount: '10.60' };
  await world.sell('ADD-FIXED', { prices: [monthly('1.00')], term: term(6, 'OPEN', fixed) }, 'ADD_ON');
});

const at = (time: string) => world.clock.set(time);
const leave = ({ id }: Holder) => [{ terminate: { subscriberId: id } }];
const change = ({ id }: Holder, code: string, when: string) => [{ changePlan: { subscriberId: id, plan: { code }, when } }];
const penalties = async ({ customerId, accountId }: Holder, items: readonly object[], language: 'zh' | 'en' = 'en') => {
  const { quotationId } = await world.quote(customerId, items as never, { accountId: acc(accountId) });
  return (await world.linesOf(quotationId, language)).filter((line) => /^(PENALTY|TAX)/.test(line));
};

test('a contract from the 31st is left month by month of its own, to its last day and not after it', async () => {
  at('2026-01-31T02:00:00Z');
  const holder = await world.holder('PLAN-TABLE');
  const told = (month: number, amount: string) => [
    `PENALTY ${amount} due: Contract of 2026-01-31 to 2026-04-29, month ${month}: ${amount} in that month`,
  ];
  const days: [string, string[]][] = [
    ['2026-01-31T03:00:00Z', told(1, '90.00')],
    ['2026-02-27T03:00:00Z', told(1, '90.00')],
    // Local midnight of the 28th, the last day of a shorter month.
    ['2026-02-27T16:00:00Z', told(2, '60.00')],
    ['2026-03-30T03:00:00Z', told(2, '60.00')],
    ['2026-03-31T03:00:00Z', told(3, '30.00')],
    ['2026-04-29T15:59:59Z', told(3, '30.00')],
    ['2026-04-29T16:00:00Z', []],
  ];
  for (const [time, expected] of days) {
    at(time);
    expect(await penalties(holder, leave(holder))).toEqual(expected);
  }
});

test('a part of the remaining fees, with its tax beside it; the same term follows', async () => {
  at('2026-01-05T03:00:00Z');
  const holder = await world.holder('PLAN-SHARE');
  at('2026-12-20T03:00:00Z');
  // 30.00 × 12 / 31 of December and 30.00 × 4 / 31 of January; 6 % of 4.64.
  expect(await penalties(holder, leave(holder))).toEqual([
    'PENALTY 4.64 due: Contract of 2026-01-05 to 2027-01-04, month 12: remaining fees 15.48 × 30 % = 4.64',
    'TAX 0.28 due: Of the prices without tax, rounded once a rate.',
  ]);
  at('2027-01-05T03:00:00Z');
  expect(await penalties(holder, leave(holder), 'zh')).toEqual([
    'PENALTY 108.00 due: 合约期 2027-01-05 至 2028-01-04，第 1 个月：剩余费用 360.00 × 30 % = 108.00',
    'TAX 6.48 due: 不含税价格的税额，按税率合计舍入',
  ]);
});

test('who gives up an add-on before its time pays first, and the books say so', async () => {
  at('2026-01-05T04:00:00Z');
  const holder = await world.holder('PLAN-FREE', [{ code: 'ADD-FIXED' }]);
  at('2026-03-05T04:00:00Z');
  const remove = [{ removeProduct: { subscriberId: holder.id, instanceId: await world.instanceOf(holder.id, 'ADD-FIXED') } }];
  expect(await world.refusalsOf(holder.customerId, remove)).toEqual(['accountId ACCOUNT_NEEDED']);
  const { quotationId, due } = await world.quote(holder.customerId, remove, { accountId: acc(holder.accountId) });
  expect(due).toBe('10.60');
  const { order } = await world.mutate('submitOrder', { quotationId });
  expect(order?.state).toBe('pending');
  expect(await world.heldBy(holder.id)).toHaveLength(2);
  const paid = await world.mutate('recordOrderPayment', {
    orderId: order?.id, expectedVersion: 1, method: 'CASH', amount: { amount: '10.60', currency: 'CNY' }, reference: newKey(),
  }); // prettier-ignore
  expect(paid).toMatchObject({ errors: [], order: { state: 'completed' } });
  expect(await world.heldBy(holder.id)).toEqual(['PLAN-FREE × 1']);
  expect(await world.booksOf(holder.accountId)).toMatchObject({ 1001: 1060, 6001: -1000, 2221: -60 });
  const both = await world.holder('PLAN-TABLE', [{ code: 'ADD-FIXED' }]);
  const instanceId = await world.instanceOf(both.id, 'ADD-FIXED');
  expect((await penalties(both, leave(both))).map((line) => line.split(' ', 2).join(' '))).toEqual(['PENALTY 90.00', 'PENALTY 10.60']);
  // Neither would know of the other: a contract could be left by the one that costs less.
  const items = [{ removeProduct: { subscriberId: both.id, instanceId } }, ...change(both, 'PLAN-TABLE', 'NOW'), ...leave(both)];
  expect(await world.refusalsOf(both.customerId, items)).toEqual([
    'items.0.removeProduct.instanceId INSTANCE_TWICE',
    'items.1.changePlan.plan INSTANCE_TWICE',
  ]);
});

test('another plan is left when the new one begins; the same product goes on with a term of its own', async () => {
  at('2026-01-10T04:00:00Z');
  const holder = await world.holder('PLAN-TABLE');
  at('2026-01-20T04:00:00Z');
  const of = 'Contract of 2026-01-10 to 2026-04-09, month';
  expect(await penalties(holder, change(holder, 'PLAN-FREE', 'NOW'))).toEqual([`PENALTY 90.00 due: ${of} 1: 90.00 in that month`]);
  at('2026-02-05T04:00:00Z');
  expect(await penalties(holder, change(holder, 'PLAN-FREE', 'NOW'))).toEqual([`PENALTY 90.00 due: ${of} 1: 90.00 in that month`]);
  const next = await world.quote(holder.customerId, change(holder, 'PLAN-FREE', 'NEXT_PERIOD'), { accountId: acc(holder.accountId) });
  expect((await world.linesOf(next.quotationId))[1]).toBe(`PENALTY 60.00 due: ${of} 2: 60.00 in that month`);
  expect((await world.pay(next.quotationId, '60.00')).state).toBe('completed');
  // It has been paid for leaving on the first of March.
  expect(await penalties(holder, change(holder, 'PLAN-OTHER', 'NEXT_PERIOD'))).toEqual([]);
  expect(await penalties(holder, leave(holder))).toEqual([
    `PENALTY 30.00 due: ${of} 1: 90.00 in that month; less 60.00 charged with the change that was planned`,
  ]);
  const again = await world.holder('PLAN-SHARE');
  at('2026-02-06T04:00:00Z');
  const [row] = await database.raw<{ id: never; version: number }>("SELECT id, version FROM product WHERE code = 'PLAN-SHARE'");
  const share: Json = { kind: 'PERCENTAGE_OF_REMAINING', basisPoints: 5000 };
  await world.sellNext(row?.id as never, row?.version ?? 0, { prices: [monthly('40.00')], term: term(12, 'OPEN', share) });
  expect(await penalties(again, change(again, 'PLAN-SHARE', 'NOW'))).toEqual([]);
  expect(await penalties(again, change(again, 'PLAN-FREE', 'NOW'))).toEqual([
    // 24.64 of February, eleven months, and 4.29 of the next February.
    'PENALTY 107.68 due: Contract of 2026-02-05 to 2027-02-04, month 1: remaining fees 358.93 × 30 % = 107.68',
    'TAX 6.46 due: Of the prices without tax, rounded once a rate.',
  ]);
  await world.order(again.customerId, change(again, 'PLAN-SHARE', 'NOW'));
  const seen = 'query ($id: ID!) { subscriber(id: $id) { products { term { from until renewal } } } }';
  expect(await world.read(seen, { id: again.id })).toEqual({
    subscriber: { products: [{ term: { from: '2026-02-06', until: '2027-02-06', renewal: 'OPEN' } }] },
  });
});

test('what was charged for leaving with a planned change is given back where less is owed in the end, and once', async () => {
  at('2026-01-10T05:00:00Z');
  const holder = await world.holder('PLAN-TABLE');
  at('2026-02-05T05:00:00Z');
  const accountId = acc(holder.accountId);
  const quoted = (items: readonly object[]) => world.quote(holder.customerId, items as never, { accountId });
  const [first, second, closing] = [
    await quoted(change(holder, 'PLAN-FREE', 'NEXT_PERIOD')), await quoted(change(holder, 'PLAN-FREE', 'NEXT_PERIOD')), await quoted(leave(holder)),
  ]; // prettier-ignore
  expect((await world.pay(first.quotationId, '60.00')).state).toBe('completed');
  // What was quoted before that is not charged on top of it.
  const late = [
    await world.mutate('submitOrder', { quotationId: second.quotationId }),
    await world.mutate('submitOrder', { quotationId: closing.quotationId }),
  ];
  expect(late.map(({ errors }) => errors.map(({ code, field }) => `${field?.join('.') ?? ''} ${code}`))).toEqual([
    ['items.0.changePlan.plan PLAN_CHANGED'],
    ['items.0.terminate.subscriberId PLAN_CHANGED'],
  ]);
  const books = await world.booksOf(holder.accountId);
  const stays = change(holder, 'PLAN-TABLE', 'NOW');
  expect(await penalties(holder, stays)).toEqual([
    'PENALTY_RETURN -60.00 due: 60.00 was charged with the change that was planned; 0.00 is owed now.',
  ]);
  expect(await penalties(holder, stays, 'zh')).toEqual(['PENALTY_RETURN -60.00 due: 预约变更已收取 60.00，现应收 0.00']);
  const back = [await quoted(stays), await quoted(stays)];
  expect(back.map(({ due }) => due)).toEqual(['0.00', '0.00']);
  const done = await world.mutate('submitOrder', { quotationId: back[0]?.quotationId });
  expect(done).toMatchObject({ order: { state: 'completed' }, errors: [] });
  // 56.60 and its tax of 3.40 are no revenue any more, and stand to the account's credit.
  expect([books, await world.booksOf(holder.accountId)]).toEqual([
    { '1001': 6_000, '2221': -340, '6001': -5_660 },
    { '1001': 6_000, '1122': -6_000 },
  ]);
  expect((await world.mutate('submitOrder', { quotationId: back[1]?.quotationId })).errors).toMatchObject([{ code: 'PLAN_CHANGED' }]);
  at('2026-02-06T05:00:00Z');
  expect(await penalties(holder, leave(holder))).toEqual([
    'PENALTY 90.00 due: Contract of 2026-02-05 to 2026-05-04, month 1: 90.00 in that month',
  ]);
});

test('a product that ends with its term does so by itself, also when another plan was to begin later', async () => {
  at('2026-01-20T06:00:00Z');
  const none: Json = { kind: 'FIXED', amount: '0.00' };
  await world.sell('PLAN-MONTH', { prices: [monthly('31.00')], term: term(1, 'END', none) });
  const holder = await world.holder('PLAN-MONTH');
  const last = [world.clock.set('2026-02-19T15:59:59Z'), world.clock.set('2026-02-19T16:00:00Z')];
  const over = () => Promise.all(last.map(async (time) => (await world.heldBy(holder.id, time)).join()));
  expect(await over()).toEqual(['PLAN-MONTH × 1', '']);
  at('2026-02-01T06:00:00Z');
  await world.order(holder.customerId, change(holder, 'PLAN-FREE', 'NEXT_PERIOD'));
  expect(await over()).toEqual(['PLAN-MONTH × 1', '']);
  expect(await world.heldBy(holder.id, world.clock.set('2026-02-28T16:00:00Z'))).toEqual(['PLAN-FREE × 1']);
});

test('a contract stands in the way of what its rule says, by the product and its end', async () => {
  at('2026-01-05T05:00:00Z');
  const { customerId, id } = await world.holder('PLAN-SHARE');
  const heir = await world.payer();
  at('2026-05-05T05:00:00Z');
  const transfer = [{ transfer: { subscriberId: id, customerId: cus(heir.customerId), accountId: acc(heir.accountId) } }];
  const field = ['items', '0', 'transfer', 'subscriberId'];
  const message = 'Product PLAN-SHARE is bound by a contract until 2027-01-05: this cannot be done.';
  expect((await world.quote(customerId, transfer)).errors).toEqual([{ code: 'IN_CONTRACT', field, message }]);
  const { errors } = await world.quote(customerId, transfer, { language: 'zh' });
  expect(errors[0]?.message).toBe('产品 PLAN-SHARE 在 2027-01-05 之前受合约约束，不能办理');
  // Whoever is bound does not take his number to another operator either.
  const going = await world.quote(customerId, [{ portOut: { subscriberId: id } }], { language: 'zh' });
  expect(going.errors).toContainEqual({
    code: 'IN_CONTRACT',
    field: ['items', '0', 'portOut', 'subscriberId'],
    message: errors[0]?.message,
  });
  const rule = {
    kind: 'TRANSFER', fee: { amount: '0.00', currency: 'CNY' }, feeTaxIncluded: true, dueMinutes: 60, monthsInNet: 0, daysInNet: 0,
    stopReasonsAllowed: [], arrearsRefused: false,
  }; // prettier-ignore
  const set = (more: object) =>
    world.read<{ setOrderKindRule: { userErrors: object[] } }>(
      'mutation ($input: SetOrderKindRuleInput!) { setOrderKindRule(input: $input) { userErrors { code } } }',
      { input: { idempotencyKey: newKey(), ...rule, ...more } },
      world.clerkAt(world.root),
    );
  expect((await set({})).setOrderKindRule.userErrors).toEqual([]);
  expect(await world.refusalsOf(customerId, transfer)).toEqual(['items.0.transfer.subscriberId IN_CONTRACT']);
  await set({ contractRefused: false });
  expect(await world.refusalsOf(customerId, transfer)).toEqual([]);
});

test('what the owner before was charged for leaving with a planned change is not given to the one after', async () => {
  at('2026-05-10T06:00:00Z');
  const holder = await world.holder('PLAN-TABLE');
  const heir = await world.payer({ account: { billingDay: 1 } });
  at('2026-06-05T06:00:00Z');
  const planned = await world.quote(holder.customerId, change(holder, 'PLAN-FREE', 'NEXT_PERIOD'), { accountId: acc(holder.accountId) });
  expect((await world.pay(planned.quotationId, '60.00')).state).toBe('completed');
  // The rule of the test before lets a contract go over.
  const transfer = [{ transfer: { subscriberId: holder.id, customerId: cus(heir.customerId), accountId: acc(heir.accountId) } }];
  expect((await world.order(holder.customerId, transfer)).state).toBe('completed');
  const theirs = { ...holder, ...heir };
  expect(await penalties(theirs, change(theirs, 'PLAN-TABLE', 'NOW'))).toEqual([]);
  // Who leaves at once owes the difference only: the rest was paid, by whomever.
  expect(await penalties(theirs, leave(theirs))).toMatchObject([expect.stringMatching(/^PENALTY 30\.00 due/)]);
});

test('a new owner has to be one who may have what goes over to him', async () => {
  at('2026-05-10T07:00:00Z');
  await world.sell('PLAN-GOLD', { prices: [monthly('20.00')], eligibility: { grades: ['GOLD'], tenureMonths: { least: 0 } } });
  const golden = await world.payer({ customer: { grade: 'GOLD' }, account: { billingDay: 1 } });
  const opened = { serviceType: 'MOBILE', organisationId: encodeId('organisation', world.hangzhou), identifier: newNumber() };
  const order = await world.order(golden.customerId, [
    { open: { ...opened, accountId: acc(golden.accountId), plan: { code: 'PLAN-GOLD' } } },
  ]);
  const [line] = await database.raw<{ id: Id<'subscriber'> }>('SELECT subscriber_id AS id FROM order_item WHERE order_id = $1', [
    decodeId('order', order.id),
  ]);
  const to = ({ customerId, accountId }: typeof golden) => [
    {
      transfer: {
        subscriberId: encodeId('subscriber', line?.id as Id<'subscriber'>),
        customerId: cus(customerId),
        accountId: acc(accountId),
      },
    },
  ];
  const plain = await world.payer();
  const { errors } = await world.quote(golden.customerId, to(plain));
  expect(errors).toMatchObject([{ code: 'NOT_ELIGIBLE', field: ['items', '0', 'transfer', 'customerId'] }]);
  expect(await world.refusalsOf(golden.customerId, to(await world.payer({ customer: { grade: 'GOLD' } })))).toEqual([]);
});
