import { refusalsOf } from '../../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../../kernel/standard-refusals';

/** Why the staff component says no. */
export const STAFF_REFUSALS = {
  ...STANDARD_REFUSALS,
  ORGANISATION_NOT_FOUND: {
    zh: '该组织不存在，或您在该组织没有所需权限',
    en: 'The organisation does not exist, or lies outside your scope.',
  },
  ORGANISATION_CLOSED: { zh: '该组织已关闭', en: 'That organisation is closed.' },
  LOGIN_NAME_INVALID: {
    zh: '登录名须为 3 至 64 位小写字母、数字、点、横线或下划线，以字母或数字开头',
    en: 'A log-in name has 3 to 64 small letters, digits, dots, hyphens or underscores, and begins with a letter or digit.',
  },
  LOGIN_NAME_TAKEN: { zh: '该登录名已被使用', en: 'That log-in name is already in use.' },
  PASSWORD_TOO_SHORT: { zh: '密码至少 10 个字符', en: 'A password has at least 10 characters.' },
  PASSWORD_TOO_LONG: { zh: '密码最多 200 个字符', en: 'A password has at most 200 characters.' },
  PASSWORD_TOO_SIMPLE: { zh: '密码过于简单，请换一个', en: 'That password is too easy to guess; choose another.' },
  PASSWORD_LIKE_NAME: { zh: '密码不能包含登录名', en: 'A password must not contain the log-in name.' },
  PASSWORD_UNCHANGED: { zh: '新密码不能与原密码相同', en: 'The new password must differ from the old.' },
  PASSWORD_WRONG: { zh: '原密码不正确，或因多次输错已暂时锁定', en: 'The old password is wrong, or too many wrong ones were tried.' },
  YOURSELF: { zh: '不能停用自己', en: 'You cannot disable yourself.' },
  IDENTITY_TAKEN: { zh: '该外部身份已关联其他员工', en: 'That outside identity belongs to another member of staff.' },
  CODE_INVALID: {
    zh: '编码须为 1 至 64 位大写字母、数字、点、横线或下划线，以字母或数字开头',
    en: 'A code has 1 to 64 capital letters, digits, dots, hyphens or underscores, and begins with a letter or digit.',
  },
  CLIENT_CODE_INVALID: {
    zh: '应用编码须为 2 至 64 位小写字母、数字、点、横线或下划线，以字母或数字开头',
    en: "A client's code has 2 to 64 small letters, digits, dots, hyphens or underscores, and begins with a letter or digit.",
  },
  CODE_TAKEN: { zh: '该编码已被使用', en: 'That code is already in use.' },
  PERMISSION_UNKNOWN: { zh: '没有权限 {permission}', en: 'There is no permission {permission}.' },
  EXCEEDS_YOUR_RIGHTS: {
    zh: '这会给出您自己在该处没有的权限：{permissions}',
    en: 'That would give permissions which you do not hold there yourself: {permissions}.',
  },
  ROLE_NOT_FOUND: { zh: '找不到该角色', en: 'There is no such role.' },
  LINE_INVALID: { zh: '业务类型编码不正确，或一项也没有', en: 'A service type code is malformed, or none is given.' },
  GRANT_EXISTS: { zh: '该员工已有相同授权', en: 'He already has that grant.' },
  LIMIT_INVALID: { zh: '限额须在 {min} 与 {max} 之间', en: 'The limit must lie between {min} and {max}.' },
  KIND_NEEDS_ORGANISATION: {
    zh: '合作伙伴应用须指定组织，员工应用不能指定',
    en: "A partner's client stands at an organisation; an application of the staff does not.",
  },
  NO_SECRET: { zh: '员工应用没有密钥', en: 'An application of the staff has no secret.' },
  DOCUMENT_INVALID: {
    zh: '文档编号不是其内容的 sha256，或内容为空或超长',
    en: 'A document is empty, too long, or its id is not the SHA-256 of its text.',
  },
} as const;

export type StaffRefusal = keyof typeof STAFF_REFUSALS;

export const refuseStaff = refusalsOf<StaffRefusal>(STAFF_REFUSALS);

/**
 * Why nobody is let in. One sentence for an unknown name, a wrong password, a locked and a disabled one: a stranger must
 * not learn which names exist.
 */
export const AUTHENTICATION_REFUSALS = {
  LOG_IN_REFUSED: {
    zh: '登录名或密码不正确，或账号已停用或暂时锁定',
    en: 'The log-in name or password is wrong, or the log-in is disabled or locked for a while.',
  },
  CLIENT_REFUSED: { zh: '接入应用不存在、已停用或密钥不正确', en: 'The client is unknown or disabled, or its secret is wrong.' },
  SESSION_ENDED: { zh: '登录已结束，请重新登录', en: 'This log-in has ended; log in again.' },
  REFRESH_SUPERSEDED: { zh: '刷新令牌刚被使用，请使用新的令牌', en: 'This refresh token has just been used; use the new one.' },
  OIDC_NOT_CONFIGURED: { zh: '未启用统一身份认证', en: 'No outside issuer is configured.' },
} as const;

export type AuthenticationRefusal = keyof typeof AUTHENTICATION_REFUSALS;

export const refuseAuthentication = refusalsOf<AuthenticationRefusal>(AUTHENTICATION_REFUSALS);
