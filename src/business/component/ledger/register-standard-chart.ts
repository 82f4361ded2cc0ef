import type { UseCase } from '../../execute';
import { selectExistingLedgerCodes } from '../../../data/operation/ledger/write-ledger-account';
import { ok } from '../../../kernel/result';
import { EVERY_LINE, operatorNode } from '../organisation';
import { refuseLedger, type LedgerRefusal } from './model/refusals';
import { STANDARD_CHART } from './model/standard-chart';
import { addLedgerAccount } from './register-ledger-account';

/** Registers the ledger accounts that an operator begins with, those that are missing. Founding and the seed run it, as the system. */
export const registerStandardChart: UseCase<Record<string, never>, { registered: string[] }, LedgerRefusal> = {
  name: 'registerStandardChart',
  permission: 'ledger:write',
  async run(unit) {
    const root = await operatorNode(unit, 'ledger:write', refuseLedger, { field: 'code', line: EVERY_LINE });
    if (!root.ok) return root;
    const existing = await selectExistingLedgerCodes(
      unit.transaction,
      STANDARD_CHART.map(({ code }) => code),
    );
    const missing = STANDARD_CHART.filter(({ code }) => !existing.includes(code));
    for (const account of missing) await addLedgerAccount(unit, root.value, account);
    return ok({ registered: missing.map(({ code }) => code) });
  },
};
