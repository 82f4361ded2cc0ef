import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { NO_ACCOUNT, type LedgerEntry } from './ledger-entry';

/** An entry that is to be written, under an id of its own. */
export type NewLedgerEntry = Omit<LedgerEntry, 'at' | 'reversesId' | 'reversedById'>;

/**
 * Writes entries, their lines and the balances that these move, by one statement: the database takes an entry only together with
 * all of its lines. Balances are locked in the order of their keys, and only those of accounts: of cash or revenue, which every
 * posting moves, there is none that could be waited for. The caller has marked the accounts as charged.
 */
export async function insertLedgerEntries(transaction: Transaction, entries: readonly NewLedgerEntry[], now: Instant): Promise<void> {
  if (entries.length === 0) return;
  const ofEntry = <Value>(value: (entry: NewLedgerEntry) => Value): Value[] => entries.map(value);
  const lines = entries.flatMap(({ id, accountId, currency, lines: ofOne }) =>
    ofOne.map((line, place) => ({ ...line, lineNo: place + 1, entryId: id, accountId: accountId ?? NO_ACCOUNT, currency })),
  );
  const ofLine = <Value>(value: (line: (typeof lines)[number]) => Value): Value[] => lines.map(value);
  await transaction.query(sql`
    WITH line AS MATERIALIZED (
      SELECT * FROM unnest(${ofLine((line) => line.accountId)}::uuid[],
                           ${ofLine((line) => line.entryId)}::uuid[],
                           ${ofLine((line) => line.lineNo)}::smallint[],
                           ${ofLine((line) => line.subscriberId)}::uuid[],
                           ${ofLine((line) => line.ledgerAccount)}::text[],
                           ${ofLine((line) => line.chargeCode)}::text[],
                           ${ofLine((line) => line.amountMinor)}::bigint[],
                           ${ofLine((line) => line.currency)}::text[])
             AS r (account_id, entry_id, line_no, subscriber_id, ledger_account, charge_code, amount_minor, currency)
    ), written_entries AS (
      INSERT INTO ledger_entry (account_id, at, id, accounting_date, kind, cause_kind, cause_id, organisation_id, legal_entity_id, currency)
      SELECT r.account_id, ${now}::timestamptz, r.id, r.accounting_date, r.kind, r.cause_kind, r.cause_id, r.organisation_id,
             r.legal_entity_id, r.currency
      FROM unnest(${ofEntry((entry) => entry.accountId ?? NO_ACCOUNT)}::uuid[],
                  ${ofEntry((entry) => entry.id)}::uuid[],
                  ${ofEntry((entry) => entry.accountingDate.toString())}::date[],
                  ${ofEntry((entry) => entry.kind)}::text[],
                  ${ofEntry((entry) => entry.cause.kind)}::text[],
                  ${ofEntry((entry) => entry.cause.id)}::uuid[],
                  ${ofEntry((entry) => entry.organisationId)}::uuid[],
                  ${ofEntry((entry) => entry.legalEntityId)}::uuid[],
                  ${ofEntry((entry) => entry.currency)}::text[])
           AS r (account_id, id, accounting_date, kind, cause_kind, cause_id, organisation_id, legal_entity_id, currency)
    ), written_lines AS (
      INSERT INTO ledger_line (account_id, at, entry_id, line_no, subscriber_id, ledger_account, charge_code, amount_minor)
      SELECT line.account_id, ${now}::timestamptz, line.entry_id, line.line_no, line.subscriber_id, line.ledger_account, line.charge_code,
             line.amount_minor
      FROM line
    )
    INSERT INTO ledger_balance (account_id, ledger_account, currency, amount_minor, changed_at)
    SELECT line.account_id, line.ledger_account, line.currency, sum(line.amount_minor)::bigint, ${now}::timestamptz
    FROM line JOIN ledger_account g ON g.code = line.ledger_account AND g.by_account
    GROUP BY line.account_id, line.ledger_account, line.currency
    HAVING sum(line.amount_minor) <> 0
    ORDER BY line.account_id, line.ledger_account, line.currency
    ON CONFLICT (account_id, ledger_account, currency)
      DO UPDATE SET amount_minor = ledger_balance.amount_minor + excluded.amount_minor, changed_at = excluded.changed_at`);
}

/**
 * Records that `mirrorId`, which is being written, takes `entryId` back. Of several at once one does; the others wait for it.
 * @returns false where the entry has been taken back already
 */
export async function claimReversal(
  transaction: Transaction,
  { accountId, entryId, mirrorId }: Record<'entryId' | 'mirrorId', Id<'ledgerEntry'>> & { readonly accountId: Id<'account'> | null },
  now: Instant,
): Promise<boolean> {
  const rows = await transaction.query(sql`
    INSERT INTO ledger_reversal (account_id, entry_id, mirror_id, at)
    VALUES (${accountId ?? NO_ACCOUNT}, ${entryId}, ${mirrorId}, ${now})
    ON CONFLICT (account_id, entry_id) DO NOTHING RETURNING 1 AS claimed`);
  return rows.length > 0;
}
