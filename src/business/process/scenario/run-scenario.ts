import type { CoreDatabase, FactTime } from '../../context';
import { registerStandardChart } from '../../component/ledger';
import { forgetOrderRules } from '../../component/order';
import { foundOperator, forgetOperatorParameters } from '../../component/organisation';
import { forgetServiceTypes, registerServiceTypes } from '../../component/service';
import { registerStandardRoles } from '../../component/staff';
import type { Cancellation } from '../../../kernel/cancellation';
import { endLapsedBundles, startDueOrders, synchroniseDue } from '../acceptance';
import type { Instant } from '../../../kernel/clock';
import type { Refusal } from '../../../kernel/result';
import { stableJson, type Json } from '../../../kernel/stable-json';
import { problemOf, StepMistake, type Problem } from './problem';
import type { Action, Expected, ExpectedRefusal, Scenario } from './scenario';
import { Stage } from './stage';
import type { Done, Refusals } from './verb';
import { Handle, OPERATOR_HANDLE } from './written/handle';

/** What came of a scenario. */
export interface ScenarioRun {
  /** Empty when everything went as the file says. */
  readonly problems: readonly Problem[];
  /** What was done, and how much was found to be as expected. */
  readonly steps: number;
  readonly met: number;
  /** Every refusal that the file expected and met, as it was told. */
  readonly refused: Refusals;
}

export interface RunScenarioOptions {
  /** A migrated database without an operator, for this scenario alone. */
  readonly database: CoreDatabase;
  /** Ends the play behind the step under way. */
  readonly signal?: Cancellation;
}

/**
 * Plays a scenario through the use cases, with a clock that stands at each step's time. An expectation that is not met is noted
 * and the play goes on; a step that does not end as the file says ends it, since nothing after it could be judged.
 */
export async function runScenario(scenario: Scenario, { database, signal }: RunScenarioOptions): Promise<ScenarioRun> {
  const stage = new Stage(database, scenario.zone, scenario.beginsAt);
  const problems: Problem[] = [];
  const refused: Refusal[] = [];
  let [steps, met] = [0, 0];
  // One process plays many scenarios, each on a database of its own.
  forgetOperatorParameters();
  forgetServiceTypes();
  forgetOrderRules();
  const founded = await found(stage, scenario);
  if (founded !== undefined) return { problems: [founded], steps, met, refused };
  for (const { at, action, expected } of scenario.steps) {
    if (signal?.aborted === true) break;
    await passTime(stage, at);
    if (action !== null) {
      steps += 1;
      const problem = await act(stage, action, refused);
      if (problem !== undefined) return { problems: [...problems, problem], steps, met, refused };
    }
    for (const one of expected) {
      const unmet = await compare(stage, one);
      problems.push(...unmet);
      met += Object.keys(one.values).length - unmet.length;
    }
  }
  return { problems, steps, met, refused };
}

async function found(stage: Stage, { operator: { code, name } }: Scenario): Promise<Problem | undefined> {
  const operator = new Handle('organisation', OPERATOR_HANDLE, true);
  const founded = await stage.bring(operator, foundOperator, { code, name }, ({ organisationId }) => organisationId);
  if (!founded.ok) return problemOf(['operator'], sentencesOf(founded.refusals));
  for (const useCase of [registerServiceTypes, registerStandardRoles, registerStandardChart]) {
    const registered: Done = await stage.execute<Record<string, never>, Json, string>(useCase, {});
    if (!registered.ok) return problemOf([], sentencesOf(registered.refusals));
  }
  return undefined;
}

/**
 * Lets time pass until an instant: what was ordered for a time on the way begins then, as the upkeep of the product would have it
 * begin some seconds later.
 */
async function passTime(stage: Stage, until: Instant): Promise<void> {
  for (const instant of [...stage.wakingsUntil(until), until]) {
    stage.clock.moveTo(instant);
    let more = true;
    while (more) ({ more } = await startDueOrders(stage.context));
    while ((await synchroniseDue(stage.context)).more);
    while ((await endLapsedBundles(stage.context)).more);
  }
}

/** Does one thing; the problem is that it is refused, that it is not, or by what. What it was rightly refused by is added. */
async function act(stage: Stage, { verb, input, place, by, refuses }: Action, refused: Refusal[]): Promise<Problem | undefined> {
  await stage.actAs(by);
  try {
    const done = await verb.run(stage, input);
    if (refuses === null) return done.ok ? undefined : problemOf(place, `${verb.name} is refused: ${sentencesOf(done.refusals)}`, 'key');
    const expected = setOf(refuses.map(({ code, at }) => (at === null ? code : `${code} at ${at}`)));
    if (!done.ok && stableJson(wordsOf(done.refusals, refuses)) === stableJson(expected)) {
      refused.push(...done.refusals);
      return undefined;
    }
    const actual = done.ok ? 'it is done' : sentencesOf(done.refusals);
    const message = `${verb.name} should have been refused`;
    return { ...problemOf(place, message, 'key'), difference: { expected: expected.join(', '), actual } };
  } catch (error) {
    if (error instanceof StepMistake) return problemOf([...place, ...error.place], error.message);
    throw error;
  } finally {
    await stage.actAs(null);
  }
}

/** What a step was refused by, in the words in which the file expects it: with the field where it names one. */
function wordsOf(refusals: Refusals, expected: readonly ExpectedRefusal[]): readonly string[] {
  const isAnywhere = (code: string): boolean => expected.every((one) => one.code !== code || one.at === null);
  return setOf(refusals.map(({ code, field }) => (isAnywhere(code) ? code : `${code} at ${field?.join('.') ?? 'nothing'}`)));
}

function setOf(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

/** Every refusal with its code, the field to blame, and its sentence in both languages. */
function sentencesOf(refusals: Refusals): string {
  return refusals
    .map(({ code, field, message }) => `${code}${field === null ? '' : ` (${field.join('.')})`} ${message.zh} ${message.en}`)
    .join('; ');
}

async function compare(stage: Stage, { expectation, subject, asOf, asKnown, asked, values, place }: Expected): Promise<Problem[]> {
  const time: FactTime = { validAt: stage.instantOf(asOf) ?? stage.clock.now(), knownAt: stage.instantOf(asKnown) };
  const found = await expectation.actual(stage, subject, time, asked);
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(values)) {
    const actual = expectation.narrowed(key, value, found[key] ?? null);
    const expected = await expectation.expected(stage, key, value, subject).catch((error: unknown) => {
      if (!(error instanceof StepMistake)) throw error;
      problems.push(problemOf([...place, ...error.place], error.message));
      return actual;
    });
    if (stableJson(expected) === stableJson(actual)) continue;
    const difference = { expected: shown(expected), actual: shown(actual) };
    problems.push({ ...problemOf([...place, key], `${key} of ${subject.name} is not as expected`), difference });
  }
  return problems;
}

/** A value as a file would write it. */
function shown(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(shown).join(', ')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  return `{ ${Object.entries(value as Readonly<Record<string, Json>>)
    .map(([key, part]) => `${key}: ${shown(part)}`)
    .join(', ')} }`;
}
