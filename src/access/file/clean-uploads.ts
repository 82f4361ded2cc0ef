import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../kernel/clock';

const DAY_MS = 86_400_000;
/** An upload takes minutes: what is as old was left by a process that died at it. */
const PART_KEPT_MS = DAY_MS;
/** Files that one call deletes at most. */
const BATCH = 500;

export interface CleanUploads {
  /** Which of some digests belong to imports that have not ended. */
  readonly openDigests: (digests: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly olderThanDays: number;
  readonly now: Instant;
}

/**
 * Deletes what nobody needs any more of the files that were sent: broken-off ones after a day, whole ones that were last sent so
 * many days ago and belong to no import that has not ended. Any other file in the directory is left alone.
 * @returns how many were deleted, and whether there may be more
 */
export async function cleanUploads(
  directory: string,
  { openDigests, olderThanDays, now }: CleanUploads,
): Promise<{ readonly rows: number; readonly more: boolean }> {
  const parts: string[] = [];
  const old: string[] = [];
  let rows = 0;
  for await (const name of namesIn(directory)) {
    // The inode's time: it is moved on when the same content is sent again, without what an import compares being changed.
    const found = await stat(join(directory, name)).catch(() => undefined);
    if (found?.isFile() !== true) continue;
    const ageMs = now.epochMilliseconds - found.ctimeMs;
    if (name.endsWith('.part')) {
      if (ageMs > PART_KEPT_MS) parts.push(name);
    } else if (/^[0-9a-f]{64}$/.test(name) && ageMs > olderThanDays * DAY_MS) {
      old.push(name);
    }
    if (old.length === BATCH) rows += await removeUnneeded(old.splice(0));
    if (rows + parts.length >= BATCH) break;
  }
  rows += await removeUnneeded(old);
  await Promise.all(parts.map((name) => rm(join(directory, name), { force: true })));
  return { rows: rows + parts.length, more: rows + parts.length >= BATCH };

  async function removeUnneeded(digests: readonly string[]): Promise<number> {
    const open = digests.length === 0 ? new Set() : await openDigests(digests);
    const unneeded = digests.filter((digest) => !open.has(digest));
    await Promise.all(unneeded.map((digest) => rm(join(directory, digest), { force: true })));
    return unneeded.length;
  }
}

/** How many bytes all files of a directory have, those included that are just being sent. */
export async function bytesIn(directory: string): Promise<number> {
  let bytes = 0;
  for await (const name of namesIn(directory)) bytes += (await stat(join(directory, name)).catch(() => undefined))?.size ?? 0;
  return bytes;
}

/** None where there is no such directory: nobody has sent a file yet. */
async function* namesIn(directory: string): AsyncGenerator<string, void> {
  const entries = await opendir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (entries !== undefined) for await (const { name } of entries) yield name;
}
