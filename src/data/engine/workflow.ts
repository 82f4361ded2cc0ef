import type { Json } from '../../kernel/stable-json';
import type { Transaction } from '../connection/core-database';

/**
 * What a durable workflow (持久流程) is made of. The body may be run again from its beginning, by another process: steps that
 * are done give their stored result at once. So everything that touches the world, the clock included, is in a step, and the
 * steps come in the same order for the same input and results.
 */
export interface Step {
  readonly workflowId: string;
  /**
   * Runs `work` and stores its result in one transaction: its effect happens exactly once. `work` throws to leave nothing
   * behind; the error is the step's outcome then, and is thrown again by each replay. Outages of the database are waited out.
   */
  transaction<Value extends Json | void>(name: string, work: (transaction: Transaction) => Promise<Value>): Promise<Value>;
  /**
   * Runs `work`, which speaks to something else than the database, at least once: a process may die between its effect and
   * the storing of its result. The key is the same each time; hand it to the other side. `name` is used once in a workflow:
   * in a loop, put what is worked on into it.
   */
  run<Value extends Json | void>(name: string, work: (idempotencyKey: string) => Promise<Value>, retry?: StepRetry): Promise<Value>;
  /** Waits; a process that takes the workflow over waits for the rest only. */
  sleep(milliseconds: number): Promise<void>;
  /**
   * For changing the steps of a workflow while some are under way: true in those that had not come here when the change was
   * deployed. Those under way take the old branch. Remove it when none of them are left.
   */
  patched(change: string): Promise<boolean>;
}

/** How often `step.run` tries, and how long it waits between (twice as long each time, at most an hour). */
export interface StepRetry {
  readonly attemptsMax: number;
  readonly firstWaitMs: number;
}

/** A workflow as it is registered and enqueued. Its name is stored with every run: it never changes. */
export interface Workflow<Input extends Json, Output extends Json | void> {
  readonly name: string;
  readonly run: (step: Step, input: Input) => Promise<Output>;
  /** How often it is taken over from a process that died before it is parked as the likely cause. */
  readonly recoveriesMax: number;
}

/** Any workflow, for lists of them. */
export type AnyWorkflow = Workflow<never, Json | void>;

/**
 * Every death of a worker counts against all that ran in it, so an innocent workflow must survive a poisonous neighbour and
 * a bad day of deployments; a poisonous one costs its process 11 lives.
 */
const RECOVERIES_MAX = 10;

export function defineWorkflow<Input extends Json, Output extends Json | void>(
  name: string,
  run: (step: Step, input: Input) => Promise<Output>,
  options: { readonly recoveriesMax?: number } = {},
): Workflow<Input, Output> {
  return { name, run, recoveriesMax: options.recoveriesMax ?? RECOVERIES_MAX };
}
