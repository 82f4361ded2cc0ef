import type { BenchLine } from './bench';
import type { ChildProgram } from './child-program';
import { LatencyHistogram, type SparseCounts } from './load/latency-histogram';
import type { ClosedLoop, UnitLoop } from './load/load-messages';
import { tell, type Stage } from './stage';
import { median, round, spread } from './statistics';

/** Requests that are each sent once: units of work of one step. */
export interface RequestsOnce extends Omit<UnitLoop, 'seconds' | 'kind' | 'units'> {
  readonly rampSeconds: 0;
  /** More than can be answered within some seconds. */
  readonly take: (seconds: number) => UnitLoop['units'];
}

/** One of the two that are measured in turns. */
export interface Side {
  readonly name: string;
  readonly loop: Omit<ClosedLoop, 'seconds' | 'kind'> | RequestsOnce;
  readonly program: ChildProgram;
}

interface Segment {
  readonly perSecond: number;
  /** Not counted of requests that are sent once. */
  readonly bodyBytes: number | null;
  readonly requests: number;
  readonly latency: SparseCounts;
  readonly cpuSeconds: number | null;
}

interface Pair {
  readonly figure: Segment;
  readonly reference: Segment;
}

/** Pairs whose ratios lie further apart than this are measured once more. */
const SPREAD_MAX = 0.2;

export type Measured = Pick<BenchLine, 'figure' | 'referenceFigure' | 'ratio' | 'conditions'>;

/** Measures both sides in interleaved pairs; the ratio is the median of the pairs' ratios. */
export async function measurePairs(stage: Stage, figure: Side, reference: Side): Promise<Measured> {
  for (const side of [reference, figure]) {
    tell(`warming up ${side.name}`);
    await runSide(stage, side, stage.scale.warmUpSeconds);
  }
  const first = await runPairs(stage, figure, reference);
  const firstSpread = spread(first.map(ratioOf));
  if (firstSpread <= SPREAD_MAX) return summarise(first, figure, reference, {});
  tell(`the ratios lie ${Math.round(firstSpread * 100)} % apart: measuring once more`);
  const again = await runPairs(stage, figure, reference);
  return summarise(again, figure, reference, {
    measuredAgainBecauseOfSpread: round(firstSpread, 3),
    firstRatio: round(median(first.map(ratioOf)), 3),
  });
}

async function runPairs(stage: Stage, figure: Side, reference: Side): Promise<Pair[]> {
  const pairs: Pair[] = [];
  const { pairSeconds } = stage.scale;
  for (let nth = 0; nth < stage.scale.pairs; nth += 1) {
    // Whatever drifts meanwhile is taken out by changing who comes first.
    const order = nth % 2 === 0 ? [figure, reference] : [reference, figure];
    const segments = new Map<Side, Segment>();
    for (const side of order) segments.set(side, await runSide(stage, side, pairSeconds));
    const pair = { figure: segments.get(figure) as Segment, reference: segments.get(reference) as Segment };
    pairs.push(pair);
    tell(
      `pair ${nth + 1}: ${figure.name} ${Math.round(pair.figure.perSecond)}/s, ` +
        `${reference.name} ${Math.round(pair.reference.perSecond)}/s, ratio ${round(ratioOf(pair), 3)}`,
    );
  }
  return pairs;
}

async function runSide(stage: Stage, side: Side, seconds: number): Promise<Segment> {
  const before = side.program.cpuSeconds();
  const result = await ask(stage, side.loop, seconds);
  const after = side.program.cpuSeconds();
  const counted = seconds / (seconds + side.loop.rampSeconds);
  return {
    ...result,
    // The ramp's share of the processor time is taken out by its share of the time.
    cpuSeconds: before === null || after === null ? null : (after - before) * counted,
  };
}

async function ask(stage: Stage, loop: Side['loop'], seconds: number): Promise<Omit<Segment, 'cpuSeconds'>> {
  if ('steps' in loop) {
    const { take, target, clients, steps } = loop;
    // Those that are under way when the time is over are still answered.
    const {
      units,
      seconds: took,
      latency,
    } = await stage.load.runUnits({ kind: 'units', target, clients, steps, seconds, units: take(seconds) });
    return { perSecond: units / took, requests: units, bodyBytes: null, latency };
  }
  const { requests, bodyBytes, latency } = await stage.load.run({ kind: 'closed', ...loop, seconds });
  return { perSecond: requests / seconds, requests, bodyBytes, latency };
}

function ratioOf({ figure, reference }: Pair): number {
  return figure.perSecond / reference.perSecond;
}

function summarise(pairs: readonly Pair[], figure: Side, reference: Side, more: Readonly<Record<string, unknown>>): Measured {
  const ratios = pairs.map(ratioOf);
  return {
    figure: round(median(pairs.map((pair) => pair.figure.perSecond)), 1),
    referenceFigure: round(median(pairs.map((pair) => pair.reference.perSecond)), 1),
    ratio: round(median(ratios), 3),
    conditions: {
      pairs: ratios.map((ratio) => round(ratio, 3)),
      spread: round(spread(ratios), 3),
      ...more,
      [figure.name]: describeSide(pairs.map((pair) => pair.figure), figure),
      [reference.name]: describeSide(pairs.map((pair) => pair.reference), reference),
    },
  }; // prettier-ignore
}

function describeSide(segments: readonly Segment[], { loop }: Side): Readonly<Record<string, unknown>> {
  const latency = LatencyHistogram.of(segments.map((segment) => segment.latency));
  const requests = segments.reduce((sum, segment) => sum + segment.requests, 0);
  const bytes = segments.every((segment) => segment.bodyBytes !== null)
    ? segments.reduce((sum, segment) => sum + (segment.bodyBytes ?? 0), 0)
    : null;
  const cpuSeconds = segments.every((segment) => segment.cpuSeconds !== null)
    ? segments.reduce((sum, segment) => sum + (segment.cpuSeconds ?? 0), 0)
    : null;
  return {
    clients: loop.clients,
    requests,
    p50Ms: round(latency.percentileMs(0.5), 2),
    p99Ms: round(latency.percentileMs(0.99), 2),
    serverCpuUsPerRequest: cpuSeconds === null ? null : Math.round((cpuSeconds * 1e6) / requests),
    ...(bytes !== null && { bodyBytesPerRequest: Math.round(bytes / requests) }),
  };
}
