import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCustomer, createdIn, expectNoneHalf, expectRepeatable, hallsOf, keepWriting, type Write } from '../support/customer-writes';
import { Installation, isAlive, until, type Program } from '../support/program';

/* The built program, told to stop or killed while it works. */

jest.setTimeout(240_000);

const STOPS_WITHIN_MS = 15_000;
const ORPHANS_END_WITHIN_MS = 10_000;

let installation: Installation;
/** Tells the keys of one attempt at a test from those of the next. */
let attempt = 0;

beforeAll(async () => {
  installation = await Installation.make();
});

beforeEach(() => {
  attempt += 1;
});

afterEach(() => installation.killPrograms());

afterAll(() => installation.remove());

async function serve(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ program: Program; token: string; halls: readonly string[] }> {
  const program = await installation.serve(environment);
  const token = await program.logIn();
  return { program, token, halls: await hallsOf(program, token) };
}

/** A caller that sends half a request, and keeps its connection open. */
function sendHalf(program: Program): Promise<'hung up'> {
  const { hostname, port } = new URL(program.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined).on('close', () => resolve('hung up'));
    socket.write('POST /graphql HTTP/1.1\r\nhost: sanhu\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"query": "');
  });
}

it('told to stop while it starts for the first time, it ends cleanly and leaves nothing running', async () => {
  const program = installation.spawn(['serve'], { SANHU_PORT: '0', SANHU_LOG_LEVEL: 'info' });
  await until(60_000, () => /creating the database|the (running )?primary/.test(program.errors), () => program.said()); // prettier-ignore
  const { code, tookMs } = await program.end('SIGTERM');
  expect({ code, left: installation.processes() }).toEqual({ code: 0, left: [] });
  expect(tookMs).toBeLessThan(60_000); // PostgreSQL is made to its end
  expect(program.output).toBe('');
});

it('told to stop with 50 mutations in flight and half a request: each is answered or hung up on, and none is half done', async () => {
  const { program, token, halls } = await serve({ SANHU_CORE_POOL_SIZE: '60' });
  const [freed = '', kept = ''] = halls;
  const holders = await Promise.all(
    [freed, kept].map(async (hall) => {
      const holder = await installation.connect();
      // A new customer refers to its node: whoever opens one there waits.
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM organisation WHERE id = $1 FOR UPDATE', [uuidOf(hall)]);
      return holder;
    }),
  );
  const sent: Promise<Write>[] = [];
  for (let count = 0; count < 50; count += 1)
    sent.push(createCustomer(program, { token }, `stopped-${attempt}-${count}`, count % 2 === 0 ? freed : kept));
  const half = sendHalf(program);
  await until(10_000, async () => (await blocked()) === 50, async () => String(await blocked())); // prettier-ignore
  const ending = program.end('SIGTERM');
  await sleep(500);
  expect(program.hasEnded).toBe(false);
  await holders[0]?.query('COMMIT');
  const { code, tookMs } = await ending;
  const writes = await Promise.all(sent);
  expect({ code, left: installation.processes(), half: await half }).toEqual({ code: 0, left: [], half: 'hung up' });
  expect(tookMs).toBeLessThan(STOPS_WITHIN_MS);
  expect(program.errors).not.toMatch(/in time/);
  const answered = writes.filter(({ answer }) => createdIn(answer) !== undefined);
  expect(answered.map(({ organisationId }) => organisationId)).toEqual(Array.from({ length: 25 }, () => freed));
  const others = writes.filter(({ answer }) => createdIn(answer) === undefined);
  for (const { answer } of others) expect(answer.codes.join()).toMatch(/^(DEADLINE_EXCEEDED|DEPENDENCY_UNAVAILABLE.*|HUNG_UP)$/);
  await Promise.all(holders.map((holder) => holder.end().catch(() => undefined)));

  const again = await serve();
  expect(await expectNoneHalf(installation, writes)).toBe(25);
  await expectRepeatable(installation, again.program, again.token, writes);
  const stopped = await again.program.end('SIGTERM');
  expect(stopped).toMatchObject({ code: 0 });
});

/** Mutations that wait for a lock. */
async function blocked(): Promise<number> {
  const [row] = await installation.sql<{ blocked: number }>(
    "SELECT count(*)::integer AS blocked FROM pg_stat_activity WHERE application_name = 'sanhu-core' AND wait_event_type = 'Lock'",
  );
  return row?.blocked ?? 0;
}

/** A published id is a UUID in Crockford's base 32 behind a prefix. */
function uuidOf(typeId: string): string {
  const digits = [...(typeId.split('_')[1] ?? '')].map((digit) => '0123456789abcdefghjkmnpqrstvwxyz'.indexOf(digit));
  const value = digits.reduce((sum, digit) => sum * 32n + BigInt(digit), 0n);
  const text = value.toString(16).padStart(32, '0');
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

it('Ctrl-C that arrives twice, from the terminal and from npm, stops it cleanly while keep-alive callers work', async () => {
  const { program, token, halls } = await serve();
  const load = keepWriting(program, token, { halls, writers: 8, name: `ctrl-c-${attempt}` });
  await until(20_000, () => load.writes.length > 50);
  const ending = program.end('SIGINT');
  await sleep(30);
  program.child.kill('SIGINT');
  const { code, tookMs } = await ending;
  await load.stop();
  expect({ code, left: installation.processes() }).toEqual({ code: 0, left: [] });
  expect(program.errors).not.toMatch(/in time/);
  expect(tookMs).toBeLessThan(5_000);
  const again = await serve();
  await expectNoneHalf(installation, load.writes);
  await expectRepeatable(installation, again.program, again.token, load.writes);
  await again.program.end('SIGTERM');
});

it('killed under load: its roles end by themselves, the next start adopts the servers, and nothing is half written', async () => {
  const { program, token, halls } = await serve();
  const children = program.children();
  expect(children).toHaveLength(2);
  const servers = { primary: installation.postmaster('primary'), standby: installation.postmaster('standby') };
  const load = keepWriting(program, token, { halls, writers: 8, name: `killed-${attempt}` });
  await until(20_000, () => load.writes.length > 50);
  expect(await program.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
  const tookMs = await until(ORPHANS_END_WITHIN_MS, () => !children.some(isAlive));
  expect(tookMs).toBeLessThan(ORPHANS_END_WITHIN_MS);
  await load.stop();
  expect({ primary: installation.postmaster('primary'), standby: installation.postmaster('standby') }).toEqual(servers);
  const again = await serve();
  expect({ primary: installation.postmaster('primary'), standby: installation.postmaster('standby') }).toEqual(servers);
  await expectNoneHalf(installation, load.writes);
  await expectRepeatable(installation, again.program, again.token, load.writes);
  expect(await again.program.end('SIGTERM')).toMatchObject({ code: 0 });
  expect(installation.processes()).toEqual([]);
});

it('killed while it starts, its roles do not outlive it, and the next start stops with its terminal, its servers too', async () => {
  const program = installation.spawn(['serve'], { SANHU_PORT: '0' });
  await until(60_000, () => program.children().length === 2, () => program.said()); // prettier-ignore
  const children = program.children();
  await program.end('SIGKILL');
  await until(ORPHANS_END_WITHIN_MS, () => !children.some(isAlive));
  const again = await serve();
  // As when a terminal is closed: the signal comes, and nobody reads any more what is printed.
  again.program.child.stdout?.destroy();
  again.program.child.stderr?.destroy();
  expect(await again.program.end('SIGHUP')).toMatchObject({ code: 0 });
  expect(installation.processes()).toEqual([]);
});
