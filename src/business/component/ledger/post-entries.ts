import type { Unit } from '../../context';
import { insertLedgerEntries, type NewLedgerEntry } from '../../../data/operation/ledger/insert-ledger-entries';
import type { LedgerCause, LedgerEntryKind, LedgerLine } from '../../../data/operation/ledger/ledger-entry';
import { localDate } from '../../../kernel/calendar';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import { markCharged } from '../account';
import { operatorParameters, selectLegalEntities } from '../organisation';
import { assertBalanced } from './model/balanced';
import type { Posting } from './model/postings';

/** Whose entry it is, and why it is made. */
export interface Posted {
  readonly cause: LedgerCause;
  /** The node where it is caused: the books are those of the legal entity above it. */
  readonly organisationId: Id<'organisation'>;
  /** Null: the operator's alone. */
  readonly accountId: Id<'account'> | null;
}

/** An entry that another component has made: a posting, and whose it is. It has an id where other rows name it before it is posted. */
export type EntryToPost = Posting & Posted & { readonly id?: Id<'ledgerEntry'> };

/**
 * Posts entries 记账 in the unit of work that causes them, and marks their accounts as charged. The caller has checked that it
 * may: here nobody is refused, and what is wrong is a bug. Amounts are of the account's currency.
 * @returns their ids, in the order given
 */
export function postEntries(unit: Unit, entries: readonly EntryToPost[]): Promise<Id<'ledgerEntry'>[]> {
  return write(
    unit,
    entries.map((entry) => ({ ...entry, id: entry.id ?? newId('ledgerEntry') })),
  );
}

/** As {@link postEntries}, one. */
export async function postEntry(unit: Unit, entry: EntryToPost): Promise<Id<'ledgerEntry'>> {
  const [id] = await postEntries(unit, [entry]);
  invariant(id !== undefined, 'an entry that is posted has an id');
  return id;
}

interface IdentifiedEntry extends Posted {
  readonly id: Id<'ledgerEntry'>;
  /** Given where the books are those of another entry, whatever has become of the tree since. */
  readonly legalEntityId?: Id<'organisation'>;
  readonly kind: LedgerEntryKind;
  readonly currency: CurrencyCode;
  readonly lines: readonly LedgerLine[];
}

/** Writes entries under ids of their own. */
export async function write(unit: Unit, entries: readonly IdentifiedEntry[]): Promise<Id<'ledgerEntry'>[]> {
  if (entries.length === 0) return [];
  for (const { lines } of entries) assertBalanced(lines);
  const accountIds = entries.flatMap(({ accountId }) => accountId ?? []);
  const currencies = await markCharged(unit, accountIds);
  for (const { accountId, currency } of entries) {
    const ofAccount = accountId === null ? currency : currencies.get(accountId);
    invariant(ofAccount === currency, `an account is charged in its currency: ${ofAccount}, not ${currency}`);
  }
  const nodes = [...new Set(entries.map(({ organisationId }) => organisationId))];
  // A unit posts to the books of the same legal entity, however often.
  const legalEntities = await unit.once(`legal entities of ${nodes.join(' ')}`, () => selectLegalEntities(unit, nodes));
  const { timeZone } = await operatorParameters(unit);
  const accountingDate = localDate(unit.now, timeZone);
  const rows = entries.map((entry): NewLedgerEntry => {
    const legalEntityId = entry.legalEntityId ?? legalEntities.get(entry.organisationId);
    invariant(legalEntityId !== undefined, 'a node that causes an entry is there');
    return { ...entry, legalEntityId, accountingDate };
  });
  await insertLedgerEntries(unit.transaction, rows, unit.now);
  return rows.map(({ id }) => id);
}
