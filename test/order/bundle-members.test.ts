import { relateCustomers } from '../../src/business/component/customer';
import { selectBundleFaults } from '../../src/business/component/product';
import { endLapsedBundles } from '../../src/business/process/acceptance';
import { decodeId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { newKey } from '../support/party-world';
import { useBundleWorld, type Holder } from './bundle-world';
import { acc, cus, sub } from './order-world';

/* Subscribers join and leave the demonstration's bundles by orders: what each then costs, what becomes of the bundle, and what its contract asks. */

const database = useDatabase();
const world = useBundleWorld(database);

const told = (lines: Awaited<ReturnType<typeof world.linesOf>>): string[] =>
  lines.map(({ itemNo, kind, chargeCode, amount }) => `${itemNo} ${kind} ${chargeCode} ${amount.amount}`);
const leave = (subscriberId: string | undefined) => ({ leaveBundle: { subscriberId } });
const today = (): string => world.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
const inDays = (days: number): string => world.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().add({ days }).toString();

/** What an order of one customer would cost. */
async function priced(holder: Holder, ...items: object[]): Promise<string[]> {
  const { quotationId, errors } = await world.quote(holder.customerId, items as never, { accountId: acc(holder.accountId) });
  expect(errors).toEqual([]);
  return told(await world.linesOf(quotationId));
}

/** Where people do a step of a kind of order, of one line of business if it says so; null: nobody does. */
async function setQueue(of: { readonly kind: string; readonly serviceType?: string }, workQueue: string | null): Promise<void> {
  const input = {
    ...of, idempotencyKey: newKey(), fee: { amount: '0', currency: 'CNY' }, feeTaxIncluded: true, dueMinutes: 30, monthsInNet: 0,
    daysInNet: 0, stopReasonsAllowed: [], arrearsRefused: false, workQueue,
  }; // prettier-ignore
  const document = 'mutation ($input: SetOrderKindRuleInput!) { setOrderKindRule(input: $input) { userErrors { code } } }';
  expect(await world.read(document, { input }, world.clerkAt(world.root))).toEqual({ setOrderKindRule: { userErrors: [] } });
}

/** People have done their step of an item: what that was refused for. */
async function completeWork(orderId: string, itemNo: number): Promise<string[]> {
  const { order } = await world.read<{ order: { workOrders: { id: string; version: number; itemNo: number }[] } }>(
    'query ($id: ID!) { order(id: $id) { workOrders { id version itemNo } } }',
    { id: orderId },
  );
  const work = order.workOrders.find((one) => one.itemNo === itemNo);
  const document = 'mutation ($input: CompleteWorkOrderInput!) { completeWorkOrder(input: $input) { userErrors { code } } }';
  const input = { idempotencyKey: newKey(), workOrderId: work?.id, expectedVersion: work?.version };
  const { completeWorkOrder: done } = await world.read<{ completeWorkOrder: { userErrors: { code: string }[] } }>(document, { input });
  return done.userErrors.map(({ code }) => code);
}

/** A bundle of an enterprise: five mobiles, a fixed line and a broadband line, in this order. */
async function enterprise(): Promise<Holder & { bundle: string; subscribers: string[] }> {
  const holder = await world.payer({ customer: { kind: 'ENTERPRISE', name: '杭州公司' } });
  const member = (line: string, plan: string, role: string) => world.open(holder, line, plan, { itemNo: 1, role });
  const mobiles = [1, 2, 3, 4, 5].map(() => member('MOBILE', 'MOBILE-5G-129', 'MOBILE'));
  const lines = [member('FIXED_LINE', 'FIXED-LINE-25', 'FIXED_LINE'), member('BROADBAND', 'BROADBAND-1000M-YEAR', 'BROADBAND')];
  const order = await world.sell(holder, [world.openBundle(holder, 'ENTERPRISE-999'), ...mobiles, ...lines]);
  return { ...holder, ...(await world.soldBy(order)) };
}

/** A family's bundle of three mobiles and a broadband line, in this order. */
async function family(): Promise<Holder & { bundle: string; subscribers: string[] }> {
  const holder = await world.payer();
  const mobiles = [1, 2, 3].map(() => world.open(holder, 'MOBILE', 'MOBILE-5G-129', { itemNo: 1, role: 'MOBILE' }));
  const broadband = world.open(holder, 'BROADBAND', 'BROADBAND-1000M-YEAR', { itemNo: 1, role: 'BROADBAND' });
  return { ...holder, ...(await world.soldBy(await world.sell(holder, [world.openBundle(holder, 'FAMILY-299'), ...mobiles, broadband]))) };
}

test('its holder closes a bundle: a part of the fees that remain of its contract is charged, to the fen', async () => {
  const holder = await world.payer();
  const { bundle } = await world.soldBy(await world.sell(holder, world.fusion(holder)));
  world.clock.set('2026-02-10T02:00:00Z');
  const close = { closeBundle: { bundleInstanceId: bundle } };
  const stranger = await world.payer();
  expect(await world.refusalsOf(stranger.customerId, [close])).toEqual(['items.0.closeBundle.bundleInstanceId BUNDLE_NOT_THEIRS']);
  const { quotationId } = await world.quote(holder.customerId, [close], { accountId: acc(holder.accountId) });
  // Until 5 January 2028: 135.04 of February (199.00 less 9/28 of it, 63.96), 22 months of 199.00, and 4/31 of one, 25.68.
  expect(await world.linesOf(quotationId)).toMatchObject([
    {
      kind: 'PENALTY', chargeCode: 'EARLY_TERMINATION_PENALTY', amount: { amount: '907.74' }, tax: { amount: '74.95' }, dueNow: true,
      explanation: 'Contract of 2026-01-05 to 2028-01-04, month 2: remaining fees 4538.72 × 20 % = 907.74',
    },
    // Each plan by itself from 10 to 28 February: 99.00 less 9/28 of it, 59.00 likewise; of 25.00 a half, from the 16th on.
    { kind: 'RECURRING', chargeCode: 'MOBILE_MONTHLY_FEE', amount: { amount: '67.18' }, tax: { amount: '0.00' }, dueNow: false },
    { kind: 'RECURRING', chargeCode: 'BROADBAND_MONTHLY_FEE', amount: { amount: '40.04' }, dueNow: false },
    { kind: 'RECURRING', chargeCode: 'FIXED_LINE_MONTHLY_FEE', amount: { amount: '12.50' }, dueNow: false },
  ]); // prettier-ignore
  const bound = 'query ($id: ID!) { node(id: $id) { ... on BundleInstance { term { from until renewal } } } }';
  expect(await world.read(bound, { id: bundle })).toEqual({ node: { term: { from: '2026-01-05', until: '2028-01-05', renewal: 'OPEN' } } });
  await world.sell(holder, [close]);
  expect(await world.membersOf(bundle)).toEqual([]);
  expect(await world.refusalsOf(holder.customerId, [close])).toEqual(['items.0.closeBundle.bundleInstanceId BUNDLE_ENDED']);
  world.clock.set('2026-03-05T01:00:00Z');
});

test('a subscriber that is there joins a new bundle, its plan changed in the same order; a grace begins when a member leaves', async () => {
  const home = await world.household();
  const existing = sub(home.subscriberId);
  const join = { joinBundle: { subscriberId: existing, bundle: { itemNo: 1, role: 'MOBILE' } } };
  expect(await world.refusalsOf(home.customerId, [...world.fusion(home), join], { accountId: acc(home.accountId) })).toEqual([
    'items.4.joinBundle.subscriberId PLAN_NEEDED',
  ]);
  const plan = { changePlan: { subscriberId: existing, plan: { code: 'MOBILE-5G-129' }, when: 'NOW' } };
  const items = world.fusion(home, plan, join);
  const lines = await priced(home, ...items);
  // 86.66 of the first period and 50.00 at once are now borne by two mobiles.
  expect(lines.filter((line) => /^[256]/.test(line))).toEqual([
    '2 RECURRING MOBILE_MONTHLY_FEE 0.00',
    '2 ONE_TIME MOBILE_MONTHLY_FEE 25.00',
    '2 RECURRING MOBILE_MONTHLY_FEE 43.33',
    '5 RECURRING MOBILE_MONTHLY_FEE 0.00',
    '6 ONE_TIME MOBILE_MONTHLY_FEE 25.00',
    '6 RECURRING MOBILE_MONTHLY_FEE 43.33',
  ]);
  const { bundle, subscribers } = await world.soldBy(await world.sell(home, items));
  expect(await world.membersOf(bundle)).toContain(`MOBILE ${existing}`);
  expect(await world.membersOf(bundle)).toHaveLength(4);

  const began = today();
  world.clock.advance({ hours: 24 * 5 });
  const [, broadband] = subscribers;
  // 10 to 31 March: 59.00 × 22/31 = 41.87, by days counted from the 5th: 51.39 − 9.52.
  expect(await priced(home, leave(broadband))).toEqual(['1 RECURRING BROADBAND_MONTHLY_FEE 41.87']);
  await world.sell(home, [leave(broadband)]);
  expect(await world.membersOf(bundle)).toHaveLength(3);
  expect(await world.standingsOf(bundle, began, inDays(60))).toEqual([
    `${began} ${today()} COMPLETE 4`,
    `${today()} ${inDays(30)} GRACE 3`,
    `${inDays(30)} ${inDays(60)} ENDED 3`,
  ]);
  expect(await world.refusalsOf(home.customerId, [leave(broadband)])).toEqual(['items.0.leaveBundle.subscriberId NOT_IN_BUNDLE']);
  const again = { joinBundle: { subscriberId: broadband, bundle: { bundleInstanceId: bundle, role: 'BROADBAND' } } };
  await world.sell(home, [again]);
  expect(await world.standingsOf(bundle, today(), inDays(60))).toEqual([`${today()} ${inDays(60)} COMPLETE 4`]);
  expect(await world.refusalsOf(home.customerId, [again])).toEqual(['items.0.joinBundle.subscriberId IN_A_BUNDLE']);
  await world.sell(home, [leave(broadband)]);
  world.clock.advance({ hours: 24 * 31 });
  expect(await world.refusalsOf(home.customerId, [again])).toEqual(['items.0.joinBundle.bundle.bundleInstanceId BUNDLE_ENDED']);
});

test('who is left in a bundle whose grace is over is in none: it changes its plan as it likes, and joins another', async () => {
  const home = await world.payer();
  const { bundle, subscribers } = await world.soldBy(await world.sell(home, world.fusion(home)));
  const [mobile, broadband, line] = subscribers;
  world.clock.advance({ hours: 24 });
  const began = today();
  await world.sell(home, [leave(broadband)]);
  world.clock.advance({ hours: 24 * 30 });
  const change = (code: string) => ({ changePlan: { subscriberId: mobile, plan: { code }, when: 'NOW' } });
  const [recurring] = (await priced(home, change('MOBILE-HANDSET-199'))).filter((one) => one.includes('RECURRING'));
  expect(Number(recurring?.split(' ')[3])).toBeGreaterThan(0);
  const join = { joinBundle: { subscriberId: mobile, bundle: { itemNo: 1, role: 'MOBILE' } } };
  const again = [...world.fusion(home).filter((_, place) => place !== 1), join];
  const { bundle: other } = await world.soldBy(await world.sell(home, again));
  expect(await world.membersOf(other)).toContain(`MOBILE ${mobile}`);
  expect(await world.membersOf(bundle)).toEqual([]);
  // It ended when the grace was over, whenever that was written down.
  expect((await world.standingsOf(bundle, began, inDays(2))).at(-1)).toBe(`${today()} ${inDays(2)} ENDED 0`);
  expect(await world.refusalsOf(home.customerId, [leave(line)])).toEqual(['items.0.leaveBundle.subscriberId NOT_IN_BUNDLE']);
  // Upkeep had not come to it: it charges for the end all the same, as of that day.
  // 134.81 of the 11th to the 31st, 22 months of 199.00, and 59.70 to 9 April: 4,572.51.
  expect(await settledBy(home)).toEqual([
    'completed 914.50 0.00 PENALTY Nobody took the missing member’s place before 2026-05-11, and the bundle ended. ' +
      'Contract of 2026-04-10 to 2028-04-09, month 2: remaining fees 4572.51 × 20 % = 914.50',
  ]);
});

test('a grace that is over ends the bundle by upkeep, and its contract is owed by the holder’s account; one that finds its member is not', async () => {
  const home = await world.payer({ account: { billingDay: 1 } });
  const { bundle, subscribers } = await world.soldBy(await world.sell(home, world.fusion(home)));
  const [, broadband] = subscribers;
  const paid = await world.booksOf(home.accountId);
  world.clock.advance({ hours: 24 * 10 });
  await world.sell(home, [leave(broadband)]);
  const join = { joinBundle: { subscriberId: broadband, bundle: { bundleInstanceId: bundle, role: 'BROADBAND' } } };
  world.clock.advance({ hours: 24 * 29 });
  expect(await settledBy(home)).toEqual([]);
  await world.sell(home, [join]);
  world.clock.advance({ hours: 24 * 10 });
  expect(await settledBy(home)).toEqual([]);
  expect(await world.membersOf(bundle)).toHaveLength(3);
  await world.sell(home, [leave(broadband)]);
  const over = inDays(30);
  world.clock.advance({ hours: 24 * 29 });
  expect(await settledBy(home)).toEqual([]);
  expect(await world.membersOf(bundle)).toHaveLength(2);
  world.clock.advance({ hours: 24 });
  expect(over).toBe(today());
  // Upkeep was away for two days: it is charged as of the day all the same.
  world.clock.advance({ hours: 48 });
  const settled = await settledBy(home);
  // 19.26 of the 29th to the 31st, 21 months of 199.00, and 64.19 to 10 May: 4,262.45.
  expect(settled).toEqual([
    `completed 852.49 0.00 PENALTY Nobody took the missing member’s place before ${over}, and the bundle ended. ` +
      'Contract of 2026-05-11 to 2028-05-10, month 3: remaining fees 4262.45 × 20 % = 852.49',
  ]);
  expect(await settledBy(home)).toEqual(settled);
  expect(await world.membersOf(bundle)).toEqual([]);
  const books = await world.booksOf(home.accountId);
  const moved = Object.keys(books).map((code) => [code, (books[code] ?? 0) - (paid[code] ?? 0)] as const);
  // 9 % in 852.49 is 70.39: owed, and paid by nobody yet.
  expect(Object.fromEntries(moved.filter(([, amount]) => amount !== 0))).toEqual({ 1122: 85_249, 2221: -7_039, 6301: -78_210 });
});

/** The orders by which upkeep charges a holder for the ends of bundles, with their lines. */
async function settledBy({ customerId }: Holder): Promise<string[]> {
  // Two workers may be at it.
  await Promise.all([endLapsedBundles(world.context), endLapsedBundles(world.context)]);
  const { orders } = await world.read<{
    orders: { nodes: { state: string; due: { amount: string }; paid: { amount: string }; quotation: { id: string } | null }[] };
  }>(
    `query ($id: ID!) { orders(first: 20, filter: { customerId: $id, category: LAPSE_BUNDLE }) {
       nodes { state due { amount } paid { amount } quotation { id } } } }`,
    { id: cus(customerId) },
  );
  const told: string[] = [];
  for (const { state, due, paid, quotation } of orders.nodes) {
    const lines = await world.linesOf(quotation?.id ?? '');
    told.push(`${state} ${due.amount} ${paid.amount} ${lines.map(({ kind, explanation }) => `${kind} ${explanation}`).join()}`);
  }
  return told;
}

test('a member changes its plan to one of its role; to another it leaves first; a bundle that falls below its least is repriced', async () => {
  const { bundle, subscribers, ...holder } = await family();
  const [first, second, , broadband] = subscribers;
  const change = (code: string) => ({ changePlan: { subscriberId: first, plan: { code }, when: 'NOW' } });
  expect(await priced(holder, change('MOBILE-YOUTH-19'))).toEqual(['1 RECURRING MOBILE_MONTHLY_FEE 0.00']);
  expect(await world.refusalsOf(holder.customerId, [change('MOBILE-HANDSET-199')], { accountId: acc(holder.accountId) })).toEqual([
    'items.0.changePlan.plan PLAN_NOT_OF_ROLE',
  ]);
  await world.sell(holder, [change('MOBILE-YOUTH-19')]);
  const began = today();
  world.clock.advance({ hours: 24 * 3 });
  await world.sell(holder, [{ terminate: { subscriberId: second } }]);
  expect(await world.standingsOf(bundle, began, inDays(10))).toEqual([
    `${began} ${today()} COMPLETE 4`,
    `${today()} ${inDays(10)} REPRICED 3 259.00`,
  ]);
  expect(await world.membersOf(bundle)).not.toContain(`MOBILE ${second}`);
  const left = today();
  world.clock.advance({ hours: 24 });
  await world.sell(holder, [leave(first), change('MOBILE-HANDSET-199')]);
  expect(await world.standingsOf(bundle, left, inDays(10))).toEqual([
    `${left} ${today()} REPRICED 3 259.00`,
    `${today()} ${inDays(10)} REPRICED 2 259.00`,
  ]);
  const ofStranger = await world.payer();
  expect(await world.refusalsOf(ofStranger.customerId, [leave(broadband)])).toEqual(['items.0.leaveBundle.subscriberId NOT_THEIRS']);
  expect(await selectBundleFaults({ sql: database.core.reader() }, 10)).toEqual([]);
});

/** The products whose contracts stand in the way of taking a number to another operator. */
async function binding({ customerId }: Holder, subscriberId: string | undefined): Promise<string[]> {
  const { errors } = await world.quote(customerId, [{ portOut: { subscriberId } }]);
  return errors.flatMap(({ message }) => /^Product (\S+) is bound/.exec(message)?.[1] ?? []);
}

test('where a bundle cannot be without who leaves, it ends and its contract is charged, once; its other members stay as they are', async () => {
  const { bundle, subscribers, ...holder } = await enterprise();
  const [mobile, , , , other, line] = subscribers;
  const penalty = async (...items: object[]): Promise<string[]> =>
    (await priced(holder, ...items)).filter((one) => one.includes('PENALTY'));
  // The first month of three: 900.00; from 9 February on the second: 600.00.
  expect(await penalty(leave(line))).toEqual(['1 PENALTY EARLY_TERMINATION_PENALTY 900.00']);
  expect(await penalty({ terminate: { subscriberId: line } })).toEqual(['1 PENALTY EARLY_TERMINATION_PENALTY 900.00']);
  // Nor does it go to another operator with its number while the bundle binds it.
  expect(await binding(holder, line)).toContain('ENTERPRISE-999');
  expect(await penalty(leave(mobile), leave(other))).toEqual(['1 PENALTY EARLY_TERMINATION_PENALTY 900.00']);
  world.clock.advance({ hours: 24 * 35 });
  const { quotationId } = await world.quote(holder.customerId, [leave(line)], { accountId: acc(holder.accountId) });
  const lines = await world.linesOf(quotationId);
  expect(lines.find(({ kind }) => kind === 'PENALTY')).toMatchObject({
    amount: { amount: '600.00' },
    tax: { amount: '49.54' },
    dueNow: true,
  });
  const ended = await world.sell(holder, [leave(line)]);
  expect(ended.state).toBe('completed');
  expect(await world.membersOf(bundle)).toEqual([]);
  expect((await world.standingsOf(bundle, today(), inDays(5))).map((one) => one.split(' ')[2])).toEqual(['ENDED']);
  const joining = { joinBundle: { subscriberId: line, bundle: { bundleInstanceId: bundle, role: 'FIXED_LINE' } } };
  expect(await world.refusalsOf(holder.customerId, [joining])).toEqual(['items.0.joinBundle.bundle.bundleInstanceId BUNDLE_ENDED']);
  const { customer } = await world.read<{ customer: { bundles: { nodes: unknown[] } } }>(
    'query ($id: ID!) { customer(id: $id) { bundles(first: 5) { nodes { id } } } }',
    { id: cus(holder.customerId) },
  );
  expect(customer.bundles.nodes).toEqual([]);
});

test('a member that goes to a customer outside the family leaves, one that goes to a relation stays', async () => {
  const { bundle, subscribers, ...holder } = await family();
  const [first, second] = subscribers;
  world.clock.advance({ hours: 24 * 100 });
  // A bundle that goes on without a member does not bind it.
  expect(await binding(holder, first)).toEqual([]);
  const [child, stranger] = [await world.payer(), await world.payer()];
  const expectedVersion = await world.versionOf('customer', child.customerId);
  const relation = { customerId: child.customerId, relatedCustomerId: holder.customerId, kind: 'FAMILY' as const, expectedVersion };
  await world.run(relateCustomers, relation);
  const transfer = (subscriberId: string | undefined, to: Holder) => ({
    transfer: { subscriberId, customerId: cus(to.customerId), accountId: acc(to.accountId) },
  });
  await world.sell(holder, [transfer(first, child)]);
  expect(await world.membersOf(bundle)).toContain(`MOBILE ${first}`);
  await world.sell(holder, [transfer(second, stranger)]);
  expect(await world.membersOf(bundle)).not.toContain(`MOBILE ${second}`);
  const ofChild = [leave(first)];
  expect(await world.refusalsOf(child.customerId, ofChild)).toEqual([]);
  expect(await world.refusalsOf(holder.customerId, ofChild)).toEqual([]);
});

test('of several who leave by people’s work, each leaves when that is done; the bundle ends with the one it cannot be without', async () => {
  const holder = await world.payer({ customer: { kind: 'ENTERPRISE', name: '宁波公司' } });
  const member = (line: string, plan: string, role: string) => world.open(holder, line, plan, { itemNo: 1, role });
  const mobiles = [1, 2, 3, 4, 5, 6].map(() => member('MOBILE', 'MOBILE-5G-129', 'MOBILE'));
  const lines = [member('FIXED_LINE', 'FIXED-LINE-25', 'FIXED_LINE'), member('BROADBAND', 'BROADBAND-1000M-YEAR', 'BROADBAND')];
  const { bundle, subscribers } = await world.soldBy(
    await world.sell(holder, [world.openBundle(holder, 'ENTERPRISE-999'), ...mobiles, ...lines]),
  );
  world.clock.advance({ hours: 24 });
  const [first, second, third] = subscribers;
  await setQueue({ kind: 'LEAVE_BUNDLE' }, 'BACK_OFFICE');
  // Six mobiles, five of which it needs: it ends with the second who leaves, and is charged once.
  const order = await world.sell(holder, [leave(first), leave(second), leave(third)]);
  expect(order.state).toBe('inProgress');
  const complete = (itemNo: number): Promise<string[]> => completeWork(order.id, itemNo);
  expect(await complete(3)).toEqual([]);
  expect(await world.membersOf(bundle)).toHaveLength(7);
  expect(await complete(1)).toEqual([]);
  expect(await world.membersOf(bundle)).toEqual([]);
  // It has left the bundle with the other: what was asked for has come about.
  world.clock.advance({ hours: 1 });
  expect(await complete(2)).toEqual([]);
  const { order: done } = await world.read<{ order: { state: string; items: { state: string }[] } }>(
    'query ($id: ID!) { order(id: $id) { state items { state } } }',
    { id: order.id },
  );
  expect(done).toEqual({ state: 'completed', items: [{ state: 'completed' }, { state: 'completed' }, { state: 'completed' }] });
  await setQueue({ kind: 'LEAVE_BUNDLE' }, null);
});

test('a member whose line people must lay joins, when that is done, the bundle that the order has opened before', async () => {
  await setQueue({ kind: 'OPEN', serviceType: 'BROADBAND' }, 'LINE_WORK');
  const holder = await world.payer();
  const order = await world.sell(holder, world.fusion(holder));
  expect(order.state).toBe('inProgress');
  const { bundle } = await world.soldBy(order);
  const roles = async (): Promise<unknown[]> => (await world.membersOf(bundle)).map((member) => member.split(' ')[0]);
  expect(await roles()).toEqual(['FIXED_LINE', 'MOBILE']);
  world.clock.advance({ hours: 24 });
  expect(await completeWork(order.id, 3)).toEqual([]);
  expect(await roles()).toEqual(['BROADBAND', 'FIXED_LINE', 'MOBILE']);
  await setQueue({ kind: 'OPEN', serviceType: 'BROADBAND' }, null);
});

test('what was written past the program is found', async () => {
  const { subscribers } = await family();
  const [mobile] = subscribers.map((id) => decodeId('subscriber', id) as Id<'subscriber'>);
  const faults = async (): Promise<string[]> =>
    (await selectBundleFaults({ sql: database.core.reader() }, 10)).map(({ fault, subscriberId }) => `${fault} ${subscriberId}`);
  expect(await faults()).toEqual([]);
  await database.raw("UPDATE bundle_membership SET role = 'BROADBAND' WHERE subscriber_id = $1", [mobile]);
  expect(await faults()).toEqual([`PLAN_NOT_OF_ROLE ${mobile}`]);
});
