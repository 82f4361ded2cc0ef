import type { Transaction } from '../../connection/core-database';
import type { SqlRunner } from '../../connection/run-statement';
import { raw, sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';

/** How many deltas of each kind one transaction folds: some 50 ms, well within the core's time limit of a statement. */
const FOLD_MAX = 20_000;

export interface SummaryState {
  /** Of the days of movement, in PostgreSQL's words. */
  readonly timeZone: string;
  /** In which the operator wants them. */
  readonly operatorTimeZone: string;
}

interface StateRow {
  readonly time_zone: string;
  readonly operator_time_zone: string;
}

/**
 * Holds the summary to the end of the transaction, so that nobody else folds or rebuilds it; or, with `skip`, is undefined
 * when somebody does. Whoever reads figures or changes parties is not concerned.
 */
export async function lockPartySummary(transaction: Transaction, whenHeld: 'wait'): Promise<SummaryState>;
export async function lockPartySummary(transaction: Transaction, whenHeld: 'skip'): Promise<SummaryState | undefined>;
export async function lockPartySummary(transaction: Transaction, whenHeld: 'wait' | 'skip'): Promise<SummaryState | undefined> {
  const [row] = await transaction.query<StateRow>(sql`
    SELECT st.time_zone, operator_time_zone() FROM party_summary_state st FOR UPDATE ${raw(whenHeld === 'wait' ? '' : 'SKIP LOCKED')}`);
  invariant(row !== undefined || whenHeld === 'skip', 'the party summary has a state');
  return row === undefined ? undefined : toState(row);
}

export async function selectSummaryState(runner: SqlRunner): Promise<SummaryState> {
  const [row] = await runner.query<StateRow>(sql`SELECT st.time_zone, operator_time_zone() FROM party_summary_state st`);
  invariant(row !== undefined, 'the party summary has a state');
  return toState(row);
}

function toState(row: StateRow): SummaryState {
  return { timeZone: row.time_zone, operatorTimeZone: row.operator_time_zone };
}

/**
 * Moves deltas into the summary, a bounded number; the caller holds the summary. What is committed meanwhile stays for the
 * next time. No figure changes by it.
 * @returns how many deltas were folded, and whether there may be more
 */
export async function foldDeltas(transaction: Transaction, now: Instant): Promise<{ readonly rows: number; readonly more: boolean }> {
  const stock = await transaction.query<{ folded: number }>(sql`
    WITH taken AS (
      DELETE FROM party_stock_delta WHERE ctid = ANY (ARRAY(SELECT d.ctid FROM party_stock_delta d LIMIT ${FOLD_MAX}))
      RETURNING organisation_id, party, service_type, status, change
    ), added AS (
      INSERT INTO party_stock AS s (organisation_id, party, service_type, status, parties)
      SELECT organisation_id, party, service_type, status, sum(change) FROM taken
      GROUP BY organisation_id, party, service_type, status HAVING sum(change) <> 0
      ON CONFLICT (organisation_id, party, service_type, status) DO UPDATE SET parties = s.parties + excluded.parties
    )
    SELECT count(*)::integer AS folded FROM taken`);
  const movement = await transaction.query<{ folded: number }>(sql`
    WITH taken AS (
      DELETE FROM party_movement_delta WHERE ctid = ANY (ARRAY(SELECT d.ctid FROM party_movement_delta d LIMIT ${FOLD_MAX}))
      RETURNING organisation_id, service_type, movement, at, change
    ), added AS (
      INSERT INTO party_movement AS m (organisation_id, day, service_type, movement, subscribers)
      SELECT t.organisation_id, (t.at AT TIME ZONE st.time_zone)::date, t.service_type, t.movement, sum(t.change)
      FROM taken t CROSS JOIN party_summary_state st GROUP BY 1, 2, 3, 4 HAVING sum(t.change) <> 0
      ON CONFLICT (organisation_id, day, service_type, movement) DO UPDATE SET subscribers = m.subscribers + excluded.subscribers
    )
    SELECT count(*)::integer AS folded FROM taken`);
  await transaction.query(sql`UPDATE party_summary_state SET folded_at = ${now}`);
  const counts = [...stock, ...movement].map((row) => row.folded);
  return { rows: counts.reduce((sum, count) => sum + count, 0), more: counts.includes(FOLD_MAX) };
}
