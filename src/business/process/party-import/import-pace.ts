import type { ImportJob } from '../../../data/operation/party-import/import-job';

/** How fast an import goes 导入速度, from the beginning of its run to its last batch. */
export interface ImportPace {
  /** In the run under way, or the last one; null before its first batch. */
  readonly rowsPerSecond: number | null;
  /** How long the rest of the file takes at this pace, in bytes; null when nobody is at it, or nothing is known yet. */
  readonly secondsLeft: number | null;
}

const SECONDS_LEFT_MAX = 2_147_483_647;

export function paceOf({ run, progressAt, position, fileBytes, state }: ImportJob): ImportPace {
  const seconds = run === null || progressAt === null ? 0 : (progressAt.epochMilliseconds - run.beganAt.epochMilliseconds) / 1_000;
  if (run === null || seconds <= 0) return { rowsPerSecond: null, secondsLeft: null };
  const bytes = position.bytes - run.bytes;
  const left = state === 'RUNNING' && bytes > 0 ? Math.ceil(((fileBytes - position.bytes) * seconds) / bytes) : null;
  return {
    rowsPerSecond: Math.round((10 * (position.row - run.row)) / seconds) / 10,
    secondsLeft: left === null ? null : Math.min(Math.max(left, 0), SECONDS_LEFT_MAX),
  };
}
