import { randomInt } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProcess } from './process-identity';

const CLAIM = /^sanhu\.lock\.(\d+)\.(.+)$/;
const ATTEMPTS = 4;

/**
 * Claims a data directory for this process, and returns the function that gives it up.
 *
 * Each program writes a claim of its own, named by its number and start, and then looks for others. One lock file that is
 * deleted when stale cannot be made safe without kernel locks: of two programs that both find it stale, the slower one
 * deletes the quicker one's new lock. A claim belongs to one process for ever, so removing a dead one is always right, and
 * of two that claim at once at least one sees the other.
 *
 * @throws Error naming the process, when another living program (or this one) already uses the directory.
 */
export async function claimDirectory(directory: string): Promise<() => void> {
  const claim = join(directory, `sanhu.lock.${process.pid}.${ownStartMark()}`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      writeFileSync(claim, `process ${process.pid} uses this directory\n`, { flag: 'wx', mode: 0o644 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new Error(`This process (${process.pid}) already runs PostgreSQL on ${directory}.`, { cause: error });
    }
    const release = (): void => rmSync(claim, { force: true });
    const holder = findOtherHolder(directory);
    if (holder === undefined) return release;
    release();
    if (attempt === ATTEMPTS) {
      throw new Error(
        `Process ${holder} already uses the data in ${directory}. Stop it first (kill ${holder}), ` +
          'or give this one a database of its own with DATABASE_URL.',
      );
    }
    // Two that start at once may both step back; different pauses let one of them through.
    await sleep(randomInt(20, 150));
  }
}

function ownStartMark(): string {
  const self = findProcess(process.pid);
  if (self === undefined) throw new Error('Cannot find out when this process started: neither /proc nor ps answers.');
  return self.startMark;
}

/** Another living process that claims the directory; claims of dead ones are removed on the way. */
export function findOtherHolder(directory: string): number | undefined {
  for (const name of readdirSync(directory)) {
    const [, pidText, startMark] = CLAIM.exec(name) ?? [];
    const pid = Number(pidText);
    if (pidText === undefined || pid === process.pid) continue;
    if (findProcess(pid)?.startMark === startMark) return pid;
    rmSync(join(directory, name), { force: true });
  }
  return undefined;
}
