import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { playScenarioFile, scenarioText } from '../../src/access/cli/scenario-file';
import { ITEM_KEYS } from '../../src/business/process/scenario';
import { withScenarioDatabase } from '../support/scenario-database';

const FILES = readdirSync(__dirname).filter((name) => name.endsWith('.yaml'));

test.each(FILES)('%s goes as it says', async (name) => {
  const result = await playScenarioFile(join(__dirname, name), withScenarioDatabase);
  expect(scenarioText({ ...result, file: name })).toBe(
    `ok      ${name}: ${result.title ?? ''} (${result.steps} steps, ${result.met} expectations)\n`,
  );
  // A file that expects nothing shows nothing.
  expect(result.met).toBeGreaterThan(5);
  // What it is refused by, a clerk of either language can act upon: whole sentences, with nothing left open in them.
  // (Who holds a permission nowhere is told by an error of the API, not by a refusal.)
  const refusals = result.refused.filter(({ code }) => code !== 'FORBIDDEN');
  const untold = refusals.filter(
    ({ message: { zh, en } }) => !/\p{Script=Han}/u.test(zh) || !/^[A-Z].*\.$/u.test(en) || /[{}]/.test(zh + en),
  );
  expect(untold).toEqual([]);
});

interface Step {
  readonly refuses?: unknown;
  readonly [verb: string]: unknown;
}

/** The kinds of item of each step of the files that orders or quotes something, and whether it is refused. */
const ORDERED = FILES.flatMap((name) => {
  const { timeline = [] } = parse(readFileSync(join(__dirname, name), 'utf8')) as { readonly timeline?: readonly Step[] };
  return timeline.flatMap((step) => {
    const of = (step['order'] ?? step['quoteOrder'] ?? step['amendOrder']) as { readonly items: readonly object[] } | undefined;
    return (of?.items ?? []).map((item) => ({ kind: Object.keys(item)[0] ?? '', refused: step.refuses !== undefined }));
  });
});

test('every kind of order is told by a scenario, done and refused', () => {
  const kinds = [...ITEM_KEYS.keys()];
  for (const refused of [false, true]) {
    const told = new Set(ORDERED.filter((one) => one.refused === refused).map(({ kind }) => kind));
    expect({ refused, missing: kinds.filter((kind) => !told.has(kind)) }).toEqual({ refused, missing: [] });
  }
});
