import { closeAccount } from '../../src/business/process/close-account';
import { mergeAccounts } from '../../src/business/process/merge-accounts';
import { relateCustomers } from '../../src/business/component/customer';
import { startDueOrders } from '../../src/business/process/acceptance';
import { encodeId } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { useBundleWorld, type Holder } from './bundle-world';
import { acc, cus, type OrderRow } from './order-world';

/* The demonstration's bundles are sold in one order: what they cost as one and each member's part of it, whom they are refused, who is in them. */

const database = useDatabase();
const world = useBundleWorld(database);

test('a mobile, a broadband and a fixed line are opened in one bundle by one order, whose price is split to the fen', async () => {
  const holder = await world.payer();
  const accountId = acc(holder.accountId);
  const { quotationId, due } = await world.quote(holder.customerId, world.fusion(holder), { accountId });
  const lines = await world.linesOf(quotationId);
  const told = lines.map(({ itemNo, kind, chargeCode, amount, tax }) => `${itemNo} ${kind} ${chargeCode} ${amount.amount} ${tax.amount}`);
  expect(told).toEqual([
    // The plan's own fee is in the bundle's; its one-time fees are not.
    '2 RECURRING MOBILE_MONTHLY_FEE 0.00 0.00',
    // 100.00 at once, and 199.00 × 27/31 = 173.32 for the first period, by shares of 50, 35 and 15.
    // 9 % in 265.00 is 21.88, 6 % in 35.00 is 1.98: rounded once a rate, then split to the lines.
    '2 ONE_TIME MOBILE_MONTHLY_FEE 50.00 4.13',
    '2 RECURRING MOBILE_MONTHLY_FEE 86.66 0.00',
    '3 ONE_TIME INSTALLATION_FEE 100.00 8.26',
    '3 RECURRING BROADBAND_MONTHLY_FEE 0.00 0.00',
    '3 ONE_TIME BROADBAND_MONTHLY_FEE 35.00 1.98',
    '3 RECURRING BROADBAND_MONTHLY_FEE 60.66 0.00',
    '4 ONE_TIME INSTALLATION_FEE 100.00 8.25',
    '4 RECURRING FIXED_LINE_MONTHLY_FEE 0.00 0.00',
    '4 ONE_TIME FIXED_LINE_MONTHLY_FEE 15.00 1.24',
    '4 RECURRING FIXED_LINE_MONTHLY_FEE 26.00 0.00',
  ]);
  expect(due).toBe('300.00');
  expect(lines[0]?.explanation).toBe('Not charged while in the bundle, whose price covers it.');
  expect(lines[6]?.explanation).toBe(
    'Bundle FUSION-199 as one: 2026-01-05 to 2026-01-31: 199.00 × 27/31 days = 173.32; Broadband bears 35/100 of it, evenly among 1: 60.66',
  );
  const before = world.clock.now();
  world.clock.advance({ minutes: 1 });
  const { order } = await world.mutate('submitOrder', { quotationId });
  expect(await world.soldBy(order as OrderRow)).toEqual({ bundle: '', subscribers: [] });
  expect((await world.pay(order as OrderRow, '300.00')).state).toBe('completed');
  const { bundle, subscribers } = await world.soldBy(order as OrderRow);
  const [mobile, broadband, line] = subscribers;
  expect(await world.membersOf(bundle)).toEqual([`BROADBAND ${broadband}`, `FIXED_LINE ${line}`, `MOBILE ${mobile}`]);
  expect(await world.membersOf(bundle, `validAt: "${before.toString()}"`)).toEqual([]);
  const fields = `bundle { role itemNo order { orderNo } bundle {
    product { code } productVersion { number } holder { id } account { id } organisation { id } allowances { code amount } order { orderNo } itemNo
    validity { to } } } customer { bundles(first: 5) { nodes { id } } }`;
  const seen = await world.read<{ subscriber: unknown }>(`query ($id: ID!) { subscriber(id: $id) { ${fields} } }`, { id: line });
  expect(seen.subscriber).toEqual({
    bundle: {
      role: 'FIXED_LINE', itemNo: 4, order: { orderNo: order?.orderNo },
      bundle: {
        product: { code: 'FUSION-199' }, productVersion: { number: 1 }, holder: { id: cus(holder.customerId) }, account: { id: accountId },
        organisation: { id: encodeId('organisation', world.hangzhou) }, order: { orderNo: order?.orderNo }, itemNo: 1, validity: { to: null },
        allowances: [{ code: 'SHARED-DATA', amount: '64424509440' }, { code: 'SHARED-CALLS', amount: '60000' }],
      },
    },
    customer: { bundles: { nodes: [{ id: bundle }] } },
  }); // prettier-ignore
  expect(await world.read('query ($id: ID!) { node(id: $id) { id } }', { id: bundle }, world.clerkAt(world.ningbo))).toEqual({
    node: null,
  });
  expect(await world.booksOf(holder.accountId)).toMatchObject({ 1001: 30000 });
});

test('a bundle is refused with every reason, at the item that is to blame', async () => {
  const holder = await world.payer();
  const mobile = (bundle: object, plan = 'MOBILE-5G-129') => world.open(holder, 'MOBILE', plan, bundle as never);
  const broadband = world.open(holder, 'BROADBAND', 'BROADBAND-300M', { itemNo: 1, role: 'BROADBAND' });
  const refusals = (...items: object[]) => world.refusalsOf(holder.customerId, items as never, { accountId: acc(holder.accountId) });
  const opening = world.openBundle(holder);
  expect(await refusals(opening)).toEqual(['items.0.openBundle.bundle BUNDLE_INCOMPLETE', 'items.0.openBundle.bundle BUNDLE_INCOMPLETE']);
  const four = [1, 2, 3, 4].map(() => mobile({ itemNo: 1, role: 'MOBILE' }));
  expect(await refusals(opening, broadband, ...four)).toEqual(['items.5.open.bundle.role BUNDLE_FULL']);
  expect(await refusals(world.openBundle(holder, 'NONE'))).toEqual(['items.0.openBundle.bundle PRODUCT_NOT_SOLD']);
  expect(await refusals(world.openBundle(holder, 'BROADBAND-300M'))).toEqual(['items.0.openBundle.bundle PRODUCT_KIND_WRONG']);
  expect(await refusals(world.openBundle(holder, 'ENTERPRISE-999'))).toContain('items.0.openBundle.bundle NOT_ELIGIBLE');
  expect(await refusals(mobile({ itemNo: 1, role: 'MOBILE' }))).toEqual(['items.0.open.bundle.itemNo BUNDLE_NOT_FOUND']);
  expect(await refusals(mobile({ itemNo: 2, role: 'MOBILE' }), opening)).toContain('items.0.open.bundle.itemNo BUNDLE_NOT_FOUND');
  expect(await refusals(mobile({ role: 'MOBILE' }))).toEqual(['items.0.open.bundle BUNDLE_NOT_NAMED']);
  const nobodys = 'bun_01j3rt4z1yfay8vvr14d2pf2db';
  expect(await refusals(mobile({ bundleInstanceId: nobodys, role: 'MOBILE' }))).toEqual([
    'items.0.open.bundle.bundleInstanceId BUNDLE_NOT_FOUND',
  ]);
  const whole = [opening, broadband, mobile({ itemNo: 1, role: 'MOBILE' })];
  expect(await refusals(...whole, mobile({ itemNo: 1, role: 'TABLET' }))).toEqual(['items.3.open.bundle.role BUNDLE_ROLE_UNKNOWN']);
  expect(await refusals(...whole, mobile({ itemNo: 1, role: 'MOBILE' }, 'MOBILE-HANDSET-199'))).toEqual([
    'items.3.open.plan PLAN_NOT_OF_ROLE',
  ]);
  const other = await world.payer();
  expect(await refusals(world.openBundle(other), ...whole.slice(1))).toContain('items.0.openBundle.accountId ACCOUNT_NOT_THEIRS');
});

test('of two clerks who fill the last place of a bundle one does, and the other is told that it is full', async () => {
  const holder = await world.payer();
  const { bundle } = await world.soldBy(await world.sell(holder, world.fusion(holder)));
  const joining = () => [world.open(holder, 'MOBILE', 'MOBILE-YOUTH-19', { bundleInstanceId: bundle, role: 'MOBILE' })];
  await world.order(holder.customerId, joining());
  const quoted = await Promise.all([1, 2].map(() => world.quote(holder.customerId, joining())));
  const submitted = await Promise.all(quoted.map(({ quotationId }) => world.mutate('submitOrder', { quotationId })));
  expect(submitted.flatMap(({ order }) => order?.state ?? [])).toEqual(['completed']);
  expect(submitted.flatMap(({ errors }) => errors.map(({ code, field }) => `${(field ?? []).join('.')} ${code}`))).toEqual([
    'items.0.open.bundle.role BUNDLE_FULL',
  ]);
  expect(await world.membersOf(bundle)).toHaveLength(5);
  const { errors } = await world.quote(holder.customerId, joining(), { language: 'zh' });
  expect(errors.map(({ message }) => message)).toEqual(['融合套餐 FUSION-199 的 MOBILE 最多 3 个']);
});

test('a family joins a bundle of the family, strangers do not', async () => {
  const holder = await world.payer();
  const mobiles = [1, 2, 3].map(() => world.open(holder, 'MOBILE', 'MOBILE-5G-129', { itemNo: 1, role: 'MOBILE' }));
  const broadband = world.open(holder, 'BROADBAND', 'BROADBAND-1000M-YEAR', { itemNo: 1, role: 'BROADBAND' });
  const { bundle } = await world.soldBy(await world.sell(holder, [world.openBundle(holder, 'FAMILY-299'), ...mobiles, broadband]));
  const child: Holder = await world.payer();
  const joining = [world.open(child, 'MOBILE', 'MOBILE-YOUTH-19', { bundleInstanceId: bundle, role: 'MOBILE' })];
  expect(await world.refusalsOf(child.customerId, joining)).toEqual(['items.0.open.bundle MEMBER_NOT_RELATED']);
  const expectedVersion = await world.versionOf('customer', child.customerId);
  await world.run(relateCustomers, {
    customerId: child.customerId, relatedCustomerId: holder.customerId, kind: 'FAMILY', expectedVersion,
  }); // prettier-ignore
  await world.order(child.customerId, joining);
  expect(await world.membersOf(bundle)).toHaveLength(5);
});

test('an order that waits has opened nothing, one that is cancelled never does, and one whose start comes opens it then', async () => {
  const holder = await world.payer();
  const items = world.fusion(holder);
  const accountId = acc(holder.accountId);
  const start = world.clock.now().add({ hours: 24 * 10 });
  const later = { accountId, requestedStartAt: start.toString() };
  const first = await world.quote(holder.customerId, items, later);
  // From 15 January: 199.00 × 17/31 = 109.13, 35 % of it 38.20 (38.195, and the larger remainder).
  expect((await world.linesOf(first.quotationId))[6]?.amount.amount).toBe('38.20');
  const { order } = await world.mutate('submitOrder', { quotationId: first.quotationId });
  const cancelled = await world.mutate('cancelOrder', { orderId: order?.id, expectedVersion: 1 });
  expect(cancelled.order?.state).toBe('cancelled');
  expect(await world.soldBy(order as OrderRow)).toEqual({ bundle: '', subscribers: [] });
  const second = await world.quote(holder.customerId, world.fusion(holder), later);
  const ahead = (await world.mutate('submitOrder', { quotationId: second.quotationId })).order as OrderRow;
  expect((await world.pay(ahead, '300.00')).state).toBe('acknowledged');
  world.clock.set(start.toString());
  await startDueOrders(world.context);
  const { bundle } = await world.soldBy(ahead);
  expect(await world.membersOf(bundle)).toHaveLength(3);
  expect(await world.membersOf(bundle, `validAt: "${start.subtract({ seconds: 1 }).toString()}"`)).toEqual([]);
});

test('an account that is charged for a bundle is not closed; where it is merged into another, that one is charged', async () => {
  const holder = await world.payer();
  const another = await world.account(holder.customerId);
  const member = { ...holder, accountId: another };
  const items = [world.openBundle(holder), ...world.fusion(member).slice(1)];
  const order = await world.sell({ ...holder, accountId: another }, items);
  const { bundle } = await world.soldBy(order);
  const { accountId } = holder;
  expect(await world.refused(closeAccount, { accountId, expectedVersion: 1 })).toEqual(['accountId STILL_PAYING']);
  world.clock.advance({ minutes: 1 });
  const [mergedVersion, survivorVersion] = [await world.versionOf('account', accountId), await world.versionOf('account', another)];
  await world.run(mergeAccounts, { mergedId: accountId, survivorId: another, mergedVersion, survivorVersion });
  const charged = await world.read('query ($id: ID!) { node(id: $id) { ... on BundleInstance { account { id } } } }', { id: bundle });
  expect(charged).toEqual({ node: { account: { id: acc(another) } } });
});
