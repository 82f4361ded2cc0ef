import { refusedBy } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import { isPermission } from './permission';
import { refuseStaff, type StaffRefusal } from './refusals';

export const NAME_LENGTH_MAX = 200;

/** Log-in names are in small letters, so that nobody has to remember capitals and no two differ by them. */
export const LOGIN_NAME = /^[a-z0-9][a-z0-9._-]{2,63}$/;

const CODE = /^[A-Z0-9][A-Z0-9._-]{0,63}$/;
/** A client's code is typed into configurations: small letters. */
const CLIENT_CODE = /^[a-z0-9][a-z0-9._-]{1,63}$/;
const LINE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Lines of business in one grant. */
const LINES_MAX = 100;

export type StaffCheck = ReturnType<typeof refusedBy<StaffRefusal>>;

export function normaliseLoginName(name: string): string {
  return name.trim().toLowerCase();
}

export function checkNames({ name, nameEn }: { readonly name?: string; readonly nameEn?: string | null }): StaffCheck {
  return refusedBy(name !== undefined && checkName(name, 'name'), nameEn != null && checkName(nameEn, 'nameEn'));
}

function checkName(name: string, field: string): StaffCheck {
  return refusedBy(
    isBlank(name) && refuseStaff('BLANK', field),
    hasHiddenCharacters(name) && refuseStaff('CHARACTERS_REFUSED', field),
    lengthOf(name) > NAME_LENGTH_MAX && refuseStaff('TOO_LONG', field, { max: NAME_LENGTH_MAX }),
  );
}

export function checkCode(code: string): StaffCheck {
  return refusedBy(!CODE.test(code) && refuseStaff('CODE_INVALID', 'code'));
}

export function checkClientCode(code: string): StaffCheck {
  return refusedBy(!CLIENT_CODE.test(code) && refuseStaff('CLIENT_CODE_INVALID', 'code'));
}

export function checkPermissions(permissions: readonly string[]): StaffCheck {
  const unknown = permissions.find((permission) => !isPermission(permission));
  return refusedBy(unknown !== undefined && refuseStaff('PERMISSION_UNKNOWN', 'permissions', { permission: unknown.slice(0, 64) }));
}

/** Whether these can be codes of service types. Whether they are, the grant does not ask: a line may be granted before it exists. */
export function checkLines(lines: readonly string[]): StaffCheck {
  return refusedBy(
    (lines.length === 0 || !lines.every((line) => LINE.test(line))) && refuseStaff('LINE_INVALID', 'linesOfBusiness'),
    lines.length > LINES_MAX && refuseStaff('TOO_MANY', 'linesOfBusiness', { max: LINES_MAX }),
  );
}
