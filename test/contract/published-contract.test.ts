import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BreakingChangeType, buildSchema, findBreakingChanges, parse, specifiedRules, validate } from 'graphql';
import { printContracts } from '../../src/access/cli/contracts';

const DIRECTORY = join(__dirname, '..', '..', 'schema');
const printed = printContracts();
const names = ['staff.graphql', 'reporting.graphql', 'partner.graphql'];

describe.each(names)('the contract %s', (name) => {
  test('is committed as the code has it (npm run schema writes it)', () => {
    expect(readFileSync(join(DIRECTORY, name), 'utf8')).toBe(printed.get(name));
  });

  test('breaks no client of the contract that was published last', () => {
    const published = readFileSync(join(DIRECTORY, 'published', name), 'utf8');
    expect(breakingChanges(published, printed.get(name) as string)).toEqual([]);
  });
});

test('what the README tells a newcomer to ask is asked as the contract has it', () => {
  const readme = readFileSync(join(DIRECTORY, '..', 'README.md'), 'utf8');
  const told = [...readme.matchAll(/```\n(mutation .*?)```/gs)].map(([, text = '']) => parse(text));
  const schema = buildSchema(printed.get('staff.graphql') as string);
  expect(told.flatMap((document) => validate(schema, document, specifiedRules)).map(String)).toEqual([]);
  const asked = told.flatMap(({ definitions }) => definitions.map((one) => 'name' in one && one.name?.value));
  expect(asked).toEqual(['Customer', 'Account', 'Quote', 'Submit', 'Pay']);
});

test('a removed field, a new obligatory argument and a field that became nullable are seen to break clients', () => {
  const published = 'type Query { a: Int! b(x: Int): Int c: Int }';
  const changed = 'type Query { a: Int b(x: Int, y: Int!): Int }';
  expect(breakingChanges(published, changed)).toHaveLength(3);
});

test('a field that was announced as deprecated may go', () => {
  const published = 'type Query { a: Int b: Int @deprecated(reason: "use a; removed after 2026-01-01") }';
  expect(breakingChanges(published, 'type Query { a: Int }')).toEqual([]);
});

/** Breaking changes by graphql-js; fields that were deprecated before may be removed. */
function breakingChanges(published: string, changed: string): string[] {
  const before = buildSchema(published);
  return findBreakingChanges(before, buildSchema(changed))
    .filter(({ type, description }) => {
      if (type !== BreakingChangeType.FIELD_REMOVED) return true;
      const [typeName = '', field = ''] = description.split(' ')[0]?.split('.') ?? [];
      const owner = before.getType(typeName);
      return !(owner && 'getFields' in owner && owner.getFields()[field]?.deprecationReason);
    })
    .map(({ description }) => description);
}
