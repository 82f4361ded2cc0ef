import type { VersionState } from '../../../../data/operation/released-version/version';
import type { WordsOf } from '../../../../kernel/result';

/** 版本状态, of products and discounts, as a product manager is told them. */
export const VERSION_STATE_WORDS: WordsOf<VersionState> = {
  draft: { zh: '草稿', en: 'a draft' },
  inTest: { zh: '测试中', en: 'in test' },
  active: { zh: '在售', en: 'on sale' },
  suspended: { zh: '暂停销售', en: 'suspended' },
  retired: { zh: '已下线', en: 'retired' },
};
