import type { Bilingual } from '../../../../kernel/result';
import type { Permission } from '../../../../kernel/scope';

/** Every permission that a role may hold, with its name. The list is closed: access is decided by these words only. */
export const PERMISSIONS = {
  'organisation:read': { zh: '查看组织', en: 'See organisations' },
  'organisation:write': { zh: '维护组织', en: 'Change organisations' },
  'staff:read': { zh: '查看员工', en: 'See staff' },
  'staff:write': { zh: '维护员工与授权', en: 'Change staff and their grants' },
  'role:read': { zh: '查看角色', en: 'See roles' },
  'role:write': { zh: '维护角色', en: 'Change roles' },
  'service:read': { zh: '查看业务类型与账目项', en: 'See service types and charge codes' },
  'service:write': { zh: '维护业务类型与账目项', en: 'Change service types and charge codes' },
  'tax:read': { zh: '查看税率', en: 'See tax rates' },
  'tax:write': { zh: '维护税率', en: 'Change tax rates' },
  'number:read': { zh: '查看号码资源', en: 'See numbers of the stock' },
  'number:reserve': { zh: '预占号码', en: 'Reserve numbers' },
  'number:write': { zh: '维护号码资源', en: 'Change the stock of numbers' },
  'customer:read': { zh: '查看客户', en: 'See customers' },
  'customer:write': { zh: '维护客户', en: 'Change customers' },
  'customer:merge': { zh: '合并客户', en: 'Merge customers' },
  'account:read': { zh: '查看账户', en: 'See accounts' },
  'account:write': { zh: '维护账户', en: 'Change accounts' },
  'subscriber:read': { zh: '查看用户', en: 'See subscribers' },
  'subscriber:write': { zh: '维护用户', en: 'Change subscribers' },
  'catalogue:read': { zh: '查看产品与优惠', en: 'See products and discounts' },
  'catalogue:write': { zh: '编辑产品与优惠草稿', en: 'Draft products and discounts' },
  'catalogue:release': { zh: '发布产品与优惠', en: 'Release products and discounts' },
  'catalogue:test': { zh: '试用未发布的产品与优惠', en: 'Quote products and discounts before release' },
  'order:read': { zh: '查看订单', en: 'See orders' },
  'order:write': { zh: '受理业务', en: 'Accept orders' },
  'order:batch': { zh: '批量受理', en: 'Accept orders from files' },
  'order:approve': { zh: '审批订单', en: 'Approve orders' },
  'orderrule:write': { zh: '维护受理规则', en: 'Change the rules of orders' },
  'workorder:read': { zh: '查看工单', en: 'See work orders' },
  'workorder:write': { zh: '处理工单', en: 'Do work orders' },
  'personal-data:unmask': { zh: '查看完整个人信息', en: 'See personal data in clear' },
  'audit:read': { zh: '查看审计日志', en: 'Read the audit trail' },
  'report:read': { zh: '查看报表', en: 'Read reports' },
  'ledger:read': { zh: '查看总账', en: 'Read the ledger' },
  'ledger:write': { zh: '维护会计科目', en: 'Change the chart of accounts' },
  'import:run': { zh: '导入数据', en: 'Import data' },
  'client:read': { zh: '查看接入应用', en: 'See API clients' },
  'client:write': { zh: '维护接入应用', en: 'Change API clients' },
  'parameter:read': { zh: '查看系统参数', en: 'See parameters' },
  'parameter:write': { zh: '维护系统参数', en: 'Change parameters' },
  'schema:introspect': { zh: '查看接口定义', en: 'Introspect the schema' },
} as const satisfies Readonly<Record<Permission, Bilingual>>;

export type StaffPermission = keyof typeof PERMISSIONS;

export const PERMISSION_CODES = Object.keys(PERMISSIONS) as readonly StaffPermission[];

/**
 * What everyone who has logged in may do to himself: change his password. Authentication gives it to each member of staff,
 * at his own node; it is not on the list, so no role can hold it and nobody can take it away.
 */
export const SELF_PERMISSION = 'self:write' satisfies Permission;

export function isPermission(text: string): text is StaffPermission {
  return Object.hasOwn(PERMISSIONS, text);
}
