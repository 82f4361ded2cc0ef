import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { findProcess } from './process-identity';

const LOOK_EVERY_MS = 1_000;
const WAIT_WHEN_TOLD_MS = 120;

/**
 * Keeps every process of a server at low priority, those included that it starts for new connections; returns the function
 * that ends this.
 *
 * Being nice is not enough on Linux: each PostgreSQL process makes a session of its own, and where `sched_autogroup_enabled`
 * is set (the default of most kernels) the scheduler shares the processor between sessions, and counts niceness only inside
 * one. Measured on one core against a busy neighbour: nice 10 alone gets 50 %, with its session's weight set as here 10 %.
 */
export function keepLowPriority(postmasterPid: number, niceness: number): () => void {
  if (!isAutogroupEnabled()) return () => undefined;
  const seen = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  const lower = (): void => {
    let isToldToWait = false;
    for (const pid of newProcesses(seen)) {
      const isOfServer = pid === postmasterPid || findProcess(pid)?.parent === postmasterPid;
      if (isOfServer && !lowerProcess(pid, niceness)) isToldToWait = true;
      else seen.add(pid);
    }
    timer = setTimeout(lower, isToldToWait ? WAIT_WHEN_TOLD_MS : LOOK_EVERY_MS).unref();
  };
  lower();
  return () => clearTimeout(timer);
}

function isAutogroupEnabled(): boolean {
  const setting = '/proc/sys/kernel/sched_autogroup_enabled';
  return existsSync(setting) && readFileSync(setting, 'utf8').trim() === '1';
}

/** The processes not looked at yet, newest first; those that have gone are forgotten, as their numbers come again. */
function newProcesses(seen: Set<number>): number[] {
  const pids = new Set(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number),
  );
  for (const pid of seen) if (!pids.has(pid)) seen.delete(pid);
  return [...pids].filter((pid) => !seen.has(pid)).sort((one, other) => other - one);
}

/** Whether it is done with: the kernel lets a normal user do this only every 100 ms (EAGAIN), so some wait for the next look. */
function lowerProcess(pid: number, niceness: number): boolean {
  try {
    setPriority(pid, niceness);
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EAGAIN';
  }
}
