import { selectFailingUndos, selectFulfilmentFaults } from '../../src/business/view/fulfilment';
import { decodeId, encodeId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { resumeFulfilment, synchroniseDue } from '../../src/business/process/acceptance';
import { moveProductVersion } from '../../src/business/component/product';
import { newKey, newNumber } from '../support/party-world';
import { useFulfilmentWorld } from './fulfilment-world';
import { acc, sub, type OrderRow } from './order-world';

/*
 * Orders of which the network has to be told, step by step: what is told and kept, and what becomes of the order when the element
 * refuses, is away, or leaves it open what it did.
 */

const database = useDatabase();
const world = useFulfilmentWorld(database);
let stock: NumberWorld;
let numbers: string[];

beforeAll(async () => {
  stock = new NumberWorld(database, world);
  numbers = await stock.range(await stock.pool(world.hangzhou), 20);
  await world.sellPlan('PLAN-31');
  await world.sellPlan('PLAN-FEE', { due: '50.00' });
  await world.sellPlan('PLAN-40');
  await world.sellPlan('PLAN-BB', { serviceType: 'BROADBAND' });
});

afterEach(() => world.element.change({ odds: {}, refusals: 0 }));

const opening = (accountId: Id<'account'>, identifier: string, code = 'PLAN-31') => ({
  open: { serviceType: 'MOBILE', organisationId: encodeId('organisation', world.hangzhou), identifier, accountId: acc(accountId), plan: { code } },
}); // prettier-ignore

const broadband = (accountId: Id<'account'>, identifier: string) => ({
  open: { ...opening(accountId, identifier, 'PLAN-BB').open, serviceType: 'BROADBAND' },
});

async function openOrder(number: string): Promise<OrderRow & { readonly customer: Id<'customer'>; readonly account: Id<'account'> }> {
  const { customerId, accountId } = await world.payer();
  const order = await world.order(customerId, [opening(accountId, number)]);
  return { ...order, customer: customerId, account: accountId };
}

const orderOf = async (id: string) =>
  (
    await world.read<{ order: OrderRow & { items: { state: string; result: unknown; subscriber: { status: string } | null }[] } }>(
      'query ($id: ID!) { order(id: $id) { id orderNo state version items { state result subscriber { status } } } }',
      { id },
    )
  ).order;
const told = ({ orderNo }: { orderNo: string }) => world.element.record().effects.filter((effect) => effect.orderNo === orderNo);
const actionsFor = (order: OrderRow) => told(order).map(({ action, identifiers }) => `${action} ${identifiers['ACCESS_NUMBER']}`);
const workOf = async (order: OrderRow) => {
  const asked = 'query ($id: ID!) { order(id: $id) { workOrders { id queue state version } } }';
  const { order: read } = await world.read<{ order: { workOrders: { id: string; queue: string; state: string; version: number }[] } }>(
    asked,
    {
      id: order.id,
    },
  );
  return read.workOrders;
};

/** A change by no order; the codes of why not. */
async function direct(name: string, input: object): Promise<string[] | undefined> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const asked = `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
  const answer = await world.read<Record<string, { userErrors: { code: string }[] }>>(asked, {
    input: { idempotencyKey: newKey(), ...input },
  });
  return answer[name]?.userErrors.map(({ code }) => code);
}

/** Ends a work order; the codes and messages of why not. */
async function end(
  name: 'completeWorkOrder' | 'failWorkOrder',
  work: { id: string; version: number } | undefined,
  note: string | null = null,
) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await world.read<Record<string, { userErrors: { code: string; message: string }[] }>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code message } } }`,
    { input: { idempotencyKey: newKey(), workOrderId: work?.id, expectedVersion: work?.version, note } },
  );
  return answer[name]?.userErrors;
}

test('an order waits for a worker; the network is told, then everything takes effect at once', async () => {
  const number = numbers[0] as string;
  const order = await openOrder(number);
  expect([order.state, await stock.stateOf(number)]).toEqual(['inProgress', 'preOccupied']);
  expect(await world.queued()).toHaveLength(1);
  world.clock.advance({ minutes: 5 });
  await world.work();
  const { state, items } = await orderOf(order.id);
  expect([state, items[0]?.subscriber?.status, await stock.stateOf(number)]).toEqual(['completed', 'active', 'occupied']);
  const [effect] = told(order);
  expect(effect).toMatchObject({ action: 'ACTIVATE', serviceType: 'MOBILE', identifiers: { ACCESS_NUMBER: number } });
  expect(effect?.serviceId).toMatch(/^sub_/);
  expect(await world.historyOf(order.id)).toEqual([
    'order →acknowledged SUBMITTED',
    '1 →acknowledged SUBMITTED',
    'order acknowledged→inProgress STARTED',
    '1 acknowledged→inProgress STARTED',
    '1 inProgress→completed DONE',
    'order inProgress→completed DONE',
  ]);
  expect(await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: 2 })).toMatchObject({
    errors: [{ code: 'STATE_REFUSES' }],
  });
});

test('each kind tells the network what it is about, as the items before leave the service', async () => {
  const { customerId, subscriberId } = await world.household();
  const [subscriber, number] = [sub(subscriberId), newNumber()];
  const { accessNumber } = (await world.read<{ subscriber: { accessNumber: string } }>(
    'query ($id: ID!) { subscriber(id: $id) { accessNumber } }', { id: subscriber },
  )).subscriber; // prettier-ignore
  const order = await world.order(customerId, [
    { changeNumber: { subscriberId: subscriber, identifier: number } },
    { replaceSim: { subscriberId: subscriber, sim: '8986 0012 3456 7890 1234' } },
    { suspend: { subscriberId: subscriber, reason: 'LOSS' } },
  ]);
  await world.work();
  expect((await orderOf(order.id)).state).toBe('completed');
  expect(told(order).map(({ action, identifiers }) => ({ action, ...identifiers }))).toEqual([
    { action: 'CHANGE_NUMBER', ACCESS_NUMBER: number },
    { action: 'MODIFY', ACCESS_NUMBER: number, SIM: '89860012345678901234' },
    { action: 'SUSPEND', ACCESS_NUMBER: number, SIM: '89860012345678901234' },
  ]);
  expect(number).not.toBe(accessNumber);
  const more = [{ suspend: { subscriberId: subscriber, reason: 'CUSTOMER_REQUEST' } }];
  // It is stopped already: there is nothing to tell, and so nothing to wait for.
  expect((await world.order(customerId, more)).state).toBe('completed');
  const resume = (reason: string) => world.order(customerId, [{ resume: { subscriberId: subscriber, reason } }]);
  expect((await resume('LOSS')).state).toBe('completed');
  const last = await resume('CUSTOMER_REQUEST');
  const end = async () => world.order(customerId, [{ terminate: { subscriberId: subscriber } }]);
  await world.work();
  expect(actionsFor(last)).toEqual([`RESUME ${number}`]);
  const ended = await end();
  await world.work();
  expect([actionsFor(ended), (await orderOf(ended.id)).items[0]?.subscriber?.status]).toEqual([[`TERMINATE ${number}`], 'terminated']);
});

test('a line’s products are told as they are then; what begins with the next period is told when it begins, once', async () => {
  const { customerId, accountId } = await world.payer();
  const opened = await world.order(customerId, [opening(accountId, newNumber())]);
  await world.work();
  const seen = 'query ($id: ID!) { order(id: $id) { items { subscriber { id } } } }';
  const { order } = await world.read<{ order: { items: { subscriber: { id: string } }[] } }>(seen, { id: opened.id });
  const subscriberId = order.items[0]?.subscriber.id;
  const productsIn = (one: OrderRow) =>
    told(one).map(({ action, products }) => [action, ...products.map(({ code, quantity }) => `${quantity} ${code}`)]);
  const change = (when: string, code: string) =>
    world.order(customerId, [{ changePlan: { subscriberId, plan: { code }, when } }], { accountId: acc(accountId) });
  const now = await change('NOW', 'PLAN-40');
  await world.work();
  expect((await orderOf(now.id)).state).toBe('completed');
  expect([productsIn(opened), productsIn(now)]).toEqual([[['ACTIVATE', '1 PLAN-31']], [['MODIFY', '1 PLAN-40']]]);
  expect((await change('NEXT_PERIOD', 'PLAN-31')).state).toBe('completed');
  const tellAll = async () => {
    const { orders } = await synchroniseDue({ ...world.context, now: world.clock.now() });
    await world.work();
    return orders;
  };
  const effects = () =>
    world.element
      .record()
      .effects.filter(({ serviceId }) => serviceId === subscriberId)
      .slice(2);
  expect([await tellAll(), effects()]).toEqual([0, []]);
  world.clock.advance({ hours: 32 * 24 });
  expect([await tellAll(), await tellAll()]).toEqual([1, 0]);
  const [effect, ...more] = effects();
  expect([effect?.action, effect?.products, more]).toEqual(['MODIFY', [{ code: 'PLAN-31', quantity: 1 }], []]);
  // It is told for an order of the owner's, which the system has accepted.
  const { orders } = await world.read<{ orders: { edges: { node: { category: string; state: string; orderNo: string } }[] } }>(
    'query ($id: ID!) { orders(filter: { customerId: $id }, first: 5) { edges { node { category state orderNo } } } }',
    { id: encodeId('customer', customerId) },
  );
  const told4 = orders.edges.find(({ node }) => node.orderNo === effect?.orderNo)?.node;
  expect(told4).toMatchObject({ category: 'SYNCHRONISE', state: 'completed' });
});

test('what changes a line and is no order is told by one of the system’s; what begins or ends one is refused', async () => {
  const { customerId, accountId, subscriberId } = await world.household();
  const [subscriber, number] = [sub(subscriberId), newNumber()];
  const effects = () => world.element.record().effects.filter(({ serviceId }) => serviceId === subscriber);
  const version = async () =>
    (await world.read<{ subscriber: { version: number } }>('query ($id: ID!) { subscriber(id: $id) { version } }', { id: subscriber }))
      .subscriber.version;
  const change = async (name: string, more: object) =>
    direct(name, { subscriberId: subscriber, expectedVersion: await version(), ...more });
  const tellAll = async () => (await synchroniseDue({ ...world.context, now: world.clock.now() })).orders;
  expect(await change('stopSubscriber', { reason: 'ARREARS_TWO_WAY' })).toEqual([]);
  const later = world.clock.now().add({ hours: 48 }).toString();
  expect(await change('changeIdentifier', { kind: 'NUMBER', value: number, from: later })).toEqual([]);
  expect(await tellAll()).toBe(1);
  world.clock.advance({ seconds: 5 });
  // The network is at it: one that comes now waits for the next turn, and a clerk is told so.
  expect(await change('resumeSubscriber', { reason: 'ARREARS_TWO_WAY' })).toEqual([]);
  expect(await tellAll()).toBe(0);
  const asked = await world.quote(customerId, [{ synchronise: { subscriberId: subscriber } }]);
  expect(asked.errors).toMatchObject([{ code: 'ORDER_UNDER_WAY' }]);
  await world.work();
  expect(effects().map(({ action, stopped }) => [action, stopped])).toEqual([['MODIFY', true]]);
  expect(await tellAll()).toBe(1);
  await world.work();
  world.clock.advance({ hours: 49 });
  expect(await tellAll()).toBe(1);
  await world.work();
  expect(
    effects()
      .map(({ stopped, identifiers }) => [stopped, identifiers['ACCESS_NUMBER'] === number])
      .slice(1),
  ).toEqual([
    [false, false],
    [false, true],
  ]);
  expect(await tellAll()).toBe(0);
  expect(await change('terminateSubscriber', {})).toEqual(['BY_ORDER_ONLY']);
  const opened = {
    serviceType: 'MOBILE',
    organisationId: encodeId('organisation', world.hangzhou),
    ownerId: encodeId('customer', customerId),
  };
  expect(await direct('openSubscriber', { ...opened, accountId: acc(accountId), identifier: newNumber() })).toEqual(['BY_ORDER_ONLY']);
});

test('a termination that is taken back leaves a stopped line stopped', async () => {
  const { customerId, subscriberId } = await world.household();
  const stop = await world.order(customerId, [{ suspend: { subscriberId: sub(subscriberId), reason: 'LOSS' } }]);
  await world.work();
  const order = await world.order(customerId, [{ terminate: { subscriberId: sub(subscriberId) } }]);
  await world.work({
    before: async (step) => {
      if (step === '2 activate') await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: order.version });
    },
  });
  expect([(await orderOf(order.id)).state, actionsFor(stop).length]).toEqual(['cancelled', 1]);
  expect(told(order).map(({ action, stopped }) => [action, stopped])).toEqual([
    ['TERMINATE', true],
    ['ACTIVATE', true],
  ]);
});

test('what is opened ahead is told when it is activated, and never where it is closed before', async () => {
  const [first, second] = [numbers[18], numbers[19]] as [string, string];
  const agent = await world.payer();
  const ahead = (number: string) => ({ preOpen: opening(agent.accountId, number).open });
  const stocked = await world.order(agent.customerId, [ahead(first), ahead(second)]);
  expect([stocked.state, told(stocked)]).toEqual(['completed', []]);
  const opened = await database.raw<{ id: Id<'subscriber'> }>('SELECT subscriber_id AS id FROM order_item WHERE order_id = $1 ORDER BY item_no', [
    decodeId('order', stocked.id),
  ]); // prettier-ignore
  const [kept, unsold] = opened.map(({ id }) => sub(id));
  const customerId = await world.customer({ documents: [{ kind: 'PASSPORT', number: 'E12345678' }] });
  const accountId = acc(await world.account(customerId));
  const activated = await world.order(customerId, [{ activate: { subscriberId: kept, accountId } }]);
  expect(activated.state).toBe('inProgress');
  await world.work();
  expect((await orderOf(activated.id)).state).toBe('completed');
  expect(told(activated)).toMatchObject([{ action: 'ACTIVATE', serviceId: kept, identifiers: { ACCESS_NUMBER: first } }]);
  const closed = await world.order(agent.customerId, [{ terminate: { subscriberId: unsold } }]);
  expect([closed.state, told(closed), await stock.stateOf(second)]).toEqual(['completed', [], 'idle']);
});

test('what the element refuses is taken back in reverse, the money returned and the numbers free', async () => {
  const [first, second] = [numbers[1] as string, numbers[2] as string];
  const { customerId, accountId } = await world.payer();
  const items = [opening(accountId, first, 'PLAN-FEE'), opening(accountId, second)];
  const waiting = await world.order(customerId, items, { accountId: acc(accountId) });
  const paid = {
    orderId: waiting.id,
    expectedVersion: waiting.version,
    method: 'CASH',
    reference: 'R-1',
    amount: { amount: '50.00', currency: 'CNY' },
  };
  const { order } = await world.mutate('recordOrderPayment', paid);
  expect(order?.state).toBe('inProgress');
  // 50.00 with 6 % in it: 47.17 and 2.83.
  expect(await world.booksOf(accountId)).toEqual({ '2221': -283, '6001': -4717, '1001': 5000 });
  await world.work({
    before: (step) => {
      world.element.change({ refusals: step.endsWith('tell 2') ? 1 : 0 });
      return Promise.resolve();
    },
  });
  const { state, items: ended } = await orderOf(waiting.id);
  expect([state, ended.map((item) => item.state)]).toEqual(['failed', ['failed', 'failed']]);
  expect(ended[1]?.result).toMatchObject({
    refusals: [
      {
        code: 'NETWORK_REFUSED',
        field: ['items', '1'],
        message: {
          zh: '网元拒绝开通：NO_SUCH_PORT 端口不存在 no such port',
          en: 'The network refuses it: NO_SUCH_PORT 端口不存在 no such port.',
        },
      },
    ],
  });
  expect(actionsFor(waiting)).toEqual([`ACTIVATE ${first}`, `TERMINATE ${first}`]);
  expect([await world.booksOf(accountId), await stock.stateOf(first), await stock.stateOf(second)]).toEqual([{}, 'idle', 'idle']);
});

test('what can no longer be done once the network has done its part is taken back', async () => {
  const { versionId } = await world.sellPlan('PLAN-SHORT');
  const { customerId, accountId } = await world.payer();
  const number = numbers[3] as string;
  const order = await world.order(customerId, [opening(accountId, number, 'PLAN-SHORT')]);
  await world.run(moveProductVersion, { versionId, expectedVersion: 3, to: 'suspended' });
  await world.work();
  const { state, items } = await orderOf(order.id);
  expect([state, items[0]?.subscriber]).toEqual(['failed', null]);
  expect(items[0]?.result).toMatchObject({ refusals: [{ code: 'PRODUCT_NOT_SOLD', field: ['items', '0', 'open', 'plan'] }] });
  expect([actionsFor(order), await stock.stateOf(number)]).toEqual([[`ACTIVATE ${number}`, `TERMINATE ${number}`], 'idle']);
});

test('nothing is opened for a customer who is gone once the network has done its part, nor for the other openings of his order', async () => {
  const { customerId, accountId } = await world.payer();
  const [first, second] = numbers.slice(14, 16) as [string, string];
  const order = await world.order(customerId, [opening(accountId, first), opening(accountId, second)]);
  await database.raw(`UPDATE customer SET status = 'CLOSED' WHERE id = $1`, [customerId]);
  await world.work();
  const { state, items } = await orderOf(order.id);
  expect([state, ...items.map(({ subscriber }) => subscriber)]).toEqual(['failed', null, null]);
  expect(items[0]?.result).toMatchObject({ refusals: [{ code: 'CUSTOMER_NOT_ACTIVE', field: ['items', '0', 'open', 'ownerId'] }] });
  expect([await stock.stateOf(first), await stock.stateOf(second)]).toEqual(['idle', 'idle']);
});

describe('when it stays open what the network did', () => {
  async function held(number: string) {
    const order = await openOrder(number);
    world.element.change({ odds: { failAfter: 1 } });
    const troubles = world.work({
      before: (step) => {
        // What it was told it has done; but it does not say so, and does not answer when it is asked either.
        if (step.includes('ask')) world.element.meetAsked('fail');
        return Promise.resolve();
      },
    });
    await troubles;
    world.element.change({ odds: {} });
    return order;
  }

  test('a person finds out: it was done, and the order goes on', async () => {
    const number = numbers[4] as string;
    const before = world.clock.now();
    const order = await held(number);
    expect((await orderOf(order.id)).state).toBe('held');
    const minutes = world.clock.now().since(before).total('minutes');
    expect(minutes).toBeGreaterThan(30);
    expect(minutes).toBeLessThan(35);
    const [work] = await workOf(order);
    expect(work).toMatchObject({ queue: 'NETWORK', state: 'new' });
    const steps = 'query ($id: ID!) { order(id: $id) { networkSteps { itemNo adapter action undoAction identifiers state reason } } }';
    expect(await world.read(steps, { id: order.id })).toEqual({
      order: {
        networkSteps: [
          {
            itemNo: 1, adapter: 'NE1', action: 'ACTIVATE', undoAction: 'TERMINATE', identifiers: { ACCESS_NUMBER: number }, state: 'ASKED',
            reason: 'ELEMENT_FAILED',
          },
        ],
      },
    }); // prettier-ignore
    const version = (await orderOf(order.id)).version;
    const ask = { orderId: order.id, expectedVersion: version };
    expect((await world.mutate('cancelOrder', ask)).errors).toMatchObject([
      { code: 'NETWORK_UNSURE', message: 'It is not known what the network did: the order’s work order comes first.' },
    ]);
    expect((await world.mutate('cancelOrder', ask, { ...world.clerk, language: 'zh' })).errors).toMatchObject([
      { message: '网元结果未明，请先处理订单的工单' },
    ]);
    expect((await world.mutate('approveOrder', ask)).errors).toMatchObject([{ code: 'STATE_REFUSES' }]);
    expect((await world.mutate('rejectOrder', ask)).errors).toMatchObject([{ code: 'STATE_REFUSES' }]);
    expect(await end('completeWorkOrder', work, '已核实')).toEqual([]);
    await world.work();
    expect((await orderOf(order.id)).state).toBe('completed');
    expect((await world.historyOf(order.id)).slice(4)).toEqual([
      'order inProgress→held NETWORK_UNSURE',
      '1 inProgress→held NETWORK_UNSURE',
      'order held→inProgress NETWORK_ANSWERED',
      '1 held→inProgress NETWORK_ANSWERED',
      '1 inProgress→completed DONE',
      'order inProgress→completed DONE',
    ]);
  });

  test('a person finds out: it was not done, and the order is taken back', async () => {
    const number = numbers[5] as string;
    const order = await held(number);
    const [work] = await workOf(order);
    expect(await end('failWorkOrder', work)).toEqual([]);
    await world.work();
    const { state, items } = await orderOf(order.id);
    expect([state, await stock.stateOf(number)]).toEqual(['failed', 'idle']);
    expect(items[0]?.result).toMatchObject({ refusals: [{ code: 'NETWORK_NOT_DONE', message: { zh: '经人工确认，网元未完成开通' } }] });
    expect(await workOf(order)).toMatchObject([{ state: 'cancelled' }]);
  });
});

describe('a cancellation while it is under way', () => {
  const cancel = async (id: string) => world.mutate('cancelOrder', { orderId: id, expectedVersion: (await orderOf(id)).version });
  // One number and one item more for each: the element has done as many of them as it was told.
  const steps = [
    ['begin', 0],
    ['1 tell 1', 1],
    ['1 note', 1],
    ['2 tell 2', 2],
    ['2 note', 2],
    ['3 activate', 2],
  ] as const;
  test.each(steps)('before its step %s takes back what was done: %d', async (at, done) => {
    const { customerId, accountId } = await world.payer();
    const pair = [newNumber(), newNumber()] as const;
    const order = await world.order(
      customerId,
      pair.map((number) => opening(accountId, number)),
    );
    await world.work({
      before: async (step) => {
        if (step === at) expect((await cancel(order.id)).order?.state).toBe('pendingCancellation');
      },
    });
    expect((await orderOf(order.id)).state).toBe('cancelled');
    const given = pair.slice(0, done);
    expect(actionsFor(order)).toEqual([
      ...given.map((number) => `ACTIVATE ${number}`),
      ...given.toReversed().map((number) => `TERMINATE ${number}`),
    ]);
    expect((await cancel(order.id)).errors).toMatchObject([{ code: 'STATE_REFUSES' }]);
  });

  test('comes too late once it is in effect', async () => {
    const { customerId, accountId } = await world.payer();
    const items = [opening(accountId, newNumber()), broadband(accountId, 'hz-late')];
    const order = await world.order(customerId, items);
    const codes: string[] = [];
    await world.work({
      before: async (step) => {
        if (step === '2 note') codes.push(...(await cancel(order.id)).errors.map(({ code }) => code));
      },
    });
    expect(codes).toEqual(['POINT_OF_NO_RETURN']);
    const [work] = await workOf(order);
    expect(work).toMatchObject({ queue: 'LINE_WORK', state: 'new' });
    expect(await end('completeWorkOrder', work)).toEqual([]);
    expect((await orderOf(order.id)).state).toBe('completed');
  });

  test('waits for a person where the element does not take back what it did', async () => {
    const order = await openOrder(newNumber());
    await world.work({
      before: async (step) => {
        if (step === '2 activate') await cancel(order.id);
        world.element.change({ refusals: step.includes('undo') ? 1 : 0 });
      },
    });
    expect((await orderOf(order.id)).state).toBe('pendingCancellation');
    const [work] = await workOf(order);
    expect(await end('failWorkOrder', work)).toEqual([
      { code: 'UNDO_NEEDED', message: 'It has to be taken back on the network by hand: this work order can only be completed.' },
    ]);
    expect(await end('completeWorkOrder', work)).toEqual([]);
    await world.work();
    expect((await orderOf(order.id)).state).toBe('cancelled');
  });
});

test('an element that is down keeps the orders waiting; when it is back they go on, each told once', async () => {
  const orders = [await openOrder(newNumber()), await openOrder(newNumber()), await openOrder(newNumber())];
  world.element.goDown();
  await world.work({ rounds: 12 });
  expect((await Promise.all(orders.map(async ({ id }) => (await orderOf(id)).state))).join()).toBe('inProgress,inProgress,inProgress');
  world.element.comeBack();
  await world.work();
  expect((await Promise.all(orders.map(async ({ id }) => (await orderOf(id)).state))).join()).toBe('completed,completed,completed');
  expect(orders.map((order) => actionsFor(order).length)).toEqual([1, 1, 1]);
});

test('what stands still is found: an order without its workflow, a step that is not taken back', async () => {
  const reader = { sql: database.core.reader(), now: world.clock.now() };
  expect(await selectFulfilmentFaults(reader, 10)).toEqual([]);
  const number = numbers[6] as string;
  const order = await openOrder(number);
  const id = `fulfil-order/${decodeId('order', order.id)}`;
  expect(await selectFulfilmentFaults(reader, 10)).toEqual([]);
  await database.raw(`UPDATE dbos.workflow_status SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED' WHERE workflow_uuid = $1`, [id]);
  const fault = { fault: 'NO_WORKFLOW', orderNo: order.orderNo, state: 'inProgress', detail: id };
  expect(await selectFulfilmentFaults(reader, 10)).toEqual([fault]);
  await database.raw(`UPDATE product_order SET state = 'failed', completed_at = now() WHERE order_no = $1`, [order.orderNo]);
  expect(await selectFulfilmentFaults(reader, 10)).toEqual([
    { fault: 'KEEPS_NUMBER', orderNo: order.orderNo, state: 'failed', detail: number },
    { fault: 'STILL_TOLD', orderNo: order.orderNo, state: 'failed', detail: id },
  ]);
  await database.raw(`UPDATE product_order SET state = 'inProgress', completed_at = NULL WHERE order_no = $1`, [order.orderNo]);
  // As `sanhu fulfil` does.
  await world.run(resumeFulfilment, { orderId: decodeId('order', order.id) as Id<'order'> });
  expect(await world.queued()).toEqual([`${id}/2`]);
  await world.work({
    rounds: 8,
    before: async (step) => {
      if (step !== '2 activate') return;
      await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: order.version });
      world.element.goDown();
    },
  });
  const undo = { orderNo: order.orderNo, itemNo: 1, adapter: 'NE1', reason: 'CONNECTION' };
  expect(await selectFailingUndos(reader, 5, 10)).toMatchObject([undo]);
  world.element.comeBack();
  await world.work();
  expect([(await orderOf(order.id)).state, await selectFailingUndos(reader, 5, 10)]).toEqual(['cancelled', []]);
  expect(await world.refused(resumeFulfilment, { orderId: decodeId('order', order.id) as Id<'order'> })).toEqual(['orderId STATE_REFUSES']);
});

test('what was told before one died, and cancelled before another took it up, is taken back', async () => {
  const number = newNumber();
  const order = await openOrder(number);
  const killed = world.work({ before: (step) => (step === '1 note' ? Promise.reject(new Error('killed')) : Promise.resolve()) });
  await expect(killed).rejects.toThrow('killed');
  await world.mutate('cancelOrder', { orderId: order.id, expectedVersion: order.version });
  await world.takeUpAgain(order.id);
  await world.work();
  expect([(await orderOf(order.id)).state, ...actionsFor(order)]).toEqual(['cancelled', `ACTIVATE ${number}`, `TERMINATE ${number}`]);
});

test('one who dies between any two steps leaves what the next goes on with', async () => {
  const names = ['1 tell 1', '1 note', '2 activate', '2 note'];
  for (const at of names) {
    const order = await openOrder(newNumber());
    let died = false;
    const first = world.work({
      before: (step) => {
        if (step !== at || died) return Promise.resolve();
        died = true;
        return Promise.reject(new Error('killed'));
      },
    });
    await expect(first).rejects.toThrow('killed');
    await world.takeUpAgain(order.id);
    await world.work();
    expect([at, (await orderOf(order.id)).state, actionsFor(order).length]).toEqual([at, 'completed', 1]);
  }
  expect(world.element.record().violations).toEqual([]);
  expect(await selectFulfilmentFaults({ sql: database.core.reader(), now: world.clock.now() }, 10)).toEqual([]);
});
