import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { playScenarioFile, scenarioText } from '../../src/access/cli/scenario-file';
import { withScenarioDatabase } from '../support/scenario-database';

const FILES = readdirSync(__dirname).filter((name) => name.endsWith('.yaml'));

test.each(FILES)('%s goes as it says', async (name) => {
  const result = await playScenarioFile(join(__dirname, name), withScenarioDatabase);
  expect(scenarioText({ ...result, file: name })).toBe(
    `ok      ${name}: ${result.title ?? ''} (${result.steps} steps, ${result.met} expectations)\n`,
  );
  // A file that expects nothing shows nothing.
  expect(result.met).toBeGreaterThan(5);
});
