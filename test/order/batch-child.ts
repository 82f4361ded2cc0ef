import 'reflect-metadata';
import { programContext } from '../../src/business/process/program-context';
import { execute } from '../../src/business/execute';
import { runOrderBatch, takeOrderBatch } from '../../src/business/process/order-batch';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { systemClock } from '../../src/kernel/clock';
import { newId, type Id } from '../../src/kernel/id';

/* A batch of orders in a process of its own, which a test can kill: `node batch-child.js URL BATCH`. It prints a line for each row. */

async function run(url = '', batch = ''): Promise<void> {
  const limits = { poolSize: 2, poolWaitMs: 5_000, statementTimeoutMs: 20_000, lockTimeoutMs: 5_000 };
  const core = await CoreDatabase.open(url, limits, () => undefined);
  const context = programContext(core, systemClock, { kind: 'SYSTEM', id: 'child', clientId: 'child', address: null }, 'child');
  const orderBatchId = batch as Id<'orderBatch'>;
  const runner = `child:${newId('event')}`;
  const taken = await execute(context, takeOrderBatch, { orderBatchId, retryRefused: false, runner }, newId('event'));
  if (!taken.ok) throw new Error(JSON.stringify(taken.refusals));
  const result = await runOrderBatch({ context, orderBatchId, runner, onProgress: () => void process.stdout.write('row\n') });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  await core.close();
}

void run(...process.argv.slice(2));
