import { once } from 'node:events';
import { join } from 'node:path';
import { decodeAnyId } from '../../src/kernel/id';
import type { WriterCommand, WriterReply, WriterResult } from './bare-writer';
import type { BenchLine } from './bench';
import { ChildProgram } from './child-program';
import { LatencyHistogram } from './load/latency-histogram';
import type { UnitResult, UnitStep } from './load/load-messages';
import type { ServerProgram } from './server-programs';
import { tell, type Stage } from './stage';
import { median, round, spread } from './statistics';

/** Clients of the write benches, on both sides. */
export const WRITERS = 16;

/**
 * How many times as long as for reads the server is warmed up: a unit takes it through ten times the code, which V8 has compiled after some
 * thousand of them. A server that has run for less than a minute is not what is measured.
 */
const WARM_UPS = 6;

export interface WriteBenchOptions {
  readonly product: ServerProgram;
  /** The name under which the load generator knows the product. */
  readonly target: string;
  readonly steps: readonly UnitStep[];
  /** The values of the next units; each is done once. */
  readonly takeUnits: (count: number) => readonly Readonly<Record<string, string>>[];
  /** More than the product can do in a turn. */
  readonly unitsPerTurnMax: number;
}

interface Turn {
  readonly product: UnitResult & { readonly cpuSeconds: number | null };
  readonly reference: WriterResult;
}

/**
 * Measures units of work in interleaved turns: the product does as many as it can in the time, then the reference inserts the very
 * rows that came of them.
 */
export async function measureWrites(
  stage: Stage,
  options: WriteBenchOptions,
): Promise<Pick<BenchLine, 'figure' | 'referenceFigure' | 'ratio' | 'conditions'>> {
  const args = [join(__dirname, 'bare-writer.js'), stage.url, String(WRITERS)];
  const writer = ChildProgram.start(stage.shutDown, { name: 'the bare writer', args, messages: true });
  try {
    tell('warming up');
    for (let nth = 0; nth < WARM_UPS; nth += 1) await runTurn(stage, options, writer, stage.scale.warmUpSeconds);
    const turns: Turn[] = [];
    for (let nth = 0; nth < stage.scale.pairs; nth += 1) {
      const turn = await runTurn(stage, options, writer, stage.scale.pairSeconds);
      turns.push(turn);
      tell(
        `pair ${nth + 1}: product ${round(rate(turn.product), 1)}/s, bare transactions ${round(rate(turn.reference), 1)}/s, ` +
          `ratio ${round(ratioOf(turn), 3)}`,
      );
    }
    return summarise(turns);
  } finally {
    await writer.stop();
  }
}

async function runTurn(stage: Stage, options: WriteBenchOptions, writer: ChildProgram, seconds: number): Promise<Turn> {
  await tellWriter(writer, { kind: 'mark' });
  const before = options.product.program.cpuSeconds();
  const units = options.takeUnits(options.unitsPerTurnMax);
  const product = await stage.load.runUnits({
    kind: 'units', target: options.target, clients: WRITERS, seconds, steps: options.steps, units,
  }); // prettier-ignore
  const after = options.product.program.cpuSeconds();
  // What a unit made; what it was given, as its hall, others were given too.
  const made = options.steps.flatMap(({ capture }) => Object.keys(capture));
  const ids = product.captured.map((values) =>
    made.flatMap((name) => {
      const decoded = decodeAnyId(values[name] ?? '');
      return decoded === undefined ? [] : [decoded.id];
    }),
  );
  const reference = await tellWriter(writer, { kind: 'write', ids });
  if (reference === undefined) throw new Error('the bare writer answered without a result');
  return { product: { ...product, cpuSeconds: before === null || after === null ? null : after - before }, reference };
}

async function tellWriter(writer: ChildProgram, command: WriterCommand): Promise<WriterResult | undefined> {
  const answered = new AbortController();
  const { signal } = answered;
  const reply = Promise.race([once(writer.process, 'message', { signal }), once(writer.process, 'exit', { signal })]);
  writer.process.send(command);
  const [message] = (await reply) as unknown[];
  // Whoever did not come first waits no longer.
  answered.abort();
  if (typeof message !== 'object' || message === null) throw new Error('the bare writer has ended');
  const { error, result } = message as WriterReply;
  if (error !== undefined) throw new Error(error);
  return result;
}

function rate({ units, seconds }: { readonly units: number; readonly seconds: number }): number {
  return units / seconds;
}

function ratioOf({ product, reference }: Turn): number {
  return rate(product) / rate(reference);
}

function summarise(turns: readonly Turn[]): Pick<BenchLine, 'figure' | 'referenceFigure' | 'ratio' | 'conditions'> {
  const ratios = turns.map(ratioOf);
  const units = turns.reduce((sum, { product }) => sum + product.units, 0);
  const cpu = turns.reduce((sum, { product }) => sum + (product.cpuSeconds ?? 0), 0);
  const last = turns.at(-1)?.reference;
  const side = (name: 'product' | 'reference') => {
    const latency = LatencyHistogram.of(turns.map((turn) => turn[name].latency));
    return { p50Ms: round(latency.percentileMs(0.5), 2), p99Ms: round(latency.percentileMs(0.99), 2) };
  };
  return {
    figure: round(median(turns.map(({ product }) => rate(product))), 1),
    referenceFigure: round(median(turns.map(({ reference }) => rate(reference))), 1),
    ratio: round(median(ratios), 3),
    conditions: {
      clients: WRITERS,
      units,
      pairs: ratios.map((ratio) => round(ratio, 3)),
      spread: round(spread(ratios), 3),
      product: { ...side('product'), serverCpuUsPerUnit: cpu === 0 ? null : Math.round((cpu * 1e6) / units) },
      reference: side('reference'),
      rowsPerUnit: last?.rowsPerUnit,
      bytesPerUnit: last?.bytesPerUnit,
    },
  };
}
