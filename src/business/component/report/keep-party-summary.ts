import type { ReadContext, Unit } from '../../context';
import { foldDeltas, lockPartySummary, selectSummaryState, type SummaryState } from '../../../data/operation/report/fold-party-summary';
import { estimateStatusFacts, recountSummary } from '../../../data/operation/report/recount-party-summary';
import {
  selectMovementDifferences,
  selectStockDifferences,
  type SummaryDifference,
} from '../../../data/operation/report/select-summary-differences';
import type { Instant } from '../../../kernel/clock';

type Transaction = Unit['transaction'];

/** One batch of work on the summary. */
export interface SummaryBatch {
  /** How many deltas were folded. */
  readonly rows: number;
  /** Whether the same again is called for at once. */
  readonly more: boolean;
}

/** With so many status facts, counting all again takes about a second, and is done in passing. */
const RECOUNT_IN_PASSING_MAX = 100_000;

/**
 * Folds a bounded number of deltas into the summary, so that there are few: any time, any number of times, in any process.
 * Does nothing while another does it.
 *
 * When the operator's time zone has changed, the days of movement are others. A small operator's are counted again at once; a
 * large one's stay in the time zone that they had until the next rebuild (`sanhu audit --rebuild`).
 */
export async function foldPartySummary(transaction: Transaction, now: Instant): Promise<SummaryBatch> {
  const state = await lockPartySummary(transaction, 'skip');
  if (state === undefined) return { rows: 0, more: false };
  const moved = state.timeZone !== state.operatorTimeZone && (await estimateStatusFacts(transaction)) <= RECOUNT_IN_PASSING_MAX;
  if (moved) await recountSummary(transaction, state.operatorTimeZone, now);
  return foldDeltas(transaction, now);
}

/** Counts the whole summary again, in the days of the operator's time zone; waits for a fold that is under way. */
export async function recountPartySummary(transaction: Transaction, now: Instant): Promise<void> {
  const state = await lockPartySummary(transaction, 'wait');
  await recountSummary(transaction, state.operatorTimeZone, now);
}

/** How many differences an audit tells of each kind. */
const DIFFERENCES_MAX = 100;

export interface SummaryAudit {
  readonly differences: readonly SummaryDifference[];
  /** Where these differ, the days of movement are not the operator's until a rebuild. */
  readonly timeZones: SummaryState;
}

/**
 * Counts the parties and their movements again and tells where the summary differs: nowhere, unless rows were written past the
 * triggers. Each kind is compared in one snapshot, so that business may go on.
 */
export async function auditPartySummary(context: Pick<ReadContext, 'sql'>): Promise<SummaryAudit> {
  const stock = await selectStockDifferences(context.sql, DIFFERENCES_MAX);
  const movement = await selectMovementDifferences(context.sql, DIFFERENCES_MAX);
  return { differences: [...stock, ...movement], timeZones: await selectSummaryState(context.sql) };
}
