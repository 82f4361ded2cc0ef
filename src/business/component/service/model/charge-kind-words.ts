import type { ChargeKind } from '../../../../data/operation/service/charge-code';
import type { WordsOf } from '../../../../kernel/result';

/** 费用类型. */
export const CHARGE_KIND_WORDS: WordsOf<ChargeKind> = {
  RECURRING: { zh: '周期费', en: 'every period' },
  ONE_TIME: { zh: '一次性费', en: 'once' },
  USAGE: { zh: '使用费', en: 'usage' },
  DEPOSIT: { zh: '押金', en: 'deposit' },
  PENALTY: { zh: '违约金', en: 'penalty' },
  LATE_FEE: { zh: '滞纳金', en: 'late fee' },
  ADJUSTMENT: { zh: '调账', en: 'adjustment' },
};
