import { addCustomerDocument } from '../../src/business/component/customer';
import { encodeId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey, newNumber } from '../support/party-world';
import { useFulfilmentWorld } from './fulfilment-world';
import { acc, sub, type OrderRow } from './order-world';

/* 携号转网 of lines that a network element provisions: it is told once people have agreed with the other operator, and takes back what fails. */

const database = useDatabase();
const world = useFulfilmentWorld(database);
let stock: NumberWorld;
let numbers: string[];
let next = -1;

beforeAll(async () => {
  stock = new NumberWorld(database, world);
  numbers = await stock.range(await stock.pool(world.hangzhou), 12);
  await world.sellPlan('PLAN-31');
});
afterEach(() => world.element.change({ odds: {}, refusals: 0 }));

interface Work {
  readonly id: string;
  readonly version: number;
  readonly itemNo: number;
  readonly state: string;
}

const opening = (accountId: Id<'account'>, identifier: string) => ({
  serviceType: 'MOBILE', organisationId: encodeId('organisation', world.hangzhou), identifier, accountId: acc(accountId),
  plan: { code: 'PLAN-31' },
}); // prettier-ignore
const coming = (accountId: Id<'account'>, number: string) => ({
  portIn: { ...opening(accountId, number), donor: '中国移动', authorisationCode: '12345678' },
});
const orderOf = async ({ id }: OrderRow) =>
  (
    await world.read<{ order: { state: string; items: { state: string; subscriber: { status: string } | null }[]; workOrders: Work[] } }>(
      'query ($id: ID!) { order(id: $id) { state items { state subscriber { status } } workOrders { id version itemNo state } } }',
      { id },
    )
  ).order;
const seen = async (order: OrderRow) => {
  const { state, items } = await orderOf(order);
  return [state, ...items.map((item) => `${item.state} ${item.subscriber?.status ?? 'nobody'}`)];
};
const told = ({ orderNo }: OrderRow) =>
  world.element.record().effects.flatMap((one) => (one.orderNo === orderNo ? `${one.action} ${one.identifiers['ACCESS_NUMBER']}` : []));
/** Says that the other operator has agreed; the codes of why that is refused. */
async function agree(order: OrderRow, language: 'zh' | 'en' = 'en'): Promise<string[]> {
  const [work] = (await orderOf(order)).workOrders;
  const answer = await world.read<{ completeWorkOrder: { userErrors: { code: string; message: string }[] } }>(
    'mutation ($input: CompleteWorkOrderInput!) { completeWorkOrder(input: $input) { userErrors { code message } } }',
    { input: { idempotencyKey: newKey(), workOrderId: work?.id, expectedVersion: work?.version } },
    { ...world.clerk, language },
  );
  return answer.completeWorkOrder.userErrors.map(({ code, message }) => `${code} ${message}`);
}
/** A subscriber of a customer under his real name, in net for a year, with a number of the stock. */
async function settled() {
  const { customerId, subscriberId } = await world.household();
  const number = numbers[(next += 1)] as string;
  await world.order(customerId, [{ changeNumber: { subscriberId: sub(subscriberId), identifier: number } }]);
  await world.work();
  const expectedVersion = await world.versionOf('customer', customerId);
  await world.run(addCustomerDocument, { customerId, expectedVersion, document: { kind: 'PASSPORT', number: 'E12345678' } });
  return { customerId, subscriberId, number };
}

test('a number that comes is told to the network when people have agreed on it, and is in use when the network has said so', async () => {
  const { customerId, accountId } = await world.payer();
  const number = newNumber();
  const order = await world.order(customerId, [coming(accountId, number)]);
  await world.work();
  expect([told(order), await seen(order)]).toEqual([[], ['inProgress', 'inProgress nobody']]);
  expect(await agree(order)).toEqual([]);
  expect([await seen(order), await stock.stocked(number)]).toEqual([['inProgress', 'inProgress nobody'], undefined]);
  await world.work();
  expect([told(order), await seen(order)]).toEqual([[`ACTIVATE ${number}`], ['completed', 'completed active']]);
  expect(await stock.stateOf(number)).toBe('portedIn');
});

test('what the network refuses does not come', async () => {
  const { customerId, accountId } = await world.payer();
  const number = newNumber();
  const order = await world.order(customerId, [coming(accountId, number)]);
  await agree(order);
  world.element.change({ refusals: 1 });
  await world.work();
  expect([told(order), await seen(order), await stock.stocked(number)]).toEqual([[], ['failed', 'failed nobody'], undefined]);
});

test('a number that came into stock while it was being brought is forgotten by the network again', async () => {
  const number = newNumber();
  const { customerId, accountId } = await world.payer();
  const order = await world.order(customerId, [coming(accountId, number)]);
  expect(await agree(order)).toEqual([]);
  await stock.add(await stock.pool(world.hangzhou), number);
  await world.work();
  expect([told(order), await seen(order)]).toEqual([
    [`ACTIVATE ${number}`, `TERMINATE ${number}`],
    ['failed', 'failed nobody'],
  ]);
  expect(await stock.stateOf(number)).toBe('idle');
});

test('who goes is taken off the network when the other operator has agreed, and stays where the network refuses', async () => {
  const [kept, gone] = [await settled(), await settled()];
  const leave = ({ customerId, subscriberId }: typeof kept) => world.order(customerId, [{ portOut: { subscriberId: sub(subscriberId) } }]);
  const refused = await leave(kept);
  expect(await agree(refused)).toEqual([]);
  world.element.change({ refusals: 1 });
  await world.work();
  expect([told(refused), await seen(refused), await stock.stateOf(kept.number)]).toEqual([[], ['failed', 'failed active'], 'occupied']);
  world.element.change({ refusals: 0 });
  const order = await leave(gone);
  await world.work();
  expect([told(order), await seen(order)]).toEqual([[], ['inProgress', 'inProgress active']]);
  expect(await agree(order)).toEqual([]);
  await world.work();
  expect([told(order), await seen(order)]).toEqual([[`TERMINATE ${gone.number}`], ['completed', 'completed terminated']]);
  expect(await stock.stateOf(gone.number)).toBe('portedOut');
});

test('whoever could no longer go once the network had let go is put back on it', async () => {
  const { customerId, subscriberId, number } = await settled();
  const order = await world.order(customerId, [{ portOut: { subscriberId: sub(subscriberId) } }]);
  expect(await agree(order)).toEqual([]);
  await world.work({
    before: async (step) => {
      if (!step.endsWith('activate')) return;
      await database.raw("UPDATE subscriber SET stop_reasons = 8, status = 'suspended' WHERE id = $1", [subscriberId]);
    },
  });
  expect([told(order), await seen(order)]).toEqual([
    [`TERMINATE ${number}`, `ACTIVATE ${number}`],
    ['failed', 'failed suspended'],
  ]);
});

describe('beside an item that the network is told of at once', () => {
  async function both() {
    const { customerId, accountId } = await world.payer();
    const [brought, opened] = [newNumber(), newNumber()];
    return { brought, opened, order: await world.order(customerId, [coming(accountId, brought), { open: opening(accountId, opened) }]) };
  }

  test('what is agreed on after that is in effect is told by itself, and its refusal leaves the other alone', async () => {
    const { brought, opened, order } = await both();
    await world.work();
    expect(await seen(order)).toEqual(['inProgress', 'inProgress nobody', 'completed active']);
    expect(await agree(order)).toEqual([]);
    world.element.change({ refusals: 1 });
    await world.work();
    expect([told(order), await seen(order)]).toEqual([[`ACTIVATE ${opened}`], ['partial', 'failed nobody', 'completed active']]);
    expect(await stock.stocked(brought)).toBeUndefined();
  });

  test.each(['begin', '1 tell 2', '1 note', '2 activate'])('what is agreed on before its step %s takes effect with it', async (at) => {
    const { brought, opened, order } = await both();
    const states: string[][] = [];
    await world.work({
      before: async (step) => {
        if (step === at) expect(await agree(order)).toEqual([]);
        if (step.endsWith('activate')) states.push(await seen(order));
      },
    });
    expect(told(order).toSorted()).toEqual([`ACTIVATE ${brought}`, `ACTIVATE ${opened}`].toSorted());
    expect(new Set(states.flat())).toEqual(new Set(['inProgress', 'inProgress nobody']));
    expect(await seen(order)).toEqual(['completed', 'completed active', 'completed active']);
  });

  test('what is agreed on while the other is taken back waits until it has been', async () => {
    const { brought, order } = await both();
    const refusals: string[] = [];
    world.element.change({ refusals: 1 });
    await world.work({
      before: async (step) => {
        if (step === '2 end') refusals.push(...(await agree(order)), ...(await agree(order, 'zh')));
      },
    });
    expect(refusals).toEqual([
      'NETWORK_TURNS_BACK The network is taking back what else it was told for this order: complete the work order when it has.',
      'NETWORK_TURNS_BACK 网元正在撤回本订单的其他开通，请待撤回完成后再回单',
    ]);
    expect(await seen(order)).toEqual(['inProgress', 'inProgress nobody', 'failed nobody']);
    world.element.change({ refusals: 0 });
    expect(await agree(order)).toEqual([]);
    await world.work();
    expect(told(order)).toEqual([`ACTIVATE ${brought}`]);
    expect(await seen(order)).toEqual(['partial', 'completed active', 'failed nobody']);
  });
});
