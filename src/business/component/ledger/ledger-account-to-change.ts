import type { Unit } from '../../context';
import {
  lockLedgerAccount,
  updateLedgerAccount,
  type LedgerAccountChanges,
  type LockedLedgerAccount,
} from '../../../data/operation/ledger/write-ledger-account';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { EVERY_LINE, operatorNode } from '../organisation';
import { refuseLedger, type LedgerRefusal } from './model/refusals';

/** What every change of an existing ledger account names: which, and what version of it the caller saw. */
export interface LedgerAccountChange {
  readonly code: string;
  readonly expectedVersion: number;
}

interface ChangeableLedgerAccount {
  readonly account: LockedLedgerAccount;
  /** Where its trail lies. */
  readonly rootId: Id<'organisation'>;
}

/** Locks a ledger account for a change; it must be of the version that the caller saw. */
export async function ledgerAccountToChange(
  unit: Unit,
  { code, expectedVersion }: LedgerAccountChange,
): Promise<Result<ChangeableLedgerAccount, LedgerRefusal>> {
  const root = await operatorNode(unit, 'ledger:write', refuseLedger, { field: 'code', line: EVERY_LINE });
  if (!root.ok) return root;
  const account = await lockLedgerAccount(unit.transaction, code);
  if (account === undefined) return refuseLedger('NOT_FOUND', 'code');
  const { version } = account;
  return version === expectedVersion ? ok({ account, rootId: root.value }) : refuseLedger('STALE_VERSION', 'expectedVersion', { version });
}

/** Changes a locked ledger account, with its line in the audit trail and its event. */
export async function recordChange(
  unit: Unit,
  { account, rootId }: ChangeableLedgerAccount,
  changes: LedgerAccountChanges,
  type: 'LedgerAccountAttributeValueChangeEvent' | 'LedgerAccountStateChangeEvent',
): Promise<void> {
  await updateLedgerAccount(unit.transaction, account, changes);
  const { code, name, name_en: nameEn, status } = account;
  const now: Readonly<Record<string, Json>> = { name, nameEn, status };
  const before = { code, ...Object.fromEntries(Object.keys(changes).map((column) => [column, now[column] ?? null])) };
  const after = { code, ...changes };
  const subject = { subjectKind: 'ledgerAccount', subjectId: account.id } as const;
  unit.audit({ ...subject, organisationId: rootId, before, after });
  unit.emit({ type, ...subject, payload: after });
}
