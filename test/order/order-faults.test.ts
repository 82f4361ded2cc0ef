import { PERMISSION_CODES } from '../../src/business/component/staff';
import { startDueOrders } from '../../src/business/process/acceptance';
import { closeAccount } from '../../src/business/process/close-account';
import { mergeAccounts } from '../../src/business/process/merge-accounts';
import { programContext } from '../../src/business/process/program-context';
import { decodeId, encodeId, newId } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { scopeAt } from '../support/graph';
import { NumberWorld } from '../support/number-world';
import { newKey, newNumber } from '../support/party-world';
import { acc, cus, sub, useOrderWorld, type OrderRow } from './order-world';

/* What orders must withstand: parties that change while an order waits, items that stand in each other's way, and one bad order among many. */

const database = useDatabase();
const world = useOrderWorld(database);
const stock = new NumberWorld(database, world);

const start = () =>
  startDueOrders(programContext(database.core, world.clock, { kind: 'SYSTEM', id: 'clock', clientId: 'clock', address: null }, 'test'));

async function setRule(more: Readonly<Record<string, unknown>>): Promise<string[]> {
  const input = {
    idempotencyKey: newKey(), fee: { amount: '0', currency: 'CNY' }, feeTaxIncluded: true, dueMinutes: 30, monthsInNet: 0, daysInNet: 0,
    stopReasonsAllowed: [], arrearsRefused: false, ...more,
  }; // prettier-ignore
  const { setOrderKindRule } = await world.read<{ setOrderKindRule: { userErrors: { code: string }[] } }>(
    'mutation ($input: SetOrderKindRuleInput!) { setOrderKindRule(input: $input) { userErrors { code } } }',
    { input },
    world.clerkAt(world.root),
  );
  return setOrderKindRule.userErrors.map(({ code }) => code);
}

const pay = (order: OrderRow, amount: string, reference = newKey(), currency = 'CNY') =>
  world.mutate('recordOrderPayment', {
    orderId: order.id, expectedVersion: order.version, method: 'CASH', amount: { amount, currency }, reference,
  }); // prettier-ignore

async function endWork(name: string, orderId: string, place = 0): Promise<string[]> {
  const work = (
    await world.read<{ order: { workOrders: { id: string; version: number }[] } }>(
      'query ($id: ID!) { order(id: $id) { workOrders { id version } } }',
      { id: orderId },
    )
  ).order.workOrders[place];
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await world.read<Record<string, { userErrors: { code: string; field: string[] }[] }>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code field } } }`,
    { input: { idempotencyKey: newKey(), workOrderId: work?.id, expectedVersion: work?.version } },
  );
  return (answer[name]?.userErrors ?? []).map(({ code, field }) => `${field.join('.')} ${code}`);
}

describe('after a subscriber has been closed', () => {
  test.each(['relocate', 'changeNumber', 'changePayment', 'replaceSim', 'transfer', 'suspend'])(
    'a later item of the same order does not %s it',
    async (kind) => {
      const { customerId, subscriberId } = await world.household();
      const heir = await world.payer();
      const subscriber = { subscriberId: sub(subscriberId) };
      const contents: Readonly<Record<string, object>> = {
        relocate: { ...subscriber, address: '某路 1 号' },
        changeNumber: { ...subscriber, identifier: newNumber() },
        changePayment: { ...subscriber, accountId: acc(heir.accountId) },
        replaceSim: { ...subscriber, sim: `8986${newNumber()}0000` },
        transfer: { ...subscriber, customerId: cus(heir.customerId), accountId: acc(heir.accountId) },
        suspend: { ...subscriber, reason: 'LOSS' },
      };
      const { errors } = await world.quote(customerId, [{ terminate: subscriber }, { [kind]: contents[kind] }]);
      expect(errors).toMatchObject([{ code: 'CLOSED_BEFORE', field: ['items', '1', kind, 'subscriberId'] }]);
    },
  );

  test('work on it can no longer be completed, only given back', async () => {
    await setRule({ kind: 'CHANGE_NUMBER', workQueue: 'SWITCH' });
    const { customerId, subscriberId } = await world.household();
    const number = newNumber();
    const order = await world.order(customerId, [{ changeNumber: { subscriberId: sub(subscriberId), identifier: number } }]);
    expect(order.state).toBe('inProgress');
    // No order and no mutation closes it meanwhile.
    await database.raw(`UPDATE subscriber SET status = 'terminated', closed_at = $2 WHERE id = $1`, [
      subscriberId,
      world.clock.now().toString(),
    ]);
    expect(await endWork('completeWorkOrder', order.id)).toEqual(['items.0.changeNumber.subscriberId NOT_ACTIVE']);
    expect(await database.raw('SELECT 1 FROM subscriber_identifier WHERE value = $1', [number])).toEqual([]);
    expect(await endWork('failWorkOrder', order.id)).toEqual([]);
  });
});

test('an order that is done in part lets the number go that it did not give out', async () => {
  await setRule({ kind: 'CHANGE_NUMBER', workQueue: 'SWITCH' });
  const [one, other] = await stock.range(await stock.pool(world.hangzhou), 2);
  const { customerId, accountId, subscriberId } = await world.household();
  const second = await world.subscriber(customerId, accountId);
  const later = { requestedStartAt: world.clock.now().add({ hours: 1 }).toString() };
  const items = [
    { changeNumber: { subscriberId: sub(subscriberId), identifier: one } },
    { changeNumber: { subscriberId: sub(second), identifier: other } },
  ];
  const order = await world.order(customerId, items, later);
  world.clock.advance({ hours: 1 });
  await start();
  expect(await endWork('completeWorkOrder', order.id, 0)).toEqual([]);
  expect(await endWork('failWorkOrder', order.id, 1)).toEqual([]);
  expect(await world.read('query ($id: ID!) { order(id: $id) { state } }', { id: order.id })).toEqual({ order: { state: 'partial' } });
  expect([await stock.stateOf(one as string), await stock.stateOf(other as string)]).toEqual(['occupied', 'idle']);
});

describe('money', () => {
  beforeAll(() => world.chargeCode('FAULT_FEE', 600));

  test('an account in another currency is told when the quotation is asked for', async () => {
    await setRule({ kind: 'REPLACE_SIM', fee: { amount: '20.00', currency: 'CNY' }, feeChargeCode: 'FAULT_FEE' });
    const { customerId, subscriberId } = await world.household();
    const dollars = await world.account(customerId, { currency: 'USD' });
    const item = { replaceSim: { subscriberId: sub(subscriberId), sim: `8986${newNumber()}0000` } };
    expect(await world.refusalsOf(customerId, [item], { accountId: acc(dollars) })).toEqual(['accountId CURRENCY_DIFFERS']);
  });

  test('an account whose currency was changed while its order waited is not charged, and nothing breaks', async () => {
    await setRule({ kind: 'REPLACE_SIM', fee: { amount: '20.00', currency: 'CNY' }, feeChargeCode: 'FAULT_FEE' });
    const { customerId, subscriberId } = await world.household();
    const accountId = await world.account(customerId);
    const item = { replaceSim: { subscriberId: sub(subscriberId), sim: `8986${newNumber()}0000` } };
    const order = await world.order(customerId, [item], { accountId: acc(accountId) });
    await database.raw(`UPDATE account SET currency = 'USD' WHERE id = $1`, [accountId]);
    expect((await pay(order, '20.00')).errors).toMatchObject([{ code: 'CURRENCY_DIFFERS' }]);
    expect((await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: 1 })).order?.state).toBe('cancelled');
  });

  test('a fee has a bound, so that an order of many items does not outgrow what can be counted', async () => {
    const most = { amount: '92233720368547758.07', currency: 'CNY' };
    expect(await setRule({ kind: 'REPLACE_SIM', fee: most, feeChargeCode: 'FAULT_FEE' })).toEqual(['RULE_INVALID']);
  });

  test('an amount that cannot be kept is refused wherever an order names one', async () => {
    const { customerId, accountId, subscriberId } = await world.household();
    const beyond = { amount: '92233720368547758.08', currency: 'CNY' };
    expect(await setRule({ kind: 'REPLACE_SIM', fee: beyond, feeChargeCode: 'FAULT_FEE' })).toEqual(['AMOUNT_TOO_LARGE']);
    const changePayment = { subscriberId: sub(subscriberId), accountId: acc(accountId), cap: beyond, chargeGroup: 'VOICE' };
    expect(await world.refusalsOf(customerId, [{ changePayment }])).toEqual(['items.0.changePayment.cap.amount AMOUNT_TOO_LARGE']);
    const order = await world.order(customerId, [{ suspend: { subscriberId: sub(subscriberId), reason: 'LOSS' } }]);
    const payment = { orderId: order.id, expectedVersion: order.version, method: 'CASH', amount: beyond, reference: 'R-1' };
    expect((await world.mutate('recordOrderPayment', payment)).errors).toMatchObject([
      { code: 'AMOUNT_TOO_LARGE', field: ['amount', 'amount'] },
    ]);
  });

  test('what an order that waits was quoted upon is not changed past it', async () => {
    await setRule({ kind: 'REPLACE_SIM', fee: { amount: '20.00', currency: 'CNY' }, feeChargeCode: 'FAULT_FEE' });
    const { customerId, accountId, subscriberId } = await world.household();
    const other = await world.payer();
    const item = { replaceSim: { subscriberId: sub(subscriberId), sim: `8986${newNumber()}0000` } };
    const order = await world.order(customerId, [item], { accountId: acc(accountId) });
    expect(order.state).toBe('pending');
    const changes: readonly (readonly [string, object])[] = [
      ['changeIdentifier', { kind: 'NUMBER', value: newNumber() }],
      ['assignSubscriberCustomer', { role: 'OWNER', customerId: cus(other.customerId) }],
      ['terminateSubscriber', {}],
    ];
    const refusals = async (name: string, more: object, language: 'zh' | 'en') => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const expectedVersion = await world.versionOf('subscriber', subscriberId);
      const input = { idempotencyKey: newKey(), subscriberId: sub(subscriberId), expectedVersion, ...more };
      const answer = await world.read<Record<string, { userErrors: { field: string[]; message: string }[] }>>(
        `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { field message } } }`,
        { input },
        { ...world.clerk, language },
      );
      return (answer[name]?.userErrors ?? []).map(({ field, message }) => `${field.join('.')} ${message}`);
    };
    for (const [name, more] of changes) {
      expect(await refusals(name, more, 'en')).toEqual([`subscriberId Order ${order.orderNo} for that subscriber is not finished.`]);
      expect(await refusals(name, more, 'zh')).toEqual([`subscriberId 该用户有未完成的订单 ${order.orderNo}`]);
    }
    expect((await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: 1 })).order?.state).toBe('cancelled');
    for (const [name, more] of changes) expect(await refusals(name, more, 'en')).toEqual([]);
  });

  test('what the system itself orders bears no fee: it would wait for its payment, and the network would be told of nothing', async () => {
    const fee = { amount: '1.00', currency: 'CNY' };
    expect(await setRule({ kind: 'SYNCHRONISE', fee, feeChargeCode: 'FAULT_FEE' })).toEqual(['RULE_INVALID']);
    expect(await setRule({ kind: 'SYNCHRONISE', fee: { ...fee, amount: '0.00' } })).toEqual([]);
  });

  test('a payment and a cancellation at once: one of them happens, and the books agree', async () => {
    await setRule({ kind: 'REPLACE_SIM', fee: { amount: '20.00', currency: 'CNY' }, feeChargeCode: 'FAULT_FEE' });
    for (let nth = 0; nth < 4; nth += 1) {
      const { customerId, accountId, subscriberId } = await world.household();
      const item = { replaceSim: { subscriberId: sub(subscriberId), sim: `8986${newNumber()}0000` } };
      const order = await world.order(customerId, [item], { accountId: acc(accountId) });
      const both = await Promise.all([
        pay(order, '20.00'),
        world.mutate('cancelOrder', { orderId: order.id, expectedVersion: order.version }),
      ]);
      const [won] = both.flatMap(({ order: row }) => row?.state ?? []);
      expect(both.filter(({ order: row }) => row !== null)).toHaveLength(1);
      expect(await world.booksOf(accountId)).toEqual(won === 'completed' ? { 1001: 2000, 6001: -1887, 2221: -113 } : {});
    }
  });

  test('many orders of one account are paid and cancelled at once, to the fen', async () => {
    await setRule({ kind: 'REPLACE_SIM', fee: { amount: '20.00', currency: 'CNY' }, feeChargeCode: 'FAULT_FEE' });
    const { customerId, accountId } = await world.household();
    const orders: OrderRow[] = [];
    const at = { requestedStartAt: world.clock.now().add({ hours: 9 }).toString(), accountId: acc(accountId) };
    for (let nth = 0; nth < 6; nth += 1) {
      const subscriberId = await world.subscriber(customerId, accountId);
      orders.push(await world.order(customerId, [{ replaceSim: { subscriberId: sub(subscriberId), sim: `8986${newNumber()}0000` } }], at));
    }
    const paid = await Promise.all(orders.map((order) => pay(order, '20.00')));
    expect(paid.map(({ order }) => order?.state)).toEqual(Array(6).fill('acknowledged'));
    expect(await world.booksOf(accountId)).toEqual({ 1001: 12_000, 1122: -12_000 });
    const back = await Promise.all(orders.map(({ id }) => world.mutate('cancelOrder', { orderId: id, expectedVersion: 2 })));
    expect(back.map(({ order }) => order?.state)).toEqual(Array(6).fill('cancelled'));
    expect(await world.booksOf(accountId)).toEqual({});
  });

  test('a receipt is taken once, however it is spaced', async () => {
    await setRule({ kind: 'REPLACE_SIM', fee: { amount: '20.00', currency: 'CNY' }, feeChargeCode: 'FAULT_FEE' });
    const orderOf = async () => {
      const { customerId, accountId, subscriberId } = await world.household();
      const item = { replaceSim: { subscriberId: sub(subscriberId), sim: `8986${newNumber()}0000` } };
      return world.order(customerId, [item], { accountId: acc(accountId) });
    };
    expect((await pay(await orderOf(), '20.00', 'RC-77')).errors).toEqual([]);
    expect((await pay(await orderOf(), '20.00', ' RC-77 ')).errors).toMatchObject([{ code: 'REFERENCE_TAKEN' }]);
    expect((await pay(await orderOf(), '20.00', 'RC-78', 'USD')).errors).toMatchObject([{ code: 'AMOUNT_WRONG' }]);
  });
});

describe('approval', () => {
  const seller = () => world.clerkAt(world.hangzhou, { scope: scopeAt(world.hangzhou, PERMISSION_CODES), staffId: newId('staff') });
  async function granted(by = world.clerk) {
    const { customerId, subscriberId } = await world.household();
    const item = { suspend: { subscriberId: sub(subscriberId), reason: 'LOSS' } };
    const { quotationId } = await world.quote(customerId, [item], { by });
    await database.raw('UPDATE quotation SET approval_needed = true WHERE id = $1', [decodeId('quotation', quotationId)]);
    return { customerId, item, quotationId };
  }

  test('who made the quotation does not approve what he granted in it', async () => {
    const one = seller();
    const { quotationId } = await granted(one);
    const { order } = await world.mutate('submitOrder', { quotationId }, seller());
    expect(order?.state).toBe('held');
    const change = { orderId: order?.id, expectedVersion: 1 };
    expect((await world.mutate('approveOrder', change, one)).errors).toMatchObject([{ code: 'APPROVER_ASKED' }]);
    expect((await world.mutate('approveOrder', change, seller())).order?.state).toBe('completed');
  });

  test('nor who amended the order by it', async () => {
    const [one, other] = [seller(), seller()];
    const { customerId, item } = await granted();
    const start = { requestedStartAt: world.clock.now().add({ hours: 2 }).toString() };
    const order = await world.order(customerId, [item], { by: one, ...start });
    const { quotationId } = await world.quote(customerId, [item], { by: one });
    await database.raw('UPDATE quotation SET approval_needed = true WHERE id = $1', [decodeId('quotation', quotationId)]);
    const amended = await world.mutate('amendOrder', { orderId: order.id, expectedVersion: 1, quotationId }, other);
    expect(amended).toMatchObject({ errors: [], order: { state: 'held' } });
    const change = { orderId: order.id, expectedVersion: 2 };
    expect((await world.mutate('approveOrder', change, other)).errors).toMatchObject([{ code: 'APPROVER_ASKED' }]);
    expect((await world.mutate('approveOrder', change, seller())).order?.state).toBe('completed');
  });
});

test('one order that breaks does not hold up those that are due after it', async () => {
  const at = (hours: number) => ({ requestedStartAt: world.clock.now().add({ hours }).toString() });
  const [broken, sound] = [await world.household(), await world.household()];
  const stop = (id: typeof broken.subscriberId) => [{ suspend: { subscriberId: sub(id), reason: 'LOSS' } }];
  const first = await world.order(broken.customerId, stop(broken.subscriberId), at(1));
  const second = await world.order(sound.customerId, stop(sound.subscriberId), at(2));
  await database.raw(`UPDATE order_item SET content = '{}' WHERE order_id = $1`, [decodeId('order', first.id)]);
  world.clock.advance({ hours: 3 });
  await expect(start()).rejects.toThrow();
  expect(await world.read('query ($id: ID!) { order(id: $id) { state } }', { id: second.id })).toEqual({ order: { state: 'completed' } });
});

test('a text that cannot be stored is refused, not a fault', async () => {
  const { customerId, subscriberId } = await world.household();
  const item = { suspend: { subscriberId: sub(subscriberId), reason: 'LOSS' } };
  const ask = 'mutation ($input: QuoteOrderInput!) { quoteOrder(input: $input) { quotation { id } userErrors { code } } }';
  for (const note of ['a\u0000b', 'a\ud800b']) {
    const input = { idempotencyKey: newKey(), organisationId: org(), customerId: cus(customerId), items: [item], note };
    const quoted = await world.graph.send(ask, { input }, world.clerk);
    expect(quoted).toMatchObject({ errors: [], data: { quoteOrder: { quotation: null, userErrors: [{ code: 'CHARACTERS_REFUSED' }] } } });
  }
  for (const identifier of ['1380000\u00001', '138\ud8000001']) {
    const items = [{ changeNumber: { subscriberId: sub(subscriberId), identifier } }];
    const input = { idempotencyKey: newKey(), organisationId: org(), customerId: cus(customerId), items };
    const quoted = await world.graph.send(ask, { input }, world.clerk);
    expect(JSON.stringify(quoted)).not.toContain('INTERNAL');
  }
});

test('who takes a subscriber over pays for all of it: nobody goes on paying a part for him', async () => {
  const { customerId, subscriberId } = await world.household();
  const [heir, employer] = [await world.payer(), await world.payer()];
  const part = { subscriberId: sub(subscriberId), accountId: acc(employer.accountId), chargeGroup: 'VOICE', priority: 7 };
  await world.order(customerId, [{ changePayment: part }]);
  const transfer = { subscriberId: sub(subscriberId), customerId: cus(heir.customerId), accountId: acc(heir.accountId) };
  expect((await world.order(customerId, [{ transfer }])).state).toBe('completed');
  const ask = 'query ($id: ID!) { subscriber(id: $id) { paymentRelations { isDefault account { id } } } }';
  expect(await world.read(ask, { id: sub(subscriberId) })).toEqual({
    subscriber: { paymentRelations: [{ isDefault: true, account: { id: acc(heir.accountId) } }] },
  });
});

test('a number is changed there and back at one instant', async () => {
  const { customerId, subscriberId } = await world.household();
  const ask = 'query ($id: ID!) { subscriber(id: $id) { identifiers { kind value } } }';
  type Seen = { subscriber: { identifiers: { kind: string; value: string }[] } };
  const first = (await world.read<Seen>(ask, { id: sub(subscriberId) })).subscriber.identifiers[0]?.value;
  await setRule({ kind: 'CHANGE_NUMBER' });
  const [second, third] = [newNumber(), newNumber()];
  for (const identifier of [second, third, first]) {
    const items = [{ changeNumber: { subscriberId: sub(subscriberId), identifier } }];
    expect((await world.order(customerId, items)).state).toBe('completed');
  }
  expect((await world.read<Seen>(ask, { id: sub(subscriberId) })).subscriber.identifiers).toEqual([{ kind: 'NUMBER', value: first }]);
  const other = await world.household();
  const again = [{ changeNumber: { subscriberId: sub(other.subscriberId), identifier: second } }];
  expect((await world.order(other.customerId, again)).state).toBe('completed');
});

test('two items of one order cannot have one number', async () => {
  await setRule({ kind: 'CHANGE_NUMBER' });
  const { customerId, accountId, subscriberId } = await world.household();
  const second = await world.subscriber(customerId, accountId);
  const [inStock] = await stock.range(await stock.pool(world.hangzhou), 1);
  for (const identifier of [newNumber(), inStock as string]) {
    const items = [subscriberId, second].map((id) => ({ changeNumber: { subscriberId: sub(id), identifier } }));
    const later = { requestedStartAt: world.clock.now().add({ hours: 1 }).toString() };
    expect(await world.refusalsOf(customerId, items, later)).toEqual(['items.1.changeNumber.identifier NUMBER_TAKEN']);
  }
});

test('two people complete two steps of one order at once', async () => {
  await setRule({ kind: 'RELOCATE', workQueue: 'SWITCH' });
  for (let nth = 0; nth < 3; nth += 1) {
    const { customerId, accountId, subscriberId } = await world.household();
    const second = await world.subscriber(customerId, accountId);
    const items = [subscriberId, second].map((id) => ({ relocate: { subscriberId: sub(id), address: `路 ${nth} 号` } }));
    const order = await world.order(customerId, items);
    expect(await Promise.all([0, 1].map((place) => endWork('completeWorkOrder', order.id, place)))).toEqual([[], []]);
    expect(await world.read('query ($id: ID!) { order(id: $id) { state } }', { id: order.id })).toEqual({ order: { state: 'completed' } });
  }
});

test('the clock starts an order while it is cancelled: one of them happens', async () => {
  for (let nth = 0; nth < 4; nth += 1) {
    const { customerId, subscriberId } = await world.household();
    const items = [{ suspend: { subscriberId: sub(subscriberId), reason: 'LOSS' } }];
    const order = await world.order(customerId, items, { requestedStartAt: world.clock.now().add({ hours: 1 }).toString() });
    world.clock.advance({ hours: 1 });
    const [cancelled] = await Promise.all([
      world.mutate('cancelOrder', { orderId: order.id, expectedVersion: 1 }),
      start().catch(() => undefined),
    ]);
    const state = 'query ($order: ID!, $sub: ID!) { order(id: $order) { state } subscriber(id: $sub) { status } }';
    expect(await world.read(state, { order: order.id, sub: sub(subscriberId) })).toEqual(
      cancelled.order === null
        ? { order: { state: 'completed' }, subscriber: { status: 'suspended' } }
        : { order: { state: 'cancelled' }, subscriber: { status: 'active' } },
    );
  }
});

const org = (): string => encodeId('organisation', world.hangzhou);

test('an account on which money stands is neither closed nor merged into another, until it is given back', async () => {
  await world.chargeCode('STANDING', 600);
  await setRule({ kind: 'RELOCATE', fee: { amount: '20.00', currency: 'CNY' }, feeChargeCode: 'STANDING' });
  const { customerId, accountId, subscriberId } = await world.household();
  const paying = await world.account(customerId);
  const items = [{ relocate: { subscriberId: sub(subscriberId), address: '某路 2 号' } }];
  const { quotationId } = await world.quote(customerId, items, { accountId: acc(paying) });
  const { order } = await world.mutate('submitOrder', { quotationId });
  const { order: paid } = await pay(order as OrderRow, '12.50');
  const [{ version } = { version: 0 }] = await database.raw<{ version: number }>('SELECT version FROM account WHERE id = $1', [paying]);
  expect(await world.refused(closeAccount, { accountId: paying, expectedVersion: version })).toEqual(['accountId MONEY_LEFT']);
  const merge = { survivorId: accountId, survivorVersion: 1, mergedId: paying, mergedVersion: version };
  expect(await world.refused(mergeAccounts, merge)).toEqual(['mergedId MONEY_LEFT']);
  await world.mutate('cancelOrder', { orderId: order?.id, expectedVersion: paid?.version });
  await world.run(closeAccount, { accountId: paying, expectedVersion: version });
});
