import type { Bilingual } from '../../../../kernel/result';
import { PERMISSION_CODES, type StaffPermission } from './permission';

export interface StandardRole {
  readonly code: string;
  readonly name: Bilingual;
  readonly permissions: readonly StaffPermission[];
}

const PARTY_READS: readonly StaffPermission[] = ['customer:read', 'account:read', 'subscriber:read'];
const READS: readonly StaffPermission[] = [
  'organisation:read',
  'staff:read',
  'service:read',
  'tax:read',
  'number:read',
  'catalogue:read',
  'order:read',
  'workorder:read',
  ...PARTY_READS,
];
const COUNTER: readonly StaffPermission[] = [
  ...READS,
  'number:reserve',
  'customer:write',
  'account:write',
  'subscriber:write',
  'order:write',
  'workorder:write',
];

/** What a partner's system may do at its node. Its contract is smaller than the staff's, and so is this. */
export const PARTNER_PERMISSIONS: readonly StaffPermission[] = PARTY_READS;

/** The roles that an operator begins with. They are data from then on: the operator may change them. */
export const STANDARD_ROLES: readonly StandardRole[] = [
  { code: 'SYSTEM_ADMINISTRATOR', name: { zh: '系统管理员', en: 'System administrator' }, permissions: PERMISSION_CODES },
  { code: 'HALL_CLERK', name: { zh: '营业员', en: 'Hall clerk' }, permissions: COUNTER },
  {
    code: 'HALL_SUPERVISOR',
    name: { zh: '营业厅主管', en: 'Hall supervisor' },
    permissions: [...COUNTER, 'customer:merge', 'order:approve', 'order:batch', 'personal-data:unmask', 'audit:read', 'report:read'],
  },
  {
    code: 'PRODUCT_MANAGER',
    name: { zh: '产品经理', en: 'Product manager' },
    permissions: [
      ...READS, 'service:write', 'number:write', 'catalogue:write', 'catalogue:release', 'catalogue:test', 'report:read', 'parameter:read',
      'schema:introspect',
    ], // prettier-ignore
  },
  {
    code: 'FINANCE',
    name: { zh: '财务人员', en: 'Finance' },
    permissions: [...READS, 'tax:write', 'report:read', 'ledger:read', 'ledger:write'],
  },
  {
    code: 'AUDITOR',
    name: { zh: '审计员', en: 'Auditor' },
    permissions: [...READS, 'role:read', 'client:read', 'parameter:read', 'audit:read', 'ledger:read'],
  },
  { code: 'IMPORT_OPERATOR', name: { zh: '数据导入员', en: 'Import operator' }, permissions: [...COUNTER, 'import:run'] },
  { code: 'PARTNER_READ', name: { zh: '合作伙伴查询', en: 'Partner, reading' }, permissions: PARTNER_PERMISSIONS },
];
