import { PERMISSION_CODES, createStaff } from '../../src/business/component/staff';
import { startDueOrders } from '../../src/business/process/acceptance';
import { programContext } from '../../src/business/process/program-context';
import { encodeId, newId } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { scopeAt } from '../support/graph';
import { newKey, newNumber } from '../support/party-world';
import { acc, cus, sub, useOrderWorld, type OrderRow } from './order-world';

/* How an order goes: its waits, its end, who may touch it, and what its history tells. */

const database = useDatabase();
const world = useOrderWorld(database);

async function setRule(more: Readonly<Record<string, unknown>>): Promise<void> {
  const input = {
    idempotencyKey: newKey(), fee: { amount: '0', currency: 'CNY' }, feeTaxIncluded: true, dueMinutes: 30, monthsInNet: 0, daysInNet: 0,
    stopReasonsAllowed: [], arrearsRefused: false, ...more,
  }; // prettier-ignore
  const { setOrderKindRule } = await world.read<{ setOrderKindRule: { ruleId: string | null; userErrors: unknown[] } }>(
    'mutation ($input: SetOrderKindRuleInput!) { setOrderKindRule(input: $input) { ruleId userErrors { code field message } } }',
    { input },
    world.clerkAt(world.root),
  );
  expect(setOrderKindRule).toEqual({ ruleId: expect.stringMatching(/^fct_/) as string, userErrors: [] });
}
const statusOf = async (id: string): Promise<unknown> =>
  (await world.read<{ subscriber: { status: string } }>('query ($id: ID!) { subscriber(id: $id) { status } }', { id })).subscriber.status;
const start = () =>
  startDueOrders(programContext(database.core, world.clock, { kind: 'SYSTEM', id: 'clock', clientId: 'clock', address: null }, 'test'));

async function stopped() {
  const { customerId, subscriberId, accountId } = await world.household();
  return { customerId, subscriberId, accountId, item: { suspend: { subscriberId: sub(subscriberId), reason: 'CUSTOMER_REQUEST' } } };
}

describe('an order that costs something', () => {
  const FEE = { kind: 'REPLACE_SIM', fee: { amount: '20.00', currency: 'CNY' }, feeChargeCode: 'SIM_FEE' };
  beforeAll(async () => {
    await world.chargeCode('SIM_FEE', 600);
    await setRule(FEE);
  });

  const sim = () => `8986${newNumber()}0000`;
  async function replacement() {
    const { customerId, accountId, subscriberId } = await world.household();
    const item = { replaceSim: { subscriberId: sub(subscriberId), sim: sim() } };
    return { customerId, items: [item] as const, accountId: acc(accountId), subscriberId: sub(subscriberId), payerId: accountId };
  }
  const pay = (order: OrderRow, amount: string, reference = newKey()) =>
    world.mutate('recordOrderPayment', {
      orderId: order.id, expectedVersion: order.version, method: 'CASH', amount: { amount, currency: 'CNY' }, reference,
    }); // prettier-ignore

  test('says so, names what for, and waits until it is paid', async () => {
    const { customerId, items, accountId, payerId } = await replacement();
    expect(await world.refusalsOf(customerId, items)).toEqual(['accountId ACCOUNT_NEEDED']);
    const quotation = await world.quote(customerId, items, { accountId });
    expect(quotation).toMatchObject({ due: '20.00', errors: [] });
    const lines = 'query ($id: ID!) { quotation(id: $id) { lines { itemNo kind name chargeCode amount { amount } dueNow taxIncluded } } }';
    expect(await world.read(lines, { id: quotation.quotationId })).toEqual({
      quotation: {
        lines: [
          {
            itemNo: 1, kind: 'ONE_TIME', name: 'Fee: Replace the SIM card or device.', chargeCode: 'SIM_FEE', amount: { amount: '20.00' },
            dueNow: true, taxIncluded: true,
          },
        ],
      },
    }); // prettier-ignore
    const { order } = await world.mutate('submitOrder', { quotationId: quotation.quotationId });
    expect(order?.state).toBe('pending');
    const part = await pay(order as OrderRow, '12.50');
    // To the account's credit, until all is paid.
    expect(await world.booksOf(payerId)).toEqual({ 1001: 1250, 1122: -1250 });
    expect(part.order?.state).toBe('pending');
    expect((await pay(part.order as OrderRow, '7.51')).errors).toEqual([
      { code: 'AMOUNT_WRONG', field: ['amount'], message: 'The amount must be 7.50 CNY.' },
    ]);
    const rest = await pay(part.order as OrderRow, '7.50', 'R-1');
    expect(rest.order).toMatchObject({ state: 'completed', version: 3 });
    // 20.00 with 6 % in it: 20.00 × 6 / 106 = 1.13.
    expect(await world.booksOf(payerId)).toEqual({ 1001: 2000, 6001: -1887, 2221: -113 });
    expect((await pay(rest.order as OrderRow, '1.00')).errors).toMatchObject([
      { code: 'STATE_REFUSES', message: 'The order is completed: this cannot be done.' },
    ]);
    const seen =
      'query ($id: ID!) { order(id: $id) { due { amount } paid { amount } payments { kind method amount { amount } reference } } }';
    expect(await world.read(seen, { id: rest.order?.id })).toMatchObject({
      order: {
        due: { amount: '20.00' }, paid: { amount: '20.00' },
        payments: [{ amount: { amount: '12.50' } }, { amount: { amount: '7.50' }, reference: 'R-1' }],
      },
    }); // prettier-ignore
    expect((await world.historyOf(rest.order?.id as string)).filter((line) => line.startsWith('order'))).toEqual([
      'order →acknowledged SUBMITTED',
      'order acknowledged→pending PAYMENT_NEEDED',
      'order pending→acknowledged PAID',
      'order acknowledged→inProgress STARTED',
      'order inProgress→completed DONE',
    ]);
  });

  test('is given back whole when it is cancelled before anything was done, the way it came', async () => {
    const { customerId, items, accountId, payerId } = await replacement();
    const requestedStartAt = world.clock.now().add({ hours: 30 }).toString();
    const order = await world.order(customerId, items, { accountId, requestedStartAt });
    const first = await pay(order, '5.00');
    const paid = await pay(first.order as OrderRow, '15.00');
    expect(paid.order?.state).toBe('acknowledged');
    // Nothing has been done for it: it is no revenue before it begins.
    expect(await world.booksOf(payerId)).toEqual({ 1001: 2000, 1122: -2000 });
    const cancelled = await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: 3 });
    expect(cancelled).toMatchObject({ errors: [], order: { state: 'cancelled' } });
    expect(await world.booksOf(payerId)).toEqual({});
    const seen = 'query ($id: ID!) { order(id: $id) { paid { amount } payments { kind amount { amount } } } }';
    expect(await world.read(seen, { id: order.id })).toEqual({
      order: {
        paid: { amount: '0.00' },
        payments: [
          { kind: 'PAYMENT', amount: { amount: '5.00' } },
          { kind: 'PAYMENT', amount: { amount: '15.00' } },
          { kind: 'REFUND', amount: { amount: '5.00' } },
          { kind: 'REFUND', amount: { amount: '15.00' } },
        ],
      },
    });
  });

  test('is revenue once the order begins, and due by when it was paid', async () => {
    const { customerId, items, accountId, payerId } = await replacement();
    const order = await world.order(customerId, items, { accountId });
    world.clock.advance({ hours: 24 * 3 });
    const paidAt = world.clock.now();
    expect((await pay(order, '20.00')).order?.state).toBe('completed');
    const seen = 'query ($id: ID!) { order(id: $id) { dueAt } }';
    expect(await world.read(seen, { id: order.id })).toEqual({
      order: { dueAt: new Date(paidAt.add({ minutes: 30 }).toString()).toISOString() },
    });
    const requestedStartAt = world.clock.now().add({ hours: 30 });
    const later = await world.order(customerId, [{ replaceSim: { ...items[0].replaceSim, sim: sim() } }], {
      accountId,
      requestedStartAt: requestedStartAt.toString(),
    });
    await pay(later, '20.00');
    expect(await world.booksOf(payerId)).toEqual({ 1001: 4000, 6001: -1887, 2221: -113, 1122: -2000 });
    world.clock.advance({ hours: 30 });
    await start();
    expect(await world.booksOf(payerId)).toEqual({ 1001: 4000, 6001: -3774, 2221: -226 });
  });

  test('asks for the tax beside a price that does not include it', async () => {
    await world.chargeCode('CHANGE_FEE', 900);
    await setRule({ kind: 'CHANGE_NUMBER', fee: { amount: '10.05', currency: 'CNY' }, feeChargeCode: 'CHANGE_FEE', feeTaxIncluded: false });
    const { customerId, accountId, subscriberId } = await world.household();
    const change = [{ changeNumber: { subscriberId: sub(subscriberId), identifier: newNumber() } }];
    const { due } = await world.quote(customerId, change, { accountId: acc(accountId) });
    // 10.05 × 9 % = 0.9045.
    expect(due).toBe('10.95');
    const order = await world.order(customerId, change, { accountId: acc(accountId) });
    expect((await pay(order, '10.95')).order?.state).toBe('completed');
    expect(await world.booksOf(accountId)).toEqual({ 1001: 1095, 6001: -1005, 2221: -90 });
  });

  test('refuses a reference that was used, and what cannot be one', async () => {
    const first = await replacement();
    const one = await world.order(first.customerId, first.items, { accountId: first.accountId });
    expect((await pay(one, '20.00', 'SLIP-7')).order?.state).toBe('completed');
    const second = await replacement();
    const other = await world.order(second.customerId, second.items, { accountId: second.accountId });
    expect((await pay(other, '20.00', ' SLIP-7 ')).errors).toMatchObject([{ code: 'REFERENCE_TAKEN', field: ['reference'] }]);
    expect((await pay(other, '20.00', ' ')).errors).toMatchObject([{ code: 'BLANK' }]);
    expect((await pay(other, '20.00', 'x'.repeat(65))).errors).toMatchObject([{ code: 'TOO_LONG' }]);
    expect((await pay(other, '-1.00')).errors).toMatchObject([{ code: 'AMOUNT_WRONG' }]);
  });

  test('keeps other orders for its subscriber away, and is checked again when it is paid', async () => {
    const { customerId, items, accountId, subscriberId } = await replacement();
    const order = await world.order(customerId, items, { accountId });
    const suspend = [{ suspend: { subscriberId, reason: 'CUSTOMER_REQUEST' } }];
    expect(await world.refusalsOf(customerId, suspend)).toEqual(['items.0.suspend.subscriberId ORDER_UNDER_WAY']);
    const last = 'SELECT subscriber_id FROM order_item ORDER BY order_id DESC LIMIT 1';
    await database.raw(`UPDATE subscriber SET stop_reasons = 16, status = 'suspended' WHERE id = (${last})`);
    expect((await pay(order, '20.00')).errors).toMatchObject([{ code: 'STOP_REASON_REFUSES' }]);
    expect((await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: 1 })).order?.state).toBe('cancelled');
    expect(await world.refusalsOf(customerId, suspend)).toEqual([]);
  });

  test('is amended while it waits, at the prices of the other quotation', async () => {
    const { customerId, items, accountId, subscriberId } = await replacement();
    const order = await world.order(customerId, items, { accountId });
    const later = world.clock.now().add({ hours: 2 }).toString();
    // The order itself keeps others away from its subscriber, not its own amendment.
    const suspend = [{ suspend: { subscriberId, reason: 'CUSTOMER_REQUEST' } }];
    expect(await world.refusalsOf(customerId, suspend)).toEqual(['items.0.suspend.subscriberId ORDER_UNDER_WAY']);
    const { customerId: another } = await world.household();
    expect(await world.refusalsOf(another, suspend, { amendsOrderId: order.id })).toEqual(['amendsOrderId NOT_FOUND']);
    const other = await world.quote(customerId, suspend, { requestedStartAt: later, note: '改为停机', amendsOrderId: order.id });
    expect((await world.mutate('submitOrder', { quotationId: other.quotationId })).errors).toMatchObject([{ code: 'ORDER_UNDER_WAY' }]);
    const amended = await world.mutate('amendOrder', { orderId: order.id, expectedVersion: 1, quotationId: other.quotationId });
    expect(amended).toMatchObject({ errors: [], order: { state: 'acknowledged', version: 2, orderNo: order.orderNo } });
    const seen = 'query ($id: ID!) { order(id: $id) { category due { amount } note items { itemNo kind state } requestedStartAt } }';
    expect(await world.read(seen, { id: order.id })).toEqual({
      order: {
        category: 'SUSPEND',
        due: { amount: '0.00' },
        note: '改为停机',
        items: [{ itemNo: 1, kind: 'SUSPEND', state: 'acknowledged' }],
        requestedStartAt: new Date(later).toISOString(),
      },
    });
    const again = { orderId: order.id, expectedVersion: 2, quotationId: other.quotationId };
    expect((await world.mutate('amendOrder', again)).errors).toMatchObject([{ code: 'QUOTATION_USED', field: ['quotationId'] }]);
    const stranger = await world.household();
    const theirs = await world.quote(stranger.customerId, [{ suspend: { subscriberId: sub(stranger.subscriberId), reason: 'LOSS' } }]);
    expect((await world.mutate('amendOrder', { ...again, quotationId: theirs.quotationId })).errors).toMatchObject([
      { code: 'QUOTATION_DIFFERS' },
    ]);
  });
});

describe('an order for later', () => {
  test('waits for its start, and begins at that instant', async () => {
    const { customerId, subscriberId, item } = await stopped();
    const at = world.clock.now().add({ hours: 5 });
    const order = await world.order(customerId, [item], { requestedStartAt: at.toString() });
    expect(order.state).toBe('acknowledged');
    world.clock.advance({ hours: 4, minutes: 59 });
    await start();
    expect(await statusOf(sub(subscriberId))).toBe('active');
    world.clock.advance({ minutes: 1 });
    expect((await start()).orders).toBe(1);
    expect(await statusOf(sub(subscriberId))).toBe('suspended');
    const seen =
      'query ($id: ID!) { order(id: $id) { state startedAt completedAt items { effectiveAt } history(first: 9) { nodes { actor { kind id } } } } }';
    const instant = new Date(at.toString()).toISOString();
    const { order: read } = await world.read<{ order: { history: { nodes: object[] } } }>(seen, { id: order.id });
    expect(read).toMatchObject({ state: 'completed', startedAt: instant, completedAt: instant, items: [{ effectiveAt: instant }] });
    expect(read.history.nodes.at(-1)).toEqual({ actor: { kind: 'SYSTEM', id: 'clock' } });
    expect((await start()).orders).toBe(0);
  });

  test('ends failed, with the reason, where it can no longer be done', async () => {
    const { customerId, subscriberId, item } = await stopped();
    const order = await world.order(customerId, [item], { requestedStartAt: world.clock.now().add({ hours: 1 }).toString() });
    await world.order(customerId, [{ terminate: { subscriberId: sub(subscriberId) } }]);
    world.clock.advance({ hours: 1 });
    await start();
    const seen = 'query ($id: ID!) { order(id: $id) { state items { state result } } }';
    expect(await world.read(seen, { id: order.id })).toMatchObject({
      order: { state: 'failed', items: [{ state: 'failed', result: { refusals: [{ code: 'NOT_ACTIVE' }] } }] },
    });
  });

  test('cannot begin in the past, nor in years', async () => {
    const { customerId, item } = await stopped();
    const at = (hours: number) => ({ requestedStartAt: world.clock.now().add({ hours }).toString() });
    expect(await world.refusalsOf(customerId, [item], at(-1))).toEqual(['requestedStartAt START_IN_PAST']);
    expect(await world.refusalsOf(customerId, [item], at(24 * 367))).toEqual(['requestedStartAt START_TOO_LATE']);
  });
});

describe('an order with a step that people do', () => {
  beforeAll(() => setRule({ kind: 'RELOCATE', workQueue: 'INSTALLATION', dueMinutes: 240 }));

  async function relocation(
    count = 1,
  ): Promise<{ order: OrderRow; works: { id: string; version: number }[]; lines: string[]; customerId: string }> {
    const { customerId, accountId } = await world.payer();
    const lines: string[] = [];
    for (let nth = 0; nth < count; nth += 1) {
      lines.push(
        sub(await world.subscriber(customerId, accountId, { serviceType: 'BROADBAND', identifier: `l${newKey().replace('-', '')}` })),
      );
    }
    const order = await world.order(customerId, lines.map((subscriberId) => ({ relocate: { subscriberId, address: '西湖区 9 号' } }))); // prettier-ignore
    const seen = 'query ($id: ID!) { order(id: $id) { workOrders { id version } } }';
    const { order: read } = await world.read<{ order: { workOrders: { id: string; version: number }[] } }>(seen, { id: order.id });
    return { order, works: read.workOrders, lines, customerId: cus(customerId) };
  }
  const end = async (name: string, work: { id: string; version: number } | undefined, by = world.clerk) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const answer = await world.read<
      Record<string, { workOrder: { state: string; version: number } | null; userErrors: { code: string }[] }>
    >(
      `mutation ($input: ${type}!) { ${name}(input: $input) { workOrder { state version } userErrors { code message } } }`,
      { input: { idempotencyKey: newKey(), workOrderId: work?.id, expectedVersion: work?.version } },
      by,
    );
    return { state: answer[name]?.workOrder?.state, codes: answer[name]?.userErrors.map(({ code }) => code) };
  };
  const stateOf = async (id: string): Promise<string> =>
    (await world.read<{ order: { state: string } }>('query ($id: ID!) { order(id: $id) { state } }', { id })).order.state;

  test('is in its queue by priority and time, taken by one, and takes effect when it is done', async () => {
    const { order, works, lines } = await relocation();
    expect(order.state).toBe('inProgress');
    const [work] = works;
    const queue =
      'query { workQueue(first: 5, filter: { queue: "INSTALLATION" }) { nodes { id state order { orderNo } organisation { code } assignee { id } } } }';
    const waiting = { id: work?.id, state: 'new', order: { orderNo: order.orderNo }, organisation: { code: 'HZ' } };
    expect(await world.read(queue)).toMatchObject({ workQueue: { nodes: [waiting] } });
    const hired = { loginName: 'installer', name: '安装工', organisationId: world.hangzhou, password: null };
    const installer = world.clerkAt(world.hangzhou, await world.run(createStaff, hired));
    expect(await end('claimWorkOrder', work, installer)).toEqual({ state: 'active', codes: [] });
    expect(await end('claimWorkOrder', work)).toEqual({ state: undefined, codes: ['WORK_TAKEN'] });
    expect(await end('completeWorkOrder', work, installer)).toEqual({ state: undefined, codes: ['STALE_VERSION'] });
    const before = 'query ($id: ID!) { subscriber(id: $id) { attributes } }';
    expect(await world.read(before, { id: lines[0] })).toEqual({ subscriber: { attributes: {} } });
    expect(await end('completeWorkOrder', { id: work?.id as string, version: 2 }, installer)).toEqual({ state: 'completed', codes: [] });
    expect(await world.read(before, { id: lines[0] })).toEqual({ subscriber: { attributes: { address: '西湖区 9 号' } } });
    expect(await stateOf(order.id)).toBe('completed');
    expect(await end('failWorkOrder', { id: work?.id as string, version: 3 }, installer)).toEqual({
      state: undefined,
      codes: ['WORK_STATE_REFUSES'],
    });
    expect(await world.read(queue)).toEqual({ workQueue: { nodes: [] } });
  });

  test('is partly done where one item could not be, failed where none could', async () => {
    const both = await relocation(2);
    expect(await end('completeWorkOrder', both.works[0])).toMatchObject({ codes: [] });
    expect(await stateOf(both.order.id)).toBe('inProgress');
    const change = { orderId: both.order.id, expectedVersion: 2 };
    expect((await world.mutate('cancelOrder', change)).errors).toMatchObject([{ code: 'POINT_OF_NO_RETURN' }]);
    expect(await end('failWorkOrder', both.works[1])).toMatchObject({ codes: [] });
    expect(await stateOf(both.order.id)).toBe('partial');
    const one = await relocation();
    await end('failWorkOrder', one.works[0]);
    expect(await stateOf(one.order.id)).toBe('failed');
  });

  test('is assessed before it is taken back, and its work order goes with it', async () => {
    const { order, works } = await relocation();
    const cancelled = await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: 1, note: '客户改变主意' });
    expect(cancelled.order?.state).toBe('cancelled');
    expect((await world.historyOf(order.id)).filter((line) => line.startsWith('order')).slice(2)).toEqual([
      'order inProgress→assessingCancellation CANCELLATION_ASKED',
      'order assessingCancellation→pendingCancellation CANCELLATION_AGREED',
      'order pendingCancellation→cancelled CANCELLED',
    ]);
    expect(await end('completeWorkOrder', works[0])).toEqual({ state: undefined, codes: ['WORK_STATE_REFUSES'] });
  });

  test('was due, or was not', async () => {
    const { order, works } = await relocation();
    world.clock.advance({ minutes: 241 });
    await end('completeWorkOrder', works[0]);
    const [from, to] = [world.clock.now().subtract({ minutes: 1 }).toString(), world.clock.now().add({ minutes: 1 }).toString()];
    const ask = `query ($at: ID!, $from: DateTime!, $to: DateTime!) {
      orderTimeliness(organisationId: $at, from: $from, to: $to) { kind ended completed inTime averageMinutes } }`;
    expect(await world.read(ask, { at: encodeId('organisation', world.root), from, to })).toEqual({
      orderTimeliness: [{ kind: 'RELOCATE', ended: 1, completed: 1, inTime: 0, averageMinutes: 241 }],
    });
    expect(order.state).toBe('inProgress');
  });
});

describe('two at once', () => {
  test('two clerks submit one quotation: one order, and the other is told its number', async () => {
    const { customerId, item } = await stopped();
    const { quotationId } = await world.quote(customerId, [item]);
    const both = await Promise.all([1, 2].map(() => world.mutate('submitOrder', { quotationId }, world.clerkAt(world.hangzhou))));
    const won = both.find(({ order }) => order !== null);
    const lost = both.find(({ order }) => order === null);
    expect(won?.order?.state).toBe('completed');
    // Who comes second finds the subscriber stopped, or the quotation used.
    expect(['QUOTATION_USED', 'ALREADY_STOPPED']).toContain(lost?.errors[0]?.code);
    expect((await world.mutate('submitOrder', { quotationId })).errors).toEqual([
      { code: 'QUOTATION_USED', field: ['quotationId'], message: `The quotation was used already, by order ${won?.order?.orderNo}.` },
    ]);
    const count = 'SELECT count(*)::int AS orders FROM product_order WHERE customer_id = $1';
    expect(await database.raw(count, [customerId])).toEqual([{ orders: 1 }]);
  });

  test('the same key twice is one order', async () => {
    const { customerId, item } = await stopped();
    const { quotationId } = await world.quote(customerId, [item]);
    const input = { quotationId, idempotencyKey: newKey() };
    const [one, other] = [await world.mutate('submitOrder', input), await world.mutate('submitOrder', input)];
    expect(other).toEqual(one);
    expect(one.order?.state).toBe('completed');
  });

  test('a quotation does not hold for ever', async () => {
    const { customerId, item } = await stopped();
    const { quotationId } = await world.quote(customerId, [item]);
    world.clock.advance({ hours: 24 });
    expect((await world.mutate('submitOrder', { quotationId })).errors).toMatchObject([{ code: 'QUOTATION_EXPIRED' }]);
  });
});

const NOBODY = { subscriberId: sub(newId('subscriber')) };

describe('from outside', () => {
  test('another city sees neither order nor quotation, and can do nothing with them', async () => {
    const { customerId, item } = await stopped();
    const { quotationId } = await world.quote(customerId, [item], { requestedStartAt: world.clock.now().add({ hours: 1 }).toString() });
    const outside = world.clerkAt(world.ningbo);
    expect((await world.mutate('submitOrder', { quotationId }, outside)).errors).toMatchObject([{ code: 'QUOTATION_NOT_FOUND' }]);
    const { order } = await world.mutate('submitOrder', { quotationId });
    const ask = `query ($id: ID!, $no: String!, $quotation: ID!, $at: ID!) {
      order(id: $id) { id } byNo: order(orderNo: $no) { id } quotation(id: $quotation) { id } node(id: $id) { id }
      orders(first: 5) { nodes { id } } orderWorkList(organisationId: $at, first: 5) { nodes { id } } workQueue(first: 5) { nodes { id } } }`;
    const variables = { id: order?.id, no: order?.orderNo, quotation: quotationId, at: encodeId('organisation', world.hangzhou) };
    expect(await world.read(ask, variables, outside)).toEqual({
      order: null, byNo: null, quotation: null, node: null, orders: { nodes: [] }, orderWorkList: { nodes: [] }, workQueue: { nodes: [] },
    }); // prettier-ignore
    const change = { orderId: order?.id, expectedVersion: 1 };
    for (const name of ['cancelOrder', 'approveOrder', 'rejectOrder']) {
      expect((await world.mutate(name, change, outside)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
    expect(await world.refusalsOf(customerId, [item], { by: outside })).toEqual(['organisationId ORGANISATION_NOT_FOUND']);
    const here = { by: outside, organisationId: encodeId('organisation', world.ningbo) };
    expect(await world.refusalsOf(customerId, [item], here)).toEqual(['customerId CUSTOMER_NOT_FOUND']);
    const ask2 = await world.read<{ orderWorkList: { nodes: { id: string }[] } }>(ask, variables);
    expect(ask2.orderWorkList.nodes.map(({ id }) => id)).toContain(order?.id);
  });

  test('a grant for another line of business does not reach the subscriber', async () => {
    const { customerId, item } = await stopped();
    const by = { scope: scopeAt(world.hangzhou, PERMISSION_CODES, ['BROADBAND']), staffId: newId('staff') };
    expect(await world.refusalsOf(customerId, [item], { by })).toEqual(['items.0.suspend.subscriberId SUBSCRIBER_NOT_FOUND']);
  });

  test.each([
    ['no item', [{}], 'items.0 must have exactly one of its fields.'],
    ['two things in one item', [{ terminate: NOBODY, suspend: { ...NOBODY, reason: 'LOSS' } }], 'items.0 must have exactly one of its fields.'],
    ['an id of another kind', [{ terminate: { subscriberId: cus(newId('customer')) } }], 'items.0.terminate.subscriberId is not an id that begins with sub_.'],
  ])('%s is bad input, with its place', async (_what, items, message) => {
    const { customerId } = await world.payer();
    const input = { idempotencyKey: newKey(), organisationId: encodeId('organisation', world.hangzhou), customerId: cus(customerId), items };
    const answer = await world.graph.send('mutation ($input: QuoteOrderInput!) { quoteOrder(input: $input) { userErrors { code } } }', { input }, world.clerk);
    expect(answer.errors).toEqual([{ code: 'BAD_USER_INPUT', message }]);
  }); // prettier-ignore

  test('an order without items, or with too many, or with endless words, is refused', async () => {
    const { customerId, item } = await stopped();
    expect(await world.refusalsOf(customerId, [])).toEqual(['items ITEMS_NEEDED']);
    expect(await world.refusalsOf(customerId, Array(101).fill(item))).toEqual(['items TOO_MANY']);
    expect(await world.refusalsOf(customerId, [item], { note: 'x'.repeat(501), externalId: 'x'.repeat(65) })).toEqual([
      'note TOO_LONG',
      'externalId TOO_LONG',
    ]);
  });
});

test('the history of orders is only added to, even past the program', async () => {
  await expect(database.raw('UPDATE order_event SET note = $1', ['x'])).rejects.toThrow('the history of orders is only added to');
  await expect(database.raw('DELETE FROM order_event')).rejects.toThrow('the history of orders is only added to');
});
