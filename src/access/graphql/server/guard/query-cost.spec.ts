import * as fc from 'fast-check';
import { buildSchema, execute, getIntrospectionQuery, isObjectType, parse, validate, type GraphQLSchema } from 'graphql';
import { cost, COST_CEILING, type CostHint } from './cost-hint';
import { checkCost, compileCost, costExtension, costPlanOf, refundOf } from './query-cost';

/** Hints by schema coordinate, as `@Extensions(cost({…}))` leaves them. */
function withHints(schema: GraphQLSchema, hints: Readonly<Record<string, CostHint>>): GraphQLSchema {
  for (const [coordinate, hint] of Object.entries(hints)) {
    const [typeName, fieldName] = coordinate.split('.') as [string, string | undefined];
    const type = schema.getType(typeName);
    const element = fieldName === undefined ? type : isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (element === undefined) throw new Error(`no ${coordinate}`);
    Object.assign(element, { extensions: cost(hint) });
  }
  return schema;
}

const schema = withHints(
  buildSchema(`
    interface Node { id: ID! }
    union Party = Customer | Account
    scalar JSON
    enum Kind { HOUSEHOLD ENTERPRISE }
    type Money { amount: String currency: String }
    type PageInfo { hasNextPage: Boolean endCursor: String }
    type Customer implements Node {
      id: ID! name: String kind: Kind attributes: JSON score: Int owner: Customer bill: Money
      contacts: [Customer!]! matrix: [[Customer]] documents: [Customer!]! tags: [String!]
      accounts(first: Int, last: Int): AccountConnection!
    }
    type Account implements Node { id: ID! customer: Customer balance: Money accounts(first: Int = 5): AccountConnection! }
    type AccountEdge { cursor: String node: Account }
    type AccountConnection { edges: [AccountEdge!]! nodes: [Account!]! pageInfo: PageInfo total: Money count: Int }
    type Query {
      customer(id: ID): Customer  node(id: ID): Node  party: Party  search(first: Int!): [Customer!]!  nodes(ids: [ID!]!): [Node]!
      accounts(first: Int!): AccountConnection!
    }
    type Mutation { change(id: ID): Customer  ping: Boolean }
    type Subscription { changed: Customer }
  `),
  {
    'Customer.documents': { listSize: 3 },
    'Customer.score': { weight: 7 },
    Money: { weight: 0 },
    'Account.balance': { weight: 2 },
    'Query.nodes': { sizedBy: 'ids' },
  },
);

function requested(source: string, variables?: Record<string, unknown>, operationName?: string): number {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  return compileCost(schema, document, operationName)(variables);
}

describe('the requested cost', () => {
  it.each<[source: string, cost: number]>([
    ['{ __typename }', 0],
    ['{ customer { id name kind attributes tags } }', 1],
    ['{ customer { owner { owner { id } } } }', 3],
    ['{ a: customer { id } b: customer { id } }', 2],
    ['{ customer { contacts { id } } }', 1 + 10],
    ['{ customer { contacts { owner { id } } } }', 1 + 10 * 2],
    ['{ customer { matrix { id } } }', 1 + 100],
    ['{ customer { documents { id } } }', 1 + 3],
    ['{ customer { score } }', 1 + 7],
    ['{ customer { bill { amount } } }', 1],
    ['{ node { ... on Account { balance { amount } } } }', 1 + 2],
    // Connections: 1, and the rows times `first`; an edge and its node are one row.
    ['{ accounts(first: 20) { edges { cursor node { id } } } }', 1 + 20],
    ['{ accounts(first: 20) { nodes { id } } }', 1 + 20],
    ['{ accounts(first: 20) { nodes { id } edges { cursor node { id } } } }', 1 + 20],
    ['{ accounts(first: 20) { count } }', 1 + 20],
    ['{ accounts(first: 20) { pageInfo { endCursor } nodes { id } } }', 1 + 20 + 1],
    ['{ accounts(first: 20) { total { amount } nodes { balance { amount } } } }', 1 + 20 * (1 + 2)],
    [
      `{ accounts(first: 20) { ...F } }
       fragment F on AccountConnection { pageInfo { endCursor } edges { ...G } } fragment G on AccountEdge { node { customer { id } } }`,
      1 + 20 * 2 + 1,
    ],
    [
      '{ accounts(first: 20) { nodes { accounts(first: 10) { nodes { accounts(first: 3) { nodes { id } } } } } } }',
      1 + 20 * (1 + 1 + 10 * (1 + 1 + 3)),
    ],
    ['{ customer { accounts { nodes { id } } } }', 1 + 1 + 100],
    ['{ customer { accounts(first: null) { nodes { id } } } }', 1 + 1 + 100],
    ['{ customer { accounts(last: 4) { nodes { id } } } }', 1 + 1 + 4],
    ['{ customer { accounts(first: 2, last: 4) { nodes { id } } } }', 1 + 1 + 4],
    ['{ node { ... on Account { accounts { nodes { id } } } } }', 1 + 1 + 5],
    ['{ accounts(first: 0) { nodes { id } } }', 1],
    ['{ accounts(first: -5) { nodes { id } } }', 1],
    ['{ accounts(first: 2147483647) { nodes { accounts(first: 2147483647) { nodes { id } } } } }', COST_CEILING],
    ['{ search(first: 50) { id } }', 50],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', 3],
    ['{ nodes(ids: "a") { id } }', 10],
    // Interfaces and unions: the dearest type.
    ['{ node { id } }', 1],
    ['{ node { ... on Customer { contacts { id } } ... on Account { customer { id } } } }', 1 + 10],
    ['{ party { ... on Customer { owner { id } } ... on Account { customer { id owner { id } } } } }', 1 + 2],
    ['{ node { ... on Node { ... on Account { customer { id } } } ...F } } fragment F on Account { customer { id } }', 1 + 2],
    ['{ customer { ... on Node { ... on Account { customer { contacts { id } } } } } }', 1],
    // What may be left out is charged.
    ['{ customer @include(if: false) { id } }', 1],
    ['query ($no: Boolean = true) { customer { owner @skip(if: $no) { id } } }', 2],
    ['mutation { ping }', 10],
    ['mutation { change { id owner { id } } other: change { id } }', 10 + 2 + 10 + 1],
    ['subscription { changed { id } }', 1],
    [getIntrospectionQuery(), 100],
  ])('of %s is %d', (source, expected) => {
    expect(requested(source)).toBe(expected);
  });

  it.each<[size: string, variables: Record<string, unknown> | undefined, cost: number]>([
    ['$n: Int!', { n: 20 }, 21],
    ['$n: Int!', { n: 0 }, 1],
    ['$n: Int!', { n: -3 }, 1],
    ['$n: Int! = 7', undefined, 8],
    ['$n: Int! = 7', {}, 8],
    ['$n: Int! = 7', { n: 20 }, 21],
    ['$n: Int! = 7', { n: null }, 101],
    ['$n: Int!', {}, 101],
    ['$n: Int!', { n: null }, 101],
    ['$n: Int!', { n: '20' }, 21],
    ['$n: Int!', { n: 'many' }, 101],
    ['$n: Int!', { n: '' }, 101],
    ['$n: Int!', { n: true }, 101],
    ['$n: Int!', { n: { first: 1 } }, 101],
    ['$n: Int!', { n: 2.5 }, 4],
    ['$n: Int!', { n: NaN }, 101],
    ['$n: Int!', { n: Infinity }, COST_CEILING],
    ['$n: Int!', { n: Number.MAX_VALUE }, COST_CEILING],
    ['$n: Int!', { n: '1e400' }, COST_CEILING],
  ])('of a connection whose size is %s, given %j, is %d', (definition, variables, expected) => {
    expect(requested(`query (${definition}) { accounts(first: $n) { nodes { id } } }`, variables)).toBe(expected);
  });

  it('takes the default of the argument where its variable is absent', () => {
    const source = 'query ($n: Int) { node { ... on Account { accounts(first: $n) { nodes { id } } } } }';
    expect([requested(source), requested(source, { n: 2 }), requested(source, { n: null })]).toEqual([1 + 1 + 5, 1 + 1 + 2, 1 + 1 + 100]);
  });

  it('takes the length of a list of keys', () => {
    const source = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(requested(source, { ids: ['a', 'b'] })).toBe(2);
    expect(requested(source, { ids: Array(5_000).fill('a') })).toBe(5_000);
  });

  it('is not misled by variables named as what every object has', () => {
    const source = `query ($toString: Int! = 2, $constructor: Int! = 3) {
      a: accounts(first: $toString) { count }  b: accounts(first: $constructor) { count }
    }`;
    expect(requested(source, {})).toBe(3 + 4);
  });

  it('is of the operation that is named', () => {
    const source = 'query P { customer { id } } query Q { accounts(first: 9) { count } }';
    expect([requested(source, {}, 'P'), requested(source, {}, 'Q'), requested(source, {}, 'R')]).toEqual([1, 10, 0]);
  });

  it('multiplies sizes through fragments and variables', () => {
    const source = `
      query ($n: Int!, $m: Int!) { accounts(first: $n) { ...Page } again: accounts(first: 2) { ...Page } }
      fragment Page on AccountConnection { nodes { accounts(first: $m) { edges { node { customer { id } } } } } }`;
    expect(requested(source, { n: 3, m: 4 })).toBe(1 + 3 * (1 + 1 + 4 * 2) + 1 + 2 * (1 + 1 + 4 * 2));
  });
});

describe('the requested cost of a hostile document', () => {
  /** What grows too fast would take minutes; a machine that is busy with other things may take a second. */
  const limitedTime = (run: () => number): number => {
    const begin = performance.now();
    const result = run();
    expect(performance.now() - begin).toBeLessThan(5_000);
    return result;
  };

  /** Written out, 2 to the power of `steps` objects. */
  const doubling = (steps: number, size: string): string =>
    `${Array.from({ length: steps }, (_, step) => {
      const inside = `{ nodes { customer { ...F${step + 1} } } }`;
      return `fragment F${step} on Customer { a: accounts(first: ${size}) ${inside} b: accounts(first: ${size}) ${inside} }`;
    }).join(' ')} fragment F${steps} on Customer { id }`;

  it.each([
    ['constant', '{ customer { ...F0 } }', '1', {}],
    ['variable', 'query ($n: Int) { customer { ...F0 } }', '$n', { n: 1 }],
  ])('with %s sizes and fragments that double takes no exponential time', (_what, query, size, variables) => {
    expect(limitedTime(() => compileCost(schema, parse(`${query} ${doubling(200, size)}`))(variables))).toBe(COST_CEILING);
    const few = `${query} ${doubling(3, size)}`;
    const expected = 1 + [1, 2, 4].reduce((total, times) => total + times * 2 * 3, 0);
    expect(compileCost(schema, parse(few))(variables)).toBe(expected);
  });

  it('with a fragment spread ten thousand times takes linear time', () => {
    const source = `query ($n: Int) { customer { ${'...F '.repeat(10_000)} } } fragment F on Customer { accounts(first: $n) { count } }`;
    expect(limitedTime(() => compileCost(schema, parse(source))({ n: 1 }))).toBe(1 + 10_000 * 2);
  });

  it('with ten thousand aliases is their sum', () => {
    const source = `{ ${Array.from({ length: 10_000 }, (_, n) => `a${n}: customer { id }`).join(' ')} }`;
    expect(limitedTime(() => compileCost(schema, parse(source))({}))).toBe(10_000);
  });

  it('with circular fragments ends', () => {
    const source = '{ customer { ...F } } fragment F on Customer { owner { ...G } } fragment G on Customer { owner { ...F } ...G }';
    expect(Number.isFinite(limitedTime(() => compileCost(schema, parse(source))({})))).toBe(true);
  });

  it('with interfaces inside interfaces takes no exponential time', () => {
    const open = '{ customer { accounts(first: $n) { nodes { customer { ... on Node { ... on Node ';
    const source = `query ($n: Int) { node { ... on Customer ${open.repeat(30)} { id } ${'} } } } } } '.repeat(30)} } }`;
    expect(() => limitedTime(() => compileCost(schema, parse(source))({ n: 1 }))).not.toThrow();
  });
});

describe('the cost plan', () => {
  it('is made once for an operation of a document', () => {
    const document = parse('query P { customer { id } } query Q { customer { id } }');
    const plan = costPlanOf(schema, document, 'P');
    expect(costPlanOf(schema, document, 'P')).toBe(plan);
    expect(costPlanOf(schema, document, 'Q')).not.toBe(plan);
    expect(costPlanOf(schema, document, 'R')).toBeUndefined();
    expect(costPlanOf(schema, document, undefined)).toBeUndefined();
    expect(costPlanOf(schema, parse('{ customer { id } }'), null)?.requested({})).toBe(1);
  });

  it('is refused above the limit', () => {
    expect(() => checkCost(100, 100)).not.toThrow();
    expect(() => checkCost(101, 100)).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_COMPLEX', details: { limit: 'cost', value: 101, max: 100 } }),
    );
  });

  it('is told in the shape of extensions.cost', () => {
    const limits = { capacity: 1_000, restorePerSecond: 50 };
    expect(costExtension(100, 30, 900, limits)).toEqual({
      requestedQueryCost: 100,
      actualQueryCost: 30,
      throttleStatus: { maximumAvailable: 1_000, currentlyAvailable: 970, restoreRate: 50 },
    });
    expect(costExtension(100, null, 900, limits)).toMatchObject({ actualQueryCost: null, throttleStatus: { currentlyAvailable: 900 } });
    expect(costExtension(10, 12, 990, limits)).toMatchObject({ actualQueryCost: 10, throttleStatus: { currentlyAvailable: 990 } });
    expect([refundOf(100, 30), refundOf(10, 12)]).toEqual([70, 0]);
  });
});

function actual(source: string, data: unknown): number {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  return costPlanOf(schema, document, undefined)?.actual(data) ?? NaN;
}

describe('the actual cost', () => {
  it.each<[source: string, data: unknown, cost: number]>([
    ['{ customer { id } }', { customer: { id: 'a' } }, 1],
    ['{ a: customer { id } b: customer { id } }', { a: null, b: null }, 2],
    ['{ __typename }', { __typename: 'Query' }, 1],
    ['{ customer { id } }', null, 1],
    ['{ customer { id } }', undefined, 1],
    ['{ customer { owner { id } contacts { id } } }', { customer: { owner: null, contacts: [{ id: 1 }, { id: 2 }] } }, 3],
    ['{ customer { matrix { id } } }', { customer: { matrix: [[{ id: 1 }, null], [{ id: 2 }], null] } }, 3],
    ['{ customer { attributes tags } }', { customer: { attributes: { a: { b: {} }, owner: [{}] }, tags: ['a', 'b'] } }, 1],
    ['{ customer { score } }', { customer: { score: 5 } }, 8],
    ['{ customer { score } }', { customer: { score: null } }, 1],
    ['{ customer { bill { amount } } }', { customer: { bill: { amount: '1' } } }, 1],
    ['{ accounts(first: 9) { nodes { id } } }', { accounts: { nodes: [{ id: 1 }, { id: 2 }] } }, 1 + 2],
    ['{ accounts(first: 9) { edges { node { id } } } }', { accounts: { edges: [{ node: { id: 1 } }, { node: { id: 2 } }] } }, 1 + 2],
    ['{ a: accounts(first: 9) { e: edges { n: node { c: customer { id } } } } }', { a: { e: [{ n: { c: { id: 1 } } }] } }, 1 + 2],
    ['{ accounts(first: 9) { pageInfo { endCursor } } }', { accounts: { pageInfo: { endCursor: null } } }, 2],
    ['{ s: __schema { types { name } } }', { s: { types: [{ name: 'A' }, { name: 'B' }] } }, 100],
    ['mutation { ping }', { ping: true }, 10],
    ['mutation { change { id } }', { change: { id: 1 } }, 11],
    ['mutation { change { id } }', null, 10],
  ])('of %s, answered %j, is %d', (source, data, expected) => {
    expect(actual(source, data)).toBe(expected);
  });
});

/**
 * Random valid selections on a customer. A key tells its field: one key for different fields would be weighed as the
 * dearest of them.
 */
const { customer: onCustomer } = fc.letrec<Record<'customer' | 'account', string>>((tie) => {
  const joined = (...parts: fc.Arbitrary<string>[]) =>
    fc
      .array(fc.oneof({ depthIdentifier: 'query', depthSize: 'small' }, fc.constantFrom('id', '__typename'), ...parts), {
        minLength: 1,
        maxLength: 3,
      })
      .map((chosen) =>
        chosen
          .map((part, place) =>
            part.startsWith('...') ? part.replace('#', String(place)) : `${/^\w+/.exec(part)?.[0] ?? ''}${place}: ${part}`,
          )
          .join(' '),
      );
  const size = fc.constantFrom('first: 1', 'first: 2', 'first: $n', 'last: 2');
  const customer = tie('customer');
  const account = tie('account');
  const accounts = fc
    .tuple(size, account, fc.constantFrom('nodes', 'edges'))
    .map(([args, inside, rows]) => [args, rows === 'nodes' ? `nodes { ${inside} }` : `edges { node { ${inside} } }`])
    .map(([args, rows]) => `accounts(${args}) { ${rows} pageInfo { endCursor } }`);
  return {
    customer: joined(
      customer.map((inside) => `owner { ${inside} }`),
      customer.map((inside) => `documents { ${inside} }`),
      customer.map((inside) => `... on Customer { owner_#: owner { ${inside} } }`),
      fc.constant('score'),
      fc.constant('attributes'),
      accounts,
    ),
    account: joined(
      customer.map((inside) => `customer { ${inside} }`),
      fc.constant('balance { amount }'),
    ),
  };
});

describe('both costs of random queries', () => {
  const account: unknown = { id: 'a', balance: { amount: '1' }, customer: () => customer };
  const page = ({ first, last }: { first?: number; last?: number }): unknown => {
    const nodes = Array(Math.max(first ?? 0, last ?? 0)).fill(account) as unknown[];
    return { nodes, edges: nodes.map((node) => ({ node })), pageInfo: {} };
  };
  const customer: unknown = {
    id: 'c', score: 1, attributes: { owner: {} }, accounts: page,
    owner: () => customer, documents: () => Array(3).fill(customer) as unknown[],
  }; // prettier-ignore

  it('agree where everything asked for is there', () => {
    fc.assert(
      fc.property(onCustomer, fc.constantFrom(0, 1, 3), (inside, n) => {
        const document = parse(`query ($n: Int) { customer { ${inside} n: accounts(first: $n) { count } } }`);
        const plan = costPlanOf(schema, document, undefined);
        const estimate = plan?.requested({ n }) ?? NaN;
        fc.pre(estimate < 20_000);
        const { data, errors } = execute({ schema, document, rootValue: { customer }, variableValues: { n } }) as {
          data?: unknown;
          errors?: unknown;
        };
        expect(errors).toBeUndefined();
        // The last field asks for n rows and shows none of them.
        expect(plan?.actual(data)).toBe(estimate - n);
      }),
      { numRuns: 200 },
    );
  });

  it('do not depend on whether a selection is written in a fragment', () => {
    fc.assert(
      fc.property(onCustomer, fc.nat(50), (inside, n) => {
        const plain = compileCost(schema, parse(`query ($n: Int) { customer { ${inside} } }`))({ n });
        const spread = `query ($n: Int) { customer { ...F } }
          fragment F on Node { ... on Customer { ...G } } fragment G on Customer { ${inside} }`;
        expect(compileCost(schema, parse(spread))({ n })).toBe(plain);
        expect(plain).toBeGreaterThanOrEqual(1);
        expect(plain).toBeLessThanOrEqual(COST_CEILING);
      }),
      { numRuns: 200 },
    );
  });
});
