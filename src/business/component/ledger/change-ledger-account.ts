import type { UseCase } from '../../execute';
import type { LedgerAccountChanges } from '../../../data/operation/ledger/write-ledger-account';
import { ok, refusedBy } from '../../../kernel/result';
import { ledgerAccountToChange, recordChange, type LedgerAccountChange } from './ledger-account-to-change';
import { checkLedgerAccount } from './model/checks';
import type { LedgerRefusal } from './model/refusals';

/** What is not given stays as it is. */
export interface ChangeLedgerAccountInput extends LedgerAccountChange {
  readonly name?: string;
  readonly nameEn?: string | null;
}

/** Renames a ledger account 修改会计科目. What it is cannot be changed: lines stand on it. */
export const changeLedgerAccount: UseCase<ChangeLedgerAccountInput, { code: string }, LedgerRefusal> = {
  name: 'changeLedgerAccount',
  permission: 'ledger:write',
  async run(unit, input) {
    const refused = refusedBy(checkLedgerAccount({ name: input.name, nameEn: input.nameEn }));
    if (refused !== undefined) return refused;
    const found = await ledgerAccountToChange(unit, input);
    if (!found.ok) return found;
    const changes: LedgerAccountChanges = {};
    if (input.name !== undefined) changes.name = input.name.trim();
    if (input.nameEn !== undefined) changes.nameEn = input.nameEn?.trim() ?? null;
    await recordChange(unit, found.value, changes, 'LedgerAccountAttributeValueChangeEvent');
    return ok({ code: input.code });
  },
};
