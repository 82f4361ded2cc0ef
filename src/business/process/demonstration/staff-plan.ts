import type { TwoNames } from './names';
import { OPERATOR_CODE, PARTNER, businessDepartmentCode, CITIES, hallCode } from './operator-tree';

/** The password of every member of the demonstration's staff. It is printed: no other operator has it. */
export const DEMONSTRATION_PASSWORD = 'sanhu-demo-4000';

export const COUNTER_CLIENT = { code: 'counter', name: '营业厅前台 Counter front end' } as const;
export const PARTNER_CLIENT = { code: 'jiangnan', name: PARTNER.nameEn } as const;

export interface StaffPlan extends TwoNames {
  readonly loginName: string;
  /** Code of the node at which he works and his role holds. */
  readonly node: string;
  /** Code of the standard role. */
  readonly role: string;
  /** Codes of service types; every one, when not given. */
  readonly lines?: readonly string[];
  /** What a person reads who chooses a log-in to try. */
  readonly who: string;
}

const [HANGZHOU, NINGBO, WENZHOU] = CITIES as readonly [(typeof CITIES)[number], (typeof CITIES)[number], (typeof CITIES)[number]];

/** Who looks after the business customers of Hangzhou. */
export const BUSINESS_MANAGER = 'business.hangzhou';

/** Staff for each role, at fitting nodes. */
export const STAFF: readonly StaffPlan[] = [
  { loginName: 'admin', name: '系统管理员', nameEn: 'Administrator', node: OPERATOR_CODE, role: 'SYSTEM_ADMINISTRATOR', who: 'everything, everywhere' },
  { loginName: 'clerk.hangzhou', name: '陈静', nameEn: 'Chen Jing', node: hallCode(HANGZHOU, 0), role: 'HALL_CLERK', who: 'clerk of the Xihu hall, Hangzhou' },
  { loginName: 'clerk.ningbo', name: '何勇', nameEn: 'He Yong', node: hallCode(NINGBO, 0), role: 'HALL_CLERK', who: 'clerk of the Haishu hall, Ningbo' },
  { loginName: 'clerk.wenzhou', name: '叶敏', nameEn: 'Ye Min', node: hallCode(WENZHOU, 0), role: 'HALL_CLERK', who: 'clerk of the Lucheng hall, Wenzhou' },
  { loginName: 'supervisor.hangzhou', name: '沈建华', nameEn: 'Shen Jianhua', node: HANGZHOU.code, role: 'HALL_SUPERVISOR',
    who: 'supervisor of all Hangzhou; may see personal data' },
  { loginName: 'mobile.hangzhou', name: '徐飞', nameEn: 'Xu Fei', node: HANGZHOU.code, role: 'HALL_CLERK', lines: ['MOBILE'], who: 'Hangzhou, mobile only' },
  { loginName: BUSINESS_MANAGER, name: '陆婷', nameEn: 'Lu Ting', node: businessDepartmentCode(HANGZHOU), role: 'HALL_CLERK',
    who: 'customer manager of business customers, Hangzhou' },
  { loginName: 'product', name: '姚文博', nameEn: 'Yao Wenbo', node: OPERATOR_CODE, role: 'PRODUCT_MANAGER', who: 'product manager' },
  { loginName: 'finance', name: '金玉兰', nameEn: 'Jin Yulan', node: OPERATOR_CODE, role: 'FINANCE', who: 'finance; reports' },
  { loginName: 'auditor', name: '方宁', nameEn: 'Fang Ning', node: OPERATOR_CODE, role: 'AUDITOR', who: 'audit trail' },
  { loginName: 'importer', name: '邵磊', nameEn: 'Shao Lei', node: 'ZJ', role: 'IMPORT_OPERATOR', who: 'imports files for Zhejiang' },
]; // prettier-ignore
