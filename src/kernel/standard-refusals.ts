import type { Bilingual } from './result';

/** Refusals that every noun can give; each component spreads them into its own closed list. */
export const STANDARD_REFUSALS = {
  NOT_FOUND: {
    zh: '找不到该记录，或不在您的管理范围内',
    en: 'There is no such record, or it lies outside your scope.',
  },
  STALE_VERSION: {
    zh: '该记录已被他人修改（当前版本 {version}），请刷新后重试',
    en: 'Someone else has changed this record (it is now version {version}); read it again and retry.',
  },
  BLANK: { zh: '此项不能为空', en: 'This must not be blank.' },
  TOO_LONG: { zh: '此项最多 {max} 个字符', en: 'This may have at most {max} characters.' },
  CHARACTERS_REFUSED: {
    zh: '此项含有不可见的控制字符或格式字符，请删除后重新输入',
    en: 'This holds control or format characters, which nobody can see: type it again without them.',
  },
  AMOUNT_TOO_LARGE: { zh: '金额超出系统可记录的范围', en: 'This amount is larger than can be kept.' },
  TOO_MANY: { zh: '最多 {max} 项', en: 'At most {max} are allowed.' },
  OUTSIDE_SCOPE: { zh: '您在该组织节点没有所需权限', en: 'You do not hold the needed permission at this organisation node.' },
  INVALID_PERIOD: { zh: '结束时间必须晚于开始时间', en: 'The end must lie after the beginning.' },
  NOT_ACTIVE: { zh: '该记录已停用，不能再修改', en: 'This record is no longer active and cannot be changed.' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type StandardRefusal = keyof typeof STANDARD_REFUSALS;
