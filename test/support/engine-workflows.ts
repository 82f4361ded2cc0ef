import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '../../src/data/connection/sql';
import { defineWorkflow } from '../../src/data/engine/workflow';

/*
 * Workflows for the tests of the engine. Their steps leave rows in `effect`, which has no key: whatever happens twice is
 * there twice.
 */

export const fourSteps = defineWorkflow('test-four-steps', async (step, input: { readonly stepMs: number }): Promise<number> => {
  let sum = 0;
  for (let number = 1; number <= 4; number += 1) {
    sum += await step.transaction(`step ${number}`, async (transaction) => {
      await transaction.query(sql`INSERT INTO effect VALUES (${step.workflowId}, ${`step ${number}`}, ${process.pid})`);
      await sleep(input.stepMs);
      return number;
    });
  }
  return sum;
});

/** Kills every process that runs it. */
export const poison = defineWorkflow('test-poison', (_step, _input: null) => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise<void>(() => undefined);
}, { recoveriesMax: 1 }); // prettier-ignore

/** Speaks to "another system", which remembers each key it was called with, and lets the first process die after that. */
export const outsideCall = defineWorkflow('test-outside-call', async (step, input: { readonly dieAt: string }): Promise<string> => {
  await step.transaction('before', async (transaction) => {
    await transaction.query(sql`INSERT INTO effect VALUES (${step.workflowId}, 'before', ${process.pid})`);
  });
  const { dieAt } = input;
  return step.run('call', async (key) => {
    const { Client } = await import('pg');
    const other = new Client(dieAt);
    await other.connect();
    await other.query('INSERT INTO effect VALUES ($1, $2, $3)', [step.workflowId, key, process.pid]);
    const { rows } = await other.query<{ calls: number }>('SELECT count(*)::integer AS calls FROM effect WHERE step = $1', [key]);
    await other.end();
    if (rows[0]?.calls === 1) process.kill(process.pid, 'SIGKILL');
    return key;
  });
});

/** Fails in its second step; the first stays done, and nothing of the second is left. */
export const failing = defineWorkflow('test-failing', async (step, _input: null): Promise<void> => {
  await step.transaction('first', async (transaction) => {
    await transaction.query(sql`INSERT INTO effect VALUES (${step.workflowId}, 'first', ${process.pid})`);
  });
  await step.transaction('second', async (transaction) => {
    await transaction.query(sql`INSERT INTO effect VALUES (${step.workflowId}, 'second', ${process.pid})`);
    throw Object.assign(new Error('no such tariff'), { code: 'NO_TARIFF' });
  });
});

/** Waits between two steps. */
export const sleeper = defineWorkflow('test-sleeper', async (step, input: { readonly ms: number }): Promise<void> => {
  for (const name of ['before', 'after']) {
    await step.transaction(name, async (transaction) => {
      await transaction.query(sql`INSERT INTO effect VALUES (${step.workflowId}, ${name}, ${process.pid})`);
    });
    if (name === 'before') await step.sleep(input.ms);
  }
});

export const testWorkflows = [fourSteps, poison, outsideCall, failing, sleeper];
