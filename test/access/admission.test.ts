import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { HttpServer, type GraphqlAnswer } from '../support/http-server';
import { encodeId, freshKey, useHttpWorld } from './http-world';

/**
 * Two servers of one place each: what waits for the only request under way is seen from outside. At the one it is refused soon,
 * so an answer of 200 says that nothing was waited for; at the other it is not refused while a test looks at it.
 */
const WAIT_MS = 400;
const world = useHttpWorld();
const narrow = new HttpServer(world.database);
const patient = new HttpServer(world.database);

beforeAll(async () => {
  for (const [server, waitMs] of [[narrow, WAIT_MS] as const, [patient, 60_000] as const]) {
    const environment = { SANHU_CORE_REQUESTS_AT_ONCE: '1', SANHU_CORE_REQUEST_WAIT_MS: String(waitMs) };
    await server.start({ clock: world.access.clock, authentication: world.access.anotherProcess(), environment });
  }
});
afterAll(() => Promise.all([narrow.stop(), patient.stop()]));

const READ = '{ me { loginName } }';
const CHANGE = `mutation ($input: ChangeCustomerInput!) { changeCustomer(input: $input) { customer { grade } userErrors { code } } }`;

const read = async (server: HttpServer): Promise<GraphqlAnswer> => server.gql({ token: await world.token('clerk') }, READ);
const gauge = async (server: HttpServer, state: string): Promise<number> => {
  const { text } = await server.request('/metrics');
  return Number(new RegExp(`^sanhu_requests_admitted\\{contract="staff",state="${state}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
};
const until = async (server: HttpServer, state: string, count: number): Promise<void> => {
  for (let polls = 0; polls < 100 && (await gauge(server, state)) !== count; polls += 1) await sleep(20);
  expect(await gauge(server, state)).toBe(count);
};

/** Runs while the only place is taken by a change that waits for somebody's lock; answers what became of that change. */
async function whileTaken(server: HttpServer, work: () => Promise<void>): Promise<GraphqlAnswer> {
  const token = await world.token('clerk');
  const id = world.ours.companyId;
  const holder = new Client({ connectionString: world.database.url });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM customer WHERE id = $1 FOR UPDATE', [id]);
  try {
    const [{ version } = { version: 0 }] = await world.database.raw<{ version: number }>('SELECT version FROM customer WHERE id = $1', [
      id,
    ]);
    const input = { customerId: encodeId('customer', id), expectedVersion: version, grade: 'GOLD', idempotencyKey: freshKey() };
    const changing = server.gql({ token }, CHANGE, { input });
    await until(server, 'under_way', 1);
    await work();
    await holder.query('ROLLBACK');
    return await changing;
  } finally {
    await holder.end();
  }
}

test('who comes to a full process waits, is told after a bounded time, and the work under way is not disturbed', async () => {
  const changed = await whileTaken(narrow, async () => {
    const startedMs = performance.now();
    const refused = await Promise.all(Array.from({ length: 20 }, () => read(narrow)));
    const tookMs = performance.now() - startedMs;
    for (const { status, errors, data } of refused) {
      expect([status, data]).toEqual([503, undefined]);
      expect(errors).toMatchObject([{ extensions: { code: 'DEPENDENCY_UNAVAILABLE', reason: 'TOO_MANY_REQUESTS_WAIT' } }]);
      expect(errors[0]?.extensions?.['traceId']).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(tookMs).toBeGreaterThan(WAIT_MS - 50);
    expect(tookMs).toBeLessThan(WAIT_MS + 4_000);
    const { text } = await narrow.request('/metrics');
    expect(text).toContain('sanhu_failures_total{code="DEPENDENCY_UNAVAILABLE"} 20');
  });
  expect(changed.data).toMatchObject({ changeCustomer: { customer: { grade: 'GOLD' }, userErrors: [] } });
  expect((await read(narrow)).codes).toEqual([]);
});

test('who has patience enough is answered in his turn', async () => {
  let waiting: Promise<GraphqlAnswer>[] = [];
  await whileTaken(patient, async () => {
    waiting = Array.from({ length: 10 }, () => read(patient));
    await until(patient, 'waiting', 10);
  });
  expect((await Promise.all(waiting)).map(({ status, codes }) => [status, codes])).toEqual(Array(10).fill([200, []]));
  await until(patient, 'under_way', 0);
});

test('who hangs up, sends no valid body, or no token, leaves no place taken', async () => {
  const token = await world.token('clerk');
  await whileTaken(patient, async () => {
    const caller = new AbortController();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query: READ });
    const hangingUp = Promise.allSettled(
      Array.from({ length: 5 }, () => fetch(patient.url('/graphql'), { method: 'POST', headers, body, signal: caller.signal })),
    );
    await until(patient, 'waiting', 5);
    caller.abort();
    expect((await hangingUp).map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  });
  for (let times = 0; times < 3; times += 1) {
    const headers = { 'content-type': 'application/json' };
    expect((await patient.request('/graphql', { method: 'POST', headers, body: '{' })).status).toBe(400);
    expect((await patient.post('/graphql', { query: READ })).status).toBe(401);
    expect((await patient.request('/graphql', { headers: { accept: 'text/html', 'accept-encoding': 'gzip' } })).status).toBe(200);
  }
  await until(patient, 'under_way', 0);
  expect((await read(patient)).codes).toEqual([]);
});

test('the page and the health of a full process are answered at once', async () => {
  await whileTaken(narrow, async () => {
    expect((await narrow.request('/graphql', { headers: { accept: 'text/html', 'accept-encoding': 'gzip' } })).status).toBe(200);
    expect((await narrow.request('/health/live')).status).toBe(200);
    expect((await narrow.request('/health/ready')).status).toBe(200);
  });
});

test('requests of one connection that has hung up are not begun', async () => {
  const token = await world.token('clerk');
  const body = JSON.stringify({ query: READ });
  const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`;
  const one = `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  const answered = async (): Promise<number> => {
    const { text } = await patient.request('/metrics');
    return Number(/^sanhu_requests_total\{contract="staff",outcome="ok"\} (\d+)$/m.exec(text)?.[1]);
  };
  const before = await answered();
  await whileTaken(patient, async () => {
    const socket = connect(patient.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(one.repeat(20));
    await until(patient, 'waiting', 20);
    socket.destroy();
    await sleep(50);
  });
  await until(patient, 'under_way', 0);
  await until(patient, 'waiting', 0);
  // The change that held the place, and nothing else.
  expect(await answered()).toBe(before + 1);
});

test('partners wait for partners, and no clerk for them', async () => {
  await whileTaken(narrow, async () => {
    const { status } = await narrow.gql({ token: await world.partnerToken(), path: '/partner/graphql' }, '{ __typename }');
    expect(status).toBe(200);
  });
});
