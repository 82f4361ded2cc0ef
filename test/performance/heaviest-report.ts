import { askUntilAnswered, ask, type Asked } from './caller';

/** How long a log-in may take to reach the replica. */
const REPLICA_WITHIN_MS = 15_000;

/**
 * The dearest that the reporting contract allows of its dearest report: the trend of subscribers by city, service type and
 * status, for as many days as one report may have, read out of the whole history of their status.
 */
const QUERY = `query Trend($from: Date!, $to: Date!) {
  partyTrend(from: $from, to: $to, by: DAY, depth: 1, byServiceType: true, byStatus: true, statuses: [active, suspended, terminated]) {
    series { organisation { code } serviceType status periods subscribers }
  }
}`;

/** The greatest number of days of one report. */
const DAYS = 1_200;

export interface HeavyReport {
  readonly asked: Asked;
  readonly what: string;
}

/** The report over the days up to today. */
export function heaviestReport(port: number, token: string, today: string): HeavyReport {
  const from = daysBefore(today, DAYS - 1);
  const to = daysBefore(today, -1);
  return {
    asked: { port, path: '/reporting/graphql', token, query: QUERY, variables: { from, to } },
    what: `partyTrend of ${DAYS} days from ${from}, by city, service type and status`,
  };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

/** Runs it once by itself; returns how long it took. */
export async function timeReportAlone({ asked }: HeavyReport): Promise<{ readonly seconds: number; readonly bytes: number }> {
  // The first one waits for the log-in to arrive, and fills the standby's cache.
  await askUntilAnswered(asked, REPLICA_WITHIN_MS);
  const startedMs = performance.now();
  const text = await ask(asked);
  return { seconds: (performance.now() - startedMs) / 1_000, bytes: Buffer.byteLength(text) };
}

/** Reports that run without a pause until they are stopped. */
export class EndlessReports {
  private readonly stopping = new AbortController();
  private readonly loops: Promise<void>[];
  private done = 0;
  private failure: Error | undefined;

  public constructor({ asked }: HeavyReport, atOnce: number) {
    this.loops = Array.from({ length: atOnce }, () => this.runEndlessly(asked));
  }

  private async runEndlessly(asked: Asked): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await ask({ ...asked, signal });
        this.done += 1;
      } catch (error) {
        if (signal.aborted) return;
        this.failure ??= error instanceof Error ? error : new Error(String(error));
        return;
      }
    }
  }

  /**
   * Stops them where they are; returns how many were completed.
   * @throws Error when one of them failed, so that the load was not what it should have been
   */
  public async stop(): Promise<number> {
    this.stopping.abort();
    await Promise.all(this.loops);
    if (this.failure !== undefined) throw this.failure;
    return this.done;
  }
}
