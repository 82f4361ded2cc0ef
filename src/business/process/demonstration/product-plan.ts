import type { TwoNames } from './names';
import {
  calls, choiceOfNumber, CITY_MAY_CHANGE, data, deposit, equipment, fee, installation, keepsNumberFor, leavingByMonth, leavingFor, leavingForPartOfTheRest,
  messages, months, RESTS_TO_PERIOD_END, type Part,
} from './price-parts'; // prettier-ignore

/** A plan or an add-on of the demonstration, with what its version says. */
export interface ProductPlan extends TwoNames {
  readonly code: string;
  readonly kind: 'PLAN' | 'ADD_ON';
  readonly serviceType: string;
  /** Code of the node at and below which it is sold. */
  readonly node: string;
  readonly definition: Part;
}

const PROVINCE = 'ZJ';
const BUSINESS = { customerKinds: ['ENTERPRISE', 'GOVERNMENT'] } as const;
const PEOPLE = { customerKinds: ['INDIVIDUAL', 'HOUSEHOLD'] } as const;
/** What every mobile add-on needs: one of these, or to be ordered with it. */
const MOBILE_PLANS = ['MOBILE-5G-129', 'MOBILE-YOUTH-19', 'MOBILE-HANDSET-199'] as const;

const MOBILE: readonly ProductPlan[] = [
  {
    code: 'MOBILE-5G-129', kind: 'PLAN', serviceType: 'MOBILE', node: PROVINCE, name: '5G畅享129元套餐', nameEn: '5G Unlimited 129',
    definition: {
      prices: [
        fee('MOBILE_MONTHLY_FEE', [months(6, '99.00'), { amount: '129.00' }], { ...CITY_MAY_CHANGE, ...keepsNumberFor('5.00') }),
        calls('MOBILE-CALLS-15'),
        data('MOBILE-DATA-DAILY'),
        messages('MOBILE-SMS-10'),
      ],
      rules: { excludes: ['MOBILE-YOUTH-19', 'MOBILE-HANDSET-199'] },
    },
  },
  {
    code: 'MOBILE-YOUTH-19', kind: 'PLAN', serviceType: 'MOBILE', node: PROVINCE, name: '青春卡19元', nameEn: 'Youth card 19',
    definition: {
      prices: [
        fee('MOBILE_MONTHLY_FEE', '19.00', { timing: 'ARREARS', trial: { unit: 'MONTH', count: 1 }, ...keepsNumberFor('3.00') }),
        calls('MOBILE-CALLS-10'),
        data('MOBILE-DATA-YOUTH'),
        messages('MOBILE-SMS-10'),
      ],
      rules: { excludes: ['MOBILE-5G-129', 'MOBILE-HANDSET-199'] },
      eligibility: { customerKinds: ['INDIVIDUAL'], tenureMonths: { most: 36 } },
    },
  },
  {
    code: 'MOBILE-HANDSET-199', kind: 'PLAN', serviceType: 'MOBILE', node: PROVINCE, name: '5G购机合约199元', nameEn: '5G handset contract 199',
    definition: {
      prices: [
        fee('MOBILE_MONTHLY_FEE', '199.00', keepsNumberFor('10.00')),
        equipment('合约手机', 'Handset', '1999.00'),
        deposit('合约押金', 'Contract deposit', '500.00'),
        calls('MOBILE-CALLS-15'),
        data('MOBILE-DATA-DAILY'),
        messages('MOBILE-SMS-10'),
      ],
      rules: { excludes: ['MOBILE-5G-129', 'MOBILE-YOUTH-19'] },
      eligibility: PEOPLE,
      term: { months: 24, earlyTermination: leavingForPartOfTheRest(3_000), renewal: 'OPEN' },
    },
  },
  {
    code: 'MOBILE-DATA-10GB', kind: 'ADD_ON', serviceType: 'MOBILE', node: PROVINCE, name: '10GB流量包', nameEn: '10 GB of data',
    definition: {
      prices: [fee('MOBILE_MONTHLY_FEE', '20.00', { proration: 'FULL' })],
      rules: { requires: [MOBILE_PLANS], atMost: 5 },
    },
  },
  {
    code: 'MOBILE-RING-BACK', kind: 'ADD_ON', serviceType: 'MOBILE', node: PROVINCE, name: '彩铃', nameEn: 'Ring-back tones',
    definition: {
      prices: [
        fee('VALUE_ADDED_MONTHLY_FEE', '5.00', { timing: 'ARREARS', proration: 'HALF_MONTH', trial: { unit: 'MONTH', count: 3 } }),
      ],
      rules: { requires: [MOBILE_PLANS] },
    },
  },
  {
    code: 'MOBILE-ROAMING', kind: 'ADD_ON', serviceType: 'MOBILE', node: PROVINCE, name: '国际漫游', nameEn: 'International roaming',
    definition: {
      prices: [deposit('国际漫游押金', 'Roaming deposit', '1000.00'), calls('ROAMING-CALLS'), data('ROAMING-DATA')],
      rules: { requires: [['MOBILE-5G-129', 'MOBILE-HANDSET-199']] },
    },
  },
  {
    code: 'MOBILE-OVERSEAS-59', kind: 'PLAN', serviceType: 'MOBILE', node: 'ZJ-WZ', name: '温州侨乡卡59元', nameEn: 'Wenzhou overseas card 59',
    definition: {
      prices: [fee('MOBILE_MONTHLY_FEE', '59.00', keepsNumberFor('5.00')), calls('OVERSEAS-CALLS-EUROPE'), data('MOBILE-DATA-DAILY')],
      rules: { excludes: MOBILE_PLANS },
      eligibility: PEOPLE,
    },
  },
]; // prettier-ignore

const FIXED_LINE: readonly ProductPlan[] = [
  {
    code: 'FIXED-LINE-25', kind: 'PLAN', serviceType: 'FIXED_LINE', node: PROVINCE, name: '普通固话25元', nameEn: 'Fixed line 25',
    definition: {
      prices: [
        installation('100.00'),
        fee('FIXED_LINE_MONTHLY_FEE', '25.00', { timing: 'ARREARS', proration: 'HALF_MONTH', ...keepsNumberFor('10.00') }),
        calls('FIXED-LINE-CALLS'),
      ],
    },
  },
  {
    code: 'FIXED-LINE-CALLER-ID', kind: 'ADD_ON', serviceType: 'FIXED_LINE', node: PROVINCE, name: '来电显示', nameEn: 'Caller identification',
    definition: {
      prices: [fee('FIXED_LINE_MONTHLY_FEE', '6.00', { timing: 'ARREARS', proration: 'NONE' })],
      rules: { requires: [['FIXED-LINE-25']] },
    },
  },
  {
    code: 'WIRELESS-LINE-20', kind: 'PLAN', serviceType: 'WIRELESS_FIXED_LINE', node: PROVINCE, name: '无线固话20元', nameEn: 'Wireless fixed line 20',
    definition: {
      prices: [
        deposit('话机押金', 'Deposit for the telephone', '200.00'),
        fee('WIRELESS_FIXED_LINE_MONTHLY_FEE', '20.00', { proration: 'BY_DAY_30', ...keepsNumberFor('5.00') }),
        calls('FIXED-LINE-CALLS'),
      ],
    },
  },
]; // prettier-ignore

const BROADBAND: readonly ProductPlan[] = [
  {
    code: 'BROADBAND-300M', kind: 'PLAN', serviceType: 'BROADBAND', node: PROVINCE, name: '300M宽带包月', nameEn: 'Broadband 300M by the month',
    definition: {
      prices: [
        installation('100.00', CITY_MAY_CHANGE),
        fee('BROADBAND_MONTHLY_FEE', [months(3, '59.00'), { amount: '89.00' }], { ...CITY_MAY_CHANGE, ...RESTS_TO_PERIOD_END }),
      ],
      rules: { excludes: ['BROADBAND-1000M-YEAR'] },
      term: { months: 12, earlyTermination: leavingFor('200.00'), renewal: 'OPEN' },
    },
  },
  {
    code: 'BROADBAND-1000M-YEAR', kind: 'PLAN', serviceType: 'BROADBAND', node: PROVINCE, name: '千兆宽带包年', nameEn: 'Broadband 1000M by the year',
    definition: {
      prices: [
        { ...fee('BROADBAND_MONTHLY_FEE', '1188.00'), code: 'YEAR', name: '包年费', nameEn: 'Yearly fee', period: { unit: 'YEAR', count: 1 } },
        equipment('千兆光猫', 'Optical modem', '199.00'),
      ],
      rules: { excludes: ['BROADBAND-300M'] },
      // What is left of a year that was paid for is worth less with every quarter.
      term: {
        months: 12,
        earlyTermination: leavingByMonth(['300.00', '300.00', '300.00', '200.00', '200.00', '200.00', '100.00', '100.00', '100.00']),
        renewal: 'SAME_TERM',
      },
    },
  },
  {
    code: 'BROADBAND-STATIC-IP', kind: 'ADD_ON', serviceType: 'BROADBAND', node: PROVINCE, name: '固定IP地址', nameEn: 'Static IP address',
    definition: {
      prices: [{ ...fee('BROADBAND_MONTHLY_FEE', '100.00'), name: '地址月租', nameEn: 'Monthly fee for each address' }],
      rules: { requires: [['BROADBAND-300M', 'BROADBAND-1000M-YEAR']] },
      eligibility: BUSINESS,
      quantity: { least: 1, standard: 1, most: 32 },
    },
  },
]; // prettier-ignore

const INTELLIGENT_NETWORK: readonly ProductPlan[] = [
  {
    code: 'IN-400', kind: 'PLAN', serviceType: 'INTELLIGENT_NETWORK', node: PROVINCE, name: '400主被叫分摊', nameEn: '400 shared cost number',
    definition: {
      prices: [
        choiceOfNumber('600.00'),
        fee('INTELLIGENT_NETWORK_MONTHLY_FEE', [months(3, '50.00'), { amount: '100.00' }], CITY_MAY_CHANGE),
        calls('IN-400-CALLS'),
      ],
      rules: { excludes: ['IN-800'] },
      eligibility: BUSINESS,
    },
  },
  {
    code: 'IN-800', kind: 'PLAN', serviceType: 'INTELLIGENT_NETWORK', node: PROVINCE, name: '800被叫集中付费', nameEn: '800 freephone number',
    definition: {
      prices: [fee('INTELLIGENT_NETWORK_MONTHLY_FEE', '300.00', { timing: 'ARREARS', proration: 'FULL' }), calls('IN-800-CALLS')],
      rules: { excludes: ['IN-400'] },
      eligibility: BUSINESS,
    },
  },
]; // prettier-ignore

/** The plans and add-ons of the demonstration's operator: on every line of business, priced in every way. */
export const PRODUCTS: readonly ProductPlan[] = [...MOBILE, ...FIXED_LINE, ...BROADBAND, ...INTELLIGENT_NETWORK];
