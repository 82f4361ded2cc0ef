import { wallClockMs } from '../../../../kernel/clock';

/** Longer than anything read of a session is ever kept. */
const REMEMBERED_MS = 120_000;

let sequence = 0;
let everythingAt = 0;
const changed = new Map<string, { readonly sequence: number; readonly atMs: number }>();

/** Where a reader stood when he began to read, and how far he has checked since. */
export interface AccessReading {
  readonly startedAt: number;
  checkedAt: number;
  /** The session, member of staff, roles and client that were read. */
  readonly subjects: readonly string[];
}

/**
 * Says that what these sessions, members of staff, roles or clients may do has changed: what this process has read of
 * them, or is just reading, is read again. Called after the commit.
 */
export function noteAccessChange(...subjects: readonly string[]): void {
  const nowMs = wallClockMs();
  sequence += 1;
  for (const subject of subjects) {
    changed.delete(subject); // to the end: the map is in the order of the changes
    changed.set(subject, { sequence, atMs: nowMs });
  }
  for (const [subject, { atMs }] of changed) {
    if (nowMs - atMs < REMEMBERED_MS) break;
    changed.delete(subject);
  }
}

export function noteEverythingChanged(): void {
  sequence += 1;
  everythingAt = sequence;
}

/** To be taken before reading: what changes from then on makes the reading stale. */
export function accessSequence(): number {
  return sequence;
}

/** Whether nothing that was read has changed since. Costs one comparison while nothing changes at all. */
export function isStillCurrent(reading: AccessReading): boolean {
  if (reading.checkedAt === sequence) return true;
  if (everythingAt > reading.startedAt) return false;
  for (const subject of reading.subjects) {
    if ((changed.get(subject)?.sequence ?? 0) > reading.startedAt) return false;
  }
  reading.checkedAt = sequence;
  return true;
}
