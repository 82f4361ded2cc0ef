import type { CoreDatabase, FactTime } from '../../context';
import { foundOperator, forgetOperatorParameters } from '../../component/organisation';
import { forgetServiceTypes, registerServiceTypes } from '../../component/service';
import { registerStandardRoles } from '../../component/staff';
import type { Cancellation } from '../../../kernel/cancellation';
import { stableJson, type Json } from '../../../kernel/stable-json';
import { problemOf, StepMistake, type Problem } from './problem';
import type { Action, Expected, Scenario } from './scenario';
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
  let [steps, met] = [0, 0];
  // One process plays many scenarios, each on a database of its own.
  forgetOperatorParameters();
  forgetServiceTypes();
  const founded = await found(stage, scenario);
  if (founded !== undefined) return { problems: [founded], steps, met };
  for (const { at, action, expected } of scenario.steps) {
    if (signal?.aborted === true) break;
    stage.clock.moveTo(at);
    if (action !== null) {
      steps += 1;
      const problem = await act(stage, action);
      if (problem !== undefined) return { problems: [...problems, problem], steps, met };
    }
    for (const one of expected) {
      const unmet = await compare(stage, one);
      problems.push(...unmet);
      met += Object.keys(one.values).length - unmet.length;
    }
  }
  return { problems, steps, met };
}

async function found(stage: Stage, { operator: { code, name } }: Scenario): Promise<Problem | undefined> {
  const operator = new Handle('organisation', OPERATOR_HANDLE, true);
  const founded = await stage.bring(operator, foundOperator, { code, name }, ({ organisationId }) => organisationId);
  if (!founded.ok) return problemOf(['operator'], sentencesOf(founded.refusals));
  for (const useCase of [registerServiceTypes, registerStandardRoles]) {
    const registered: Done = await stage.execute<Record<string, never>, Json, string>(useCase, {});
    if (!registered.ok) return problemOf([], sentencesOf(registered.refusals));
  }
  return undefined;
}

/** Does one thing; the problem is that it is refused, that it is not, or by what. */
async function act(stage: Stage, { verb, input, place, by, refuses }: Action): Promise<Problem | undefined> {
  await stage.actAs(by);
  try {
    const done = await verb.run(stage, input);
    const codes = done.ok ? [] : [...new Set(done.refusals.map(({ code }) => code))].sort();
    if (refuses === null) return done.ok ? undefined : problemOf(place, `${verb.name} is refused: ${sentencesOf(done.refusals)}`, 'key');
    if (stableJson(codes) === stableJson([...new Set(refuses)].sort())) return undefined;
    const actual = done.ok ? 'it is done' : sentencesOf(done.refusals);
    const message = `${verb.name} should have been refused`;
    return { ...problemOf(place, message, 'key'), difference: { expected: refuses.join(', '), actual } };
  } catch (error) {
    if (error instanceof StepMistake) return problemOf([...place, ...error.place], error.message);
    throw error;
  } finally {
    await stage.actAs(null);
  }
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
    const actual = found[key] ?? null;
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
