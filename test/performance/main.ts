import { FULL, SMALL, type Bench, type BenchLine, type Scale } from './bench';
import { counterView } from './counter-view';
import { isolation } from './isolation';
import { orderEntry } from './order-entry';
import { pointRead } from './point-read';
import { quotation } from './quotation';
import { ShutDown } from './shut-down';
import { Stage, tell } from './stage';
import { terminals } from './terminals';
import { VoidRun } from './void-run';

const BENCHES: readonly Bench[] = [pointRead, counterView, terminals, isolation, orderEntry, quotation];

const NAMES = BENCHES.map(({ name }) => name).join(', ');
const USAGE = `usage: npm run bench -- NAME… [--small]\nbenches: ${NAMES}, or all`;

/** What was asked for cannot be understood. */
class UsageError extends Error {}

/** @throws UsageError when a name is unknown */
function readArguments(args: readonly string[]): { readonly benches: readonly Bench[]; readonly scale: Scale } {
  const options = args.filter((arg) => arg.startsWith('-'));
  const wrong = options.filter((option) => option !== '--small');
  if (wrong.length > 0) throw new UsageError(`no such option: ${wrong.join(' ')}\n${USAGE}`);
  const names = args.filter((arg) => !arg.startsWith('-'));
  if (names.length === 0) throw new UsageError(USAGE);
  const unknown = names.filter((name) => name !== 'all' && !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) throw new UsageError(`no such bench: ${unknown.join(', ')}\n${USAGE}`);
  const benches = names.includes('all') ? BENCHES : BENCHES.filter((bench) => names.includes(bench.name));
  return { benches, scale: options.includes('--small') ? SMALL : FULL };
}

/** Runs one bench and prints its line; false when it was void. */
async function runBench(bench: Bench, stage: Stage): Promise<boolean> {
  const { name, unit, reference } = bench;
  tell(`-- ${name}`);
  const print = (measured: Omit<BenchLine, 'bench' | 'unit' | 'reference'>): void => {
    const { figure, referenceFigure, ratio, conditions } = measured;
    const line: BenchLine = { bench: name, figure, unit, reference, referenceFigure, ratio, conditions };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  try {
    print(await bench.run(stage));
    return true;
  } catch (error) {
    if (!(error instanceof VoidRun)) throw error;
    print({ figure: null, referenceFigure: null, ratio: null, conditions: { void: error.message, ...stage.conditions() } });
    return false;
  }
}

async function main(shutDown: ShutDown): Promise<number> {
  const { benches, scale } = readArguments(process.argv.slice(2));
  const needs = {
    standby: benches.some((bench) => bench.needs.standby),
    history: Math.max(...benches.map((bench) => bench.needs.history)),
  };
  const stage = await Stage.set(scale, needs, shutDown);
  let isGood = true;
  for (const bench of benches) isGood = (await runBench(bench, stage)) && isGood;
  return isGood ? 0 : 1;
}

function describe(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const shutDown = new ShutDown();
let asked = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asked twice: whoever asks does not want to wait.
    if (asked) process.exit(1);
    asked = true;
    tell(`stopping what was started (${signal})`);
    void shutDown.run().then(() => process.exit(130));
  });
}
main(shutDown)
  .catch((error: unknown) => {
    if (!asked) tell(describe(error));
    return 1;
  })
  .then(async (code) => {
    await shutDown.run();
    process.exit(asked ? 130 : code);
  })
  .catch(() => process.exit(1));
