import { performance } from 'node:perf_hooks';

export interface Progress {
  /** Tells how far the work is. */
  report(done: number): void;
  end(): void;
}

/** How often a line is written: often on a terminal, where it is overwritten; seldom in a log. */
const EVERY_MS = { terminal: 200, log: 5_000 };

/** Progress with rate and time left. `total` null: not known. */
export function showProgress(output: NodeJS.WriteStream, what: string, total: number | null): Progress {
  const terminal = output.isTTY;
  const startedMs = performance.now();
  let writtenMs = -Infinity;
  const write = (done: number): void => {
    const seconds = (performance.now() - startedMs) / 1_000;
    const rate = seconds > 0 ? done / seconds : 0;
    const left = total === null || rate === 0 ? '' : `, ${duration((total - done) / rate)} left`;
    const of = total === null ? '' : ` of ${total.toLocaleString('en')}`;
    const line = `${what}: ${done.toLocaleString('en')}${of}, ${Math.round(rate).toLocaleString('en')}/s${left}`;
    output.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
  };
  let last = 0;
  return {
    report: (done) => {
      last = done;
      const now = performance.now();
      if (now - writtenMs < (terminal ? EVERY_MS.terminal : EVERY_MS.log)) return;
      writtenMs = now;
      write(done);
    },
    end: () => {
      write(last);
      if (terminal) output.write('\n');
    },
  };
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
