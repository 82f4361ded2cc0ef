import { parse } from 'graphql';
import { Scope } from '../../../../kernel/scope';
import { checkIntrospection, usesIntrospection } from './introspection';

const clerk = Scope.of([{ permission: 'customer:read', node: 'n', lines: null }]);
const developer = Scope.of([{ permission: 'schema:introspect', node: 'n', lines: null }]);

describe('introspection', () => {
  it.each([
    ['{ __typename a { __typename } }', false],
    ['{ __schema: a { id } }', false],
    ['{ a(name: "__schema") { id } }', false],
    ['{ __schema { types { name } } }', true],
    ['{ harmless: __schema { types { name } } }', true],
    ['{ __type(name: "A") { name } }', true],
    ['query P { a { id } } query Q { __type(name: "A") { name } }', true],
    ['{ ...F } fragment F on Query { ... { ... on Query { __schema { types { name } } } } }', true],
    ['{ ...F } fragment F on Query { ...F }', false],
  ])('%s: %s', (source, uses) => {
    expect(usesIntrospection(parse(source))).toBe(uses);
  });

  it('is permitted per caller, not per document', () => {
    const document = parse('{ __schema { types { name } } }');
    expect(() => checkIntrospection(document, developer)).not.toThrow();
    expect(() => checkIntrospection(document, clerk)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    expect(() => checkIntrospection(document, Scope.none)).toThrow(
      expect.objectContaining({ details: { permission: 'schema:introspect' } }),
    );
    expect(() => checkIntrospection(document, developer)).not.toThrow();
    expect(() => checkIntrospection(parse('{ __typename }'), Scope.none)).not.toThrow();
  });
});
