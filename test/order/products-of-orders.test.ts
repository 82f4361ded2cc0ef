import { Temporal } from 'temporal-polyfill';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { monthly, price, useProductWorld } from './product-world';
import { openingOf, subscriberOfOrder } from './order-catalogue';
import { acc } from './order-world';

/* What a subscriber holds is changed by orders: an add-on more or less, another quantity, another plan now or with the next period. */

const database = useDatabase();
const world = useProductWorld(database);

beforeAll(async () => {
  await world.sell('PLAN-30', { prices: [monthly('31.00')] });
  await world.sell('PLAN-60', { prices: [monthly('62.00')] });
  const fees = [
    price('ONE_TIME', 'SETUP', { chargeCode: 'INSTALLATION', amount: '53.00' }),
    price('DEPOSIT', 'HELD', { chargeCode: 'DEPOSIT', amount: '100.00' }),
  ];
  await world.sell('ADD-10', { prices: [monthly('10.00')], quantity: { least: 1, most: 5, standard: 1 } }, 'ADD_ON');
  await world.sell('PLAN-BARE', { prices: [monthly('9.00')], rules: { excludes: ['ADD-10'] } });
  await world.sell('ADD-FEES', { prices: [monthly('10.00'), ...fees], quantity: { least: 1, most: 5, standard: 1 } }, 'ADD_ON');
  await world.sell('ADD-NEEDS', { prices: [monthly('1.00')], rules: { requires: [['ADD-10']] } }, 'ADD_ON');
  await world.sell('ADD-NEEDS-30', { prices: [monthly('1.00')], rules: { requires: [['PLAN-30']] } }, 'ADD_ON');
  await world.sell('ADD-NOT', { prices: [monthly('1.00')], rules: { excludes: ['ADD-10'] } }, 'ADD_ON');
  await world.sell('ADD-GOLD', { prices: [monthly('1.00')], eligibility: { holdsAnyOf: ['PLAN-60'] } }, 'ADD_ON');
  await world.sell('ADD-BB', { prices: [monthly('1.00')] }, 'ADD_ON', 'BROADBAND');
});

const at = (time: string) => world.clock.set(time);

test('an add-on is ordered, by its order, beside what is held; and what the order needs may come with it', async () => {
  at('2026-01-10T02:00:00Z');
  const { customerId, id } = await world.holder('PLAN-30');
  at('2026-01-16T02:00:00Z');
  const add = (code: string, quantity?: number) => ({ addProduct: { subscriberId: id, product: { code, quantity } } });
  const { quotationId, due } = await world.quote(customerId, [add('ADD-10', 2)]);
  expect(due).toBe('0.00');
  // 20.00 × 16 / 31 = 10.3226.
  expect(await world.linesOf(quotationId)).toEqual(['RECURRING 10.32: 2026-01-16 to 2026-01-31: 20.00 × 16/31 days = 10.32']);
  const order = await world.order(customerId, [add('ADD-NEEDS'), add('ADD-10', 2)]);
  expect(order.state).toBe('completed');
  expect(await world.heldBy(id)).toEqual(['PLAN-30 × 1', 'ADD-NEEDS × 1', 'ADD-10 × 2']);
  const added = (await world.productsOf(id)).filter(({ product }) => product.code !== 'PLAN-30');
  expect(added.map((one) => one.order.orderNo)).toEqual([order.orderNo, order.orderNo]);
  const before = world.clock.now().subtract({ hours: 1 });
  expect(await world.heldBy(id, before)).toEqual(['PLAN-30 × 1']);
});

test('what starts later is quoted from its start, with fees and deposits at once', async () => {
  at('2026-01-20T02:00:00Z');
  const { customerId, accountId, id } = await world.holder('PLAN-30');
  const items = [{ addProduct: { subscriberId: id, product: { code: 'ADD-FEES', quantity: 2 } } }];
  // 02-14 in Shanghai.
  const later = { requestedStartAt: '2026-02-13T17:00:00Z', accountId: acc(accountId) };
  const { quotationId, due } = await world.quote(customerId, items, later);
  expect(due).toBe('306.00');
  expect(await world.linesOf(quotationId, 'zh')).toEqual([
    'RECURRING 10.71: 2026-02-14 至 2026-02-28: 20.00 × 15/28 天 = 10.71',
    'ONE_TIME 106.00 due: 53.00 × 2',
    'DEPOSIT 200.00 due: 100.00 × 2',
  ]);
  expect(await world.refusalsOf(customerId, items)).toEqual(['accountId ACCOUNT_NEEDED']);
});

test('a product that is had once, or by who has it, is judged by what is held without it', async () => {
  const { customerId, id } = await world.holder('PLAN-30');
  const eligible = (eligibility: Json): Json => ({ prices: [monthly('1.00')], eligibility, rules: { atMost: 5 } });
  await world.sell('ADD-ONCE', eligible({ holdsNoneOf: ['ADD-ONCE'] }), 'ADD_ON');
  await world.sell('ADD-LOYAL', eligible({ holdsAnyOf: ['ADD-LOYAL', 'ADD-ONCE'] }), 'ADD_ON');
  const add = (code: string) => [{ addProduct: { subscriberId: id, product: { code } } }];
  const told = async (code: string, language: 'zh' | 'en'): Promise<string[]> =>
    (await world.quote(customerId, add(code), { language })).errors.map(({ message }) => message);
  expect(await told('ADD-LOYAL', 'en')).toEqual(['Product ADD-LOYAL cannot be had: a product that is needed is not held.']);
  expect((await world.order(customerId, add('ADD-ONCE'))).state).toBe('completed');
  expect(await told('ADD-ONCE', 'zh')).toEqual(['不符合产品 ADD-ONCE 的办理资格（已持有不能同享的产品）']);
  expect(await told('ADD-LOYAL', 'en')).toEqual([]);
  const plan = await world.quote(customerId, add('PLAN-60'), { language: 'zh' });
  expect(plan.errors.map(({ message }) => message)).toEqual(['产品 PLAN-60 不是附加产品']);
});

test('of two clerks who sell a customer at one moment what he may have once, one does', async () => {
  const { customerId, id, accountId } = await world.holder('PLAN-30');
  const line = await subscriberOfOrder(world, await world.order(customerId, [{ open: openingOf(world, accountId, 'PLAN-30') }]));
  const add = (subscriberId: string | null) => [{ addProduct: { subscriberId, product: { code: 'ADD-ONCE' } } }];
  for (let turn = 0; turn < 3; turn += 1) {
    const clerks = [world.clerkAt(world.hangzhou), world.clerkAt(world.hangzhou)];
    const quoted = await Promise.all(
      clerks.map(async (by, place) => ({ by, ...(await world.quote(customerId, add(place === 0 ? id : line), { by })) })),
    );
    const ends = await Promise.all(quoted.map(({ quotationId, by }) => world.mutate('submitOrder', { quotationId }, by)));
    expect(ends.map(({ order, errors }) => order?.state ?? errors[0]?.code).sort()).toEqual(['NOT_ELIGIBLE', 'completed']);
    // Given up again, for the next turn.
    for (const subscriberId of [id, line ?? '']) {
      const instanceId = await world.instanceOf(subscriberId, 'ADD-ONCE');
      if (instanceId !== '') await world.order(customerId, [{ removeProduct: { subscriberId, instanceId } }]);
    }
    world.clock.advance({ hours: 24 });
  }
});

test('every reason why an add-on cannot be had beside what is held', async () => {
  at('2026-01-20T03:00:00Z');
  const { customerId, id } = await world.holder('PLAN-30', [{ code: 'ADD-10' }]);
  const refusals = (...codes: string[]) =>
    world.refusalsOf(
      customerId,
      codes.map((code) => ({ addProduct: { subscriberId: id, product: { code } } })),
    );
  const field = 'items.0.addProduct.product';
  expect(await refusals('NOTHING')).toEqual([`${field} PRODUCT_NOT_SOLD`]);
  expect(await refusals('PLAN-60')).toEqual([`${field} PRODUCT_KIND_WRONG`]);
  expect(await refusals('ADD-BB')).toEqual([`${field} PRODUCT_OF_ANOTHER_LINE`]);
  expect(await refusals('ADD-NOT')).toEqual([`${field} PRODUCT_EXCLUDED`]);
  expect(await refusals('ADD-10')).toEqual([`${field} PRODUCT_TOO_OFTEN`]);
  expect(await refusals('ADD-GOLD')).toEqual([`${field} NOT_ELIGIBLE`]);
  expect(await refusals('ADD-NEEDS')).toEqual([]);
  const many = { addProduct: { subscriberId: id, product: { code: 'ADD-FEES', quantity: 6 } } };
  expect(await world.refusalsOf(customerId, [many])).toEqual([`${field} QUANTITY_REFUSED`]);
  await world.sell('ADD-MANY', { prices: [monthly('1.00')], rules: { atMost: 100 } }, 'ADD_ON');
  expect(new Set(await refusals(...Array.from({ length: 100 }, () => 'ADD-MANY')))).toEqual(
    new Set(Array.from({ length: 100 }, (_, place) => `items.${place}.addProduct.product PRODUCTS_TOO_MANY`)),
  );
  const bare = await world.holder('PLAN-30');
  const two = ['ADD-10', 'ADD-NOT'].map((code) => ({ addProduct: { subscriberId: bare.id, product: { code } } }));
  expect(await world.refusalsOf(bare.customerId, two)).toEqual([
    'items.0.addProduct.product PRODUCT_EXCLUDED',
    'items.1.addProduct.product PRODUCT_EXCLUDED',
  ]);
});

test('an add-on is given up, unless something else needs it, and the plan is not', async () => {
  at('2026-01-20T04:00:00Z');
  const { customerId, id } = await world.holder('PLAN-30', [{ code: 'ADD-10' }, { code: 'ADD-NEEDS' }]);
  at('2026-01-21T04:00:00Z');
  const remove = async (code: string) => ({ removeProduct: { subscriberId: id, instanceId: await world.instanceOf(id, code) } });
  const needed = await remove('ADD-10');
  const { errors } = await world.quote(customerId, [needed], { language: 'zh' });
  expect(errors).toEqual([
    { code: 'PRODUCT_REQUIRED', field: ['items', '0', 'removeProduct', 'instanceId'], message: '产品 ADD-NEEDS 须同时订购 ADD-10 之一' },
  ]);
  expect(await world.refusalsOf(customerId, [await remove('PLAN-30')])).toEqual(['items.0.removeProduct.instanceId PLAN_STAYS']);
  const other = await world.holder('PLAN-30');
  const foreign = { removeProduct: { subscriberId: other.id, instanceId: needed.removeProduct.instanceId } };
  expect(await world.refusalsOf(other.customerId, [foreign])).toEqual(['items.0.removeProduct.instanceId INSTANCE_NOT_HELD']);
  expect(await world.refusalsOf(customerId, [needed, needed])).toEqual([
    'items.0.removeProduct.instanceId INSTANCE_TWICE',
    'items.1.removeProduct.instanceId INSTANCE_TWICE',
  ]);
  const removed = await world.order(customerId, [needed, await remove('ADD-NEEDS')]);
  expect(removed.state).toBe('completed');
  const ended = 'query ($id: ID!) { node(id: $id) { ... on ProductInstance { order { orderNo } endedBy { orderNo } } } }';
  const asked = { id: needed.removeProduct.instanceId };
  expect(await world.read(ended, asked)).toMatchObject({ node: { endedBy: { orderNo: removed.orderNo } } });
  expect(await world.read(ended, { id: await world.instanceOf(id, 'PLAN-30') })).toMatchObject({ node: { endedBy: null } });
  expect(await world.heldBy(id)).toEqual(['PLAN-30 × 1']);
  expect(await world.heldBy(id, world.clock.now().subtract({ minutes: 1 }))).toHaveLength(3);
  expect(await world.refusalsOf(customerId, [needed])).toEqual(['items.0.removeProduct.instanceId INSTANCE_NOT_HELD']);
});

test('another quantity costs the fees of what is added, and recurs from its day', async () => {
  at('2026-01-05T04:00:00Z');
  const { customerId, accountId, id } = await world.holder('PLAN-30', [{ code: 'ADD-10' }]);
  at('2026-02-11T04:00:00Z');
  const instanceId = await world.instanceOf(id, 'ADD-10');
  const change = (quantity: number) => [{ changeQuantity: { subscriberId: id, instanceId, quantity } }];
  expect(await world.refusalsOf(customerId, change(1))).toEqual(['items.0.changeQuantity.quantity UNCHANGED']);
  expect(await world.refusalsOf(customerId, change(6))).toEqual(['items.0.changeQuantity.quantity QUANTITY_REFUSED']);
  expect(await world.refusalsOf(customerId, change(0))).toEqual(['items.0.changeQuantity.quantity ITEM_INVALID']);
  // 30.00 from 02-11 on: 18 of 28 days.
  const { quotationId } = await world.quote(customerId, change(3));
  expect(await world.linesOf(quotationId)).toEqual(['RECURRING 19.29: 2026-02-11 to 2026-02-28: 30.00 × 18/28 days = 19.29']);
  const order = await world.order(customerId, change(3));
  expect(await world.heldBy(id)).toEqual(['PLAN-30 × 1', 'ADD-10 × 3']);
  expect((await world.productsOf(id))[1]).toMatchObject({ id: instanceId, order: { orderNo: order.orderNo } });
  expect(await world.heldBy(id, world.clock.now().subtract({ minutes: 1 }))).toEqual(['PLAN-30 × 1', 'ADD-10 × 1']);
  const history = 'query ($id: ID!) { node(id: $id) { ... on ProductInstance { history { quantity itemNo order { orderNo } } } } }';
  const { node } = await world.read<{ node: { history: object[] } }>(history, { id: instanceId });
  expect(node.history).toMatchObject([
    { quantity: 3, itemNo: 1, order: { orderNo: order.orderNo } },
    { quantity: 1, itemNo: 1 },
  ]);
  await world.sell(
    'ADD-SOLD',
    { prices: [price('ONE_TIME', 'SETUP', { chargeCode: 'INSTALLATION', amount: '53.00' })], quantity: { least: 1, most: 9, standard: 1 } },
    'ADD_ON',
  );
  const with53 = [{ addProduct: { subscriberId: id, product: { code: 'ADD-SOLD' } } }];
  const asked = await world.quote(customerId, with53, { accountId: acc(accountId) });
  await world.pay(asked.quotationId, '53.00');
  const more = await world.instanceOf(id, 'ADD-SOLD');
  const four = await world.quote(customerId, [{ changeQuantity: { subscriberId: id, instanceId: more, quantity: 4 } }], {
    accountId: acc(accountId),
  });
  expect(await world.linesOf(four.quotationId)).toEqual(['ONE_TIME 159.00 due: 53.00 × 3']);
});

test('another plan at once: its first period by day, and for information what is given back of the old one', async () => {
  at('2026-01-05T04:00:00Z');
  const { customerId, id } = await world.holder('PLAN-30');
  at('2026-03-11T04:00:00Z');
  const change = (code: string, when = 'NOW') => [{ changePlan: { subscriberId: id, plan: { code }, when } }];
  const { quotationId, due } = await world.quote(customerId, change('PLAN-60'));
  expect(due).toBe('0.00');
  expect(await world.linesOf(quotationId)).toEqual([
    'RECURRING 42.00: 2026-03-11 to 2026-03-31: 62.00 × 21/31 days = 42.00',
    'CREDIT -21.00: Billed in advance 31.00, used 10.00 (2026-03-01 to 2026-03-10: 31.00 × 10/31 days = 10.00); 21.00 is given back.',
  ]);
  expect(await world.linesOf(quotationId, 'zh')).toContain(
    'CREDIT -21.00: 已预收 31.00，已使用 10.00（2026-03-01 至 2026-03-10: 31.00 × 10/31 天 = 10.00），退还 21.00',
  );
  const order = await world.order(customerId, change('PLAN-60'));
  const [plan] = await world.productsOf(id);
  expect(plan).toMatchObject({ product: { code: 'PLAN-60' }, order: { orderNo: order.orderNo } });
  expect(await world.heldBy(id)).toHaveLength(1);
  expect(await world.heldBy(id, world.clock.now().subtract({ minutes: 1 }))).toEqual(['PLAN-30 × 1']);
  expect(await world.refusalsOf(customerId, change('PLAN-60'))).toEqual(['items.0.changePlan.plan UNCHANGED']);
  expect(await world.refusalsOf(customerId, change('ADD-10'))).toEqual(['items.0.changePlan.plan PRODUCT_KIND_WRONG']);
  expect(await world.refusalsOf(customerId, [...change('PLAN-30'), ...change('PLAN-30')])).toEqual([
    'items.0.changePlan.plan INSTANCE_TWICE',
    'items.1.changePlan.plan INSTANCE_TWICE',
  ]);
});

test('a plan that what is held cannot go with is refused, by the names of what is in the way', async () => {
  at('2026-01-20T05:00:00Z');
  const { customerId, id } = await world.holder('PLAN-30', [{ code: 'ADD-10' }, { code: 'ADD-NEEDS-30' }]);
  const change = (code: string) => ({ changePlan: { subscriberId: id, plan: { code }, when: 'NEXT_PERIOD' } });
  const { errors } = await world.quote(customerId, [change('PLAN-BARE')]);
  expect(errors.map(({ message }) => message).sort()).toEqual([
    'Product ADD-NEEDS-30 needs one of PLAN-30.',
    'Product PLAN-BARE cannot be had together with ADD-10.',
  ]);
  const instanceId = await world.instanceOf(id, 'ADD-NEEDS-30');
  const removed = { removeProduct: { subscriberId: id, instanceId } };
  expect(await world.refusalsOf(customerId, [removed, change('PLAN-60')])).toEqual([]);
  await world.order(customerId, [removed, change('PLAN-60')]);
  // What needs the plan that is about to go cannot come any more.
  const back = { addProduct: { subscriberId: id, product: { code: 'ADD-NEEDS-30' } } };
  expect(await world.refusalsOf(customerId, [back])).toEqual(['items.0.addProduct.product PRODUCT_REQUIRED']);
});

test('a plan of the next period stands ahead from local midnight; a later change replaces it, and a closing leaves nothing', async () => {
  at('2026-01-20T05:00:00Z');
  const { customerId, id } = await world.holder('PLAN-30');
  const change = (code: string, when: string) => [{ changePlan: { subscriberId: id, plan: { code }, when } }];
  const planned = await world.quote(customerId, change('PLAN-60', 'NEXT_PERIOD'));
  expect(await world.linesOf(planned.quotationId)).toEqual(['RECURRING 62.00: 2026-02-01 to 2026-02-28: 62.00 × 28/28 days = 62.00']);
  const { order } = await world.mutate('submitOrder', { quotationId: planned.quotationId });
  expect(order?.state).toBe('completed');
  const eve = ['2026-01-31T15:59:59Z', '2026-01-31T16:00:00Z'];
  const over = async () => Promise.all(eve.map(async (time) => (await world.heldBy(id, Temporal.Instant.from(time))).join()));
  expect(await over()).toEqual(['PLAN-30 × 1', 'PLAN-60 × 1']);
  const seen = 'query ($id: ID!) { order(id: $id) { items { effectiveAt result } } }';
  expect(await world.read(seen, { id: order?.id })).toEqual({
    order: { items: [{ effectiveAt: '2026-01-31T16:00:00.000Z', result: { from: '2026-01-31T16:00:00Z', takenBack: [] } }] },
  });
  const ahead =
    'query ($id: ID!) { subscriber(id: $id) { plannedProducts { isPlan product { code } order { orderNo } validity { from to } } } }';
  expect(await world.read(ahead, { id })).toEqual({
    subscriber: {
      plannedProducts: [
        {
          isPlan: true, product: { code: 'PLAN-60' }, order: { orderNo: order?.orderNo },
          validity: { from: '2026-01-31T16:00:00.000Z', to: null },
        },
      ],
    },
  }); // prettier-ignore
  at('2026-01-22T05:00:00Z');
  const again = await world.quote(customerId, change('PLAN-BARE', 'NEXT_PERIOD'));
  expect(await world.linesOf(again.quotationId)).toEqual([
    'RECURRING 9.00: 2026-02-01 to 2026-02-28: 9.00 × 28/28 days = 9.00; replaces the change planned to PLAN-60 (2026-02-01 00:00)',
  ]);
  const second = (await world.mutate('submitOrder', { quotationId: again.quotationId })).order;
  expect(await world.read<{ order: { items: { result: object }[] } }>(seen, { id: second?.id })).toMatchObject({
    order: { items: [{ result: { takenBack: ['PLAN-60'] } }] },
  });
  expect(await over()).toEqual(['PLAN-30 × 1', 'PLAN-BARE × 1']);
  at('2026-01-23T05:00:00Z');
  await world.order(customerId, [{ terminate: { subscriberId: id } }]);
  expect(await over()).toEqual(['', '']);
  expect(await world.read(ahead, { id })).toEqual({ subscriber: { plannedProducts: [] } });
});

test('of two clerks who change a plan at once, the second is told that it is not the plan that was quoted', async () => {
  at('2026-01-20T06:00:00Z');
  const { customerId, id } = await world.holder('PLAN-30');
  at('2026-01-20T07:00:00Z');
  const change = (code: string) => [{ changePlan: { subscriberId: id, plan: { code }, when: 'NOW' } }];
  const quoted = [await world.quote(customerId, change('PLAN-60')), await world.quote(customerId, change('PLAN-BARE'))];
  const submitted = await Promise.all(quoted.map(({ quotationId }) => world.mutate('submitOrder', { quotationId })));
  expect(submitted.flatMap(({ order }) => order?.state ?? [])).toEqual(['completed']);
  expect(submitted.flatMap(({ errors }) => errors.map(({ code, field }) => `${(field ?? []).join('.')} ${code}`))).toEqual([
    'items.0.changePlan.plan PLAN_CHANGED',
  ]);
  expect(await world.heldBy(id)).toHaveLength(1);
});

test('of two clerks who give, change or end the same product at once, one does', async () => {
  at('2026-01-20T08:00:00Z');
  const { customerId, id } = await world.holder('PLAN-30');
  const both = async (...items: object[]) => {
    const quoted = [await world.quote(customerId, [items[0]] as never), await world.quote(customerId, [items.at(-1)] as never)];
    const submitted = await Promise.all(quoted.map(({ quotationId }) => world.mutate('submitOrder', { quotationId })));
    return submitted.flatMap(({ order, errors }) => order?.state ?? errors.map(({ code }) => code)).sort();
  };
  const add = { addProduct: { subscriberId: id, product: { code: 'ADD-10' } } };
  expect(await both(add)).toEqual(['PRODUCT_TOO_OFTEN', 'completed']);
  const instanceId = await world.instanceOf(id, 'ADD-10');
  const change = (quantity: number) => ({ changeQuantity: { subscriberId: id, instanceId, quantity } });
  expect(await both(change(2))).toEqual(['UNCHANGED', 'completed']);
  const remove = { removeProduct: { subscriberId: id, instanceId } };
  expect(await both(remove)).toEqual(['INSTANCE_NOT_HELD', 'completed']);
  expect(await world.heldBy(id)).toEqual(['PLAN-30 × 1']);
});
