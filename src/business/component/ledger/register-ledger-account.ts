import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import type { LedgerAccountKind } from '../../../data/operation/ledger/ledger-account';
import { countLedgerAccounts, insertLedgerAccount, type NewLedgerAccount } from '../../../data/operation/ledger/write-ledger-account';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { EVERY_LINE, operatorNode } from '../organisation';
import { KEPT_BY_ACCOUNT_MAX, LEDGER_ACCOUNTS_MAX, checkLedgerAccount } from './model/checks';
import { refuseLedger, type LedgerRefusal } from './model/refusals';

export interface RegisterLedgerAccountInput {
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string | null;
  readonly kind: LedgerAccountKind;
  readonly byAccount: boolean;
}

/** Adds a ledger account 新增会计科目 to the chart. Its code, kind and whether it is kept by account stand from then on. */
export const registerLedgerAccount: UseCase<RegisterLedgerAccountInput, { code: string }, LedgerRefusal> = {
  name: 'registerLedgerAccount',
  permission: 'ledger:write',
  constraints: { ledger_account_pkey: () => refuseLedger('CODE_TAKEN', 'code') },
  async run(unit, { code, name, nameEn = null, kind, byAccount }) {
    const root = await operatorNode(unit, 'ledger:write', refuseLedger, { field: 'code', line: EVERY_LINE });
    if (!root.ok) return root;
    const refused = refusedBy(checkLedgerAccount({ code, name, nameEn }));
    if (refused !== undefined) return refused;
    const existing = await countLedgerAccounts(unit.transaction);
    if (existing.all >= LEDGER_ACCOUNTS_MAX) return refuseLedger('TOO_MANY', 'code', { max: LEDGER_ACCOUNTS_MAX });
    if (byAccount && existing.byAccount >= KEPT_BY_ACCOUNT_MAX) return refuseLedger('TOO_MANY', 'byAccount', { max: KEPT_BY_ACCOUNT_MAX });
    await addLedgerAccount(unit, root.value, { code, name: name.trim(), nameEn: nameEn?.trim() ?? null, kind, byAccount });
    return ok({ code });
  },
};

export async function addLedgerAccount(unit: Unit, rootId: Id<'organisation'>, account: NewLedgerAccount): Promise<void> {
  const subject = { subjectKind: 'ledgerAccount', subjectId: await insertLedgerAccount(unit.transaction, account, unit.now) } as const;
  unit.audit({ ...subject, organisationId: rootId, before: null, after: { ...account } });
  const { code, kind, byAccount } = account;
  unit.emit({ type: 'LedgerAccountCreateEvent', ...subject, payload: { code, kind, byAccount } });
}
