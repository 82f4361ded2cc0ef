import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { createCustomer, createdIn, expectNoneHalf, expectRepeatable, hallsOf, keepWriting } from '../support/customer-writes';
import { commandOf, Installation, kill, until, type Answer, type Program } from '../support/program';

/* The built program, whose servers are killed, held up and made to hang under it while it goes on. */

jest.setTimeout(240_000);

const STOCK = '{ partyStock { rows { parties } } }';
const REPORTING_ANSWERS_WITHIN_MS = 3_000;
/** What the core may take for one small request while something else fails, on a busy machine. */
const UNDISTURBED_MS = 2_000;
const BACK_WITHIN_MS = 30_000;

let installation: Installation;
let program: Program;
let token: string;
let halls: readonly string[];
/** Tells the keys of one attempt at a test from those of the next. */
let attempt = 0;
const listeners: Server[] = [];

beforeAll(async () => {
  installation = await Installation.make();
  program = await installation.serve();
  token = await program.logIn();
  halls = await hallsOf(program, token);
});

beforeEach(() => {
  attempt += 1;
});

afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});

afterAll(() => installation.remove());

const report = (): Promise<Answer> => program.ask({ token, path: '/reporting/graphql' }, STOCK);
const portOf = (role: 'primary' | 'standby'): number => Number(new URL(installation.primaryUrl).port) + (role === 'primary' ? 0 : 1);

/** Kills a server and takes its port, where connections are then accepted and never answered. Returns how to give it back. */
async function replaceBySilence(role: 'primary' | 'standby'): Promise<() => Promise<void>> {
  const port = portOf(role);
  const sockets = new Set<Socket>();
  const postmaster = installation.postmaster(role);
  expect(postmaster).toBeDefined();
  kill(postmaster);
  for (let attempt = 0; ; attempt += 1) {
    if (attempt === 2_000) throw new Error(`port ${port} cannot be taken`);
    const listener = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
    const taken = await new Promise<boolean>((settle) => {
      listener.once('error', () => settle(false));
      listener.listen(port, '127.0.0.1', () => settle(true));
    });
    if (!taken) continue;
    listeners.push(listener);
    return async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => listener.close(closed));
    };
  }
}

/** Waits until reports are answered again, with what has been written last. */
async function untilReporting(): Promise<void> {
  let last: Answer | undefined;
  await until(BACK_WITHIN_MS, async () => (last = await report()).codes.length === 0, () => JSON.stringify(last) + program.said()); // prettier-ignore
}

describe('the standby', () => {
  it('killed and its port hanging: reports fail clearly within 3 s, the core does not notice, and reports come back', async () => {
    await untilReporting();
    const load = keepWriting(program, token, { halls, writers: 2, name: `standby-${attempt}` });
    const giveBack = await replaceBySilence('standby');
    const reports: Answer[] = [];
    const queries: Answer[] = [];
    const begun = performance.now();
    while (performance.now() - begun < 5_000) {
      const [reported, queried] = await Promise.all([report(), program.ask({ token }, '{ me { loginName } }')]);
      reports.push(reported);
      queries.push(queried);
    }
    await load.stop();
    for (const answer of reports) {
      expect(answer.codes).toHaveLength(1);
      expect(answer.codes[0]).toMatch(/^(DEPENDENCY_UNAVAILABLE|REPLICA_BEHIND)/);
      expect(answer.extensions['retryAfterMs']).toEqual(expect.any(Number));
      expect(answer.tookMs).toBeLessThan(REPORTING_ANSWERS_WITHIN_MS);
    }
    const core = [...queries, ...load.writes.map(({ answer }) => answer)];
    expect(core.flatMap(({ codes }) => codes)).toEqual([]);
    expect(load.writes.length).toBeGreaterThan(20);
    expect(Math.max(...core.map(({ tookMs }) => tookMs))).toBeLessThan(UNDISTURBED_MS);
    expect(await program.get('/health/ready')).toMatchObject({ status: 200 });
    await giveBack();
    await untilReporting();
    expect(program.errors).toMatch(/the standby has died; starting it again/);
  });

  it('the process of the reporting role killed: reports fail clearly, the core does not notice, and reports come back', async () => {
    kill(program.children().find((pid) => commandOf(pid).includes('reporting')));
    const answers = await Promise.all([report(), program.ask({ token }, '{ me { loginName } }')]);
    expect(answers[1].codes).toEqual([]);
    expect(answers[0].codes).toEqual(['DEPENDENCY_UNAVAILABLE']);
    expect(answers[0].tookMs).toBeLessThan(REPORTING_ANSWERS_WITHIN_MS);
    await untilReporting();
  });
});

describe('the primary', () => {
  it('killed under load: errors are clear and quick, it is started again, and nothing is half written', async () => {
    const load = keepWriting(program, token, { halls, writers: 8, name: `primary-${attempt}` });
    await until(20_000, () => load.writes.length > 50);
    const postmaster = installation.postmaster('primary');
    kill(postmaster);
    const diedAt = load.writes.length;
    const ready = await untilAnswers('/health/ready', 503);
    expect(ready).toMatch(/"part":"core database","ready":false,"reason":".+"/);
    expect(await program.get('/health/live')).toMatchObject({ status: 200 });
    const wroteAgain = (): boolean => load.writes.slice(diedAt + 20).some(({ answer }) => createdIn(answer) !== undefined);
    const backMs = await until(BACK_WITHIN_MS, wroteAgain, () => program.said());
    await sleep(500);
    await load.stop();
    expect(installation.postmaster('primary')).not.toBe(postmaster);
    expect(backMs).toBeLessThan(BACK_WITHIN_MS);
    const failed = load.writes.filter(({ answer }) => createdIn(answer) === undefined);
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.flatMap(({ answer }) => answer.codes))).toEqual(new Set(['DEPENDENCY_UNAVAILABLE DATABASE_UNREACHABLE']));
    expect(Math.max(...load.writes.map(({ answer }) => answer.tookMs))).toBeLessThan(5_000);
    expect(await program.get('/health/ready')).toMatchObject({ status: 200 });
    await expectNoneHalf(installation, load.writes);
    await expectRepeatable(installation, program, token, load.writes);
    expect(program.hasEnded).toBe(false);
    await untilReporting(); // the standby follows the primary that came back
  });

  it('replaced by silence: every wait is bounded, live is 200, ready is 503, and the core recovers by itself', async () => {
    const giveBack = await replaceBySilence('primary');
    const load = keepWriting(program, token, { halls, writers: 8, name: `silence-${attempt}` });
    const begun = performance.now();
    while (performance.now() - begun < 6_000) {
      const [ready, live, query] = await Promise.all([
        program.get('/health/ready'),
        program.get('/health/live'),
        program.ask({ token }, '{ organisations(first: 1) { edges { node { id } } } }'),
      ]);
      expect([ready.status, live.status]).toEqual([503, 200]);
      expect(Math.max(ready.tookMs, query.tookMs)).toBeLessThan(5_000);
      expect(live.tookMs).toBeLessThan(1_000);
      expect(query.codes.join()).toMatch(/^DEPENDENCY_UNAVAILABLE/);
    }
    expect(await program.gauge('sanhu_pool_connections{pool="core",state="used"}')).toBeLessThanOrEqual(20);
    await giveBack();
    const sent = load.writes.length;
    await until(BACK_WITHIN_MS, () => load.writes.slice(sent).some(({ answer }) => createdIn(answer) !== undefined), () => program.said()); // prettier-ignore
    await load.stop();
    const codes = new Set(load.writes.flatMap(({ answer }) => answer.codes.map((code) => code.split(' ')[0])));
    expect(codes).toEqual(new Set(['DEPENDENCY_UNAVAILABLE']));
    expect(Math.max(...load.writes.map(({ answer }) => answer.tookMs))).toBeLessThan(8_000);
    await expectRepeatable(installation, program, token, load.writes);
    await untilIdle(program);
    await untilReporting();
  });
});

/** Asks until the status is that one; returns the answer. */
async function untilAnswers(path: string, status: number): Promise<string> {
  let answer = await program.get(path);
  await until(10_000, async () => (answer = await program.get(path)).status === status, () => program.said()); // prettier-ignore
  return answer.text;
}

/** No connection is lent out and nobody waits for one. */
async function untilIdle(of: Program): Promise<void> {
  const use = async (): Promise<readonly number[]> => [
    await of.gauge('sanhu_pool_connections{pool="core",state="used"}'),
    await of.gauge('sanhu_pool_connections{pool="core",state="waiting"}'),
  ];
  let last: readonly number[] = [];
  await until(5_000, async () => (last = await use()).every((count) => count === 0), () => JSON.stringify(last)); // prettier-ignore
}

describe('a pool of two', () => {
  const POOL_WAIT_MS = 500;
  const DEADLINE_MS = 4_000;
  const CHANGE = `mutation ($input: ChangeCustomerInput!) { changeCustomer(input: $input) { customer { grade version } userErrors { code } } }`;
  let small: Program;
  let customer: { readonly id: string; readonly name: string };
  let holder: Client;

  beforeAll(async () => {
    small = await installation.serve(
      {
        ...installation.given,
        SANHU_CORE_POOL_SIZE: '2',
        SANHU_CORE_POOL_WAIT_MS: String(POOL_WAIT_MS),
        SANHU_REQUEST_DEADLINE_MS: String(DEADLINE_MS),
        SANHU_LOCK_TIMEOUT_MS: '30000',
        SANHU_CORE_STATEMENT_TIMEOUT_MS: '40000',
      },
      ['serve', '--role', 'core'],
    );
    holder = await installation.connect();
  });

  beforeEach(async () => {
    const made = await createCustomer(program, { token }, `held-${attempt}`, halls[0] ?? '');
    customer = createdIn(made.answer) as typeof customer;
  });

  afterEach(() => release());

  afterAll(async () => {
    await holder.end();
    expect(await small.end('SIGTERM')).toMatchObject({ code: 0 });
  });

  const hold = (): Promise<unknown> => holder.query(`BEGIN; SELECT 1 FROM customer WHERE name = 'held-${attempt}' FOR UPDATE`);
  const release = (): Promise<unknown> => holder.query('ROLLBACK');
  const change = (key: string, expectedVersion: number, signal?: AbortSignal): Promise<Answer> =>
    small.ask({ token, ...(signal !== undefined && { signal }) }, CHANGE, {
      input: { customerId: customer.id, expectedVersion, grade: 'GOLD', idempotencyKey: key },
    });
  /** Statements of the small program that wait for a lock. */
  const waiting = async (): Promise<number> => {
    // Not on the holder's connection: a transaction sees this view as it was when it first looked.
    const [row] = await installation.sql<{ waiting: number }>(
      "SELECT count(*)::integer AS waiting FROM pg_stat_activity WHERE application_name = 'sanhu-core' AND wait_event_type = 'Lock'",
    );
    return row?.waiting ?? 0;
  };
  const version = async (): Promise<number> => {
    const [row] = await installation.sql<{ version: number }>('SELECT version FROM customer WHERE name = $1', [customer.name]);
    return row?.version ?? 0;
  };

  it('full: whoever comes is told POOL_EXHAUSTED after the wait, and all is well once it is free', async () => {
    await small.ask({ token }, '{ me { loginName } }');
    await hold();
    const held = [change(`full-0-${attempt}`, 1), change(`full-1-${attempt}`, 1)];
    await until(3_000, async () => (await waiting()) === 2);
    const refused = await Promise.all(
      Array.from({ length: 20 }, () => small.ask({ token }, '{ customers(first: 1) { edges { node { id } } } }')),
    );
    expect(new Set(refused.flatMap(({ codes }) => codes))).toEqual(new Set(['DEPENDENCY_UNAVAILABLE POOL_EXHAUSTED']));
    expect(refused.filter(({ codes }) => codes.length > 0)).toHaveLength(20);
    expect(Math.min(...refused.map(({ tookMs }) => tookMs))).toBeGreaterThan(POOL_WAIT_MS - 50);
    expect(Math.max(...refused.map(({ tookMs }) => tookMs))).toBeLessThan(POOL_WAIT_MS + 2_000);
    expect(await small.get('/health/ready')).toMatchObject({ status: 503, text: expect.stringMatching(/became free/) as string });
    expect(await small.gauge('sanhu_pool_connections{pool="core",state="used"}')).toBe(2);
    await release();
    const ended = await Promise.all(held);
    expect(ended.map(({ codes }) => codes)).toEqual([[], []]);
    expect(
      ended.map(({ data }) => (data?.['changeCustomer'] as { userErrors: { code: string }[] }).userErrors.map(({ code }) => code)).sort(),
    ).toEqual([[], ['STALE_VERSION']]);
    const after = await Promise.all(
      Array.from({ length: 20 }, () => small.ask({ token }, '{ customers(first: 1) { edges { node { id } } } }')),
    );
    expect(after.flatMap(({ codes }) => codes)).toEqual([]);
    await untilIdle(small);
  });

  it('a request past its deadline is answered, and its statement is no more', async () => {
    await hold();
    const before = await version();
    const late = await change(`late-${attempt}`, before);
    expect(late.codes).toEqual(['DEADLINE_EXCEEDED']);
    expect(late.tookMs).toBeGreaterThan(DEADLINE_MS - 50);
    expect(late.tookMs).toBeLessThan(DEADLINE_MS + 2_000);
    expect(await waiting()).toBe(0);
    await untilIdle(small);
    await release();
    expect(await version()).toBe(before);
    expect((await change(`late-${attempt}`, before)).codes).toEqual([]);
    expect((await change(`late-${attempt}`, before)).data).toMatchObject({ changeCustomer: { userErrors: [] } });
    expect(await version()).toBe(before + 1);
  });

  it('a caller who hangs up takes his statement with him', async () => {
    await hold();
    const before = await version();
    const hangUp = new AbortController();
    const gone = change(`gone-${attempt}`, before, hangUp.signal);
    await until(3_000, async () => (await waiting()) === 1);
    hangUp.abort();
    expect((await gone).codes).toEqual(['HUNG_UP']);
    expect(await until(2_000, async () => (await waiting()) === 0)).toBeLessThan(2_000);
    await untilIdle(small);
    await release();
    expect(await version()).toBe(before);
    expect((await change(`gone-${attempt}`, before)).codes).toEqual([]);
    expect(await version()).toBe(before + 1);
  });
});
