import type { ChargeTerms, RegisterChargeCodeInput } from '../../component/service';
import type { RegisterTaxCategoryInput } from '../../component/tax';
import type { TwoNames } from './names';

/** What telecom services and goods are taxed by since 1 April 2019: each with its rate in basis points. */
export const TAX_CATEGORIES: readonly Omit<RegisterTaxCategoryInput, 'from'>[] = [
  { code: 'BASIC_TELECOM', name: '基础电信服务', nameEn: 'Basic telecom services', basisPoints: 900 },
  { code: 'VALUE_ADDED_TELECOM', name: '增值电信服务', nameEn: 'Value-added telecom services', basisPoints: 600 },
  { code: 'GOODS', name: '货物', nameEn: 'Goods', basisPoints: 1300 },
];

/** In the operator's time zone. */
export const TAXED_SINCE = '2019-04-01T00:00:00+08:00';

export const FIELD_WORK = {
  code: 'FIELD_WORK',
  name: '装维工单',
  nameEn: 'Field work',
  kind: 'MANUAL',
  http: null,
  workQueue: 'FIELD_WORK',
} as const;

/** Accounts of the standard chart: earned monthly, by use and once; contract liability, discounts granted, deposits held, payable to partners. */
const [MONTHLY, USAGE, ONCE, DEFERRED, DISCOUNTS, HELD, PAYABLE, OTHER] = [
  '600101',
  '600102',
  '600103',
  '2205',
  '600199',
  '2241',
  '2202',
  '6301',
] as const;

type Terms = Omit<ChargeTerms, 'collectedFor'>;
const COMMON = { deferredAccount: null, discountAccount: DISCOUNTS, discountable: true, invoiceable: true, bearsLateFee: true } as const;
const monthly = (taxCategory: string): Terms => {
  return { ...COMMON, revenueAccount: MONTHLY, deferredAccount: DEFERRED, taxCategory, writeOffPriority: 10, billGroup: 'MONTHLY_FEE' };
};
const usage = (taxCategory: string, billGroup: string): Terms => {
  return { ...COMMON, revenueAccount: USAGE, taxCategory, writeOffPriority: 20, billGroup };
};
const once = (taxCategory: string): Terms => {
  return { ...COMMON, revenueAccount: ONCE, taxCategory, writeOffPriority: 30, billGroup: 'ONE_TIME_FEE' };
};
const undiscounted = { discountAccount: null, discountable: false } as const;
const penalty = { ...COMMON, ...undiscounted, revenueAccount: OTHER, taxCategory: 'BASIC_TELECOM', writeOffPriority: 40 } as const;

type Plan = TwoNames & Pick<RegisterChargeCodeInput, 'code' | 'kind' | 'serviceType'> & { readonly terms: Terms };
const plan = (
  code: string,
  [name, nameEn]: readonly [string, string],
  kind: RegisterChargeCodeInput['kind'],
  terms: Terms,
  serviceType: string | null = null,
): Plan => {
  return { code, name, nameEn, kind, serviceType, terms };
};

/** What the demonstration's operator charges: one code for each fee that prices, orders and bills name. */
export const CHARGE_CODES: readonly Plan[] = [
  plan('MOBILE_MONTHLY_FEE', ['移动月租费', 'Mobile monthly fee'], 'RECURRING', monthly('BASIC_TELECOM'), 'MOBILE'),
  plan('FIXED_LINE_MONTHLY_FEE', ['固话月租费', 'Fixed line monthly fee'], 'RECURRING', monthly('BASIC_TELECOM'), 'FIXED_LINE'),
  plan('WIRELESS_FIXED_LINE_MONTHLY_FEE', ['无线固话月租费', 'Wireless fixed line monthly fee'], 'RECURRING', monthly('BASIC_TELECOM'), 'WIRELESS_FIXED_LINE'),
  plan('INTELLIGENT_NETWORK_MONTHLY_FEE', ['智能网月功能费', 'Intelligent network monthly fee'], 'RECURRING', monthly('BASIC_TELECOM'), 'INTELLIGENT_NETWORK'),
  plan('BROADBAND_MONTHLY_FEE', ['宽带月租费', 'Broadband monthly fee'], 'RECURRING', monthly('VALUE_ADDED_TELECOM'), 'BROADBAND'),
  plan('VALUE_ADDED_MONTHLY_FEE', ['增值业务月功能费', 'Value-added monthly fee'], 'RECURRING', monthly('VALUE_ADDED_TELECOM')),
  plan('BUNDLE_MONTHLY_FEE', ['套餐月费', 'Bundle monthly fee'], 'RECURRING', monthly('BASIC_TELECOM')),
  plan('CALL_FEE', ['通话费', 'Calls'], 'USAGE', usage('BASIC_TELECOM', 'CALLS')),
  plan('DATA_FEE', ['流量费', 'Data'], 'USAGE', usage('VALUE_ADDED_TELECOM', 'DATA')),
  plan('SMS_FEE', ['短信费', 'Short messages'], 'USAGE', usage('VALUE_ADDED_TELECOM', 'MESSAGES')),
  plan('INSTALLATION_FEE', ['装机费', 'Installation'], 'ONE_TIME', once('BASIC_TELECOM')),
  plan('NUMBER_SELECTION_FEE', ['选号费', 'Choice of a number'], 'ONE_TIME', once('BASIC_TELECOM')),
  plan('SERVICE_FEE', ['业务受理手续费', 'Service fee'], 'ONE_TIME', once('BASIC_TELECOM')),
  plan('EQUIPMENT', ['终端设备', 'Equipment'], 'ONE_TIME', { ...once('GOODS'), billGroup: 'EQUIPMENT' }),
  plan('EARLY_TERMINATION_PENALTY', ['合约违约金', 'Early termination charge'], 'PENALTY', { ...penalty, billGroup: 'PENALTY' }),
  plan('LATE_FEE', ['滞纳金', 'Late fee'], 'LATE_FEE', { ...penalty, writeOffPriority: 50, billGroup: 'LATE_FEE', bearsLateFee: false }),
  plan('ADJUSTMENT', ['调账', 'Adjustment'], 'ADJUSTMENT', { ...monthly('BASIC_TELECOM'), ...undiscounted, deferredAccount: null, billGroup: 'ADJUSTMENT' }),
  plan('DEPOSIT', ['押金', 'Deposit'], 'DEPOSIT', {
    ...COMMON, ...undiscounted, revenueAccount: HELD, taxCategory: null, writeOffPriority: 5, billGroup: 'DEPOSIT', invoiceable: false, bearsLateFee: false,
  }),
]; // prettier-ignore

/** Content of the partner's that is billed with the operator's own charges 代收. */
export const ON_BEHALF = plan('PARTNER_CONTENT_FEE', ['代收信息费', 'Partner content'], 'USAGE', {
  ...COMMON, ...undiscounted, revenueAccount: PAYABLE, taxCategory: null, writeOffPriority: 90, billGroup: 'ON_BEHALF', invoiceable: false, bearsLateFee: false,
}); // prettier-ignore
