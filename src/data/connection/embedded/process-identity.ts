import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, readdirSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * Who a process is, beyond its number: numbers are reused, and a lock or a postmaster.pid that outlives its process must
 * neither block a start nor get a stranger's process killed. On Linux this is read from /proc; elsewhere `ps` is asked.
 */

const HAS_PROC = existsSync('/proc/self/stat');

/** A living process: its parent and an opaque mark of when it started, which tells it from a later owner of its number. */
export interface LivingProcess {
  readonly parent: number;
  readonly startMark: string;
}

/** The living process of that number; `undefined` when there is none, or only a zombie that nobody has reaped yet. */
export function findProcess(pid: number): LivingProcess | undefined {
  return HAS_PROC ? findProcessInProc(pid) : findProcessWithPs(pid);
}

function findProcessInProc(pid: number): LivingProcess | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name, in parentheses, may itself hold spaces and parentheses: the numbered fields are counted after the last one.
  const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return undefined;
  // Ticks since boot: two boots in the same order can repeat them, so the boot is part of the mark.
  return { parent: Number(parent), startMark: `${bootMark()}-${rest[17] ?? ''}` };
}

function bootMark(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  } catch {
    return 'boot';
  }
}

function findProcessWithPs(pid: number): LivingProcess | undefined {
  const [state, parent, ...started] = ps(['-o', 'state=,ppid=,lstart=', '-p', String(pid)])
    .trim()
    .split(/\s+/);
  if (state === undefined || state === '' || state.startsWith('Z')) return undefined;
  return { parent: Number(parent), startMark: started.join('-').replace(/[^A-Za-z0-9-]/g, '') };
}

/** What `ps` prints, or nothing when it finds nothing (its exit status is 1 then). */
function ps(args: readonly string[]): string {
  try {
    return execFileSync('ps', args, {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      timeout: 5_000,
    });
  } catch {
    return '';
  }
}

/** Whether the living process `pid` is a PostgreSQL process of that data directory (each one works in it). */
export function isServerProcessOf(pid: number, dataDirectory: string): boolean {
  if (findProcess(pid) === undefined) return false;
  if (!HAS_PROC) return ps(['-o', 'command=', '-p', String(pid)]).includes(` -D ${dataDirectory}`);
  try {
    return (
      readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDirectory)
    );
  } catch {
    // Gone meanwhile, or another user's: PostgreSQL itself does not mind a process that it may not signal.
    return false;
  }
}

/** Every living PostgreSQL process of that data directory; without /proc only those that name it on their command line. */
export function serverProcessesOf(dataDirectory: string): number[] {
  const pids = HAS_PROC
    ? readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    : ps(['-axo', 'pid=,command='])
        .split('\n')
        .filter((line) => line.includes(` -D ${dataDirectory}`));
  return pids.map((text) => Number.parseInt(text, 10)).filter((pid) => isServerProcessOf(pid, dataDirectory));
}

/** Sends a signal; a process that has gone, or is not ours, is left alone silently. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: gone between the look and the signal.
  }
}

/** Asks every 20 ms until the condition holds; `false` when it still did not after `withinMs`. */
export async function waitUntil(withinMs: number, holds: () => boolean): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}
