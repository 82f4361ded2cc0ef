import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { RequestOutcome } from '../graphql/server/incoming-request';
import type { Admission } from './admission';

interface PoolUse {
  readonly size: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Where the figures come from that are read at the time of a scrape. */
export interface MetricSources {
  readonly pools: () => readonly (PoolUse & { readonly name: string; readonly max: number })[];
  readonly replicas: () => readonly { readonly name: string; readonly state: string; readonly lagMs: number | null }[];
}

/** The process's metrics in Prometheus form. Labels come from closed lists: a caller cannot make new series. */
export class Metrics {
  public readonly registry = new Registry();
  private readonly requests: Counter<'contract' | 'outcome'>;
  private readonly seconds: Histogram<'contract'>;
  private readonly statements: Histogram<'contract'>;
  private readonly cost: Counter<'contract'>;
  private readonly failures: Counter<'code'>;
  private admissions: Readonly<Record<string, Admission>> = {};

  public constructor(sources: MetricSources) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 10 });
    this.requests = new Counter({
      name: 'sanhu_requests_total',
      help: 'GraphQL requests answered',
      labelNames: ['contract', 'outcome'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'sanhu_request_seconds', help: 'Time to answer a GraphQL request', labelNames: ['contract'], registers,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    }); // prettier-ignore
    this.statements = new Histogram({
      name: 'sanhu_request_sql_statements', help: 'SQL statements of one GraphQL request', labelNames: ['contract'], registers,
      buckets: [0, 1, 2, 3, 5, 8, 13, 21, 50, 100],
    }); // prettier-ignore
    this.cost = new Counter({
      name: 'sanhu_query_cost_total',
      help: 'Actual cost of answered requests',
      labelNames: ['contract'],
      registers,
    });
    this.failures = new Counter({ name: 'sanhu_failures_total', help: 'Errors answered, by code', labelNames: ['code'], registers });
    this.measurePools(sources, registers);
    this.measureAdmission(registers);
  }

  /** Where requests wait to be admitted, of a process that lets them. */
  public watchAdmissions(byContract: Readonly<Record<string, Admission>>): void {
    this.admissions = byContract;
  }

  private measureAdmission(registers: Registry[]): void {
    const gauge = new Gauge({
      name: 'sanhu_requests_admitted', help: 'GraphQL requests under way, and those that wait to be', labelNames: ['contract', 'state'], registers,
      collect: () => {
        for (const [contract, admission] of Object.entries(this.admissions)) {
          const { underWay, waiting, max } = admission.use();
          gauge.set({ contract, state: 'under_way' }, underWay);
          gauge.set({ contract, state: 'waiting' }, waiting);
          gauge.set({ contract, state: 'max' }, max);
        }
      },
    }); // prettier-ignore
  }

  private measurePools({ pools, replicas }: MetricSources, registers: Registry[]): void {
    new Gauge({
      name: 'sanhu_pool_connections', help: 'Database connections', labelNames: ['pool', 'state'], registers,
      collect() {
        for (const { name, size, idle, waiting, max } of pools()) {
          this.set({ pool: name, state: 'used' }, size - idle);
          this.set({ pool: name, state: 'idle' }, idle);
          this.set({ pool: name, state: 'waiting' }, waiting);
          this.set({ pool: name, state: 'max' }, max);
        }
      },
    }); // prettier-ignore
    new Gauge({
      name: 'sanhu_replica_lag_seconds', help: 'How far a replica is behind; -1 when it cannot be reached', labelNames: ['replica'], registers,
      collect() {
        for (const { name, lagMs } of replicas()) this.set({ replica: name }, lagMs === null ? -1 : lagMs / 1_000);
      },
    }); // prettier-ignore
  }

  public countRequest(contract: string, outcome: RequestOutcome, seconds: number, statements: number, cost: number): void {
    this.requests.inc({ contract, outcome });
    this.seconds.observe({ contract }, seconds);
    this.statements.observe({ contract }, statements);
    if (cost > 0) this.cost.inc({ contract }, cost);
  }

  public countFailure(code: string): void {
    this.failures.inc({ code });
  }
}
