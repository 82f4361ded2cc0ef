import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Example } from './broken-sources';
import { SourceTree, type Finding, type SourceRule } from './source-tree';

/** The root of this repository. */
export const ROOT = join(__dirname, '../..');

/** Runs `work` beside a tree on disk, which is removed afterwards. */
export function withTree<Value>(files: Iterable<readonly [path: string, text: string]>, work: (root: string) => Value): Value {
  const root = mkdtempSync(join(tmpdir(), 'sanhu-architecture-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export function placesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ path, line }) => `${path.replace(/\/$/, '')}:${line}`);
}

function placesIn(rule: SourceRule, files: Readonly<Record<string, string>>): string[] {
  return withTree(Object.entries(files), (root) => placesOf(rule.check(SourceTree.read(root)))).sort();
}

/** Declares the tests of a set of rules: that this repository keeps each, and that each is broken by an example made to break it. */
export function testRules(rules: readonly SourceRule[], examples: Readonly<Record<string, Example>>): void {
  const tree = SourceTree.read(ROOT);

  it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
    const found = rule.check(tree).map(({ path, line, what }) => `${path}:${line} ${what} (${rule.why})`);
    expect(found).toEqual([]);
  });

  describe('each is broken where it should be, and only there', () => {
    it('has an example for every rule', () => expect(Object.keys(examples).sort()).toEqual(rules.map(({ name }) => name).sort()));

    it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
      const { broken, at, sound } = examples[name] as Example;
      expect(placesIn(rule, broken)).toEqual([...at].map((place) => place.replace(/\/:/, ':')).sort());
      if (Object.keys(sound).length > 0) expect(placesIn(rule, sound)).toEqual([]);
    });
  });
}
