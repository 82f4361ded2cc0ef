export { TIME_KEYS, type Expectation } from './expectation';
export { EXPECTATIONS } from './expectation/index';
export type { Place, Problem } from './problem';
export { FILE_KEYS, OPERATOR_KEYS, readScenario, SECTIONS, type ScenarioRead } from './read-scenario';
export { keysOf, STEP_KEYS } from './read-step';
export { runScenario, type RunScenarioOptions, type ScenarioRun } from './run-scenario';
export type { Scenario } from './scenario';
export type { Verb } from './verb';
export { VERBS } from './verb/index';
