import { Temporal } from 'temporal-polyfill';
import { changeNumberClass, classifyNumbers, createNumberClass } from '../../src/business/component/number';
import type { CurrencyCode } from '../../src/kernel/money';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey, newNumber } from '../support/party-world';
import { monthly, oneTime, openingOf, registerChargeCodes, sellPlan, subscriberOfOrder } from './order-catalogue';
import { acc, cus, sub, useOrderWorld, type OrderRow } from './order-world';

/* A number of a class 靓号: its deposit, what is undertaken to be spent, and the plan that must reach it. */

const database = useDatabase();
const world = useOrderWorld(database);
let stock: NumberWorld;
let numbers: string[];
/** Of a class that asks for a deposit alone. */
let plain: string[];
let classId: Awaited<ReturnType<typeof makeClass>>;

const yuan = (amount: bigint, currency = 'CNY') => ({ amountMinor: amount * 100n, currency: currency as CurrencyCode });
async function makeClass(code: string, more: object) {
  const made = { code, name: code, minimumSpend: yuan(0n), minimumSpendMonths: 0, deposit: yuan(0n), ...more };
  return (await world.run(createNumberClass, made)).numberClassId;
}

beforeAll(async () => {
  stock = new NumberWorld(database, world);
  numbers = await stock.range(await stock.pool(world.hangzhou), 16);
  plain = numbers.slice(12);
  await registerChargeCodes(world);
  await sellPlan(world, 'PLAN-58', [monthly('58.00')]);
  await sellPlan(world, 'PLAN-88', [monthly('88.00'), oneTime('53.00')]);
  await sellPlan(world, 'PLAN-90', [monthly('90.00')]);
  await sellPlan(world, 'PLAN-RISING', [{ ...monthly('58.00'), phases: [{ amount: '58.00', periods: 12 }, { amount: '118.00' }] }]);
  await sellPlan(world, 'PLAN-EACH', [monthly('30.00')], 'PLAN', { quantity: { least: 1, standard: 1, most: 9 } });
  classId = await makeClass('AAA', { minimumSpend: yuan(88n), minimumSpendMonths: 24, deposit: yuan(500n), depositChargeCode: 'HELD' });
  await makeClass('ABAB', { deposit: yuan(20n) });
  await makeClass('DOLLARS', { minimumSpend: yuan(0n, 'USD'), deposit: yuan(20n, 'USD') });
  await world.run(classifyNumbers, { numbers: numbers.slice(0, 6), classCode: 'AAA' });
  await world.run(classifyNumbers, { numbers: numbers.slice(9, 11), classCode: 'AAA' });
  await world.run(classifyNumbers, { numbers: numbers.slice(6, 8), classCode: 'ABAB' });
  await world.run(classifyNumbers, { numbers: plain, classCode: 'ABAB' });
  await world.run(classifyNumbers, { numbers: numbers.slice(8, 9), classCode: 'DOLLARS' });
});

const pay = (order: OrderRow | null, amount: string) =>
  world.mutate('recordOrderPayment', {
    orderId: order?.id, expectedVersion: order?.version, method: 'CASH', amount: { amount, currency: 'CNY' }, reference: newKey(),
  }); // prettier-ignore
const commitmentsOf = async (id: string | null) =>
  (
    await world.read<{ subscriber: { numberCommitments: unknown[] } }>(
      'query ($id: ID!) { subscriber(id: $id) { numberCommitments { number classCode minimumSpend { amount } from until itemNo order { orderNo } } } }',
      { id },
    )
  ).subscriber.numberCommitments;

test('its deposit is due at once, and what is undertaken is kept as it was when it was quoted', async () => {
  const { customerId, accountId } = await world.payer();
  const items = [{ open: openingOf(world, accountId, 'PLAN-88', { identifier: numbers[0] }) }];
  const { quotationId, due } = await world.quote(customerId, items, { accountId: acc(accountId) });
  // 53.00 of the plan, 500.00 of the class.
  expect(due).toBe('553.00');
  const ask =
    'query ($id: ID!) { quotation(id: $id) { lines { kind name chargeCode amount { amount } tax { amount } dueNow explanation } } }';
  const { quotation } = await world.read<{ quotation: { lines: { kind: string }[] } }>(ask, { id: quotationId });
  expect(quotation.lines.filter(({ kind }) => kind === 'DEPOSIT')).toEqual([
    {
      kind: 'DEPOSIT', name: `Deposit for the number ${numbers[0]}`, chargeCode: 'HELD', amount: { amount: '500.00' }, tax: { amount: '0.00' },
      dueNow: true, explanation: 'What class AAA asks for: 500.00.',
    },
  ]); // prettier-ignore
  await world.run(changeNumberClass, { numberClassId: classId, expectedVersion: 1, minimumSpend: yuan(188n), deposit: yuan(900n) });
  const { order } = await world.mutate('submitOrder', { quotationId });
  expect(order?.state).toBe('pending');
  const paid = await pay(order, '553.00');
  expect(paid.order?.state).toBe('completed');
  // 53.00 with 6 % in it: 3.00; the deposit is owed back.
  expect(await world.booksOf(accountId)).toMatchObject({ 1001: 55300, 6001: -5000, 2221: -300 });
  const subscriberId = await subscriberOfOrder(world, order);
  expect(await commitmentsOf(subscriberId)).toEqual([
    {
      number: numbers[0], classCode: 'AAA', minimumSpend: { amount: '88.00' }, from: '2026-01-05', until: '2028-01-05', itemNo: 1,
      order: { orderNo: order?.orderNo },
    },
  ]); // prettier-ignore
  const [{ version } = { version: 0 }] = await database.raw<{ version: number }>('SELECT version FROM number_class WHERE id = $1', [
    classId,
  ]);
  await world.run(changeNumberClass, { numberClassId: classId, expectedVersion: version, minimumSpend: yuan(88n), deposit: yuan(500n) });
});

test('a plan that costs less a month is refused, for a new line and for one that has it', async () => {
  const { customerId, accountId } = await world.payer();
  const items = [{ open: openingOf(world, accountId, 'PLAN-58', { identifier: numbers[1] }) }];
  const { errors } = await world.quote(customerId, items, { accountId: acc(accountId) });
  expect(errors).toEqual([
    {
      code: 'NUMBER_NEEDS_SPEND', field: ['items', '0', 'open', 'identifier'],
      message: `The number ${numbers[1]} is of class AAA, which asks for 88.00 CNY a month: the plan costs less.`,
    },
  ]); // prettier-ignore
  const inChinese = await world.quote(customerId, items, { accountId: acc(accountId), language: 'zh' });
  expect(inChinese.errors[0]?.message).toBe(`号码 ${numbers[1]} 的等级 AAA 要求每月保底消费 88.00 CNY，套餐月费低于此额`);
  const small = await world.order(customerId, [{ open: openingOf(world, accountId, 'PLAN-58') }]);
  const change = (id: string | null) => [{ changeNumber: { subscriberId: id, identifier: numbers[1] } }];
  const more = { accountId: acc(accountId) };
  expect(await world.refusalsOf(customerId, change(await subscriberOfOrder(world, small)), more)).toEqual([
    'items.0.changeNumber.identifier NUMBER_NEEDS_SPEND',
  ]);
  const without = await world.subscriber(customerId, accountId);
  expect(await world.refusalsOf(customerId, change(sub(without)), more)).toEqual(['items.0.changeNumber.identifier NUMBER_NEEDS_SPEND']);
});

test('a line whose plan reaches it changes to it, by an order that is paid; one without a minimum binds nobody', async () => {
  const { customerId, accountId } = await world.payer();
  const more = { accountId: acc(accountId) };
  const opened = await world.order(customerId, [{ open: openingOf(world, accountId, 'PLAN-88') }], more);
  await pay(opened, '53.00');
  const subscriberId = await subscriberOfOrder(world, opened);
  const change = (identifier: string | undefined) => [{ changeNumber: { subscriberId, identifier } }];
  expect(await world.refusalsOf(customerId, change(numbers[2]))).toEqual(['accountId ACCOUNT_NEEDED']);
  expect(await world.refusalsOf(customerId, change(numbers[8]), more)).toEqual(['items.0.changeNumber.identifier CURRENCY_DIFFERS']);
  const good = await world.order(customerId, change(numbers[2]), more);
  expect((await pay(good, '500.00')).order?.state).toBe('completed');
  const plain = await world.order(customerId, change(numbers[6]), more);
  expect((await pay(plain, '20.00')).order?.state).toBe('completed');
  expect(await commitmentsOf(subscriberId)).toMatchObject([{ number: numbers[2], order: { orderNo: good.orderNo } }]);
  expect(await stock.stateOf(numbers[2] as string)).toBe('frozen');
});

/** What is held for the numbers of a subscriber, as `number amount`, what was given back with `back`. */
const depositsOf = async (id: string | null): Promise<string[]> => {
  const { subscriber } = await world.read<{
    subscriber: {
      numberDeposits: { number: string; amount: { amount: string }; returnedAt: string | null; returnedBy: { id: string } | null }[];
    };
  }>(
    `query ($id: ID!) {
      subscriber(id: $id) { numberDeposits { number classCode amount { amount } heldSince itemNo order { id } returnedAt returnedBy { id } } }
    }`,
    { id },
  );
  return subscriber.numberDeposits.map(
    ({ number, amount, returnedAt, returnedBy }) =>
      `${number} ${amount.amount}${returnedAt === null ? '' : ' back'}${returnedBy === null ? '' : ' by order'}`,
  );
};
const linesOf = async (quotationId: string, language: 'en' | 'zh' = 'en'): Promise<string[]> => {
  const ask = 'query ($id: ID!) { quotation(id: $id) { lines { kind name amount { amount } dueNow explanation } } }';
  const { quotation } = await world.read<{
    quotation: { lines: { kind: string; name: string; amount: { amount: string }; dueNow: boolean; explanation: string }[] };
  }>(ask, { id: quotationId }, { ...world.clerk, language });
  return quotation.lines
    .filter(({ kind }) => kind.startsWith('DEPOSIT'))
    .map(({ kind, name, amount, dueNow, explanation }) => `${kind} ${amount.amount}${dueNow ? ' due' : ''} ${name}: ${explanation}`);
};
/** A line with a number that 20.00 are held for, and what it was opened with paid: the books of its account are the deposit alone. */
const holding = async (number: string | undefined) => {
  const { customerId, accountId } = await world.payer();
  const more = { accountId: acc(accountId) };
  const opened = await world.order(customerId, [{ open: openingOf(world, accountId, 'PLAN-90', { identifier: number }) }], more);
  await pay(opened, '20.00');
  return { customerId, accountId, more, subscriberId: await subscriberOfOrder(world, opened) };
};

test('a deposit comes back with a line of its own when the number is changed, beside that of the new one, and once', async () => {
  const [first, second] = plain;
  const { customerId, accountId, more, subscriberId } = await holding(first);
  expect(await world.booksOf(accountId)).toEqual({ 1001: 2000, 2241: -2000 });
  expect(await depositsOf(subscriberId)).toEqual([`${first} 20.00`]);
  const change = [{ changeNumber: { subscriberId, identifier: second } }];
  const { quotationId, due } = await world.quote(customerId, change, more);
  expect(due).toBe('20.00');
  expect(await linesOf(quotationId)).toEqual([
    `DEPOSIT_RETURN -20.00 Deposit given back for the number ${first}: ` +
      'What class ABAB asked for, held since 2026-01-05: 20.00 goes to the credit of the account that paid it.',
    `DEPOSIT 20.00 due Deposit for the number ${second}: What class ABAB asks for: 20.00.`,
  ]);
  expect((await linesOf(quotationId, 'zh'))[0]).toBe(
    `DEPOSIT_RETURN -20.00 退还靓号押金（${first}）: 号码等级 ABAB 的押金 20.00，自 2026-01-05 起持有，退入当时缴纳的账户`,
  );
  // Waiting, and cancelled: nothing has come back.
  const { order } = await world.mutate('submitOrder', { quotationId });
  expect(await depositsOf(subscriberId)).toEqual([`${first} 20.00`]);
  await world.mutate('cancelOrder', { orderId: order?.id, expectedVersion: order?.version });
  expect(await world.booksOf(accountId)).toEqual({ 1001: 2000, 2241: -2000 });
  const changed = await world.order(customerId, change, more);
  expect((await pay(changed, '20.00')).order?.state).toBe('completed');
  // 20.00 stand to the account's credit, and 20.00 are held: of the new number.
  expect(await world.booksOf(accountId)).toEqual({ 1001: 4000, 2241: -2000, 2203: -2000 });
  expect(await depositsOf(subscriberId)).toEqual([`${second} 20.00`, `${first} 20.00 back by order`]);
  const ordinary = await world.order(customerId, [{ changeNumber: { subscriberId, identifier: newNumber() } }]);
  expect(ordinary.state).toBe('completed');
  expect(await world.booksOf(accountId)).toEqual({ 1001: 4000, 2203: -4000 });
  expect((await world.order(customerId, [{ terminate: { subscriberId } }])).state).toBe('completed');
  expect(await world.booksOf(accountId)).toEqual({ 1001: 4000, 2203: -4000 });
});

test('after a transfer it goes back to the account that paid it, when the new owner gives the number up', async () => {
  const { customerId, accountId, subscriberId } = await holding(plain[2]);
  const next = await world.payer();
  const now = world.clock.now();
  world.clock.set(now.add({ hours: 24 * 100 }).toString());
  await world.order(customerId, [{ transfer: { subscriberId, customerId: cus(next.customerId), accountId: acc(next.accountId) } }]);
  expect(await world.booksOf(accountId)).toEqual({ 1001: 2000, 2241: -2000 });
  const { quotationId, due, errors } = await world.quote(next.customerId, [{ terminate: { subscriberId } }]);
  expect({ due, errors }).toEqual({ due: '0.00', errors: [] });
  expect(await linesOf(quotationId)).toHaveLength(1);
  expect((await world.mutate('submitOrder', { quotationId })).order?.state).toBe('completed');
  expect(await world.booksOf(accountId)).toEqual({ 1001: 2000, 2203: -2000 });
  expect(await world.booksOf(next.accountId)).toEqual({});
  world.clock.set(now.toString());
});

test('what two orders would give back at once is given back once, and no clerk frees such a number by hand', async () => {
  const { customerId, accountId, subscriberId } = await holding(plain[3]);
  const { subscriber } = await world.read<{ subscriber: { version: number } }>('query ($id: ID!) { subscriber(id: $id) { version } }', {
    id: subscriberId,
  });
  const same = { subscriberId, expectedVersion: subscriber.version };
  const byHand = await world.read<Record<string, { userErrors: object[] }>>(
    `mutation ($changed: ChangeIdentifierInput!) { changeIdentifier(input: $changed) { userErrors { code field message } } }`,
    { changed: { ...same, idempotencyKey: newKey(), kind: 'NUMBER', value: newNumber() } },
  );
  expect(byHand['changeIdentifier']?.userErrors).toEqual([
    {
      code: 'DEPOSIT_HELD', field: ['value'],
      message: `A deposit is held for the number ${plain[3]}: give it up by an order, which gives the deposit back.`,
    },
  ]); // prettier-ignore
  const items = [{ terminate: { subscriberId } }];
  const quoted = [await world.quote(customerId, items), await world.quote(customerId, items)];
  const ends = await Promise.all(quoted.map(({ quotationId }) => world.mutate('submitOrder', { quotationId })));
  expect(ends.map(({ order }) => order?.state).filter((state) => state === 'completed')).toHaveLength(1);
  expect(await world.booksOf(accountId)).toEqual({ 1001: 2000, 2203: -2000 });
});

test('a plan that costs less than was undertaken is refused until the term is over, or the number is given up', async () => {
  const { customerId, accountId } = await world.payer();
  const more = { accountId: acc(accountId) };
  const opened = await world.order(customerId, [{ open: openingOf(world, accountId, 'PLAN-88', { identifier: numbers[4] }) }], more);
  await pay(opened, '553.00');
  const subscriberId = await subscriberOfOrder(world, opened);
  const change = (code: string, when = 'NOW') => [{ changePlan: { subscriberId, plan: { code }, when } }];
  const { errors } = await world.quote(customerId, change('PLAN-58'), more);
  expect(errors).toEqual([
    {
      code: 'NUMBER_NEEDS_SPEND', field: ['items', '0', 'changePlan', 'plan'],
      message: `The number ${numbers[4]} is of class AAA, which asks for 88.00 CNY a month: the plan costs less.`,
    },
  ]); // prettier-ignore
  expect(await world.refusalsOf(customerId, change('PLAN-58', 'NEXT_PERIOD'), more)).toEqual([
    'items.0.changePlan.plan NUMBER_NEEDS_SPEND',
  ]);
  expect(await world.refusalsOf(customerId, change('PLAN-90'), more)).toEqual([]);
  // A reduced first half is what it costs at least, for as long as what was undertaken binds.
  expect(await world.refusalsOf(customerId, change('PLAN-RISING'), more)).toEqual(['items.0.changePlan.plan NUMBER_NEEDS_SPEND']);
  const other = { changeNumber: { subscriberId, identifier: newNumber() } };
  expect(await world.refusalsOf(customerId, [...change('PLAN-58'), other], more)).toEqual([]);
  const better = { changeNumber: { subscriberId, identifier: numbers[5] } };
  expect(await world.refusalsOf(customerId, [...change('PLAN-58'), better], more)).toEqual(['items.0.changePlan.plan NUMBER_NEEDS_SPEND']);
  // Undertaken until 5 January 2028: on that day nothing binds any more, and a plan that follows then is free.
  const until = Temporal.Instant.from('2028-01-04T16:00:00Z');
  const begun = world.clock.now();
  world.clock.set(until.subtract({ seconds: 1 }).toString());
  expect(await world.refusalsOf(customerId, change('PLAN-58'), more)).toEqual(['items.0.changePlan.plan NUMBER_NEEDS_SPEND']);
  expect(await world.refusalsOf(customerId, change('PLAN-58', 'NEXT_PERIOD'), more)).toEqual([]);
  world.clock.set(until.toString());
  expect(await world.refusalsOf(customerId, change('PLAN-58'), more)).toEqual([]);
  world.clock.set(begun.toString());
});

test('fewer of a plan are refused where they cost less than was undertaken; a cheaper plan that is to follow stands in the way of a number', async () => {
  const { customerId, accountId } = await world.payer();
  const more = { accountId: acc(accountId) };
  const plan = { code: 'PLAN-EACH', quantity: 3 };
  const opened = await world.order(
    customerId,
    [{ open: openingOf(world, accountId, 'PLAN-EACH', { identifier: numbers[9], plan }) }],
    more,
  );
  const subscriberId = await subscriberOfOrder(world, await pay(opened, '500.00').then(({ order }) => order));
  const read = 'query ($id: ID!) { subscriber(id: $id) { products { id } } }';
  const { subscriber } = await world.read<{ subscriber: { products: { id: string }[] } }>(read, { id: subscriberId });
  const quantity = (count: number) => [{ changeQuantity: { subscriberId, instanceId: subscriber.products[0]?.id, quantity: count } }];
  expect(await world.refusalsOf(customerId, quantity(2), more)).toEqual(['items.0.changeQuantity.quantity NUMBER_NEEDS_SPEND']);
  expect(await world.refusalsOf(customerId, quantity(4), more)).toEqual([]);

  const line = await subscriberOfOrder(world, await world.order(customerId, [{ open: openingOf(world, accountId, 'PLAN-90') }], more));
  await world.order(customerId, [{ changePlan: { subscriberId: line, plan: { code: 'PLAN-58' }, when: 'NEXT_PERIOD' } }], more);
  const taking = [{ changeNumber: { subscriberId: line, identifier: numbers[10] } }];
  expect(await world.refusalsOf(customerId, taking, more)).toEqual(['items.0.changeNumber.identifier NUMBER_NEEDS_SPEND']);
});

test('of two orders at once for one good number one has it, and only its owner undertakes anything', async () => {
  const clerks = [world.clerkAt(world.hangzhou), world.clerkAt(world.hangzhou)];
  const quoted = await Promise.all(
    clerks.map(async (by) => {
      const { customerId, accountId } = await world.payer();
      const items = [{ open: openingOf(world, accountId, 'PLAN-88', { identifier: numbers[3] }) }];
      return { by, ...(await world.quote(customerId, items, { accountId: acc(accountId), by })) };
    }),
  );
  const ends = await Promise.all(quoted.map(({ quotationId, by }) => world.mutate('submitOrder', { quotationId }, by)));
  expect(ends.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(['NUMBER_UNAVAILABLE']);
  const [won = null] = ends.flatMap(({ order }) => order ?? []);
  expect((await pay(won, '553.00')).order?.state).toBe('completed');
  expect(await database.raw('SELECT 1 FROM number_commitment WHERE number = $1', [numbers[3]])).toHaveLength(1);
});

test('a class says under which charge code its deposit is held, and only one of deposits', async () => {
  const terms = { name: '靓号', minimumSpend: yuan(0n), minimumSpendMonths: 0, deposit: yuan(1n) };
  const refused = async (depositChargeCode: string) =>
    world.refused(createNumberClass, { ...terms, code: newKey().toUpperCase(), depositChargeCode });
  expect(await refused('NO_SUCH')).toEqual(['depositChargeCode CHARGE_CODE_NOT_FOUND']);
  expect(await refused('MONTHLY_FEE')).toEqual(['depositChargeCode CHARGE_CODE_NOT_FOUND']);
});
