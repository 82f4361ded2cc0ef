import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { playScenario, scenarioText } from '../../src/access/cli/scenario-file';
import {
  EXPECTATIONS, FILE_KEYS, ITEM_KEYS, OPERATOR_KEYS, SECTIONS, STEP_KEYS, TIME_KEYS, VERBS, keysOf,
} from '../../src/business/process/scenario'; // prettier-ignore
import { withScenarioDatabase } from '../support/scenario-database';

const README = readFileSync(join(__dirname, 'README.md'), 'utf8');

/** What the rows of all tables name whose first cell is such a word, by that word. */
function rowsBy(firstCell: RegExp): ReadonlyMap<string, ReadonlySet<string>> {
  const rows = new Map<string, Set<string>>();
  for (const [, name = '', rest = ''] of README.matchAll(firstCell)) {
    const words = rows.get(name) ?? new Set();
    for (const [, word = ''] of rest.matchAll(/`(\w+)`/g)) words.add(word);
    rows.set(name, words);
  }
  return rows;
}

const ROWS = rowsBy(/^\| `(\w+)` +\|(.*)\|$/gm);
const ITEM_ROWS = rowsBy(/^\| `- (\w+)` +\|(.*)\|$/gm);

test.each(VERBS.map((verb) => [verb.name, verb] as const))('the verb %s is described with every key', (name, { input }) => {
  const described = ROWS.get(name);
  expect(Object.keys(input.shape).filter((key) => described?.has(key) !== true)).toEqual([]);
});

test.each(EXPECTATIONS.map((one) => [one.subject, one] as const))(
  'what can be expected of %s is described, and what has no history',
  (subject, one) => {
    const [, row = ''] = new RegExp(`^\\| \`${subject}\` +\\|(.*†.*)\\|$`, 'm').exec(README) ?? [];
    const described = [...row.matchAll(/`(\w+)`( †)?/g)].map(([, key, undated]) => ({ key, undated: undated !== undefined }));
    expect(described).toEqual(keysOf(one).map((key) => ({ key, undated: one.undated.includes(key) })));
  },
);

test('every kind of order item is described with every key, and no other', () => {
  const described = (name: string): ReadonlySet<string> => ITEM_ROWS.get(name) ?? new Set();
  const missing = [...ITEM_KEYS].flatMap(([name, keys]) => keys.filter((key) => !described(name).has(key)).map((key) => `${name}.${key}`));
  expect(missing).toEqual([]);
  expect([...ITEM_ROWS.keys()].filter((name) => !ITEM_KEYS.has(name))).toEqual([]);
});

test('every other key is described', () => {
  const keys = [...FILE_KEYS, ...OPERATOR_KEYS, ...STEP_KEYS, ...SECTIONS.map(([, section]) => section)];
  expect(keys.filter((key) => !ROWS.has(key))).toEqual([]);
  expect(SECTIONS.filter(([, section, { name }]) => ROWS.get(section)?.has(name) !== true)).toEqual([]);
  expect(TIME_KEYS.filter((key) => !README.includes(`\`${key}\``))).toEqual([]);
});

test('nothing is described that is not there', () => {
  const known = [
    ...VERBS.map(({ name }) => name), ...EXPECTATIONS.map(({ subject }) => subject), ...SECTIONS.map(([, section]) => section),
    ...FILE_KEYS, ...OPERATOR_KEYS, ...STEP_KEYS,
  ]; // prettier-ignore
  expect([...ROWS.keys()].filter((name) => !known.includes(name))).toEqual([]);
});

test('the worked example goes as it says', async () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(README) ?? [];
  const [, shown = ''] = /```console\n\$ .*\n(.*\n)```/.exec(README) ?? [];
  const file = /^ok +(\S+):/.exec(shown)?.[1] ?? '';
  expect(scenarioText(await playScenario({ file, text: example }, withScenarioDatabase))).toBe(shown);
});
