import 'reflect-metadata';
import { fulfilmentHands } from '../../src/business/process/acceptance';
import { fulfilmentWorkflow } from '../../src/business/process/fulfilment';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { EngineWorker } from '../../src/data/engine/engine-worker';
import { defineWorkflow, type Step } from '../../src/data/engine/workflow';
import { NetworkCalls } from '../../src/data/provisioning/network-calls';
import { systemClock } from '../../src/kernel/clock';

/*
 * A worker that carries orders out, in a process of its own, and may kill itself: `fulfilment-program.ts DATABASE_URL CONCURRENCY
 * [KILL]`. KILL says at which boundary, as `in tell 3`: before, in (its effect is there, and not yet recorded) or after the third step of that name.
 */

const [url = '', concurrency = '', kill = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [when = '', what = '', nth = ''] = kill.split(' ');
let met = 0;

/** `2 tell 1` is a step named tell. */
function dieAt(moment: 'before' | 'in' | 'after', step: string): void {
  if (moment !== when || !step.split(' ').includes(what)) return;
  met += 1;
  if (met === Number(nth)) process.kill(process.pid, 'SIGKILL');
}

function deadly(step: Step): Step {
  const around = async <Value>(name: string, work: (dying: <Done>(done: Done) => Done) => Promise<Value>): Promise<Value> => {
    dieAt('before', name);
    const value = await work((done) => {
      dieAt('in', name);
      return done;
    });
    dieAt('after', name);
    return value;
  };
  return {
    ...step,
    transaction: (name, work) => around(name, (dying) => step.transaction(name, async (transaction) => dying(await work(transaction)))),
    run: (name, work, retry) => around(name, (dying) => step.run(name, async (key) => dying(await work(key)), retry)),
  };
}

async function main(): Promise<void> {
  const limits = { poolSize: Number(concurrency) + 2, poolWaitMs: 5_000, statementTimeoutMs: 20_000, lockTimeoutMs: 5_000 };
  const core = await CoreDatabase.open(url, limits, () => undefined);
  const network = new NetworkCalls({ credentials: {}, callMsMax: 5_000 });
  const pace = { firstWaitMs: 200, waitMsMax: 2_000, patienceMs: 1_800_000 };
  const workflow = fulfilmentWorkflow({ database: core, clock: systemClock, network, pace, hands: fulfilmentHands });
  const worker = await EngineWorker.start({
    url,
    core,
    workflows: [defineWorkflow(workflow.name, (step, input: never) => workflow.run(deadly(step), input))],
    concurrency: Number(concurrency),
    log: (level, message) => (level === 'debug' ? undefined : say(`${level.toUpperCase()} ${message}`)),
    onEvent: (event) => say(event.kind === 'BEAT_FAILED' ? `BEAT_FAILED ${String(event.error)}` : JSON.stringify(event)),
  });
  say(`READY ${worker.executorId}`);
}

void main();
