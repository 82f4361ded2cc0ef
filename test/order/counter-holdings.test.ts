import { getNamedType, isLeafType, isObjectType, type GraphQLObjectType } from 'graphql';
import { createDiscount, draftDiscountVersion, moveDiscountVersion } from '../../src/business/component/discount';
import { PERMISSION_CODES } from '../../src/business/component/staff';
import { useDatabase } from '../support/database';
import { scopeAt, type Caller, type GraphAnswer } from '../support/graph';
import { useBundleWorld } from './bundle-world';

/*
 * What a subscriber holds is read with its number by the one statement of the counter view. Whatever is asked, it must answer as the
 * loaders do, which read field by field; and to each caller what he may see.
 */

const database = useDatabase();
const world = useBundleWorld(database);

/** A mobile number in a bundle, with an add-on, a discount and another plan planned, and one that holds a plan only. */
let rich: { id: string; number: string };
let poor: { id: string; number: string };

async function offerDiscount(): Promise<void> {
  const names = { name: '手机减免', nameEn: 'Off the mobile' };
  const { discountId } = await world.run(createDiscount, { code: 'TENTH', ...names, serviceType: 'MOBILE', organisationId: world.root });
  const definition = { ...names, level: 'SUBSCRIBER', effect: { kind: 'PERCENTAGE', basisPoints: 1_000 }, lasts: { periods: 6 } };
  const { versionId } = await world.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition });
  await world.run(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await world.run(moveDiscountVersion, { versionId, expectedVersion: 2, to: 'active' });
}

async function numberOf(id: string): Promise<string> {
  const { subscriber } = await world.read<{ subscriber: { accessNumber: string } }>(
    'query ($id: ID!) { subscriber(id: $id) { accessNumber } }',
    { id },
  );
  return subscriber.accessNumber;
}

beforeAll(async () => {
  await offerDiscount();
  const holder = await world.payer();
  const [bundle, mobile, ...others] = world.fusion(holder);
  const open = { ...(mobile?.['open'] as object), addOns: [{ code: 'MOBILE-DATA-10GB' }], discounts: ['TENTH'] };
  const { subscribers } = await world.soldBy(await world.sell(holder, [bundle ?? {}, { open }, ...others]));
  const id = subscribers[0] ?? '';
  await world.sell(holder, [{ changePlan: { subscriberId: id, plan: { code: 'MOBILE-YOUTH-19' }, when: 'NEXT_PERIOD' } }]);
  rich = { id, number: await numberOf(id) };
  const alone = await world.payer();
  const [line] = (await world.soldBy(await world.sell(alone, [world.open(alone, 'BROADBAND', 'BROADBAND-300M')]))).subscribers;
  poor = { id: line ?? '', number: await numberOf(line ?? '') };
});

const BY_NUMBER = 'subscriberByNumber(number: $v)';

function ask(root: string, selection: string, value: string, by: Caller = world.clerk): Promise<GraphAnswer> {
  const type = root.startsWith('subscriber(') ? 'ID' : 'String';
  return world.graph.send(`query ($v: ${type}!) { of: ${root} ${selection} }`, { v: value }, by);
}

/** The same of a number, by the counter view, and by its id, through the loaders. */
async function bothWays(selection: string, of = rich, by: Caller = world.clerk): Promise<unknown> {
  const byNumber = await ask(BY_NUMBER, selection, of.number, by);
  const byId = await ask('subscriber(id: $v)', selection, of.id, by);
  expect([byNumber.errors, byId.errors]).toEqual([[], []]);
  expect(byNumber.data).toEqual(byId.data);
  return (byNumber.data as { of: unknown } | null)?.of;
}

const PICTURE = `{
  products { quantity validity { from to } product { code name nameEn } }
  plannedProducts { quantity validity { from to } product { code } }
  bundle { role bundle { product { code nameEn } } }
  discounts { validity { to } discount { code name } }
  customer { customerNo }
}`;

/** All that is read ahead of what is held. */
const BRIEF = `
  products { id isPlan quantity validity { from to } product { id code name nameEn kind version } }
  plannedProducts { id isPlan quantity validity { from to } product { id code name nameEn kind version } }
  bundle { role bundle { id openedAt product { id code name nameEn kind version } } }
  discounts { id periods amount { amount currency } validity { from to } discount { id code name nameEn version } }`;

test('a number shows what it holds, is to hold, is in and has off: by one statement', async () => {
  expect(await bothWays(PICTURE)).toMatchObject({
    products: [
      { quantity: 1, validity: { from: '2026-01-05T01:00:00.000Z', to: '2026-01-31T16:00:00.000Z' }, product: { code: 'MOBILE-5G-129' } },
      { quantity: 1, validity: { to: null }, product: { code: 'MOBILE-DATA-10GB', name: '10GB流量包', nameEn: '10 GB of data' } },
    ],
    plannedProducts: [{ quantity: 1, validity: { from: '2026-01-31T16:00:00.000Z', to: null }, product: { code: 'MOBILE-YOUTH-19' } }],
    bundle: { role: 'MOBILE', bundle: { product: { code: 'FUSION-199', nameEn: 'Smart home 199' } } },
    discounts: [{ discount: { code: 'TENTH', name: '手机减免' } }],
  });
  expect((await ask(BY_NUMBER, PICTURE, rich.number)).statements).toBe(1);
  expect((await ask(BY_NUMBER, `{ ${BRIEF} }`, rich.number)).statements).toBe(1);
  expect(await bothWays(PICTURE, poor)).toMatchObject({
    products: [{ product: { code: 'BROADBAND-300M' } }], plannedProducts: [], bundle: null, discounts: [],
  }); // prettier-ignore
});

/** Every value of a type that is there without arguments that must be given, and of what it holds at once. */
function leavesOf(type: GraphQLObjectType, depth = 0): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(({ type: given, defaultValue }) => String(given).endsWith('!') && defaultValue === undefined)) return [];
    const below = getNamedType(field.type);
    if (isLeafType(below)) return [field.name];
    if (depth > 0 || !isObjectType(below) || below.name.endsWith('Connection')) return [];
    return leavesOf(below, depth + 1).map((leaf) => `${field.name} { ${leaf} }`);
  });
}

const PLACES: readonly (readonly [path: string, type: string])[] = [
  ['products', 'ProductInstance'],
  ['products product', 'Product'],
  ['plannedProducts', 'ProductInstance'],
  ['plannedProducts product', 'Product'],
  ['bundle', 'BundleMembership'],
  ['bundle bundle', 'BundleInstance'],
  ['bundle bundle product', 'Product'],
  ['discounts', 'GrantedDiscount'],
  ['discounts discount', 'Discount'],
];

test.each(PLACES)('every value of %s is what the loaders read', async (path, name) => {
  const steps = path.split(' ');
  const leaves = leavesOf(world.graph.schema.getType(name) as GraphQLObjectType);
  expect(leaves.length).toBeGreaterThan(5);
  const selection = `${steps.map((step) => `{ ${step}`).join(' ')} { ${leaves.join(' ')} } ${'}'.repeat(steps.length)}`;
  const found = JSON.stringify(await bothWays(selection));
  for (const leaf of leaves) expect(found).toContain(`"${/\w+/.exec(leaf)?.[0]}":`);
});

const THEN = 'validAt: "2026-02-02T00:00:00Z"';
/** One thing asked for twice, or at another time: that is not read ahead. */
const OTHERWISE: readonly string[] = [
  `{ ${BRIEF} }`,
  `{ products { quantity } }`,
  `{ plannedProducts { quantity } }`,
  `{ products(${THEN}) { product { code } } plannedProducts(${THEN}) { id } }`,
  `{ a: products { id } b: products(${THEN}) { id } }`,
  `{ a: discounts { id } b: discounts(validAt: "2025-01-01T00:00:00Z") { id } products { id } }`,
  `{ a: bundle { role } b: bundle(validAt: "2025-01-01T00:00:00Z") { role } products { id } }`,
  `{ products { id } a: customer { name } b: customer(validAt: "2025-01-01T00:00:00Z") { name } }`,
  `{ products { subscriber { openedAt products { id } } } customer { subscribers(first: 5) { nodes { products { product { name } } } } } }`,
];

test.each(OTHERWISE)('each way of asking has its own answer: %s', async (selection) => {
  await bothWays(selection);
});

test('who may not see the catalogue, the accounts or the line is shown as much as by its id', async () => {
  const without = (...taken: string[]): Caller => ({
    scope: scopeAt(world.hangzhou, PERMISSION_CODES.filter((code) => !taken.includes(code))), // prettier-ignore
  });
  const named = { product: { code: 'MOBILE-5G-129' } };
  expect(await bothWays(PICTURE, rich, without('account:read'))).toMatchObject({ products: [named, {}], bundle: { bundle: null } });
  expect(await bothWays(PICTURE, rich, without('catalogue:read'))).toMatchObject({
    products: [{ quantity: 1, product: null }, { quantity: 1, product: null }],
    plannedProducts: [{ product: null }], bundle: { bundle: { product: null } }, discounts: [{ discount: null }],
  }); // prettier-ignore
  expect(await bothWays(PICTURE, rich, without('customer:read'))).toMatchObject({ products: [named, {}], customer: null });
  const oneLine: Caller = { scope: scopeAt(world.hangzhou, PERMISSION_CODES, ['BROADBAND']) };
  expect(await bothWays(PICTURE, rich, oneLine)).toBeNull();
  expect(await bothWays(PICTURE, poor, oneLine)).toMatchObject({ products: [{ product: { code: 'BROADBAND-300M' } }] });
  expect(await bothWays(PICTURE, rich, world.clerkAt(world.ningbo))).toBeNull();
});
