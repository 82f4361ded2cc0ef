import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { changeStaff, linkOidcIdentity, type Authentication } from '../../src/business/component/staff';
import type { Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { refusalsIn } from '../support/party-world';
import { ORIGIN, useAccessWorld } from './access-world';

const ISSUER = 'https://issuer.example';
const database = useDatabase();
const world = useAccessWorld(database);

/** An issuer's key set, really served; it counts who asks, and can be broken. */
let server: Server;
let mode: 'up' | 'error' | 'hangs' = 'up';
let fetches = 0;
let issuerKey: CryptoKey;
let strangersKey: CryptoKey;
let authentication: Authentication;
let staffId: Id<'staff'>;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  issuerKey = pair.privateKey;
  strangersKey = (await generateKeyPair('RS256')).privateKey;
  const keySet = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] });
  server = createServer((_request, response) => {
    fetches += 1;
    if (mode === 'hangs') return;
    response.writeHead(mode === 'up' ? 200 : 500, { 'content-type': 'application/json' }).end(keySet);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  authentication = another();
  staffId = await world.staff('by.identity', world.hallOne, null);
  await world.run(linkOidcIdentity, { staffId, expectedVersion: 1, identity: { issuer: ISSUER, subject: 'subject-1' } });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function another(): Authentication {
  const { port } = server.address() as AddressInfo;
  return world.anotherProcess({ oidcIssuer: ISSUER, oidcAudience: 'sanhu', oidcJwksUrl: `http://127.0.0.1:${port}/keys` });
}

interface Claims {
  readonly subject?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string;
  readonly key?: CryptoKey;
}

function sign({
  subject = 'subject-1',
  issuer = ISSUER,
  audience = 'sanhu',
  expires = '5m',
  key = issuerKey,
}: Claims = {}): Promise<string> {
  return new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).setSubject(subject).setIssuer(issuer).setAudience(audience)
    .setIssuedAt().setExpirationTime(expires).sign(key); // prettier-ignore
}

const tryToken = async (token: string, by = authentication): Promise<string> => {
  const result = await by.logInWithOidc({ token, clientCode: 'counter' }, ORIGIN);
  return result.ok ? 'in' : refusalsIn(result).join();
};

it('lets in for whom the issuer vouches, with the keys fetched once', async () => {
  const result = await authentication.logInWithOidc({ token: await sign(), clientCode: 'counter' }, ORIGIN);
  if (!result.ok) throw new Error('refused');
  expect(result.value.staffId).toBe(staffId);
  expect(await authentication.verifyAccessToken(result.value.accessToken)).toMatchObject({ kind: 'STAFF', staffId });
  expect(await tryToken(await sign())).toBe('in');
  expect(fetches).toBe(1);
  expect((await world.trail(staffId)).at(-1)).toMatchObject({
    operation: 'logInWithOidc',
    after: { outcome: 'RIGHT', subject: 'subject-1' },
  });
});

it('lets nobody in by any other token', async () => {
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await sign()).split('.')[1]}.`;
  const symmetric = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject('subject-1').setIssuer(ISSUER).setAudience('sanhu')
    .setIssuedAt().setExpirationTime('5m').sign(Buffer.alloc(32, 1)); // prettier-ignore
  const withoutEnd = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).setSubject('subject-1').setIssuer(ISSUER).setAudience('sanhu')
    .setIssuedAt().sign(issuerKey); // prettier-ignore
  const tokens = {
    'an unknown subject': await sign({ subject: 'subject-2' }), 'another issuer': await sign({ issuer: 'https://evil.example' }),
    'another audience': await sign({ audience: 'another' }), 'an expired one': await sign({ expires: '-1m' }),
    "a stranger's key": await sign({ key: strangersKey }), 'no signature': none, 'a symmetric signature': symmetric,
    'no end': withoutEnd, nothing: '', garbage: 'a.b.c', 'a long one': 'x'.repeat(20_000),
  }; // prettier-ignore
  for (const [what, token] of Object.entries(tokens)) expect([what, await tryToken(token)]).toEqual([what, 'LOG_IN_REFUSED']);
});

it('lets in neither a disabled member of staff nor through an unknown client', async () => {
  expect(refusalsIn(await authentication.logInWithOidc({ token: await sign(), clientCode: 'nobody' }, ORIGIN))).toEqual([
    'clientCode CLIENT_REFUSED',
  ]);
  await world.run(changeStaff, { staffId, expectedVersion: 2, status: 'DISABLED' });
  expect(await tryToken(await sign())).toBe('LOG_IN_REFUSED');
  await world.run(changeStaff, { staffId, expectedVersion: 3, status: 'ACTIVE' });
  expect(await tryToken(await sign())).toBe('in');
});

it('says that the issuer is away, within a bound, when its keys cannot be fetched', async () => {
  for (const broken of ['error', 'hangs'] as const) {
    mode = broken;
    const startedMs = performance.now();
    await expect(another().logInWithOidc({ token: await sign(), clientCode: 'counter' }, ORIGIN)).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
      details: { reason: 'OIDC_UNREACHABLE' },
    });
    expect(performance.now() - startedMs).toBeLessThan(4_500);
  }
  expect(await tryToken(await sign())).toBe('in');
  mode = 'up';
});

it('is off where no issuer is configured', async () => {
  expect(await tryToken(await sign(), world.authentication)).toBe('OIDC_NOT_CONFIGURED');
});
