import { readFileSync } from 'node:fs';
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  execute,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLInputType,
} from 'graphql';
import { Temporal } from 'temporal-polyfill';
import { CompiledExecution } from './executor';
import { DateTimeScalar, DecimalScalar, JsonObjectScalar } from './scalar';

const seen: unknown[] = [];
const echo = {
  type: GraphQLString,
  args: {
    text: { type: GraphQLString },
    at: { type: DateTimeScalar },
    json: { type: JsonObjectScalar },
    texts: { type: new GraphQLList(GraphQLString) },
  },
  resolve: (_source: unknown, args: Record<string, unknown>) => {
    seen.push(args);
    return 'done';
  },
};
const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { echo } }) });

/** What the resolver receives each time that the same document is sent: the first is not compiled, the third would be. */
async function threeTimes(query: string, variables: Record<string, unknown> = {}): Promise<unknown[]> {
  const { executor } = await new CompiledExecution(schema).gateway().load({} as never);
  if (executor == null) throw new Error('no executor');
  seen.length = 0;
  for (let use = 0; use < 3; use += 1) {
    const request = { document: parse(query), source: query, operationName: null, request: { variables }, context: {} };
    const result = (await executor(request as never)) as ExecutionResult;
    expect(result).toEqual({ data: { echo: 'done' } });
  }
  return [...seen];
}

describe('a document that is sent again and again', () => {
  it('gives its literals to the resolver as they were the first time', async () => {
    const at = Temporal.Instant.from('2026-11-21T00:00:00Z');
    for (const { at: received } of (await threeTimes('{ echo(at: "2026-11-21T08:00:00+08:00") }')) as { at: Temporal.Instant }[]) {
      expect(received.equals(at)).toBe(true);
    }
    for (const { at: received } of (await threeTimes('query ($at: DateTime = "2026-11-21T00:00:00Z") { echo(at: $at) }')) as {
      at: Temporal.Instant;
    }[]) {
      expect(received.equals(at)).toBe(true);
    }
    const texts = await threeTimes('{ echo(texts: ["a", "\\u2028", "${1}"]) }');
    for (const received of texts) expect(received).toEqual({ texts: ['a', '\u2028', '${1}'] });
    const [first, ...others] = (await threeTimes('{ echo(json: { a: { __proto__: { b: 1 } } }) }')) as { json: object }[];
    for (const other of others) expect(JSON.stringify(other.json)).toBe(JSON.stringify(first?.json));
  });

  it('runs nothing that a caller wrote in it', async () => {
    // graphql-jit writes literals into the code that it generates, and knows values that JSON has not by these marks.
    const source = readFileSync(require.resolve('graphql-jit/dist/execution.js'), 'utf8');
    const marks = [...source.matchAll(/"(__MAGIC_\w+)"/g)].map(([, mark]) => mark ?? '');
    expect(marks.length).toBeGreaterThan(0);
    const global = globalThis as { intruded?: boolean };
    for (const mark of marks) {
      for (const query of [
        `{ echo(text: "${mark}globalThis.intruded=true") }`,
        `{ echo(texts: ["x", "${mark}globalThis.intruded=true"]) }`,
        `{ echo(json: { a: "${mark}globalThis.intruded=true" }) }`,
        `query ($text: String = "${mark}globalThis.intruded=true") { echo(text: $text) }`,
      ]) {
        const [first, ...others] = await threeTimes(query);
        for (const other of others) expect(JSON.stringify(other)).toBe(JSON.stringify(first));
      }
    }
    expect(global.intruded).toBeUndefined();
  });

  it('gets its variables whole', async () => {
    const at = '2026-11-21T00:00:00Z';
    const received = (await threeTimes('query ($at: DateTime, $text: String) { echo(at: $at, text: $text) }', { at, text: 'x' })) as {
      at: Temporal.Instant;
      text: string;
    }[];
    for (const args of received) expect([args.at.toString(), args.text]).toEqual([at, 'x']);
  });
});

const Colour = new GraphQLEnumType({ name: 'Colour', values: { RED: { value: 'red' }, BLUE: { value: 'blue' } } });
const Circle: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: 'Circle',
  fields: () => ({ text: { type: GraphQLString }, below: { type: Circle } }),
});
const Below = new GraphQLInputObjectType({
  name: 'Below',
  fields: { at: { type: DateTimeScalar }, texts: { type: new GraphQLNonNull(new GraphQLList(GraphQLString)) } },
});
const Filter = new GraphQLInputObjectType({
  name: 'Filter',
  fields: {
    text: { type: GraphQLString },
    colour: { type: Colour, defaultValue: 'red' },
    at: { type: DateTimeScalar },
    below: { type: Below },
    texts: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
  },
});
const Defaults = new GraphQLInputObjectType({
  name: 'Defaults',
  fields: {
    colour: { type: new GraphQLNonNull(Colour), defaultValue: 'blue' },
    first: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 7 },
    text: { type: GraphQLString },
  },
});
const kinds: Readonly<Record<string, GraphQLInputType>> = {
  Int: GraphQLInt,
  'Int!': new GraphQLNonNull(GraphQLInt),
  Float: GraphQLFloat,
  Boolean: GraphQLBoolean,
  ID: GraphQLID,
  String: GraphQLString,
  '[Int!]': new GraphQLList(new GraphQLNonNull(GraphQLInt)),
  '[[String]]': new GraphQLList(new GraphQLList(GraphQLString)),
  Colour,
  '[Colour!]!': new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Colour))),
  DateTime: DateTimeScalar,
  Decimal: DecimalScalar,
  JSONObject: JsonObjectScalar,
  Filter,
  'Filter!': new GraphQLNonNull(Filter),
  '[Filter!]': new GraphQLList(new GraphQLNonNull(Filter)),
  Defaults,
  'Defaults!': new GraphQLNonNull(Defaults),
  Circle,
};
const nameOf = (kind: string): string => `f_${kind.replace(/[^A-Za-z]/g, (mark) => `_${mark.charCodeAt(0)}`)}`;
const every = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: Object.fromEntries(
      Object.entries(kinds).map(([kind, type]) => [
        nameOf(kind),
        { type: GraphQLString, args: { value: { type } }, resolve: (_source: unknown, args: object) => `got ${JSON.stringify(args)}` },
      ]),
    ),
  }),
});
const VALUES: readonly unknown[] = [
  undefined,
  null,
  0,
  1,
  -1,
  1.5,
  2_147_483_648,
  Number.MAX_SAFE_INTEGER,
  true,
  '',
  'RED',
  'red',
  'GREEN',
  '1',
  '12.30',
  '2026-11-21T08:00:00+08:00',
  '2026-02-30T00:00:00Z',
  [],
  [1],
  ['RED'],
  ['x', null],
  [null],
  [['x'], null],
  {},
  { a: { b: [null] } },
  { text: 'x' },
  { text: 7 },
  { text: null, colour: null },
  { colour: 'BLUE', below: { at: '2026-11-21T00:00:00Z', texts: ['a'] } },
  { colour: 'blue' },
  { nonsense: 1 },
  [{ text: 'x' }],
  [{}, { colour: 'RED' }],
  { first: 1 },
  { first: null },
  { first: 3, colour: 'RED' },
  { below: {} },
  { texts: 'one' },
  { texts: [null] },
];

test.each(Object.keys(kinds))('compiled, a variable of type %s means what it means to graphql-js', async (kind) => {
  const { executor } = await new CompiledExecution(every).gateway().load({} as never);
  if (executor == null) throw new Error('no executor');
  const field = nameOf(kind);
  const literal = kind.startsWith('Colour')
    ? 'BLUE'
    : kind === 'Defaults' || kind.startsWith('Filter')
      ? '{ text: "x" }'
      : kind === 'Int'
        ? '5'
        : 'null';
  const documents = [
    `query ($value: ${kind}) { ${field}(value: $value) }`,
    `query ($value: ${kind} = ${literal}) { ${field}(value: $value) }`,
    `query ($value: ${kind}) { a: ${field}(value: $value) ...F } fragment F on Query { b: ${field}(value: $value) }`,
  ];
  for (const text of documents.filter((text) => validate(every, parse(text)).length === 0)) {
    for (const value of VALUES) {
      const variables = value === undefined ? {} : { value };
      const expected = await execute({ schema: every, document: parse(text), variableValues: variables });
      for (let use = 0; use < 3; use += 1) {
        const result = (await executor({
          document: parse(text),
          source: text,
          operationName: null,
          request: { variables },
          context: {},
        } as never)) as ExecutionResult;
        expect([text, value, result.data ?? null, result.errors === undefined]).toEqual([
          text,
          value,
          expected.data ?? null,
          expected.errors === undefined,
        ]);
      }
    }
  }
});

const Leaf: GraphQLObjectType = new GraphQLObjectType({
  name: 'Leaf',
  fields: () => ({
    p: { type: GraphQLInt, args: { f: { type: Filter } }, resolve: (_leaf, args: object) => JSON.stringify(args).length },
    q: { type: new GraphQLNonNull(GraphQLInt), resolve: () => 2 },
    below: { type: Leaf, resolve: () => ({}) },
  }),
});
const tree = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { leaf: { type: Leaf, resolve: () => ({}) } } }),
});

describe('what graphql-jit does otherwise', () => {
  const F = 'fragment F on Leaf { p q }';
  test.each([
    [`query ($a: Boolean!, $b: Boolean!) { x: leaf { ...F @include(if: $a) } y: leaf { ...F @skip(if: $b) } z: leaf { ...F } } ${F}`],
    [`query ($a: Boolean!, $b: Boolean!) { leaf { ...F @include(if: $a) ...F @include(if: $b) } } ${F}`],
    [`query ($a: Boolean!, $b: Boolean!) { leaf @include(if: $a) { p } leaf @include(if: $b) { q } }`],
    [`query ($a: Boolean!, $b: Boolean!) { leaf { ... @include(if: $a) { p below { q } } ... @skip(if: $b) { below { p } q } } }`],
    ['query ($n: String) { leaf { p(f: { text: $n }) } }'],
    ['query ($n: [String!]) { leaf { p(f: { texts: $n, colour: RED }) } }'],
    ['{ leaf { __proto__: q p } }'],
    ['{ x: leaf { y_z: below { p } } x_y: leaf { z: below { q } } }'],
  ])('is not left to it: %s', async (text) => {
    const { executor } = await new CompiledExecution(tree).gateway().load({} as never);
    // One document for all, as Apollo keeps it.
    const document = parse(text);
    expect(validate(tree, document)).toEqual([]);
    for (let use = 0; use < 3; use += 1) {
      for (const [a, b] of [[false, false], [false, true], [true, false], [true, true]]) {
        const variables = { a, b };
        const expected = await execute({ schema: tree, document: parse(text), variableValues: variables });
        const request = { document, source: text, operationName: null, request: { variables }, context: {} };
        expect(JSON.stringify(await executor?.(request as never))).toBe(JSON.stringify(expected));
      }
    }
  }); // prettier-ignore

  it('nor from one operation of a document to the next', async () => {
    const text = `query A ($a: Boolean!) { leaf { ...F @include(if: $a) } } query B { leaf { ...F } } ${F}`;
    const { executor } = await new CompiledExecution(tree).gateway().load({} as never);
    const document = parse(text);
    for (const operationName of ['A', 'A', 'A', 'B', 'B', 'B']) {
      const request = { operationName, variables: { a: false } };
      const result = await executor?.({ document, source: text, operationName, request, context: {} } as never);
      expect(JSON.stringify(result)).toBe(JSON.stringify({ data: { leaf: operationName === 'A' ? {} : result?.data?.['leaf'] } }));
      if (operationName === 'B') expect(Object.keys(result?.data?.['leaf'] as object)).toEqual(['p', 'q']);
    }
  });
});

describe('an operation', () => {
  const noted = async (query: string, uses: number): Promise<CompiledExecution> => {
    const execution = new CompiledExecution(schema);
    const { executor } = await execution.gateway().load({} as never);
    for (let use = 0; use < uses; use += 1) {
      await executor?.({ document: parse(query), source: query, operationName: null, request: {}, context: {} } as never);
    }
    return execution;
  };

  it('is ready for the third request of its text', async () => {
    expect((await noted('{ echo }', 1)).readyFor('{ echo }', undefined)).toBeUndefined();
    const ready = (await noted('{ echo }', 2)).readyFor('{ echo }', undefined);
    expect(await ready?.run({}, undefined)).toEqual({ data: { echo: 'done' } });
  });

  it('is not kept when its text is very long', async () => {
    const long = `{ echo } #${'x'.repeat(64_000)}`;
    expect((await noted(long, 4)).readyFor(long, undefined)).toBeUndefined();
  });

  it('is not kept when its fragments make it very large', async () => {
    const doubling = Array.from(
      { length: 10 },
      (_, nth) => `fragment F${nth} on Query { ${nth === 9 ? 'echo' : `...F${nth + 1} ...F${nth + 1}`} }`,
    );
    const large = `{ ...F0 ...F0 } ${doubling.join(' ')}`;
    expect((await noted(large, 4)).readyFor(large, undefined)).toBeUndefined();
  });

  it('is not ready by another name, another text, or where it cannot be compiled', async () => {
    const execution = await noted('{ echo }', 2);
    expect(execution.readyFor('{ echo }', 'other')).toBeUndefined();
    expect(execution.readyFor('{  echo }', undefined)).toBeUndefined();
    expect((await noted('{ echo(text: "a") }', 3)).readyFor('{ echo(text: "a") }', undefined)).toBeUndefined();
  });
});
