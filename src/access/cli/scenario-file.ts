import { readFile, stat } from 'node:fs/promises';
import type { CoreDatabase } from '../../business/context';
import { readScenario, runScenario, type Problem, type ScenarioRun } from '../../business/process/scenario';
import { FileUnreadable, YamlText, type Position } from '../file';

const FILE_BYTES_MAX = 4_194_304;

/** A problem with its place in the file. */
export interface PlacedProblem extends Pick<Problem, 'message' | 'difference'> {
  readonly at: Position;
}

export interface ScenarioResult {
  readonly file: string;
  readonly title: string | null;
  readonly problems: readonly PlacedProblem[];
  readonly steps: number;
  readonly met: number;
  /** Every refusal that the file expected and met. */
  readonly refused: ScenarioRun['refused'];
  /** The lines of the file, for showing those that problems are in. */
  readonly lines: readonly string[];
}

/** What is done with each scenario that could be read: it is given a database of its own. */
export type WithDatabase = <Value>(play: (database: CoreDatabase) => Promise<Value>) => Promise<Value>;

/**
 * Reads a scenario file and plays it. The database is made only for a file in which nothing is wrong.
 * @throws FileUnreadable
 */
export async function playScenarioFile(file: string, withDatabase: WithDatabase, signal?: AbortSignal): Promise<ScenarioResult> {
  return playScenario({ file, text: await readText(file) }, withDatabase, signal);
}

/** Plays a scenario that has been read from a file of that name. */
export async function playScenario(
  { file, text }: { readonly file: string; readonly text: string },
  withDatabase: WithDatabase,
  signal?: AbortSignal,
): Promise<ScenarioResult> {
  const lines = text.split(/\r?\n/);
  const yaml = YamlText.read(text);
  const nothing = { file, title: null, steps: 0, met: 0, refused: [], lines };
  if (!yaml.ok) return { ...nothing, problems: yaml.mistakes };
  const placed = (problems: readonly Problem[]): readonly PlacedProblem[] =>
    inOrder(problems.map((problem) => placeIn(yaml.yaml, problem)));
  const read = readScenario(yaml.yaml.content);
  if (!read.ok) return { ...nothing, problems: placed(read.problems) };
  const { scenario } = read;
  const run = await withDatabase((database) => runScenario(scenario, { database, ...(signal === undefined ? {} : { signal }) }));
  return { file, title: scenario.title, lines, ...run, problems: placed(run.problems) };
}

async function readText(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw new FileUnreadable(file, 'there is no such file');
  if (found.size > FILE_BYTES_MAX) throw new FileUnreadable(file, `a scenario has at most ${FILE_BYTES_MAX} bytes`);
  return readFile(file, 'utf8');
}

function placeIn(yaml: YamlText, { place, of, message, difference }: Problem): PlacedProblem {
  return { at: yaml.placeOf(place, of), message, ...(difference === undefined ? {} : { difference }) };
}

function inOrder(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  return [...problems].sort((one, other) => one.at.line - other.at.line || one.at.column - other.at.column);
}

/** What a person is told of a scenario: one line when it went as it should, else every problem with its place and line. */
export function scenarioText({ file, title, problems, steps, met, lines }: ScenarioResult): string {
  if (problems.length === 0) return `ok      ${file}: ${title ?? ''} (${steps} steps, ${met} expectations)\n`;
  return `FAILED  ${file}${title === null ? '' : `: ${title}`}\n${problems.map((problem) => problemText(file, problem, lines)).join('')}`;
}

function problemText(file: string, { at: { line, column }, message, difference }: PlacedProblem, lines: readonly string[]): string {
  const told = [`  ${file}:${line}:${column}: ${message}`];
  if (difference !== undefined) told.push(`      expected  ${difference.expected}`, `      actual    ${difference.actual}`);
  const written = lines[line - 1]?.trim() ?? '';
  if (written !== '') told.push(`      line ${line}: ${written.slice(0, 140)}`);
  return `${told.join('\n')}\n`;
}
