import { serverAudits, type AuditResult } from 'graphql-http';
import { useHttpWorld } from '../access/http-world';

const world = useHttpWorld();

/**
 * What the audits recommend and Sanhu does otherwise, on purpose. Ids are the audits' own.
 *
 * With `application/json`, a document that cannot be executed is answered 400, not 200: a client that looks at nothing but the
 * status must not take it for done. With `application/graphql-response+json`, where a status has a meaning, all is as recommended.
 */
const ACCEPTED_WARNINGS = ['572B', 'FDE2', '7B9B'];
/** A GET without the header that a foreign page cannot send is refused (CSRF); the audits send none. */
const ACCEPTED_NOTICES = ['5A70', 'D6D5', '6A70'];

// The audits ask `__type`, so the caller is one who may.
const audits = serverAudits({
  url: () => world.server.url('/graphql'),
  fetchFn: async (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await world.token('admin')}`);
    return fetch(url, { ...init, headers });
  },
});

describe('the audit suite of GraphQL over HTTP', () => {
  const found = new Map<string, AuditResult['status']>();

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (id, _name, audit) => {
    const result = await audit.fn();
    found.set(id, result.status);
    expect(result).not.toMatchObject({ status: 'error' });
  });

  test('leaves nothing to be desired beyond what is accepted here', () => {
    const of = (status: AuditResult['status']): string[] => [...found].filter(([, is]) => is === status).map(([id]) => id);
    expect({ warn: of('warn').sort(), notice: of('notice').sort() }).toEqual({
      warn: [...ACCEPTED_WARNINGS].sort(),
      notice: [...ACCEPTED_NOTICES].sort(),
    });
    expect(found.size).toBe(61);
  });
});

describe('a request without valid credentials', () => {
  const unauthenticated = {
    errors: [{ message: expect.any(String) as string, extensions: { code: 'UNAUTHENTICATED', traceId: expect.any(String) as string } }],
  };

  test.each(['/graphql', '/partner/graphql'])('%s is answered 401 in GraphQL’s shape, whatever it asks', async (path) => {
    const credentials = [undefined, 'Bearer', 'Bearer ', 'Bearer x.y.z', 'Basic YTpi', `Bearer ${'a'.repeat(5_000)}`];
    for (const authorization of credentials) {
      for (const body of [{ query: '{ __typename }' }, { query: '{ __schema { types { name } } }' }, { query: 'no' }, {}]) {
        const answer = await world.server.post(path, body, authorization === undefined ? {} : { authorization });
        expect([answer.status, answer.json]).toEqual([401, unauthenticated]);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="sanhu"');
      }
    }
  });

  test('a caller of another kind is answered 403', async () => {
    const staff = await world.server.gql({ token: await world.partnerToken() }, '{ __typename }');
    const partner = await world.server.gql({ token: await world.token('admin'), path: '/partner/graphql' }, '{ __typename }');
    expect([staff.status, staff.codes, partner.status, partner.codes]).toEqual([403, ['FORBIDDEN'], 403, ['FORBIDDEN']]);
  });

  test('has answers that no cache keeps and no browser guesses the type of', async () => {
    const answers = [
      await world.server.post('/graphql', {}),
      await world.server.gql({ token: await world.token('clerk') }, '{ __typename }'),
    ];
    for (const { headers } of answers) {
      expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
    }
  });
});
