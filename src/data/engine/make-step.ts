import { DBOS } from '@dbos-inc/dbos-sdk';
import { invariant } from '../../kernel/failure';
import { runTransactionStep } from './transaction-step';
import type { Step, StepRetry } from './workflow';

const RETRY: StepRetry = { attemptsMax: 5, firstWaitMs: 1_000 };

/** The steps of the workflow that is running now. */
export function makeStep(): Step {
  const workflowId = DBOS.workflowID;
  invariant(workflowId !== undefined, 'steps outside a workflow');
  const used = new Set<string>();
  return {
    workflowId,
    transaction: runTransactionStep,
    run: (name, work, retry = RETRY) => {
      invariant(!used.has(name), `step ${name} comes twice in ${workflowId}: its key would not be unique`);
      used.add(name);
      return DBOS.runStep(() => work(`${workflowId}:${name}`), {
        name,
        retriesAllowed: retry.attemptsMax > 1,
        maxAttempts: retry.attemptsMax,
        intervalSeconds: retry.firstWaitMs / 1_000,
        backoffRate: 2,
      });
    },
    sleep: (milliseconds) => DBOS.sleep(milliseconds),
    patched: (change) => DBOS.patch(change),
  };
}
