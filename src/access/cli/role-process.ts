import { fork, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/** What a role's process tells the one that started it, once it serves. */
export interface RoleReady {
  readonly ready: true;
  readonly port: number;
}

export interface RoleProcessOptions {
  readonly role: string;
  /** The program's entry file. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Added to the scheduling priority: higher is politer. */
  readonly niceness: number;
  readonly log: Logger;
}

/** How long a stopped role may take over its last requests. */
const STOP_MS = 12_000;
const RESTART_MAX_MS = 10_000;
/** After as long a life, a death is the first of its kind. */
const STEADY_MS = 60_000;

/** A role in a process of its own, started again whenever it dies, and stopped with its parent. */
export class RoleProcess {
  private child: ChildProcess | undefined;
  private readonly stopping = new AbortController();
  private listening: number | undefined;
  private readonly running: Promise<void>;

  public constructor(private readonly options: RoleProcessOptions) {
    this.running = this.keepRunning();
  }

  public get port(): number | undefined {
    return this.listening;
  }

  private async keepRunning(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      const startedMs = performance.now();
      const code = await this.runOnce();
      this.listening = undefined;
      if (signal.aborted) return;
      failures = performance.now() - startedMs > STEADY_MS ? 1 : failures + 1;
      this.options.log.error({ role: this.options.role, code }, 'role ended; starting it again');
      await sleep(Math.min(RESTART_MAX_MS, 250 * 2 ** Math.min(failures, 6)), undefined, { signal }).catch(() => undefined);
    }
  }

  private runOnce(): Promise<number | string | null> {
    return new Promise((resolve) => {
      const { program, role, environment, niceness } = this.options;
      const child = fork(program, ['serve', '--role', role], {
        env: { ...environment },
        execArgv: [],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        // Ctrl-C reaches the whole group; the parent stops its roles itself, in its own order.
        detached: true,
      });
      this.child = child;
      if (child.pid !== undefined && niceness !== 0) lowerPriority(child.pid, niceness);
      child.on('message', (message) => {
        if (isReady(message)) this.listening = message.port;
      });
      child.on('error', () => resolve('error'));
      child.on('exit', (code, signal) => resolve(signal ?? code));
    });
  }

  /** Resolves when the role serves, or after the time given, or when it is stopped. */
  public async whenReady(withinMs: number): Promise<boolean> {
    const { signal } = this.stopping;
    for (let waitedMs = 0; this.listening === undefined && waitedMs < withinMs && !signal.aborted; waitedMs += 50) await sleep(50);
    return this.listening !== undefined;
  }

  public async stop(): Promise<void> {
    this.stopping.abort();
    this.child?.kill('SIGTERM');
    const killing = setTimeout(() => {
      this.options.log.error({ role: this.options.role }, 'role did not stop in time; killing it');
      this.child?.kill('SIGKILL');
    }, STOP_MS);
    await this.running;
    clearTimeout(killing);
  }
}

function isReady(message: unknown): message is RoleReady {
  return typeof message === 'object' && message !== null && (message as Partial<RoleReady>).ready === true;
}

/**
 * The child has a session of its own, and where the kernel groups by session niceness counts only inside it: the group's
 * weight is set too. Where a process may not lower priorities, the role runs at the parent's.
 */
function lowerPriority(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // Not Linux, or not allowed.
  }
}
