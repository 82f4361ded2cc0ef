import { refusalsOf } from '../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../kernel/standard-refusals';
import { DOCUMENT_REFUSALS, VERSION_REFUSALS, VERSION_VOCABULARY } from '../product';

/** Why the discount component says no. */
export const DISCOUNT_REFUSALS = {
  ...STANDARD_REFUSALS,
  ...DOCUMENT_REFUSALS,
  ...VERSION_REFUSALS,
  AMOUNT_ZERO: { zh: '此项须大于零', en: 'This must be more than zero.' },
  RETURN_BELOW_DEPOSIT: { zh: '返还总额不能少于预存金额', en: 'What comes back in all cannot be less than what was paid ahead.' },
  PRODUCTS_NEEDED: {
    zh: '此处须指明作用的产品',
    en: 'The products that it acts on must be named: by its effect, or since a discount of one line of business acts beyond one subscriber.',
  },
  PRODUCT_OF_OTHER_SERVICE: { zh: '产品 {code} 不属于该优惠的业务类型', en: 'Product {code} is not of the discount’s line of business.' },
  PRICE_UNKNOWN: {
    zh: '所列产品此时在售的版本都没有价格 {code}',
    en: 'No version on sale at that time of the products named has a price {code}.',
  },
  SERVICE_TYPE_NEEDED: {
    zh: '免费用量须属于一种业务类型',
    en: 'Free units are of one line of business: the discount needs a service type.',
  },
  CHARGE_CODE_NOT_DISCOUNTABLE: { zh: '账目项 {code} 不允许优惠', en: 'Charge code {code} cannot be discounted.' },
  NOT_OFFERED_THERE: { zh: '该优惠不适用于该组织', en: 'The discount belongs to a node that is not at or above that organisation.' },
  LIMIT_INVALID: { zh: '金额不能小于零或超过上限', en: 'The amount may not be below zero, nor above what can be reckoned.' },
  BUDGET_BELOW_USED: { zh: '预算不能低于已使用的金额', en: 'A budget cannot be less than what has been used of it.' },
  ROLE_NOT_FOUND: { zh: '角色不存在', en: 'There is no such role.' },
  BASIS_POINTS_INVALID: { zh: '比例须为 0 至 10000 个基点', en: 'This must be 0 to 10000 basis points.' },
} as const;

export type DiscountRefusal = keyof typeof DISCOUNT_REFUSALS;

export const refuseDiscount = refusalsOf<DiscountRefusal>(DISCOUNT_REFUSALS, VERSION_VOCABULARY);
