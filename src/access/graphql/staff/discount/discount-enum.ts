import { AUTHORITY_KINDS, DISCOUNT_LEVELS } from '../../../../business/component/discount';
import { enumOf } from '../../server/enum';

/* The closed lists of discounts. */

export const DiscountLevelEnum = enumOf('DiscountLevel', DISCOUNT_LEVELS, {
  description: '优惠层级：按此顺序生效',
  meanings: {
    SUBSCRIBER: { zh: '用户级', en: 'On one subscriber.' },
    BUNDLE: { zh: '套餐级', en: 'On the members of a bundle.' },
    ACCOUNT: { zh: '账户级', en: 'On all of an account.' },
    BILL: { zh: '账单级', en: 'On the whole bill, after all others.' },
  },
});
export const DiscountEffectKindEnum = enumOf(
  'DiscountEffectKind',
  ['PERCENTAGE', 'AMOUNT', 'PRICE_OVERRIDE', 'FREE_UNITS', 'WAIVER', 'DEPOSIT_RETURN', 'THRESHOLD'],
  {
    description: '优惠方式',
    meanings: {
      PERCENTAGE: { zh: '按比例打折', en: 'A part of the amount.' },
      AMOUNT: { zh: '每期减免固定金额', en: 'A fixed amount each period.' },
      PRICE_OVERRIDE: { zh: '换价', en: 'Another price instead of the one named.' },
      FREE_UNITS: { zh: '赠送用量', en: 'Units of usage for nothing each period.' },
      WAIVER: { zh: '全免', en: 'The whole of what it applies to.' },
      DEPOSIT_RETURN: { zh: '预存返还', en: 'Money paid ahead that comes back over months.' },
      THRESHOLD: { zh: '满额优惠', en: 'When the bill’s spend reaches a threshold.' },
    },
  },
);
export const DiscountBaseEnum = enumOf('DiscountBase', ['REMAINING', 'LIST'], {
  description: '打折基数',
  meanings: {
    REMAINING: { zh: '其他优惠后的余额', en: 'Of what the discounts before it left.' },
    LIST: { zh: '标准价', en: 'Of the list amount.' },
  },
});
export const ThresholdReductionKindEnum = enumOf('ThresholdReductionKind', ['PERCENTAGE', 'AMOUNT'], {
  description: '满额优惠方式',
  meanings: {
    PERCENTAGE: { zh: '按比例', en: 'A part of the spend.' },
    AMOUNT: { zh: '固定金额', en: 'A fixed amount.' },
  },
});
export const FreeUnitEnum = enumOf('FreeUnit', ['SECOND', 'BYTE', 'MESSAGE'], {
  description: '赠送用量单位',
  meanings: {
    SECOND: { zh: '秒', en: 'Seconds of calls.' },
    BYTE: { zh: '字节', en: 'Bytes of data.' },
    MESSAGE: { zh: '条', en: 'Messages.' },
  },
});
export const AuthorityKindEnum = enumOf('DiscountAuthorityKind', AUTHORITY_KINDS, {
  description: '优惠权限类型',
  meanings: {
    MANUAL_DISCOUNT: { zh: '手工优惠', en: 'A discount by hand, beside those of the catalogue.' },
    WAIVER: { zh: '减免', en: 'Charges that are let off.' },
  },
});
