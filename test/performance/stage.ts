import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPair, type EmbeddedPair } from '../../src/data/connection/embedded-postgres';
import { POOL_SIZE, type Scale } from './bench';
import { drawAccessNumbers, fillDatabase, type DatasetSize } from './dataset';
import { LoadProcess } from './load/load-process';
import { describeMachine } from './machine';
import { startProduct, startReference, type ServerProgram } from './server-programs';
import type { ShutDown } from './shut-down';

export interface StageNeeds {
  readonly standby: boolean;
  /** How often at most a subscriber of the data set has been stopped and resumed. */
  readonly history: number;
}

/** What all benches of one invocation stand on: PostgreSQL with the data set, and the load generator. */
export class Stage {
  public readonly signingKey = randomBytes(48).toString('base64url');

  private constructor(
    public readonly scale: Scale,
    public readonly shutDown: ShutDown,
    private readonly directory: string,
    private readonly pair: EmbeddedPair,
    public readonly dataset: DatasetSize,
    public readonly machine: Readonly<Record<string, unknown>>,
    public readonly load: LoadProcess,
  ) {}

  public static async set(scale: Scale, needs: StageNeeds, shutDown: ShutDown): Promise<Stage> {
    const directory = mkdtempSync(join(tmpdir(), 'sanhu-bench-'));
    shutDown.add(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
    // The servers of root run as another account, which must get in.
    chmodSync(directory, 0o755);
    const starting = startEmbeddedPair({
      directory: join(directory, 'data'),
      standby: needs.standby,
      ports: { primary: 0, standby: 0 },
      durable: true,
      databaseName: 'sanhu',
      maxConnections: 200,
      onProgress: tell,
    });
    // Before it has started: it may be interrupted in the middle.
    shutDown.add(() => starting.then((pair) => pair.stop(), () => undefined)); // prettier-ignore
    const pair = await starting;
    if (needs.standby && pair.standbyUrl === undefined) throw new Error(`there is no standby: ${pair.standbyProblem}`);
    const plan = { customers: scale.customers, clerks: scale.terminals, stops: needs.history };
    const dataset = await fillDatabase(pair.primaryUrl, plan, tell);
    return new Stage(scale, shutDown, directory, pair, dataset, await describeMachine(pair.primaryUrl), new LoadProcess(shutDown));
  }

  public get url(): string {
    return this.pair.primaryUrl;
  }

  public drawAccessNumbers(count: number): Promise<string[]> {
    return drawAccessNumbers(this.url, count);
  }

  /** Today's date, by the database's clock, in UTC. */
  public async today(): Promise<string> {
    const [row] = await this.query<{ today: string }>('SELECT current_date::text AS today');
    return row?.today ?? '';
  }

  /** How many connections the primary has under an application's name. */
  public async countConnections(applicationName: string): Promise<number> {
    const text = 'SELECT count(*)::integer AS count FROM pg_stat_activity WHERE application_name = $1';
    const [row] = await this.query<{ count: number }>(text, [applicationName]);
    return row?.count ?? 0;
  }

  private async query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.url });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  public startReference(): Promise<ServerProgram> {
    return startReference(this.shutDown, this.url, POOL_SIZE);
  }

  /** Copies the database, with which nobody may be connected, and returns the copy's URL. */
  public async copyDatabase(name: string): Promise<string> {
    const { pathname } = new URL(this.url);
    const client = new Client({ connectionString: this.urlOf('postgres') });
    await client.connect();
    try {
      await client.query(`DROP DATABASE IF EXISTS ${name}`);
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${pathname.slice(1)} STRATEGY FILE_COPY`);
    } finally {
      await client.end();
    }
    return this.urlOf(name);
  }

  private urlOf(database: string): string {
    const url = new URL(this.url);
    url.pathname = `/${database}`;
    return url.href;
  }

  public startProduct(roles: string, url = this.url): Promise<ServerProgram> {
    const { signingKey } = this;
    const logFile = join(this.directory, 'product.log');
    return startProduct(this.shutDown, { roles, url, reportingUrl: this.pair.standbyUrl, signingKey, poolSize: POOL_SIZE, logFile });
  }

  /** What holds for every bench of the invocation, for its conditions. */
  public conditions(): Readonly<Record<string, unknown>> {
    const { customers, small } = this.scale;
    return {
      ...(small && { small: 'a small run: its figures say nothing' }),
      customers,
      poolSize: POOL_SIZE,
      dataset: this.dataset,
      machine: this.machine,
    };
  }
}

/** Tells how far the work is; standard output is for the results. */
export function tell(message: string): void {
  process.stderr.write(`${message}\n`);
}
