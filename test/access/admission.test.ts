import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { HttpServer, type GraphqlAnswer } from '../support/http-server';
import { encodeId, freshKey, useHttpWorld } from './http-world';

/** One place, and little patience: what waits for the only request under way is seen from outside. */
const WAIT_MS = 400;
const world = useHttpWorld();
const narrow = new HttpServer(world.database);

beforeAll(async () => {
  const environment = { SANHU_CORE_REQUESTS_AT_ONCE: '1', SANHU_CORE_REQUEST_WAIT_MS: String(WAIT_MS) };
  await narrow.start({ clock: world.access.clock, authentication: world.access.anotherProcess(), environment });
});
afterAll(() => narrow.stop());

const READ = '{ me { loginName } }';
const CHANGE = `mutation ($input: ChangeCustomerInput!) { changeCustomer(input: $input) { customer { grade } userErrors { code } } }`;

const read = async (): Promise<GraphqlAnswer> => narrow.gql({ token: await world.token('clerk') }, READ);
const gauge = async (state: string): Promise<number> => {
  const { text } = await narrow.request('/metrics');
  return Number(new RegExp(`^sanhu_requests_admitted\\{contract="staff",state="${state}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
};
const until = async (state: string, count: number): Promise<void> => {
  for (let polls = 0; polls < 100 && (await gauge(state)) !== count; polls += 1) await sleep(20);
  expect(await gauge(state)).toBe(count);
};

/** Runs while the only place is taken by a change that waits for somebody's lock; answers what became of that change. */
async function whileTaken(work: () => Promise<void>): Promise<GraphqlAnswer> {
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
    const changing = narrow.gql({ token }, CHANGE, { input });
    await until('under_way', 1);
    await work();
    await holder.query('ROLLBACK');
    return await changing;
  } finally {
    await holder.end();
  }
}

test('who comes to a full process waits, is told after a bounded time, and the work under way is not disturbed', async () => {
  const changed = await whileTaken(async () => {
    const startedMs = performance.now();
    const refused = await Promise.all(Array.from({ length: 20 }, read));
    const tookMs = performance.now() - startedMs;
    for (const { status, errors, data } of refused) {
      expect([status, data]).toEqual([503, undefined]);
      expect(errors).toMatchObject([{ extensions: { code: 'DEPENDENCY_UNAVAILABLE', reason: 'TOO_MANY_REQUESTS_WAIT' } }]);
      expect(errors[0]?.extensions?.['traceId']).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(tookMs).toBeGreaterThan(WAIT_MS - 50);
    expect(tookMs).toBeLessThan(WAIT_MS + 2_000);
    const { text } = await narrow.request('/metrics');
    expect(text).toContain('sanhu_failures_total{code="DEPENDENCY_UNAVAILABLE"} 20');
  });
  expect(changed.data).toMatchObject({ changeCustomer: { customer: { grade: 'GOLD' }, userErrors: [] } });
  expect((await read()).codes).toEqual([]);
});

test('who has patience enough is answered in his turn', async () => {
  let waiting: Promise<GraphqlAnswer>[] = [];
  await whileTaken(async () => {
    waiting = Array.from({ length: 10 }, read);
    await until('waiting', 10);
  });
  expect((await Promise.all(waiting)).map(({ status, codes }) => [status, codes])).toEqual(Array(10).fill([200, []]));
  await until('under_way', 0);
});

test('who hangs up, sends no valid body, or no token, leaves no place taken', async () => {
  const token = await world.token('clerk');
  await whileTaken(async () => {
    const caller = new AbortController();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query: READ });
    const hangingUp = Promise.allSettled(
      Array.from({ length: 5 }, () => fetch(narrow.url('/graphql'), { method: 'POST', headers, body, signal: caller.signal })),
    );
    await until('waiting', 5);
    caller.abort();
    expect((await hangingUp).map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  });
  for (let times = 0; times < 3; times += 1) {
    const headers = { 'content-type': 'application/json' };
    expect((await narrow.request('/graphql', { method: 'POST', headers, body: '{' })).status).toBe(400);
    expect((await narrow.post('/graphql', { query: READ })).status).toBe(401);
    expect((await narrow.request('/graphql', { headers: { accept: 'text/html', 'accept-encoding': 'gzip' } })).status).toBe(200);
  }
  await until('under_way', 0);
  expect((await read()).codes).toEqual([]);
});

test('the page and the health of a full process are answered at once', async () => {
  await whileTaken(async () => {
    const startedMs = performance.now();
    expect((await narrow.request('/graphql', { headers: { accept: 'text/html', 'accept-encoding': 'gzip' } })).status).toBe(200);
    expect((await narrow.request('/health/live')).status).toBe(200);
    expect((await narrow.request('/health/ready')).status).toBe(200);
    expect(performance.now() - startedMs).toBeLessThan(WAIT_MS);
  });
});

test('requests of one connection that has hung up are not begun', async () => {
  const token = await world.token('clerk');
  const body = JSON.stringify({ query: READ });
  const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`;
  const one = `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  const answered = async (): Promise<number> => {
    const { text } = await narrow.request('/metrics');
    return Number(/^sanhu_requests_total\{contract="staff",outcome="ok"\} (\d+)$/m.exec(text)?.[1]);
  };
  const before = await answered();
  await whileTaken(async () => {
    const socket = connect(narrow.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(one.repeat(20));
    await until('waiting', 20);
    socket.destroy();
    await sleep(50);
  });
  await until('under_way', 0);
  await until('waiting', 0);
  // The change that held the place, and nothing else.
  expect(await answered()).toBe(before + 1);
});

test('partners wait for partners, and no clerk for them', async () => {
  await whileTaken(async () => {
    const startedMs = performance.now();
    const { status } = await narrow.gql({ token: await world.partnerToken(), path: '/partner/graphql' }, '{ __typename }');
    expect(status).toBe(200);
    expect(performance.now() - startedMs).toBeLessThan(WAIT_MS);
  });
});
