import type { TwoNames } from './names';
import { CITY_MAY_CHANGE, fee, installation, leavingByMonth, leavingFor, leavingForPartOfTheRest, months, type Part } from './price-parts';

/** A bundle 套餐 of the demonstration, with what its version says. */
export interface BundlePlan extends TwoNames {
  readonly code: string;
  /** Code of the node at and below which it is sold. */
  readonly node: string;
  readonly bundle: Part;
}

const PROVINCE = 'ZJ';
const GIGABYTE = 1_073_741_824n;

const ROLES = {
  MOBILE: { name: '手机', nameEn: 'Mobile', chargeCode: 'MOBILE_MONTHLY_FEE' },
  BROADBAND: { name: '宽带', nameEn: 'Broadband', chargeCode: 'BROADBAND_MONTHLY_FEE' },
  FIXED_LINE: { name: '固话', nameEn: 'Fixed line', chargeCode: 'FIXED_LINE_MONTHLY_FEE' },
  HOTLINE: { name: '400热线', nameEn: '400 hotline', chargeCode: 'INTELLIGENT_NETWORK_MONTHLY_FEE' },
} as const;

/** A role: from `least` to `most` members on the products, and their weight in the split of the bundle's price. */
function role(
  name: keyof typeof ROLES,
  products: readonly string[],
  [least, standard, most]: readonly [number, number, number],
  share: number,
): Part {
  return { role: name, ...ROLES[name], products, least, standard, most, share };
}

function sharedData(gigabytes: bigint, more: Part = {}): Part {
  const names = { code: 'SHARED-DATA', name: '共享流量', nameEn: 'Shared data' };
  return { ...names, unit: 'BYTE', amount: String(gigabytes * GIGABYTE), usageKinds: ['DATA'], roles: ['MOBILE'], ...more };
}

function sharedCalls(minutes: number, roles: readonly string[]): Part {
  const names = { code: 'SHARED-CALLS', name: '共享通话', nameEn: 'Shared calls' };
  return { ...names, unit: 'SECOND', amount: String(minutes * 60), usageKinds: ['VOICE'], roles };
}

/** The bundles of the demonstration's operator. Each leaves its members in another way, and its contract at another cost. */
export const BUNDLES: readonly BundlePlan[] = [
  {
    code: 'FUSION-199', node: PROVINCE, name: '智慧家庭融合199元', nameEn: 'Smart home 199',
    bundle: {
      across: 'CUSTOMER',
      members: [
        role('MOBILE', ['MOBILE-5G-129', 'MOBILE-YOUTH-19'], [1, 2, 3], 50),
        role('BROADBAND', ['BROADBAND-300M', 'BROADBAND-1000M-YEAR'], [1, 1, 1], 35),
        role('FIXED_LINE', ['FIXED-LINE-25'], [0, 1, 1], 15),
      ],
      prices: [installation('100.00'), fee('BUNDLE_MONTHLY_FEE', '199.00', CITY_MAY_CHANGE)],
      allowances: [sharedData(60n), sharedCalls(1_000, ['MOBILE', 'FIXED_LINE'])],
      whenMemberLeaves: { kind: 'GRACE', days: 30 },
      eligibility: { customerKinds: ['INDIVIDUAL', 'HOUSEHOLD'] },
      term: { months: 24, earlyTermination: leavingForPartOfTheRest(2_000), renewal: 'OPEN' },
    },
  },
  {
    code: 'FAMILY-299', node: PROVINCE, name: '亲情一家299元', nameEn: 'One family 299',
    bundle: {
      across: 'FAMILY',
      members: [role('MOBILE', ['MOBILE-5G-129', 'MOBILE-YOUTH-19'], [3, 4, 8], 70), role('BROADBAND', ['BROADBAND-1000M-YEAR'], [1, 1, 1], 30)],
      prices: [fee('BUNDLE_MONTHLY_FEE', [months(3, '199.00'), { amount: '299.00' }])],
      allowances: [sharedData(200n, { carryOver: 1 }), sharedCalls(3_000, ['MOBILE'])],
      whenMemberLeaves: { kind: 'REPRICE', amount: '259.00' },
      eligibility: { customerKinds: ['INDIVIDUAL', 'HOUSEHOLD'] },
      term: { months: 12, earlyTermination: leavingFor('300.00'), renewal: 'SAME_TERM' },
    },
  },
  {
    code: 'ENTERPRISE-999', node: PROVINCE, name: '企业商务总机999元', nameEn: 'Enterprise switchboard 999',
    bundle: {
      across: 'ENTERPRISE',
      members: [
        role('MOBILE', ['MOBILE-5G-129'], [5, 10, 500], 50),
        role('FIXED_LINE', ['FIXED-LINE-25'], [1, 2, 100], 20),
        role('BROADBAND', ['BROADBAND-1000M-YEAR'], [1, 1, 10], 20),
        role('HOTLINE', ['IN-400'], [0, 1, 1], 10),
      ],
      prices: [fee('BUNDLE_MONTHLY_FEE', '999.00', { timing: 'ARREARS' })],
      allowances: [sharedData(500n), sharedCalls(10_000, ['MOBILE', 'FIXED_LINE'])],
      whenMemberLeaves: { kind: 'END' },
      eligibility: { customerKinds: ['ENTERPRISE', 'GOVERNMENT'] },
      term: { months: 3, earlyTermination: leavingByMonth(['900.00', '600.00', '300.00']), renewal: 'OPEN' },
    },
  },
  {
    code: 'YOUTH-HOME-79', node: PROVINCE, name: '青春宅家79元', nameEn: 'Youth at home 79',
    bundle: {
      across: 'CUSTOMER',
      members: [role('MOBILE', ['MOBILE-YOUTH-19'], [1, 1, 2], 1), role('BROADBAND', ['BROADBAND-300M'], [1, 1, 1], 3)],
      prices: [fee('BUNDLE_MONTHLY_FEE', '79.00', { timing: 'ARREARS', trial: { unit: 'MONTH', count: 1 } })],
      allowances: [sharedData(30n)],
      whenMemberLeaves: { kind: 'END' },
      eligibility: { customerKinds: ['INDIVIDUAL'] },
    },
  },
]; // prettier-ignore
