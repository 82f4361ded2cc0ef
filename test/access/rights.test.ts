import { createHash } from 'node:crypto';
import {
  changeApiClient,
  changeRole,
  changeStaff,
  createApiClient,
  createRole,
  createStaff,
  documentIdOf,
  grantRole,
  holdActiveStaff,
  linkOidcIdentity,
  listApiClients,
  listRoles,
  registerStandardRoles,
  registerTrustedDocuments,
  revokeGrant,
  revokeSessions,
  rotateClientSecret,
  searchStaff,
  selectApiClientsById,
  selectGrantsOfStaff,
  selectOneself,
  selectRolesById,
  selectSessionsOfStaff,
  selectStaffById,
  selectTrustedDocument,
  setStaffPassword,
} from '../../src/business/component/staff';
import type { CallContext, Unit } from '../../src/business/context';
import { execute, keepUnit } from '../../src/business/execute';
import type { Id } from '../../src/kernel/id';
import { Scope, type Permission } from '../../src/kernel/scope';
import { systemContext } from '../support/call-context';
import { useDatabase } from '../support/database';
import { newKey, refusalsIn } from '../support/party-world';
import { ORIGIN, PASSWORD, useAccessWorld } from './access-world';

const database = useDatabase();
const world = useAccessWorld(database);

type Node = Id<'organisation'>;

const as = (node: Node, permissions: readonly Permission[], lines: readonly string[] | null = null): CallContext =>
  systemContext(database.core, {
    clock: world.clock,
    scope: Scope.of(permissions.map((permission) => ({ permission, node, lines }))),
    clientId: newKey(),
  });
const PAGE = { first: 100, after: null };

let names = 0;
const newName = (): string => `member.${(names += 1)}`;
const role = async (...permissions: string[]): Promise<Id<'role'>> => {
  names += 1;
  return (await world.run(createRole, { code: `ROLE-${names}`, name: '角色', permissions })).roleId;
};
const grant = async (
  context: CallContext,
  staffId: Id<'staff'>,
  roleId: Id<'role'>,
  organisationId: Node,
  linesOfBusiness: readonly string[] | null = null,
) => refusalsIn(await execute(context, grantRole, { staffId, roleId, organisationId, linesOfBusiness }, newKey()));

describe('staff', () => {
  it('are taken on within the scope, under names of their own', async () => {
    const administrator = as(world.hangzhou, ['staff:write', 'staff:read']);
    const input = { loginName: 'new.clerk', name: '王芳', nameEn: 'Wang Fang', organisationId: world.hallOne };
    const { staffId } = await world.run(createStaff, input, administrator);
    expect(await world.refused(createStaff, { ...input, loginName: 'New.Clerk' }, administrator)).toEqual(['loginName LOGIN_NAME_TAKEN']);
    expect(await world.refused(createStaff, { ...input, loginName: 'other.clerk', organisationId: world.ningbo }, administrator)).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
    const malformed = {
      loginName: '王',
      name: ' ',
      organisationId: world.hallOne,
      password: await world.authentication.preparePassword('x'),
    };
    const blamed = ['loginName LOGIN_NAME_INVALID', 'name BLANK', 'password PASSWORD_TOO_SHORT'];
    expect(await world.refused(createStaff, malformed)).toEqual(blamed);
    expect(await selectStaffById(administrator, [staffId])).toMatchObject([
      { loginName: 'new.clerk', hasPassword: false, status: 'ACTIVE', version: 1 },
    ]);
    await expect(execute(as(world.root, ['staff:read']), createStaff, input, newKey())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('change by version, and change place only between nodes that the caller manages', async () => {
    const staffId = await world.staff(newName(), world.hallOne);
    const administrator = as(world.hangzhou, ['staff:write']);
    const change = { staffId, expectedVersion: 1, name: '李娜', organisationId: world.hallTwo };
    expect(await world.refused(changeStaff, { ...change, organisationId: world.ningboHall }, administrator)).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
    await world.run(changeStaff, change, administrator);
    expect(await world.refused(changeStaff, change, administrator)).toEqual(['expectedVersion STALE_VERSION']);
    expect(await world.refused(changeStaff, { staffId, expectedVersion: 2, name: '李娜' }, as(world.ningbo, ['staff:write']))).toEqual([
      'staffId NOT_FOUND',
    ]);
    expect(await world.trail(staffId)).toMatchObject([
      { operation: 'createStaff' },
      { operation: 'changeStaff', after: { name: '李娜', organisationId: world.hallTwo } },
    ]);
  });

  it('cannot disable themselves', async () => {
    const member = await world.member(newName(), 'SYSTEM_ADMINISTRATOR', world.hangzhou);
    expect(
      await world.refused(changeStaff, { staffId: member.staffId, expectedVersion: 1, status: 'DISABLED' }, await member.context()),
    ).toEqual(['status YOURSELF']);
  });

  it('are seen within the scope only, by every way', async () => {
    const here = await world.member(newName(), 'HALL_CLERK', world.hallOne);
    const there = await world.member(newName(), 'HALL_CLERK', world.ningboHall);
    const reader = as(world.hangzhou, ['staff:read']);
    expect((await selectStaffById(reader, [here.staffId, there.staffId])).map(({ id }) => id)).toEqual([here.staffId]);
    expect((await searchStaff(reader, {}, PAGE)).rows.some(({ id }) => id === there.staffId)).toBe(false);
    expect((await searchStaff(reader, { loginName: there.loginName }, PAGE)).rows).toEqual([]);
    expect((await searchStaff(reader, { organisationId: world.ningbo }, PAGE)).rows).toEqual([]);
    expect(
      (await searchStaff(world.system, { organisationId: world.ningbo, roleId: await world.roleId('HALL_CLERK') }, PAGE)).rows.map(
        ({ id }) => id,
      ),
    ).toEqual([there.staffId]);
    expect((await selectGrantsOfStaff(reader, [here.staffId, there.staffId])).map(({ staffId }) => staffId)).toEqual([here.staffId]);
    expect((await selectSessionsOfStaff(reader, [here.staffId, there.staffId])).map(({ id }) => id)).toEqual([here.logIn.sessionId]);
    expect(await selectStaffById(as(world.root, ['staff:write']), [here.staffId])).toEqual([]);
    expect(await selectOneself((await there.context()).sql, there.staffId)).toMatchObject({ loginName: there.loginName });
  });

  it('are found page by page and by part of the name', async () => {
    const made = [
      await world.staff('page.one', world.ningboHall),
      await world.staff('page.two', world.ningboHall),
      await world.staff('page.three', world.ningboHall),
    ];
    const first = await searchStaff(world.system, { nameContains: 'PAGE.' }, { first: 2, after: null });
    expect([first.rows.map(({ id }) => id), first.hasNextPage]).toEqual([made.slice(0, 2), true]);
    expect(
      (await searchStaff(world.system, { nameContains: 'page.' }, { first: 2, after: [made[1] ?? ''] })).rows.map(({ id }) => id),
    ).toEqual(made.slice(2));
  });

  it('are entrusted with something while they are active', async () => {
    const staffId = await world.staff(newName(), world.hallOne);
    const held = (context: CallContext) =>
      keepUnit({ ...context, operation: 'test', address: null }, ({ transaction }) =>
        holdActiveStaff({ ...context, sql: transaction, transaction } as unknown as Unit, staffId, 'customer:write'),
      );
    expect([await held(as(world.hangzhou, ['customer:write'])), await held(as(world.ningbo, ['customer:write']))]).toEqual([true, false]);
    await world.run(changeStaff, { staffId, expectedVersion: 1, status: 'DISABLED' });
    expect(await held(as(world.hangzhou, ['customer:write']))).toBe(false);
  });

  it('log in by an outside identity that one of them has', async () => {
    const [one, two] = [await world.staff(newName(), world.hallOne), await world.staff(newName(), world.hallOne)];
    const identity = { issuer: 'https://issuer.example', subject: 'subject-1' };
    await world.run(linkOidcIdentity, { staffId: one, expectedVersion: 1, identity });
    expect(await world.refused(linkOidcIdentity, { staffId: two, expectedVersion: 1, identity })).toEqual(['identity IDENTITY_TAKEN']);
    expect(await world.refused(linkOidcIdentity, { staffId: two, expectedVersion: 1, identity: { issuer: '', subject: 'x'.repeat(256) } })).toEqual([
      'identity.issuer BLANK', 'identity.subject TOO_LONG',
    ]); // prettier-ignore
    await world.run(linkOidcIdentity, { staffId: one, expectedVersion: 2, identity: null });
    await world.run(linkOidcIdentity, { staffId: two, expectedVersion: 1, identity });
  });
});

describe('nobody gives what he does not have', () => {
  const READ: readonly Permission[] = ['staff:write', 'role:write', 'customer:read', 'subscriber:read'];

  it('in a role that he makes', async () => {
    const administrator = as(world.hangzhou, READ);
    const input = { code: 'MADE-1', name: '角色', permissions: ['customer:read', 'report:read', 'audit:read'] };
    expect(await world.refused(createRole, input, administrator)).toEqual(['permissions EXCEEDS_YOUR_RIGHTS']);
    await world.run(createRole, { ...input, permissions: ['customer:read', 'customer:read'] }, administrator);
    expect(await world.refused(createRole, { ...input, code: 'made 2', permissions: ['self:write'] }, administrator)).toEqual([
      'code CODE_INVALID',
      'permissions PERMISSION_UNKNOWN',
    ]);
    expect(await world.refused(createRole, { ...input, permissions: [] }, administrator)).toEqual(['code CODE_TAKEN']);
  });

  it('in a grant: not other permissions, not higher, not beside, not more lines', async () => {
    const staffId = await world.staff(newName(), world.hallOne);
    const [mine, beyond] = [await role('customer:read', 'subscriber:read'), await role('customer:read', 'customer:write')];
    const administrator = as(world.hangzhou, READ);
    expect(await grant(administrator, staffId, beyond, world.hallOne)).toEqual(['roleId EXCEEDS_YOUR_RIGHTS']);
    expect(await grant(administrator, staffId, mine, world.root)).toEqual(['organisationId ORGANISATION_NOT_FOUND']);
    expect(await grant(administrator, staffId, mine, world.ningbo)).toEqual(['organisationId ORGANISATION_NOT_FOUND']);
    const everywhere = Scope.of([
      ...READ.map((permission) => ({ permission, node: world.hallOne, lines: null })),
      { permission: 'staff:write', node: world.root, lines: null },
    ]);
    expect(await grant(systemContext(database.core, { clock: world.clock, scope: everywhere }), staffId, mine, world.hangzhou)).toEqual([
      'roleId EXCEEDS_YOUR_RIGHTS',
    ]);
    const mobile = as(world.hangzhou, READ, ['MOBILE']);
    expect(await grant(mobile, staffId, mine, world.hallOne)).toEqual(['roleId EXCEEDS_YOUR_RIGHTS']);
    expect(await grant(mobile, staffId, mine, world.hallOne, ['MOBILE', 'BROADBAND'])).toEqual(['roleId EXCEEDS_YOUR_RIGHTS']);
    expect(await grant(mobile, staffId, mine, world.hallOne, ['MOBILE'])).toEqual([]);
    expect(await grant(administrator, staffId, mine, world.hallOne)).toEqual([]);
    expect(await grant(administrator, staffId, mine, world.hallOne)).toEqual(['GRANT_EXISTS']);
    expect(await grant(administrator, staffId, mine, world.hallOne, ['no such'])).toEqual(['linesOfBusiness LINE_INVALID']);
    expect(await grant(administrator, staffId, mine, world.hallOne, [])).toEqual(['linesOfBusiness LINE_INVALID']);
    expect(await grant(as(world.ningbo, READ), staffId, mine, world.ningbo)).toEqual(['staffId NOT_FOUND']);
  });

  it('in a change of a role that is granted elsewhere', async () => {
    const granted = await role('customer:read');
    const staffId = await world.staff(newName(), world.root);
    const change = async (context: CallContext, permissions: readonly string[]) =>
      refusalsIn(
        await execute(
          context,
          changeRole,
          { roleId: granted, expectedVersion: await world.versionOf('role', granted), permissions },
          newKey(),
        ),
      );
    const administrator = as(world.hangzhou, [...READ, 'audit:read']);
    expect(await change(administrator, ['customer:read', 'audit:read'])).toEqual([]);
    expect(await change(administrator, ['customer:read', 'audit:read', 'report:read'])).toEqual(['permissions EXCEEDS_YOUR_RIGHTS']);
    expect(await grant(world.system, staffId, granted, world.root)).toEqual([]);
    expect(await change(administrator, ['customer:read', 'audit:read', 'subscriber:read'])).toEqual(['roleId EXCEEDS_YOUR_RIGHTS']);
    expect(await change(administrator, [])).toEqual(['roleId EXCEEDS_YOUR_RIGHTS']);
    const provincial = as(world.root, ['role:write', 'customer:read']);
    expect(await change(provincial, ['customer:read', 'audit:read', 'subscriber:read'])).toEqual(['permissions EXCEEDS_YOUR_RIGHTS']);
    expect(await change(provincial, ['customer:read'])).toEqual([]);
    expect(await world.refused(changeRole, { roleId: granted, expectedVersion: 1, name: '新' })).toEqual(['expectedVersion STALE_VERSION']);
  });

  it('by granting a role while it is given more', async () => {
    for (let round = 0; round < 10; round += 1) {
      const changed = await role('customer:read');
      const staffId = await world.staff(newName(), world.hallOne);
      const more = as(world.hangzhou, ['role:write', 'customer:read', 'audit:read']); // who may not touch it once it is granted in Ningbo
      const granter = as(world.ningbo, ['staff:write', 'customer:read']);
      await world.run(changeStaff, { staffId, expectedVersion: 1, organisationId: world.ningboHall });
      const [enlarged, granted] = await Promise.all([
        execute(more, changeRole, { roleId: changed, expectedVersion: 1, permissions: ['customer:read', 'audit:read'] }, newKey()),
        grant(granter, staffId, changed, world.ningboHall),
      ]);
      expect([enlarged.ok, granted.length === 0]).not.toEqual([true, true]);
    }
  });

  it('by passing for somebody: his password, his identity, his waking up', async () => {
    const mighty = await world.member(newName(), 'SYSTEM_ADMINISTRATOR', world.root);
    await world.run(changeStaff, { staffId: mighty.staffId, expectedVersion: 1, organisationId: world.hallOne });
    const administrator = as(world.hangzhou, [...READ, 'staff:read']);
    const password = await world.authentication.preparePassword('another battery staple');
    expect(await world.refused(setStaffPassword, { staffId: mighty.staffId, expectedVersion: 2, password }, administrator)).toEqual([
      'staffId EXCEEDS_YOUR_RIGHTS',
    ]);
    const identity = { issuer: 'https://issuer.example', subject: 'mine' };
    expect(await world.refused(linkOidcIdentity, { staffId: mighty.staffId, expectedVersion: 2, identity }, administrator)).toEqual([
      'staffId EXCEEDS_YOUR_RIGHTS',
    ]);
    await world.run(changeStaff, { staffId: mighty.staffId, expectedVersion: 2, status: 'DISABLED' }, administrator);
    expect(await world.refused(changeStaff, { staffId: mighty.staffId, expectedVersion: 3, status: 'ACTIVE' }, administrator)).toEqual([
      'status EXCEEDS_YOUR_RIGHTS',
    ]);
    expect(await world.tryLogIn(mighty.loginName, PASSWORD)).toBe('LOG_IN_REFUSED');
    const equal = await world.member(newName(), 'PARTNER_READ', world.hallOne);
    expect(await world.refused(setStaffPassword, { staffId: equal.staffId, expectedVersion: 1, password }, administrator)).toEqual([
      'staffId EXCEEDS_YOUR_RIGHTS',
    ]);
    await world.run(
      setStaffPassword,
      { staffId: equal.staffId, expectedVersion: 1, password },
      as(world.hangzhou, [...READ, 'account:read']),
    );
  });

  it("by a partner's client", async () => {
    const input = {
      code: 'sneaky.one',
      name: 'x',
      kind: 'PARTNER' as const,
      organisationId: world.hallOne,
      documentMode: 'off' as const,
      costCapacity: 1,
      costRestore: 1,
    };
    const [client, reader] = [
      as(world.hangzhou, ['client:write']),
      as(world.hangzhou, ['client:write', 'customer:read', 'account:read', 'subscriber:read']),
    ];
    const secret = world.authentication.draftClientSecret();
    expect(await world.refused(createApiClient, { ...input, secret }, client)).toEqual(['organisationId EXCEEDS_YOUR_RIGHTS']);
    const { apiClientId } = await world.run(createApiClient, { ...input, secret }, reader);
    expect(await world.refused(rotateClientSecret, { apiClientId, expectedVersion: 1, secret }, client)).toEqual([
      'apiClientId EXCEEDS_YOUR_RIGHTS',
    ]);
    expect(
      await world.refused(createApiClient, { ...input, code: 'app.one', kind: 'STAFF_APPLICATION', organisationId: null, secret }, reader),
    ).toEqual(['kind OUTSIDE_SCOPE']);
  });
});

describe('a grant', () => {
  it('is taken back by who manages the member of staff', async () => {
    const member = await world.member(newName(), 'HALL_CLERK', world.hallOne);
    const grantId = await world.grant(member.staffId, 'AUDITOR', world.hallOne);
    expect(await world.refused(revokeGrant, { grantId }, as(world.ningbo, ['staff:write']))).toEqual(['grantId NOT_FOUND']);
    await world.run(revokeGrant, { grantId }, as(world.hangzhou, ['staff:write']));
    expect(await world.refused(revokeGrant, { grantId })).toEqual(['grantId NOT_FOUND']);
    expect(await world.refused(revokeSessions, { staffId: member.staffId }, as(world.ningbo, ['staff:write']))).toEqual([
      'staffId NOT_FOUND',
    ]);
  });

  it('is one of a hundred at most', async () => {
    const staffId = await world.staff(newName(), world.hallOne);
    const roleId = await role('service:read');
    await database.raw(
      `INSERT INTO staff_grant (id, staff_id, role_id, organisation_id, lines_of_business, granted_at)
       SELECT gen_random_uuid(), $1, $2, $3, ARRAY['L' || n], now() FROM generate_series(1, 100) AS n`, [staffId, roleId, world.hallOne]); // prettier-ignore
    expect(await grant(world.system, staffId, roleId, world.hallOne)).toEqual(['staffId TOO_MANY']);
  });
});

describe('roles', () => {
  it('are seen by those who may see roles', async () => {
    const [clerk, auditor] = [as(world.hallOne, ['staff:read']), as(world.hallOne, ['role:read'])];
    const roleId = await world.roleId('HALL_CLERK');
    expect([await selectRolesById(clerk, [roleId]), (await listRoles(clerk, PAGE)).rows]).toEqual([[], []]);
    expect(await selectRolesById(auditor, [roleId])).toMatchObject([{ code: 'HALL_CLERK', nameEn: 'Hall clerk' }]);
    const first = await listRoles(auditor, { first: 1, after: null });
    const second = await listRoles(auditor, { first: 1, after: [first.rows[0]?.code ?? '', first.rows[0]?.id ?? ''] });
    expect([first.rows[0]?.code, first.hasNextPage, second.rows[0]?.code]).toEqual(['AUDITOR', true, 'FINANCE']);
  });

  it('of the standard are made once', async () => {
    expect(await world.run(registerStandardRoles, {})).toEqual({ registered: [] });
    await expect(execute(as(world.root, ['staff:write']), registerStandardRoles, {}, newKey())).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('API clients', () => {
  it('are seen where they stand: an application of the staff at the root, a partner at its node', async () => {
    const { apiClientId } = await world.client('seen.partner', world.ningboHall);
    const codes = async (context: CallContext) => (await listApiClients(context, PAGE)).rows.map(({ code }) => code);
    expect(await codes(as(world.root, ['client:read']))).toEqual(expect.arrayContaining(['counter', 'seen.partner']));
    expect(await codes(as(world.ningbo, ['client:read']))).toEqual(['seen.partner']);
    expect(await codes(as(world.hangzhou, ['staff:read']))).toEqual([]);
    expect(await selectApiClientsById(as(world.hangzhou, ['client:read']), [apiClientId, world.counter])).toEqual([]);
    expect(await selectApiClientsById(as(world.ningbo, ['client:read']), [apiClientId, world.counter])).toMatchObject([
      { code: 'seen.partner', kind: 'PARTNER' },
    ]);
  });

  it('have limits within limits, and change by version', async () => {
    const secret = world.authentication.draftClientSecret();
    const input = {
      code: 'Bad Code',
      name: '',
      kind: 'PARTNER' as const,
      organisationId: null,
      documentMode: 'off' as const,
      costCapacity: 0,
      costRestore: 1.5,
      secret,
    };
    expect(await world.refused(createApiClient, input)).toEqual([
      'code CLIENT_CODE_INVALID', 'name BLANK', 'organisationId KIND_NEEDS_ORGANISATION', 'costCapacity LIMIT_INVALID', 'costRestore LIMIT_INVALID',
    ]); // prettier-ignore
    const { apiClientId } = await world.client('limited.app');
    expect(
      await world.refused(createApiClient, {
        ...input,
        code: 'limited.app',
        name: 'x',
        kind: 'STAFF_APPLICATION',
        costCapacity: 1,
        costRestore: 1,
      }),
    ).toEqual(['code CODE_TAKEN']);
    await world.run(changeApiClient, { apiClientId, expectedVersion: 1, costCapacity: 5, documentMode: 'prefer' });
    expect(await world.refused(changeApiClient, { apiClientId, expectedVersion: 1, costCapacity: 6 })).toEqual([
      'expectedVersion STALE_VERSION',
    ]);
    expect(await world.refused(rotateClientSecret, { apiClientId, expectedVersion: 2, secret })).toEqual(['apiClientId NO_SECRET']);
    expect(
      await world.refused(changeApiClient, { apiClientId, expectedVersion: 2, costCapacity: 6 }, as(world.hangzhou, ['client:write'])),
    ).toEqual(['apiClientId NOT_FOUND']);
  });

  it('have the documents that they were built with', async () => {
    const { apiClientId } = await world.client('documented.app');
    const body = 'query Hall { organisations(first: 1) { nodes { id } } }';
    const id = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    expect(documentIdOf(body)).toBe(id);
    const register = (documents: { id: string; body: string }[]) => world.refused(registerTrustedDocuments, { apiClientId, documents });
    expect(
      await register([
        { id, body },
        { id, body: `${body} ` },
      ]),
    ).toEqual(['documents.1 DOCUMENT_INVALID']);
    expect(await register([{ id: documentIdOf(''), body: '' }])).toEqual(['documents.0 DOCUMENT_INVALID']);
    expect(await register(Array.from({ length: 501 }, () => ({ id, body })))).toEqual(['documents TOO_MANY']);
    expect(await world.run(registerTrustedDocuments, { apiClientId, documents: [{ id, body }] })).toEqual({
      apiClientId,
      documentCount: 1,
    });
    expect(await world.run(registerTrustedDocuments, { apiClientId, documents: [{ id, body }] })).toEqual({
      apiClientId,
      documentCount: 1,
    });
    expect(await selectTrustedDocument(world.system.sql, apiClientId, id)).toBe(body);
    expect(await selectTrustedDocument(world.system.sql, world.counter, id)).toBeUndefined();
  });
});

it('every refusal of a stranger leaves no session behind', async () => {
  const [before] = await database.raw<{ count: number }>('SELECT count(*)::integer FROM session');
  for (const clientId of ['counter', 'nobody']) await world.authentication.authenticatePartner({ clientId, clientSecret: 'x' }, ORIGIN);
  await world.tryLogIn('nobody.at.all', PASSWORD);
  expect((await database.raw<{ count: number }>('SELECT count(*)::integer FROM session'))[0]).toEqual(before);
});
