import { PRODUCT_KINDS, PRORATIONS, VERSION_STATES, VERSION_STATE_WORDS } from '../../../../business/component/product';
import { enumOf, inWords } from '../../server/enum';

/* The closed lists of the catalogue. */

export const ProductKindEnum = enumOf('ProductKind', PRODUCT_KINDS, {
  description: '产品类型',
  meanings: {
    PLAN: { zh: '主套餐', en: 'A plan: a subscriber has one at a time.' },
    ADD_ON: { zh: '附加产品', en: 'Something added to a plan.' },
    BUNDLE: { zh: '融合套餐', en: 'A bundle of products, across lines of business.' },
  },
});
export const VersionStateEnum = enumOf('CatalogueVersionState', VERSION_STATES, {
  description: '版本状态',
  meanings: inWords(VERSION_STATE_WORDS, {
    draft: 'Being written.',
    inTest: 'Tried on real customers, and still changed.',
    active: 'On sale, now or from a time that is set; it never changes any more.',
    suspended: 'Not sold for now.',
    retired: 'Not sold any more, once the time that is set has come.',
  }),
});
export const PriceKindEnum = enumOf('PriceKind', ['ONE_TIME', 'RECURRING', 'USAGE', 'DEPOSIT'], {
  description: '价格类型',
  meanings: {
    ONE_TIME: { zh: '一次性费用', en: 'Charged once.' },
    RECURRING: { zh: '周期性费用', en: 'Charged each period.' },
    USAGE: { zh: '使用费', en: 'By usage, as a tariff says.' },
    DEPOSIT: { zh: '押金', en: 'A deposit: a liability, never revenue.' },
  },
});
export const ProrationEnum = enumOf('Proration', PRORATIONS, {
  description: '按比例计费方式',
  meanings: {
    BY_DAY: { zh: '按实际天数', en: 'By the days of the period.' },
    BY_DAY_30: { zh: '按每月 30 天', en: 'By days of a month of 30 (30E/360).' },
    FULL: { zh: '收全月', en: 'Any active day owes the whole period.' },
    HALF_MONTH: { zh: '半月计费', en: 'Each half of the period that is touched owes half.' },
    NONE: { zh: '不足整期免收', en: 'Partial periods are free.' },
  },
});
export const PeriodUnitEnum = enumOf('PeriodUnit', ['DAY', 'WEEK', 'MONTH', 'YEAR'], {
  description: '周期单位',
  meanings: {
    DAY: { zh: '日', en: 'Day.' },
    WEEK: { zh: '周', en: 'Week.' },
    MONTH: { zh: '月', en: 'Month.' },
    YEAR: { zh: '年', en: 'Year.' },
  },
});
export const ChargeTimingEnum = enumOf('ChargeTiming', ['ADVANCE', 'ARREARS'], {
  description: '预付或后付',
  meanings: {
    ADVANCE: { zh: '预收', en: 'For the period that begins.' },
    ARREARS: { zh: '后收', en: 'For the period that ends.' },
  },
});
export const PriceAlignmentEnum = enumOf('PriceAlignment', ['ANNIVERSARY', 'CYCLE'], {
  description: '长周期对齐方式',
  meanings: {
    ANNIVERSARY: { zh: '按开通日', en: 'Periods longer than the billing cycle begin with the activation.' },
    CYCLE: { zh: '按账期', en: 'They begin with a billing cycle.' },
  },
});
export const SuspensionChargeKindEnum = enumOf('SuspensionChargeKind', ['FULL', 'NONE', 'REPLACEMENT'], {
  description: '停机期间计费方式',
  meanings: {
    FULL: { zh: '照常收取', en: 'The full price.' },
    NONE: { zh: '免收', en: 'Nothing.' },
    REPLACEMENT: { zh: '按替代价', en: 'Another price.' },
  },
});
export const SuspensionSpanKindEnum = enumOf('SuspensionSpanKind', ['DAYS', 'PERIOD_END', 'WHOLE'], {
  description: '停机计费方式的期限',
  meanings: {
    DAYS: { zh: '若干天', en: 'So many days; then the full price.' },
    PERIOD_END: { zh: '至账期末', en: 'To the end of the period; then the full price.' },
    WHOLE: { zh: '整个停机期间', en: 'As long as the reason holds.' },
  },
});
export const EarlyTerminationKindEnum = enumOf('EarlyTerminationKind', ['FIXED', 'PERCENTAGE_OF_REMAINING', 'BY_MONTH'], {
  description: '违约金计算方式',
  meanings: {
    FIXED: { zh: '固定金额', en: 'A fixed amount.' },
    PERCENTAGE_OF_REMAINING: { zh: '剩余费用的比例', en: 'A part of the fees that remain of the term.' },
    BY_MONTH: { zh: '按合约月份', en: 'By the month of the contract in which it ends.' },
  },
});
export const TermRenewalEnum = enumOf('TermRenewal', ['OPEN', 'SAME_TERM', 'END'], {
  description: '合约到期后',
  meanings: {
    OPEN: { zh: '不再约束', en: 'It goes on, and nothing is bound any more.' },
    SAME_TERM: { zh: '自动续约同样期限', en: 'The same term again.' },
    END: { zh: '产品终止', en: 'The product ends.' },
  },
});
export const BundleReachEnum = enumOf('BundleReach', ['CUSTOMER', 'FAMILY', 'ENTERPRISE'], {
  description: '套餐成员范围',
  meanings: {
    CUSTOMER: { zh: '同一客户', en: 'Subscribers of the holder alone.' },
    FAMILY: { zh: '家庭', en: 'Also those of the holder’s family.' },
    ENTERPRISE: { zh: '集团', en: 'Also those of customers below the holder.' },
  },
});
export const AllowanceUnitEnum = enumOf('AllowanceUnit', ['SECOND', 'BYTE', 'MESSAGE', 'MINOR_UNIT'], {
  description: '用量单位',
  meanings: {
    SECOND: { zh: '秒', en: 'Seconds of calls.' },
    BYTE: { zh: '字节', en: 'Bytes of data.' },
    MESSAGE: { zh: '条', en: 'Messages.' },
    MINOR_UNIT: { zh: '货币最小单位', en: 'The smallest unit of the currency, of list value.' },
  },
});
export const MemberLeavesKindEnum = enumOf('MemberLeavesKind', ['END', 'REPRICE', 'GRACE'], {
  description: '成员不足时',
  meanings: {
    END: { zh: '套餐终止', en: 'The bundle ends.' },
    REPRICE: { zh: '改按另一价格', en: 'It goes on at another price.' },
    GRACE: { zh: '宽限若干天', en: 'It goes on for some days, in which the member may be replaced.' },
  },
});
export const BundleStandingEnum = enumOf('BundleStandingState', ['COMPLETE', 'GRACE', 'REPRICED', 'ENDED'], {
  description: '融合套餐状态',
  meanings: {
    COMPLETE: { zh: '成员齐全', en: 'Every role has the members that it needs.' },
    GRACE: { zh: '宽限期内', en: 'Members are missing, and may still be replaced.' },
    REPRICED: { zh: '改价中', en: 'Members are missing, and it is charged at another price.' },
    ENDED: { zh: '已终止', en: 'It is charged no more; every member pays the stand-alone price.' },
  },
});
