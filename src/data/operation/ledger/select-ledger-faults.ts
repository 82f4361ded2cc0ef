import type { SqlRunner } from '../../connection/run-statement';
import { sql, type Sql } from '../../connection/sql';
import { NO_ACCOUNT } from './ledger-entry';

/** What can be wrong with the books, when rows were written past the triggers. */
export const LEDGER_FAULTS = [
  'ENTRY_UNBALANCED', 'ENTRY_WITHOUT_LINES', 'LINE_WITHOUT_ENTRY', 'LINE_MISPLACED', 'BALANCE_DIFFERS', 'MIRROR_DIFFERS',
  'MIRROR_OF_NOTHING', 'ACCOUNT_DIFFERS',
] as const; // prettier-ignore
export type LedgerFaultKind = (typeof LEDGER_FAULTS)[number];

/** Where the books do not agree. */
export interface LedgerFault {
  readonly fault: LedgerFaultKind;
  readonly accountId: string;
  /** Null for a balance, which is of no entry. */
  readonly entryId: string | null;
  /** Which line, ledger account or currency. */
  readonly key: string;
  readonly found: string;
  readonly expected: string;
}

/** Each a statement of its own, and so one snapshot, with the columns of a {@link LedgerFault}. */
const STATEMENTS: Readonly<Record<LedgerFaultKind, Sql>> = {
  ENTRY_UNBALANCED: sql`
    SELECT l.account_id, l.entry_id, count(*) || ' lines, the last is ' || max(l.line_no) AS key, sum(l.amount_minor)::text AS found, '0' AS expected
    FROM ledger_line l GROUP BY l.account_id, l.at, l.entry_id
    HAVING sum(l.amount_minor) <> 0 OR count(*) < 2 OR min(l.line_no) <> 1 OR max(l.line_no) <> count(*)`,
  ENTRY_WITHOUT_LINES: sql`
    SELECT e.account_id, e.id AS entry_id, e.kind AS key, 'no line' AS found, 'two or more' AS expected FROM ledger_entry e
    WHERE NOT EXISTS (SELECT FROM ledger_line l WHERE l.account_id = e.account_id AND l.at = e.at AND l.entry_id = e.id)`,
  LINE_WITHOUT_ENTRY: sql`
    SELECT l.account_id, l.entry_id, 'line ' || l.line_no AS key, 'no entry' AS found, 'one' AS expected FROM ledger_line l
    WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.account_id = l.account_id AND e.at = l.at AND e.id = l.entry_id)`,
  LINE_MISPLACED: sql`
    SELECT l.account_id, l.entry_id, 'line ' || l.line_no AS key, l.ledger_account AS found,
           CASE WHEN g.code IS NULL THEN 'a ledger account' ELSE 'an account' END AS expected
    FROM ledger_line l LEFT JOIN ledger_account g ON g.code = l.ledger_account
    WHERE g.code IS NULL OR (g.by_account AND l.account_id = ${NO_ACCOUNT}::uuid)`,
  BALANCE_DIFFERS: sql`
    SELECT account_id, NULL::uuid AS entry_id, ledger_account || ' ' || currency AS key, sum(cached)::text AS found, sum(counted)::text AS expected
    FROM (SELECT b.account_id, b.ledger_account, b.currency, b.amount_minor AS cached, 0 AS counted FROM ledger_balance b
          UNION ALL
          SELECT l.account_id, l.ledger_account, e.currency, 0, l.amount_minor
          FROM ledger_line l JOIN ledger_entry e ON e.account_id = l.account_id AND e.at = l.at AND e.id = l.entry_id
          JOIN ledger_account g ON g.code = l.ledger_account AND g.by_account) AS both_ways
    GROUP BY account_id, ledger_account, currency HAVING sum(cached) <> sum(counted)`,
  MIRROR_DIFFERS: sql`
    SELECT r.account_id, r.mirror_id AS entry_id, 'line ' || d.line_no AS key, coalesce(max(d.amount) FILTER (WHERE d.mirrored), 'no line') AS found,
           coalesce(max(d.amount) FILTER (WHERE NOT d.mirrored), 'no line') AS expected
    FROM ledger_reversal r
    CROSS JOIN LATERAL (
      SELECT line_no, ledger_account || ' ' || amount || coalesce(' ' || charge_code, '') || coalesce(' ' || subscriber_id, '') AS amount,
             bool_or(mirrored) AS mirrored
      FROM (SELECT l.line_no, l.ledger_account, l.charge_code, l.subscriber_id, l.amount_minor AS amount, true AS mirrored
            FROM ledger_line l WHERE l.account_id = r.account_id AND l.entry_id = r.mirror_id
            UNION ALL
            SELECT l.line_no, l.ledger_account, l.charge_code, l.subscriber_id, -l.amount_minor, false
            FROM ledger_line l WHERE l.account_id = r.account_id AND l.entry_id = r.entry_id) AS lines
      GROUP BY line_no, ledger_account, charge_code, subscriber_id, amount HAVING count(*) <> 2
    ) d GROUP BY r.account_id, r.mirror_id, d.line_no`,
  MIRROR_OF_NOTHING: sql`
    SELECT coalesce(e.account_id, r.account_id) AS account_id, coalesce(e.id, r.mirror_id) AS entry_id, coalesce(e.kind, 'mirror') AS key,
           CASE WHEN r.mirror_id IS NULL THEN 'takes nothing back'
                WHEN e.id IS NULL THEN 'is not there'
                WHEN o.id IS NULL THEN 'takes back what is not there'
                ELSE concat_ws(' ', o.kind, o.currency, o.legal_entity_id) END AS found,
           concat_ws(' ', e.kind, e.currency, e.legal_entity_id) AS expected
    FROM (SELECT * FROM ledger_entry WHERE kind = 'REVERSAL') e
    FULL JOIN ledger_reversal r ON r.account_id = e.account_id AND r.mirror_id = e.id
    LEFT JOIN ledger_entry o ON o.account_id = r.account_id AND o.id = r.entry_id
    WHERE r.mirror_id IS NULL OR e.id IS NULL OR o.id IS NULL OR o.kind = 'REVERSAL'
       OR o.currency <> e.currency OR o.legal_entity_id <> e.legal_entity_id`,
  ACCOUNT_DIFFERS: sql`
    SELECT e.account_id, e.id AS entry_id, e.kind AS key, concat_ws(' ', e.currency, e.at::text) AS found,
           CASE WHEN a.id IS NULL THEN 'an account'
                ELSE concat_ws(' ', a.currency, 'charged since', coalesce(a.first_charged_at::text, 'never')) END AS expected
    FROM ledger_entry e LEFT JOIN account a ON a.id = e.account_id
    WHERE e.account_id <> ${NO_ACCOUNT}::uuid
      AND (a.id IS NULL OR a.currency <> e.currency OR a.first_charged_at IS NULL OR a.first_charged_at > e.at)`,
};

/** Looks through all books for one kind of fault, and tells at most `max`. */
export async function selectLedgerFaults(runner: SqlRunner, fault: LedgerFaultKind, max: number): Promise<LedgerFault[]> {
  const rows = await runner.query<Record<'account_id' | 'key' | 'found' | 'expected', string> & { entry_id: string | null }>(sql`
    SELECT account_id, entry_id, key, found, expected FROM (${STATEMENTS[fault]}) AS faults
    ORDER BY account_id, entry_id, key LIMIT ${max}`);
  return rows.map(({ account_id: accountId, entry_id: entryId, key, found, expected }) => ({
    fault,
    accountId,
    entryId,
    key,
    found,
    expected,
  }));
}
