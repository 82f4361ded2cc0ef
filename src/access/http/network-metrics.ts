import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

interface EndedCall {
  readonly adapter: string;
  readonly action: string;
  readonly outcome: string;
  readonly tookMs: number;
}

/** What is open says so with a number that a rule of alerts can compare. */
const STATES = { closed: 0, halfOpen: 1, open: 2 } as const;

/** How a process that tells the network fares. Labels are codes of adapters, which the operator registers, and closed lists. */
export class NetworkMetrics {
  private readonly calls: Counter<'adapter' | 'action' | 'outcome'>;
  private readonly seconds: Histogram<'adapter'>;
  private readonly breakers: Gauge<'adapter'>;

  public constructor(registry: Registry) {
    const registers = [registry];
    this.calls = new Counter({
      name: 'sanhu_network_calls_total',
      help: 'Commands and questions to network elements, by what came of them',
      labelNames: ['adapter', 'action', 'outcome'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'sanhu_network_call_seconds', help: 'Time until a command or question was settled or given up', labelNames: ['adapter'], registers,
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60],
    }); // prettier-ignore
    this.breakers = new Gauge({
      name: 'sanhu_network_breaker_state',
      help: 'Circuit breaker of an adapter in this process: 0 closed, 1 trying, 2 open',
      labelNames: ['adapter'],
      registers,
    });
  }

  public readonly onCall = ({ adapter, action, outcome, tookMs }: EndedCall): void => {
    this.calls.inc({ adapter, action, outcome });
    this.seconds.observe({ adapter }, tookMs / 1_000);
  };

  public readonly onBreaker = (adapter: string, state: keyof typeof STATES): void => {
    this.breakers.set({ adapter }, STATES[state]);
  };
}

/** How many workflows are parked, asked at each scrape; nothing is said while the database is away. */
export function measureParked(registry: Registry, parked: () => Promise<number>): void {
  new Gauge({
    name: 'sanhu_workflows_parked', help: 'Workflows of the last day that kill the processes that run them, and need a person', registers: [registry],
    async collect() {
      const count = await parked().catch(() => undefined);
      if (count !== undefined) this.set(count);
    },
  }); // prettier-ignore
}
