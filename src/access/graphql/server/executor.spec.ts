import { readFileSync } from 'node:fs';
import { GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString, parse, type ExecutionResult } from 'graphql';
import { Temporal } from 'temporal-polyfill';
import { compiledExecution } from './executor';
import { DateTimeScalar, JsonObjectScalar } from './scalar';

const seen: unknown[] = [];
const echo = {
  type: GraphQLString,
  args: { text: { type: GraphQLString }, at: { type: DateTimeScalar }, json: { type: JsonObjectScalar }, texts: { type: new GraphQLList(GraphQLString) } },
  resolve: (_source: unknown, args: Record<string, unknown>) => {
    seen.push(args);
    return 'done';
  },
};
const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { echo } }) });

/** What the resolver receives each time that the same document is sent: the first is not compiled, the third would be. */
async function threeTimes(query: string, variables: Record<string, unknown> = {}): Promise<unknown[]> {
  const { executor } = await compiledExecution(schema).load({} as never);
  if (executor == null) throw new Error('no executor');
  seen.length = 0;
  for (let use = 0; use < 3; use += 1) {
    const request = { document: parse(query), queryHash: query, operationName: null, request: { variables }, context: {} };
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
    for (const { at: received } of (await threeTimes('query ($at: DateTime = "2026-11-21T00:00:00Z") { echo(at: $at) }')) as { at: Temporal.Instant }[]) {
      expect(received.equals(at)).toBe(true);
    }
    const texts = (await threeTimes('{ echo(texts: ["a", "\\u2028", "${1}"]) }')) as unknown[];
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
      for (const query of [`{ echo(text: "${mark}globalThis.intruded=true") }`, `{ echo(texts: ["x", "${mark}globalThis.intruded=true"]) }`, `{ echo(json: { a: "${mark}globalThis.intruded=true" }) }`, `query ($text: String = "${mark}globalThis.intruded=true") { echo(text: $text) }`]) {
        const [first, ...others] = await threeTimes(query);
        for (const other of others) expect(JSON.stringify(other)).toBe(JSON.stringify(first));
      }
    }
    expect(global.intruded).toBeUndefined();
  });

  it('gets its variables whole', async () => {
    const at = '2026-11-21T00:00:00Z';
    const received = (await threeTimes('query ($at: DateTime, $text: String) { echo(at: $at, text: $text) }', { at, text: 'x' })) as { at: Temporal.Instant; text: string }[];
    for (const args of received) expect([args.at.toString(), args.text]).toEqual([at, 'x']);
  });
});
