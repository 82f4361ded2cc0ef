import 'reflect-metadata';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { EngineWorker } from '../../src/data/engine/engine-worker';
import { testWorkflows } from './engine-workflows';

/* A worker process of its own, for tests to kill: `engine-program.ts DATABASE_URL CONCURRENCY`. */

const [url = '', concurrency = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const limits = { poolSize: Number(concurrency) + 1, poolWaitMs: 5_000, statementTimeoutMs: 20_000, lockTimeoutMs: 5_000 };
  const core = await CoreDatabase.open(url, limits, () => undefined);
  const worker = await EngineWorker.start({
    url,
    core,
    workflows: testWorkflows,
    concurrency: Number(concurrency),
    log: (level, message) => (level === 'debug' ? undefined : say(`${level.toUpperCase()} ${message}`)),
    onEvent: (event) => say(event.kind === 'BEAT_FAILED' ? `BEAT_FAILED ${String(event.error)}` : JSON.stringify(event)),
  });
  process.once('SIGTERM', () => {
    void worker.stop(200).then(() => process.exit(0));
  });
  say(`READY ${worker.executorId}`);
}

void main();
