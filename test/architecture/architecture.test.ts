import { brokenTree, expectedViolations } from './broken-imports';
import { BROKEN_CALLS, BROKEN_SHAPES, BROKEN_USE_CASES } from './broken-sources';
import { CALL_RULES } from './call-rules';
import { cruise, type ForbiddenImport } from './cruise';
import { ROOT, testRules, withTree } from './expectation';
import { IMPORT_RULES } from './import-rules';
import { SHAPE_RULES } from './shape-rules';
import { USE_CASE_RULES } from './use-case-rules';

const names = [...new Set(IMPORT_RULES.map(({ name }) => name))];

function linesOf(forbidden: readonly ForbiddenImport[], rule: string): string[] {
  return forbidden
    .filter((one) => one.rule === rule)
    .map(({ from, to }) => `${from} → ${to}`)
    .sort();
}

describe('imports', () => {
  let here: ReturnType<typeof cruise>;
  let broken: readonly ForbiddenImport[];

  beforeAll(() => {
    here = cruise(ROOT, IMPORT_RULES);
    broken = withTree(brokenTree(), (root) => cruise(root, IMPORT_RULES).forbidden);
  });

  it('are followed through the whole program', () => expect(here.modules).toBeGreaterThan(100));

  it.each(names)('%s', (name) => {
    const why = IMPORT_RULES.find((rule) => rule.name === name)?.comment;
    const found = here.forbidden.filter(({ rule }) => rule === name).map(({ from, to, round }) => [from, to, ...round].join(' → '));
    expect({ why, found }).toEqual({ why, found: [] });
  });

  describe('each rule is broken where it should be, and only there', () => {
    it.each(names)('%s', (name) => {
      const expected = linesOf(expectedViolations(), name);
      expect(expected.length).toBeGreaterThan(0);
      expect(linesOf(broken, name)).toEqual(expected);
    });
  });
});

describe('calls', () => testRules(CALL_RULES, BROKEN_CALLS));
describe('use cases', () => testRules(USE_CASE_RULES, BROKEN_USE_CASES));
describe('shape', () => testRules(SHAPE_RULES, BROKEN_SHAPES));
