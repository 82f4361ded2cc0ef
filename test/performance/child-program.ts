import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShutDown } from './shut-down';

/** Sockets of the generator and of the server at 5,000 terminals, with room to spare. */
const FILES_MAX = 20_000;
const STOP_WITHIN_MS = 20_000;

export interface ProgramOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it speaks with this process by messages. */
  readonly messages: boolean;
  /** File descriptor for what it prints; this process's standard error when not given. */
  readonly output?: number;
  readonly niceness?: number;
}

/**
 * A Node.js program that runs beside this one. Each has a session of its own, as services have: where the kernel shares the
 * processor between sessions (sched_autogroup), all of them are treated alike, and Ctrl-C reaches only this process, which
 * stops them in its own order.
 */
export class ChildProgram {
  private constructor(
    private readonly name: string,
    public readonly process: ChildProcess,
  ) {}

  public static start(shutDown: ShutDown, { name, args, environment, messages, output = 2, niceness = 0 }: ProgramOptions): ChildProgram {
    // A shell raises the limit of open files as far as it may, and becomes the program.
    const raiseLimit = `ulimit -n ${FILES_MAX} 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$0" "$@"`;
    const child = spawn('sh', ['-c', raiseLimit, process.execPath, ...args], {
      stdio: ['ignore', output, output, ...(messages ? (['ipc'] as const) : [])],
      detached: true,
      env: { ...inheritedEnvironment(), ...environment },
    });
    const program = new ChildProgram(name, child);
    shutDown.add(() => program.stop());
    if (niceness !== 0) program.lowerPriority(niceness);
    return program;
  }

  public get pid(): number {
    if (this.process.pid === undefined) throw new Error(`${this.name} could not be started`);
    return this.process.pid;
  }

  public get ended(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null || this.process.pid === undefined;
  }

  /** Inside its session by niceness, and its session's weight where there is one. */
  private lowerPriority(niceness: number): void {
    setPriority(this.pid, niceness);
    const group = `/proc/${this.pid}/autogroup`;
    if (existsSync(group)) writeFileSync(group, String(niceness));
  }

  /** Seconds of processor time that it has used, all threads together; null where the system does not tell. */
  public cpuSeconds(): number | null {
    const file = `/proc/${this.pid}/stat`;
    if (!existsSync(file)) return null;
    // After the name, which is in brackets: the 12th and 13th field, in ticks of 1/100 s.
    const fields = readFileSync(file, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** Asks it to stop, and makes it after a while. */
  public async stop(): Promise<void> {
    if (this.ended) return;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const late = new AbortController();
    const kill = sleep(STOP_WITHIN_MS, undefined, { signal: late.signal }).then(
      () => void this.process.kill('SIGKILL'),
      () => undefined,
    );
    await exit;
    late.abort();
    await kill;
  }
}

/** Without this process's own settings of the product, which a bench chooses itself. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const own = /^(?:SANHU_|OTEL_|DATABASE_URL$|REPORTING_DATABASE_URLS$|REDIS_URL$|NODE_CHANNEL_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}
