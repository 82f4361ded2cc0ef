import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChildProgram } from './child-program';
import type { ShutDown } from './shut-down';

/** The project's folder: this file is `dist/test/performance/server-programs.js` in it. */
const PROJECT = resolve(__dirname, '..', '..', '..');
const READY_WITHIN_MS = 60_000;

export interface ServerProgram {
  readonly program: ChildProgram;
  readonly port: number;
}

/** Starts the bare server that the product is compared with. */
export async function startReference(shutDown: ShutDown, url: string, poolSize: number): Promise<ServerProgram> {
  const args = [join(__dirname, 'reference-server.js'), url, String(poolSize)];
  const program = ChildProgram.start(shutDown, { name: 'the reference server', args, messages: true });
  const [message] = (await Promise.race([once(program.process, 'message'), once(program.process, 'exit')])) as unknown[];
  if (typeof message !== 'object' || message === null) throw new Error('the reference server has ended');
  return { program, port: (message as { port: number }).port };
}

export interface ProductOptions {
  readonly roles: string;
  readonly url: string;
  readonly reportingUrl?: string | undefined;
  readonly signingKey: string;
  readonly poolSize: number;
  /** Where its log goes: a real file, written as in production. */
  readonly logFile: string;
}

/** Starts the product as it is shipped, and waits until it is ready. */
export async function startProduct(shutDown: ShutDown, options: ProductOptions): Promise<ServerProgram> {
  const port = await freePort();
  const output = openSync(options.logFile, 'a');
  const program = ChildProgram.start(shutDown, {
    name: 'the product',
    args: [...shippedNodeOptions(), ...profilerOptions(), join(PROJECT, 'dist', 'src', 'main.js'), 'serve', '--role', options.roles],
    environment: {
      DATABASE_URL: options.url,
      ...(options.reportingUrl !== undefined && { REPORTING_DATABASE_URLS: options.reportingUrl }),
      SANHU_SIGNING_KEY: options.signingKey,
      SANHU_ENVIRONMENT: 'production',
      SANHU_PORT: String(port),
      SANHU_CORE_POOL_SIZE: String(options.poolSize),
      // A bench must not end with its log-in.
      SANHU_ACCESS_TOKEN_SECONDS: '3600',
      SANHU_REFRESH_TOKEN_SECONDS: '86400',
    },
    messages: false,
    output,
  });
  closeSync(output);
  for (let waitedMs = 0; waitedMs < READY_WITHIN_MS && !program.ended; waitedMs += 100) {
    const health = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    await health?.text();
    if (health?.ok === true) return { program, port };
    await sleep(100);
  }
  throw new Error(`the product does not serve:\n${readFileSync(options.logFile, 'utf8').slice(-4_000)}`);
}

/** What `npm start` gives to Node; the files of deploy/ give the same. */
function shippedNodeOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** With BENCH_CPU_PROF=DIRECTORY the product writes a profile there when it ends; its figures then say nothing. */
function profilerOptions(): string[] {
  const directory = process.env['BENCH_CPU_PROF'];
  return directory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${directory}`];
}

/** A port that is free now, and that nobody is likely to take in the next second. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
