import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';

/** Why the ledger component says no. */
export const LEDGER_REFUSALS = {
  ...STANDARD_REFUSALS,
  CODE_INVALID: { zh: '科目编码须为 4 至 12 位数字', en: 'The code of a ledger account has 4 to 12 digits.' },
  CODE_TAKEN: { zh: '该科目编码已被使用', en: 'That code is already in use.' },
  CONTROL_ACCOUNT: {
    zh: '该科目由系统自动记账使用，不能停用',
    en: 'Entries are made on this ledger account by themselves; it cannot be retired.',
  },
  ALREADY_RETIRED: { zh: '该科目已停用', en: 'That ledger account is retired already.' },
} as const;

export type LedgerRefusal = keyof typeof LEDGER_REFUSALS;

export const refuseLedger = refusalsOf<LedgerRefusal>(LEDGER_REFUSALS);
