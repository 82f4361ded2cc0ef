import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';

/** Why the tax component says no. */
export const TAX_REFUSALS = {
  ...STANDARD_REFUSALS,
  CODE_INVALID: {
    zh: '税目编码须为 1 至 40 位大写字母、数字或下划线，以字母开头',
    en: 'A code has 1 to 40 capital letters, digits or underscores, and begins with a letter.',
  },
  CODE_TAKEN: { zh: '该税目编码已被使用', en: 'That code is already in use.' },
  RATE_INVALID: { zh: '税率须为 0 至 10000 个基点（900 即 9%）', en: 'A rate is 0 to 10000 basis points (900 is 9 %).' },
} as const;

export type TaxRefusal = keyof typeof TAX_REFUSALS;

export const refuseTax = refusalsOf<TaxRefusal>(TAX_REFUSALS);
