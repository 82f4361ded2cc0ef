import { PERMISSIONS, PERMISSION_CODES, SELF_PERMISSION, isPermission } from './permission';
import { PARTNER_PERMISSIONS, STANDARD_ROLES } from './standard-roles';

describe('the list of permissions', () => {
  it('is this one: a change of it is a change of who may do what', () => {
    expect([...PERMISSION_CODES].sort()).toEqual([
      'account:read', 'account:write', 'audit:read', 'catalogue:read', 'catalogue:release', 'catalogue:test', 'catalogue:write',
      'client:read', 'client:write', 'customer:merge', 'customer:read', 'customer:write', 'import:run', 'ledger:read', 'ledger:write',
      'number:read', 'number:reserve', 'number:write',
      'order:approve', 'order:batch',
      'order:read', 'order:write', 'orderrule:write', 'organisation:read', 'organisation:write', 'parameter:read', 'parameter:write',
      'personal-data:unmask', 'report:read', 'role:read', 'role:write', 'schema:introspect', 'service:read', 'service:write', 'staff:read',
      'staff:write', 'subscriber:read', 'subscriber:write', 'tax:read', 'tax:write',
      'workorder:read', 'workorder:write',
    ]); // prettier-ignore
  });

  it.each(PERMISSION_CODES)('%s has a name in both languages', (code) => {
    expect(PERMISSIONS[code].zh).toMatch(/\p{Script=Han}/u);
    expect(PERMISSIONS[code].en).toMatch(/^[A-Z][a-zA-Z ]+$/);
  });

  it('knows its own words only', () => {
    expect(['customer:read', 'customer:*', 'constructor', SELF_PERMISSION, ''].map(isPermission)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('the standard roles', () => {
  const permissionsOf = (code: string) => STANDARD_ROLES.find((role) => role.code === code)?.permissions ?? [];

  it('have codes of their own and no permission twice', () => {
    expect(new Set(STANDARD_ROLES.map((role) => role.code)).size).toBe(STANDARD_ROLES.length);
    for (const { permissions } of STANDARD_ROLES) expect(new Set(permissions).size).toBe(permissions.length);
  });

  it('let personal data be unmasked by a supervisor and an administrator only', () => {
    const holders = STANDARD_ROLES.filter((role) => role.permissions.includes('personal-data:unmask')).map((role) => role.code);
    expect(holders).toEqual(['SYSTEM_ADMINISTRATOR', 'HALL_SUPERVISOR']);
  });

  it('let nobody but the administrator touch access', () => {
    const touching = ['staff:write', 'role:write', 'client:write', 'organisation:write', 'parameter:write', 'orderrule:write'];
    for (const { code, permissions } of STANDARD_ROLES) {
      expect([code, permissions.some((permission) => touching.includes(permission))]).toEqual([code, code === 'SYSTEM_ADMINISTRATOR']);
    }
  });

  it('let finance write tax and the chart of accounts, product managers services, numbers and the catalogue, and audit and partners nothing', () => {
    const written = (code: string) => permissionsOf(code).filter((permission) => /:(write|merge|run|unmask)$/.test(permission));
    expect(['FINANCE', 'PRODUCT_MANAGER', 'AUDITOR', 'PARTNER_READ'].map(written)).toEqual([
      ['tax:write', 'ledger:write'],
      ['service:write', 'number:write', 'catalogue:write'],
      [],
      [],
    ]);
    expect(permissionsOf('PARTNER_READ')).toEqual(PARTNER_PERMISSIONS);
  });
});
