import type { NewServiceType } from '../../../../data/operation/service/service-type';

/** Any attribute is taken: imports bring their own. Nothing outside the database is to be done until an adapter is named. */
const OPEN = { characteristics: {}, provisioningAdapter: null } as const;

/**
 * The service types that an operator begins with. Numbers are kept without spaces and hyphens: a fixed line is its area
 * code and local number (0571-88880001 → 057188880001).
 */
export const FIRST_SERVICE_TYPES: readonly NewServiceType[] = [
  {
    ...OPEN,
    code: 'BROADBAND',
    name: '宽带',
    nameEn: 'Broadband',
    identifierKind: 'LOGIN',
    identifierPattern: '^[a-z0-9][a-z0-9._@-]{2,63}$',
    resources: ['PORT'],
    usageKinds: ['DATA'],
  },
  {
    ...OPEN,
    code: 'FIXED_LINE',
    name: '固定电话',
    nameEn: 'Fixed line',
    identifierKind: 'NUMBER',
    identifierPattern: String.raw`^0\d{9,11}$`,
    resources: ['NUMBER', 'PORT'],
    usageKinds: ['VOICE'],
  },
  {
    ...OPEN,
    code: 'INTELLIGENT_NETWORK',
    name: '智能网',
    nameEn: 'Intelligent network',
    identifierKind: 'NUMBER',
    identifierPattern: String.raw`^[48]00\d{7}$`,
    resources: ['NUMBER'],
    usageKinds: ['VOICE'],
  },
  {
    ...OPEN,
    code: 'MOBILE',
    name: '移动电话',
    nameEn: 'Mobile',
    identifierKind: 'NUMBER',
    identifierPattern: String.raw`^1[3-9]\d{9}$`,
    resources: ['NUMBER', 'SIM'],
    usageKinds: ['DATA', 'SMS', 'VOICE'],
    portable: true,
  },
  {
    ...OPEN,
    code: 'WIRELESS_FIXED_LINE',
    name: '无线固话',
    nameEn: 'Wireless fixed line',
    identifierKind: 'NUMBER',
    identifierPattern: String.raw`^0\d{9,11}$`,
    resources: ['NUMBER', 'SIM'],
    usageKinds: ['VOICE'],
  },
];
