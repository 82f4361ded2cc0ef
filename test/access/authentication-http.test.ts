import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { changeApiClient, changeStaff, linkOidcIdentity, revokeGrant } from '../../src/business/component/staff';
import type { Id } from '../../src/kernel/id';
import { HttpServer, type HttpAnswer } from '../support/http-server';
import { PASSWORD } from './access-world';
import { freshKey, useHttpWorld } from './http-world';

const ISSUER = 'https://issuer.example';
const limits: Record<string, string> = {};

/** The outside issuer's keys, really served. */
let keyServer: Server;
let issuerKey: CryptoKey;
beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  issuerKey = pair.privateKey;
  const keySet = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] });
  keyServer = createServer((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(keySet)).listen(
    0,
    '127.0.0.1',
  );
  await once(keyServer, 'listening');
  const { port } = keyServer.address() as AddressInfo;
  Object.assign(limits, { oidcIssuer: ISSUER, oidcAudience: 'sanhu', oidcJwksUrl: `http://127.0.0.1:${port}/keys` });
});
afterAll(() => {
  keyServer.closeAllConnections();
  keyServer.close();
});

const world = useHttpWorld({ limits });
const another = new HttpServer(world.database);
beforeAll(() => another.start({ clock: world.access.clock, authentication: world.access.anotherProcess() }));
afterAll(() => another.stop());

/** Someone new, so that no test waits for another's lock-out. */
async function newcomer(
  loginName: string,
  role: string | null = 'HALL_CLERK',
): Promise<{ staffId: Id<'staff'>; grantId: Id<'grant'> | undefined }> {
  const staffId = await world.access.staff(loginName, world.ours.node);
  return { staffId, grantId: role === null ? undefined : await world.access.grant(staffId, role, world.ours.node) };
}

const post = (path: string, body: unknown, server = world.server): Promise<HttpAnswer> =>
  server.post(path, body, { 'accept-language': 'en' });
const codesOf = ({ json }: HttpAnswer): string[] =>
  ((json['errors'] ?? []) as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);
const logIn = (loginName: string, password = PASSWORD): Promise<HttpAnswer> => post('/auth/log-in', { loginName, password });
const whoIs = async (token: unknown, server = world.server): Promise<string> => {
  const answer = await server.gql({ token: String(token) }, '{ me { loginName } }');
  const me = answer.data?.['me'] as { loginName: string } | undefined;
  return me?.loginName ?? `${answer.status} ${answer.codes.join()}`;
};
/** Whether that becomes so within the 5 s in which a revocation must reach every instance. */
async function within5s(check: () => Promise<boolean>): Promise<boolean> {
  for (const startedMs = performance.now(); performance.now() - startedMs < 5_500; await sleep(200)) if (await check()) return true;
  return false;
}

describe('logging in', () => {
  test('gives tokens with which one is somebody, for a while', async () => {
    const answer = await logIn('clerk');
    expect([answer.status, Object.keys(answer.json).sort()]).toEqual([200, ['accessToken', 'expiresInSeconds', 'refreshToken']]);
    expect(answer.json['expiresInSeconds']).toBeGreaterThan(590);
    expect(answer.json['expiresInSeconds']).toBeLessThanOrEqual(600);
    expect(await whoIs(answer.json['accessToken'])).toBe('clerk');
    expect(await whoIs(answer.json['accessToken'], another)).toBe('clerk');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('says the same of an unknown name and of a wrong password', async () => {
    const [unknown, wrong] = [await logIn('nobody.of.this.name'), await logIn('clerk', 'not the password')];
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
    expect([unknown.status, codesOf(unknown)]).toEqual([401, ['LOG_IN_REFUSED']]);
    for (const [name] of unknown.headers) expect(wrong.headers.has(name)).toBe(true);
    const chinese = await world.server.post('/auth/log-in', { loginName: 'clerk', password: 'x' }, { 'accept-language': 'zh-CN' });
    expect(chinese.text).toContain('登录名或密码不正确');
  });

  test('through an application that is unknown, or a partner’s, is refused, and says which part of the body is to blame', async () => {
    for (const client of ['unknown', 'partner-1']) {
      const answer = await post('/auth/log-in', { loginName: 'clerk', password: PASSWORD, client });
      expect([answer.status, answer.json]).toEqual([
        401,
        { errors: [{ message: expect.any(String) as string, extensions: { code: 'CLIENT_REFUSED', field: ['client'] } }] },
      ]);
    }
  });

  test('is locked after five wrong passwords, and open again after the time of the lock', async () => {
    await newcomer('locked.out');
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(codesOf(await logIn('locked.out', 'wrong password!'))).toEqual(['LOG_IN_REFUSED']);
    expect((await logIn('locked.out')).status).toBe(401);
    expect(codesOf(await post('/auth/log-in', { loginName: 'locked.out', password: PASSWORD }, another))).toEqual(['LOG_IN_REFUSED']);
    world.access.clock.advance({ seconds: 901 });
    expect((await logIn('locked.out')).status).toBe(200);
  });
});

describe('refreshing', () => {
  test('gives new tokens for the one turned in, which is good no more', async () => {
    const first = (await logIn('clerk')).json;
    const second = await post('/auth/refresh', { refreshToken: first['refreshToken'] });
    expect(second.status).toBe(200);
    expect(second.json['refreshToken']).not.toBe(first['refreshToken']);
    expect(await whoIs(second.json['accessToken'])).toBe('clerk');
    // Two tabs may refresh at once: within seconds the old one is refused, and nobody is thrown out.
    const tooLate = await post('/auth/refresh', { refreshToken: first['refreshToken'] });
    expect([tooLate.status, codesOf(tooLate)]).toEqual([401, ['REFRESH_SUPERSEDED']]);
    expect(await whoIs(second.json['accessToken'])).toBe('clerk');
  });

  test('with a token that was used before ends the log-in: it is in two hands', async () => {
    const first = (await logIn('clerk')).json;
    const second = (await post('/auth/refresh', { refreshToken: first['refreshToken'] })).json;
    expect(await whoIs(second['accessToken'], another)).toBe('clerk');
    world.access.clock.advance({ seconds: 11 });
    expect(codesOf(await post('/auth/refresh', { refreshToken: first['refreshToken'] }))).toEqual(['SESSION_ENDED']);
    expect(await whoIs(second['accessToken'])).toBe('401 UNAUTHENTICATED');
    expect(codesOf(await post('/auth/refresh', { refreshToken: second['refreshToken'] }))).toEqual(['SESSION_ENDED']);
  });

  test('at once by many: one gets tokens, and the log-in lives', async () => {
    const { refreshToken } = (await logIn('clerk')).json;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, place) => post('/auth/refresh', { refreshToken }, place % 2 === 0 ? world.server : another)),
    );
    const given = answers.filter(({ status }) => status === 200);
    expect(given).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).flatMap(codesOf))).toEqual(new Set(['REFRESH_SUPERSEDED']));
    expect(await whoIs(given[0]?.json['accessToken'])).toBe('clerk');
  });

  test('with an access token, or one that is forged, gives nothing', async () => {
    const { accessToken, refreshToken } = (await logIn('clerk')).json;
    for (const forged of [
      accessToken,
      `${String(refreshToken)}x`,
      'ses_x.y',
      String(refreshToken).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ]) {
      expect(codesOf(await post('/auth/refresh', { refreshToken: forged }))).toEqual(['SESSION_ENDED']);
    }
    expect(await whoIs(refreshToken)).toBe('401 UNAUTHENTICATED');
  });
});

describe('access ends', () => {
  test('with the log-out, at once', async () => {
    const { accessToken, refreshToken } = (await logIn('clerk')).json;
    expect(await whoIs(accessToken)).toBe('clerk');
    expect((await post('/auth/log-out', { refreshToken })).json).toEqual({ ended: true });
    expect(await whoIs(accessToken)).toBe('401 UNAUTHENTICATED');
    expect((await post('/auth/log-out', { refreshToken })).json).toEqual({ ended: false });
  });

  test('within 5 s of a log-out through another process', async () => {
    const { accessToken } = (await logIn('supervisor')).json;
    expect(await whoIs(accessToken)).toBe('supervisor');
    // What another process writes, and nothing that this one could know otherwise.
    await world.database.raw('UPDATE session SET revoked_at = now() WHERE staff_id = $1 AND revoked_at IS NULL', [world.staff.supervisor]);
    expect(await within5s(async () => (await whoIs(accessToken)) === '401 UNAUTHENTICATED')).toBe(true);
  });

  test('with a revoked grant: what it permitted is refused, and one stays logged in', async () => {
    const { grantId } = await newcomer('loses.grant');
    const { accessToken } = (await logIn('loses.grant')).json;
    const input = { idempotencyKey: freshKey(), organisationId: 'org_00000000000000000000000000', kind: 'INDIVIDUAL', name: '张三' };
    const create = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { userErrors { code } } }';
    const attempt = async (): Promise<unknown> => {
      const answer = await world.server.gql({ token: String(accessToken) }, create, { input });
      return answer.codes[0] ?? answer.data;
    };
    const notFound = { createCustomer: { userErrors: [{ code: 'ORGANISATION_NOT_FOUND' }] } };
    expect(await attempt()).toEqual(notFound);
    await world.access.run(revokeGrant, { grantId: grantId as Id<'grant'> });
    expect(await attempt()).toBe('FORBIDDEN');
    expect(await whoIs(accessToken)).toBe('loses.grant');
  });

  test('with the member of staff who is disabled, or the application', async () => {
    const { staffId } = await newcomer('gets.disabled');
    const { accessToken } = (await logIn('gets.disabled')).json;
    expect(await whoIs(accessToken)).toBe('gets.disabled');
    await world.access.run(changeStaff, { staffId, expectedVersion: await world.access.versionOf('staff', staffId), status: 'DISABLED' });
    expect(await whoIs(accessToken)).toBe('401 UNAUTHENTICATED');
    const { accessToken: other } = (await logIn('clerk')).json;
    const client = world.access.counter;
    await world.access.run(changeApiClient, {
      apiClientId: client,
      expectedVersion: await world.access.versionOf('api_client', client),
      status: 'DISABLED',
    });
    expect(await whoIs(other)).toBe('401 UNAUTHENTICATED');
    expect(codesOf(await logIn('clerk'))).toEqual(['CLIENT_REFUSED']);
    await world.access.run(changeApiClient, {
      apiClientId: client,
      expectedVersion: await world.access.versionOf('api_client', client),
      status: 'ACTIVE',
    });
    expect((await logIn('clerk')).status).toBe(200);
  });
});

describe('an outside issuer', () => {
  const sign = (subject: string, more: { key?: CryptoKey; audience?: string } = {}): Promise<string> =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setSubject(subject)
      .setIssuer(ISSUER)
      .setAudience(more.audience ?? 'sanhu')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(more.key ?? issuerKey);

  test('vouches for a member of staff', async () => {
    const { staffId } = await newcomer('by.issuer');
    await world.access.run(linkOidcIdentity, {
      staffId,
      expectedVersion: await world.access.versionOf('staff', staffId),
      identity: { issuer: ISSUER, subject: 'subject-1' },
    });
    const answer = await post('/auth/log-in/oidc', { idToken: await sign('subject-1') });
    expect(answer.status).toBe(200);
    expect(await whoIs(answer.json['accessToken'])).toBe('by.issuer');
    expect((await post('/auth/refresh', { refreshToken: answer.json['refreshToken'] })).status).toBe(200);
    const { privateKey } = await generateKeyPair('RS256');
    for (const idToken of [
      await sign('subject-2'),
      await sign('subject-1', { key: privateKey }),
      await sign('subject-1', { audience: 'another' }),
      'a.b.c',
    ]) {
      expect(codesOf(await post('/auth/log-in/oidc', { idToken }))).toEqual(['LOG_IN_REFUSED']);
    }
  });

  test('is none where none is configured', async () => {
    expect(codesOf(await post('/auth/log-in/oidc', { idToken: await sign('subject-1') }, another))).toEqual(['OIDC_NOT_CONFIGURED']);
  });
});

describe('a partner’s system', () => {
  const token = (client_secret: string, client_id = 'partner-1'): Promise<HttpAnswer> =>
    post('/auth/token', { grant_type: 'client_credentials', client_id, client_secret });

  test('gets a token for its credentials, good for its own contract only', async () => {
    const answer = await token(world.partnerSecret);
    expect([answer.status, answer.json]).toEqual([
      200,
      { access_token: expect.any(String) as string, token_type: 'Bearer', expires_in: expect.any(Number) as number },
    ]);
    const bearer = String(answer.json['access_token']);
    const own = await world.server.gql({ token: bearer, path: '/partner/graphql' }, '{ customers(first: 1) { nodes { id } } }');
    expect([own.status, own.codes]).toEqual([200, []]);
    const staff = await world.server.gql({ token: bearer }, '{ me { id } }');
    expect([staff.status, staff.codes]).toEqual([403, ['FORBIDDEN']]);
  });

  test('is told the same of an unknown client, a wrong secret and an application of the staff', async () => {
    const answers = [
      await token('wrong'),
      await token(world.partnerSecret, 'unknown'),
      await token(world.partnerSecret, 'counter'),
      await token('x'.repeat(900)),
    ];
    for (const answer of answers) expect([answer.status, answer.text]).toEqual([401, answers[0]?.text]);
    expect(codesOf(answers[0] as HttpAnswer)).toEqual(['CLIENT_REFUSED']);
  });

  test('with another grant type is refused as a bad request', async () => {
    const answer = await post('/auth/token', { grant_type: 'password', client_id: 'partner-1', client_secret: world.partnerSecret });
    expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_USER_INPUT']]);
    expect(answer.text).not.toContain(world.partnerSecret);
  });
});
