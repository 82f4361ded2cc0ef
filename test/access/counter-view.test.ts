import { getNamedType, isLeafType, isObjectType, type GraphQLObjectType } from 'graphql';
import { buildStaffContract } from '../../src/access/graphql/staff/staff-contract';
import { encodeId, useHttpWorld } from './http-world';

/*
 * The counter view reads ahead what a query asks for, and only that. Whatever is asked, it must answer as the loaders do, which
 * read field by field.
 */
const world = useHttpWorld();

/** From the subscriber to everything that is read ahead, with what closes each path. */
const PATHS: readonly (readonly string[])[] = [
  [],
  ['customer'],
  ['customer', 'documents'],
  ['customer', 'contacts'],
  ['customer', 'accounts(first: 10)', 'nodes'],
  ['customer', 'accounts(first: 10)', 'nodes', 'paymentRelations(first: 10)', 'nodes'],
  ['customer', 'accounts(first: 10)', 'nodes', 'paymentRelations(first: 10)', 'nodes', 'subscriber'],
  ['customer', 'subscribers(first: 10)', 'nodes'],
];

const schema = buildStaffContract();

function typeAt(path: readonly string[]): GraphQLObjectType {
  let type = schema.getType('Subscriber');
  for (const step of path) {
    if (!isObjectType(type)) throw new Error(`${step} is below no object`);
    const field = type.getFields()[step.replace(/\(.*/, '')];
    if (field === undefined) throw new Error(`there is no ${step}`);
    type = getNamedType(field.type);
  }
  if (!isObjectType(type)) throw new Error(`${path.join('.')} is no object`);
  return type;
}

/** Every value of a type: its scalars, and the scalars of what it holds without arguments that must be given. */
function leavesOf(type: GraphQLObjectType, depth = 0): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    if (isLeafType(below)) return [field.name];
    if (depth > 0 || !isObjectType(below) || field.args.length > 0) return [];
    return leavesOf(below, depth + 1).map((leaf) => `${field.name} { ${leaf} }`);
  });
}

const cases = PATHS.flatMap((path) => leavesOf(typeAt(path)).map((leaf) => ({ path, leaf })));

async function subscriberOf(root: string, argument: string, selection: string): Promise<unknown> {
  const type = root === 'subscriber' ? 'ID' : 'String';
  const argumentName = root === 'subscriber' ? 'id' : 'number';
  const query = `query ($v: ${type}!) { ${root}(${argumentName}: $v) ${selection} }`;
  const { data, errors } = await world.server.gql({ token: await world.token('admin') }, query, { v: argument });
  expect(errors).toEqual([]);
  return data?.[root];
}

test('there is much to compare', () => {
  expect(cases.length).toBeGreaterThan(80);
});

test.each(cases)('by its number, a subscriber has the $leaf at $path that it has by its id', async ({ path, leaf }) => {
  const selection = `${path.map((step) => `{ ${step}`).join(' ')} { ${leaf} } ${'}'.repeat(path.length)}`;
  const { ours } = world;
  const byNumber = await subscriberOf('subscriberByNumber', ours.mobile, selection);
  expect(byNumber).toEqual(await subscriberOf('subscriber', encodeId('subscriber', ours.mobileId), selection));
  expect(JSON.stringify(byNumber)).toContain(/\w+/.exec(leaf)?.[0]);
});

test('all of it at once is the same too', async () => {
  const relations = 'paymentRelations(first: 10) { nodes { priority subscriber { status } } }';
  const accounts = `accounts(first: 10) { nodes { accountNo ${relations} } }`;
  const brief = `{ accessNumber customer { name documents { number } contacts { value } ${accounts} } }`;
  const whole = brief
    .replaceAll('{ accessNumber', '{ accessNumber openedAt attributes')
    .replaceAll('{ number', '{ validity { from to recordedAt } number');
  for (const selection of [brief, whole]) {
    const byNumber = await subscriberOf('subscriberByNumber', world.ours.mobile, selection);
    expect(byNumber).toEqual(await subscriberOf('subscriber', encodeId('subscriber', world.ours.mobileId), selection));
  }
});

const LONG_AGO = 'validAt: "2000-01-01T00:00:00Z"';
const NOW = 'paymentRelations(first: 10) { nodes { id } }';
const THEN = `paymentRelations(first: 10, ${LONG_AGO}) { nodes { id } }`;
/** One thing asked for twice, by two ways or two names, and not in the same way. */
const TWICE: readonly string[] = [
  `{ customer { accounts(first: 10) { edges { node { id ${THEN} } } nodes { id ${NOW} } } } }`,
  `{ customer { accounts(first: 10) { edges { node { id ${NOW} } } nodes { id ${THEN} } } } }`,
  `{ customer { accounts(first: 10) { edges { node { paymentRelations(first: 1) { nodes { id } } } } nodes { ${NOW} } } } }`,
  `{ customer { accounts(first: 10) { a: nodes { id ${NOW} } b: nodes { id ${THEN} } } } }`,
  `{ customer { accounts(first: 10) { nodes { a: ${NOW} b: ${THEN} } } } }`,
  `{ customer { a: accounts(first: 10) { nodes { ${NOW} } } b: accounts(first: 10) { nodes { ${THEN} } } } }`,
  `{ customer { a: accounts(first: 1) { nodes { id } } b: accounts(first: 10) { nodes { id ${NOW} } } } }`,
  `{ customer { a: documents { number } b: documents(${LONG_AGO}) { number } } }`,
  `{ a: customer { contacts { value } } b: customer { contacts(${LONG_AGO}) { value } } }`,
  `{ a: customer { name } b: customer(${LONG_AGO}) { name contacts { value } } }`,
  `{ customer { a: subscribers(first: 10) { nodes { id } } b: subscribers(first: 10, role: USER, ${LONG_AGO}) { nodes { id } } } }`,
];

test.each(TWICE)('each way of asking has its own answer: %s', async (selection) => {
  const byNumber = await subscriberOf('subscriberByNumber', world.ours.mobile, selection);
  expect(byNumber).toEqual(await subscriberOf('subscriber', encodeId('subscriber', world.ours.mobileId), selection));
  // Compiled, too.
  for (let use = 0; use < 3; use += 1) expect(await subscriberOf('subscriberByNumber', world.ours.mobile, selection)).toEqual(byNumber);
});
