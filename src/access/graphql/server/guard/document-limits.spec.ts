import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import { Failure } from '../../../../kernel/failure';
import {
  documentLimitRule,
  documentViolations,
  FIXED_DOCUMENT_LIMITS,
  parseOptionsOf,
  tokenLimitFailure,
  type DocumentLimits,
} from './document-limits';

const LIMITS: DocumentLimits = { ...FIXED_DOCUMENT_LIMITS, tokensMax: 2_000, depthMax: 5, aliasesMax: 3 };

const found = (source: string, limits: DocumentLimits = LIMITS): Record<string, number> =>
  Object.fromEntries(documentViolations(parse(source), limits).map(({ limit, value }) => [limit, value]));

const nested = (depth: number, inside = 'id'): string => `${'a {'.repeat(depth - 1)} ${inside} ${'}'.repeat(depth - 1)}`;

/** Fragments of which each spreads the next one twice: written out, 2 to the power of `steps` fields. */
const doubling = (steps: number): string => {
  const fragments = Array.from({ length: steps }, (_, step) => `fragment F${step} on A { ...F${step + 1} ...F${step + 1} }`);
  return `{ a { ...F0 } } ${fragments.join(' ')} fragment F${steps} on A { id }`;
};

describe('documentViolations', () => {
  it.each<[what: string, source: string, violations: Record<string, number>]>([
    ['a small document', '{ a { id } }', {}],
    ['the deepest that is allowed', `{ ${nested(5)} }`, {}],
    ['one field deeper', `{ ${nested(6)} }`, { depth: 6 }],
    ['depth through fragments', `{ a { ...F } } fragment F on A { a { ...G } } fragment G on A { ${nested(4)} }`, { depth: 6 }],
    ['depth through inline fragments, which are no fields', '{ ... { a { ... on A { a { ... { a { a { id } } } } } } } }', {}],
    ['depth of the second operation', `query P { a { id } } query Q { ${nested(7)} }`, { depth: 7 }],
    ['aliases at the limit', '{ b: a { c: id d: id } }', {}],
    ['aliases, one too many', '{ b: a { c: id d: id e: id } }', { aliases: 4 }],
    ['aliases in a fragment, counted once', '{ b: a { ...F } c: a { ...F } } fragment F on A { d: id e: id }', { aliases: 4 }],
    ['aliases in a fragment that nobody spreads', '{ a { id } } fragment F on A { b: id c: id d: id e: id }', { aliases: 4 }],
    ['root fields', `{ ${'a { id } '.repeat(21)} }`, { rootFields: 21 }],
    ['root fields through a fragment', `{ ...F ...F ...F } fragment F on Query { ${'a { id } '.repeat(7)} }`, { rootFields: 21 }],
    ['root fields of each operation by itself', `query P { ${'a { id } '.repeat(20)} } query Q { ${'a { id } '.repeat(20)} }`, {}],
    ['directives in one place', `{ a { id ${'@include(if: true) '.repeat(6)} } }`, { directivesPerPlace: 6 }],
    ['directives on an operation', `query ${'@d '.repeat(6)} { a { id } }`, { directivesPerPlace: 6 }],
    ['directives on a variable', `query ($v: Int ${'@d '.repeat(6)}) { a { id } }`, { directivesPerPlace: 6 }],
    ['directives in all', `{ a { ${'id @skip(if: false) '.repeat(51)} } }`, { directives: 51 }],
    ['fragments', `{ a { id } } ${Array.from({ length: 51 }, (_, n) => `fragment F${n} on A { id }`).join(' ')}`, { fragments: 51 }],
    ['fields written out', `{ a { ${'id '.repeat(2_000)} } }`, { fields: 2_001 }],
    ['a circular fragment', '{ a { ...F } } fragment F on A { a { ...G } } fragment G on A { a { ...F } }', {}],
    ['a fragment that spreads itself', '{ a { ...F } } fragment F on A { ...F }', {}],
    ['a fragment that is nowhere', '{ a { ...F } }', {}],
    ['introspection within its own limit', '{ __type(name: "A") { ofType { ofType { ofType { ofType { ofType { name } } } } } } }', {}],
    ['introspection beyond it', `{ __schema { types { ${'ofType {'.repeat(15)} name ${'}'.repeat(15)} } } }`, { introspectionDepth: 18 }],
  ])('%s', (_what, source, violations) => {
    expect(found(source)).toEqual(violations);
  });

  it('lets the introspection query of tools pass under the default limits', () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    expect(found(query)).toEqual({});
    expect(() => parse(query, parseOptionsOf(LIMITS))).not.toThrow();
  });

  it.each<[what: string, source: string, limit: string, least: number]>([
    ['nesting of ten thousand tokens', `{ ${nested(1_500)} }`, 'depth', 100],
    ['nesting by inline fragments only', `{ ${'... {'.repeat(1_500)} a { id } ${'}'.repeat(1_500)} }`, 'depth', 100],
    ['ten thousand aliases', `{ ${Array.from({ length: 10_000 }, (_, n) => `a${n}: a { id }`).join(' ')} }`, 'aliases', 10_000],
    ['a fragment spread ten thousand times', `{ a { ${'...F '.repeat(10_000)} } } fragment F on A { id }`, 'fields', 10_001],
    ['fragments that double forty times', doubling(40), 'fields', 1_000_000_000],
  ])('stops at %s, in linear time', (_what, source, limit, least) => {
    const document = parse(source);
    const begin = performance.now();
    const violation = documentViolations(document, LIMITS).find((each) => each.limit === limit);
    expect(violation?.value).toBeGreaterThanOrEqual(least);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

describe('documentLimitRule', () => {
  it('reports each violation with a failure behind it', () => {
    const schema = buildSchema('type Query { a: A } type A { id: ID a: A }');
    const errors = validate(schema, parse(`{ ${nested(6, 'b: id c: id d: id e: id')} }`), [documentLimitRule(LIMITS)]);
    const failures = errors.map(({ originalError }) => originalError);
    expect(failures.every((failure) => failure instanceof Failure)).toBe(true);
    expect(failures).toEqual([
      expect.objectContaining({ code: 'QUERY_TOO_COMPLEX', details: { limit: 'depth', value: 6, max: 5 } }),
      expect.objectContaining({ code: 'QUERY_TOO_COMPLEX', details: { limit: 'aliases', value: 4, max: 3 } }),
    ]);
  });
});

describe('tokens', () => {
  const parsed = (source: string): string => {
    try {
      parse(source, parseOptionsOf({ tokensMax: 10 }));
      return 'parsed';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('are counted by the parser, whose message is recognised', () => {
    expect(parsed('{ a b c d e f g h }')).toBe('parsed');
    const failure = tokenLimitFailure(parsed('{ a b c d e f g h i }'));
    expect(failure).toMatchObject({ code: 'QUERY_TOO_COMPLEX', details: { limit: 'tokens', value: 11, max: 10 } });
  });

  it('are not to blame for another syntax error', () => {
    expect(tokenLimitFailure(parsed('{ a'))).toBeUndefined();
    expect(tokenLimitFailure(parsed('{ a(b: "Document contains more than 10 tokens" }'))).toBeUndefined();
  });
});
