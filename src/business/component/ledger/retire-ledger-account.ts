import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import { ledgerAccountToChange, recordChange, type LedgerAccountChange } from './ledger-account-to-change';
import { refuseLedger, type LedgerRefusal } from './model/refusals';
import { isControlAccount } from './model/standard-chart';

/**
 * Retires a ledger account 停用会计科目: it is not to be chosen any more. Entries that name it are made all the same, since money
 * that has moved never waits for the chart.
 */
export const retireLedgerAccount: UseCase<LedgerAccountChange, { code: string }, LedgerRefusal> = {
  name: 'retireLedgerAccount',
  permission: 'ledger:write',
  async run(unit, input) {
    const found = await ledgerAccountToChange(unit, input);
    if (!found.ok) return found;
    if (isControlAccount(input.code)) return refuseLedger('CONTROL_ACCOUNT', 'code');
    if (found.value.account.status === 'RETIRED') return refuseLedger('ALREADY_RETIRED', 'code');
    await recordChange(unit, found.value, { status: 'RETIRED' }, 'LedgerAccountStateChangeEvent');
    return ok({ code: input.code });
  },
};
