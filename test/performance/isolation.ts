import { setTimeout as sleep } from 'node:timers/promises';
import { CLIENTS, type Bench } from './bench';
import { logIn } from './caller';
import { ChildProgram } from './child-program';
import { CLERK, FINANCE } from './dataset-access';
import { EndlessReports, heaviestReport, timeReportAlone, type HeavyReport } from './heaviest-report';
import { LatencyHistogram, type SparseCounts } from './load/latency-histogram';
import { checkGenerator } from './request-bench';
import { COUNTER_VIEW_QUERY, productTarget } from './requests';
import { tell, type Stage } from './stage';
import { median, round } from './statistics';
import { VoidRun } from './void-run';

/** Reports at once, and busy loops in their place on the other side. */
const AT_ONCE = 2;
/** The embedded standby and the reporting role run at it. */
const REPORT_NICENESS = 10;
const SHARE_OF_MAXIMUM = 0.25;
const REPORT_SECONDS_MIN = 5;
/** Between the start of a disturbance and the measurement: the standby's new connections are found and lowered within a second. */
const SETTLE_MS = 2_500;
const CONNECTIONS = 64;

/** What else happens on the machine while the counters are measured. */
interface Disturbance {
  stop(): Promise<number>;
}

/** Whether reports slow the counters by more than the processor time that any work at their priority would take. */
export const isolation: Bench = {
  name: 'isolation',
  unit: 'ms (p99)',
  reference: `the same load beside ${AT_ONCE} idle CPU loops at the report's priority`,
  needs: { standby: true, history: 8 },
  run: async (stage) => {
    const product = await stage.startProduct('core,reporting');
    const bare = await stage.startReference();
    try {
      const numbers = await stage.drawAccessNumbers(stage.scale.keys);
      const generator = await checkGenerator(stage, bare.port, numbers);
      await bare.program.stop();
      const token = await logIn(product.port, CLERK);
      const report = heaviestReport(product.port, await logIn(product.port, FINANCE), await stage.today());
      await stage.load.aim('product', productTarget(product.port, COUNTER_VIEW_QUERY, [token], numbers));
      const alone = await timeReportAlone(report);
      tell(`the report alone takes ${round(alone.seconds, 1)} s`);
      if (alone.seconds < REPORT_SECONDS_MIN && !stage.scale.small)
        throw new VoidRun(`the report takes only ${round(alone.seconds, 1)} s alone`);
      const maximum = await measureMaximum(stage);
      const perSecond = Math.max(1, Math.round(maximum * SHARE_OF_MAXIMUM));
      const measured = await measureInTurns(stage, report, perSecond);
      const conditions = {
        openLoopPerSecond: perSecond, maximumPerSecond: Math.round(maximum), report: report.what, reportsAtOnce: AT_ONCE,
        reportAloneSeconds: round(alone.seconds, 2), reportBytes: alone.bytes, niceness: REPORT_NICENESS, keys: numbers.length,
        ...generator,
      }; // prettier-ignore
      return { ...measured, conditions: { ...conditions, ...measured.conditions, ...stage.conditions() } };
    } finally {
      await product.program.stop();
      await bare.program.stop();
    }
  },
};

/** The greatest throughput of the closed loop, without anything else. */
async function measureMaximum(stage: Stage): Promise<number> {
  const run = (seconds: number) =>
    stage.load.run({ kind: 'closed', target: 'product', clients: CLIENTS, rampSeconds: 0, seconds, disconnect: false });
  await run(stage.scale.warmUpSeconds);
  const { requests, seconds } = await run(stage.scale.pairSeconds);
  tell(`at most ${Math.round(requests / seconds)}/s`);
  return requests / seconds;
}

async function measureInTurns(stage: Stage, report: HeavyReport, perSecond: number) {
  const seconds = (stage.scale.isolationSamples / stage.scale.pairs / perSecond) * 1.01;
  const beside = async (start: () => Disturbance): Promise<{ latency: SparseCounts; reports: number }> => {
    const disturbance = start();
    await sleep(SETTLE_MS);
    const run = { kind: 'open', target: 'product', clients: CONNECTIONS, perSecond, seconds } as const;
    const result = await stage.load.run(run).catch(async (error: unknown) => {
      await disturbance.stop().catch(() => undefined);
      throw error;
    });
    return { latency: result.latency, reports: await disturbance.stop() };
  };
  const withReports: { latency: SparseCounts; reports: number }[] = [];
  const withLoops: { latency: SparseCounts }[] = [];
  const measureReports = async (): Promise<void> => void withReports.push(await beside(() => new EndlessReports(report, AT_ONCE)));
  const measureLoops = async (): Promise<void> => void withLoops.push(await beside(() => startBusyLoops(stage)));
  for (let nth = 0; nth < stage.scale.pairs; nth += 1) {
    for (const measure of nth % 2 === 0 ? [measureReports, measureLoops] : [measureLoops, measureReports]) await measure();
    tell(`pair ${nth + 1}: p99 ${p99([withReports.at(-1)])} ms beside reports, ${p99([withLoops.at(-1)])} ms beside loops`);
  }
  const [figure, referenceFigure] = [p99(withReports), p99(withLoops)];
  const ratios = withReports.map((one, nth) => p99([one]) / p99([withLoops[nth]]));
  return {
    figure,
    referenceFigure,
    ratio: round(figure / referenceFigure, 3),
    conditions: {
      samples: LatencyHistogram.of(withReports.map(({ latency }) => latency)).count,
      pairs: ratios.map((ratio) => round(ratio, 3)),
      medianOfPairs: round(median(ratios), 3),
      p50Ms: { besideReports: percentile(withReports, 0.5), besideLoops: percentile(withLoops, 0.5) },
      reportsCompleted: withReports.reduce((sum, { reports }) => sum + reports, 0),
    },
  };
}

/** Programs that do nothing but use the processor, each in a session of its own at the report's priority. */
function startBusyLoops(stage: Stage): Disturbance {
  const loops = Array.from({ length: AT_ONCE }, () =>
    ChildProgram.start(stage.shutDown, { name: 'a busy loop', args: ['-e', 'for (;;);'], messages: false, niceness: REPORT_NICENESS }),
  );
  return {
    stop: async () => {
      for (const loop of loops) loop.process.kill('SIGKILL');
      await Promise.all(loops.map((loop) => loop.stop()));
      return 0;
    },
  };
}

function percentile(runs: readonly ({ latency: SparseCounts } | undefined)[], share: number): number {
  return round(LatencyHistogram.of(runs.flatMap((run) => (run === undefined ? [] : [run.latency]))).percentileMs(share), 3);
}

function p99(runs: readonly ({ latency: SparseCounts } | undefined)[]): number {
  return percentile(runs, 0.99);
}
