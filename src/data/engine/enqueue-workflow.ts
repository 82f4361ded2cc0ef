import type { Json } from '../../kernel/stable-json';
import type { Transaction } from '../connection/core-database';
import { sql } from '../connection/sql';
import { APPLICATION, APPLICATION_VERSION, QUEUE } from './engine-settings';

/** What waits in the queue is taken up by the smallest number first, then by age. */
export const FIRST_PRIORITY = 1;
export const LAST_PRIORITY = 9;

/**
 * Enqueues a workflow by its name within the caller's transaction: it runs if, and only if, that commits, and no earlier than
 * `afterMs` from then. The same id again does nothing. A process needs no {@link ProcessEngine} for it, only its transaction: the
 * engine's own function writes the row.
 */
export async function enqueueWorkflow<Input extends Json>(
  transaction: Transaction,
  workflow: { readonly name: string },
  input: Input,
  { workflowId, priority, afterMs = 0 }: { readonly workflowId: string; readonly priority: number; readonly afterMs?: number },
): Promise<void> {
  await transaction.query(sql`
    SELECT dbos.enqueue_workflow(
      workflow_name => ${workflow.name}, queue_name => ${QUEUE}, positional_args => ARRAY[${JSON.stringify(input)}::json],
      workflow_id => ${workflowId}, app_version => ${APPLICATION_VERSION}, priority => ${priority}::integer, application_name => ${APPLICATION},
      delay_until_epoch_ms => CASE WHEN ${afterMs}::bigint > 0
                                   THEN (extract(epoch FROM clock_timestamp()) * 1000)::bigint + ${afterMs}::bigint END)`);
}
