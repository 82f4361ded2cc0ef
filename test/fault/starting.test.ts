import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCustomer, createdIn, effectsOf, hallsOf, WHOLE } from '../support/customer-writes';
import { findFreePort, Installation, MAIN, until, type Program } from '../support/program';

/* The built program as it is started: with something in its way, beside another instance, as another user, and for a command. */

jest.setTimeout(240_000);

const isRoot = process.getuid?.() === 0;
const NOBODY = readFileSync('/etc/passwd', 'utf8')
  .split('\n')
  .map((line) => line.split(':'))
  .filter(([name]) => name === 'nobody')
  .map(([, , uid, gid]) => ({ uid: Number(uid), gid: Number(gid) }))[0];
const nobodyCanRun =
  isRoot && NOBODY !== undefined && spawnSync(process.execPath, [MAIN, '--version'], { ...NOBODY, cwd: '/' }).status === 0;

let installation: Installation;
/** Tells the keys of one attempt at a test from those of the next. */
let attempt = 0;
const listeners: Server[] = [];

beforeAll(async () => {
  installation = await Installation.make();
});

beforeEach(() => {
  attempt += 1;
});

afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});

afterAll(() => installation.remove());

async function takePort(): Promise<string> {
  const port = await findFreePort();
  const listener = createServer();
  listeners.push(listener);
  await new Promise<void>((taken) => listener.listen(port, '127.0.0.1', taken));
  return String(port);
}

/** Runs a command to its end. */
async function run(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string; errors: string }> {
  const program = installation.spawn(args, environment);
  const { code } = await program.ended;
  return { code, output: program.output, errors: program.errors };
}

describe('a start that cannot be', () => {
  it('names every variable that is wrong, shows no secret, and starts nothing', async () => {
    const wrong = { SANHU_PORT: 'http', SANHU_CORE_POOL_SIZE: '0', SANHU_SIGNING_KEY: 'swordfish', SANHU_POOL: '3' };
    const { code, output, errors } = await run(['serve'], wrong);
    expect({ code, output }).toEqual({ code: 1, output: '' });
    for (const text of [
      'SANHU_PORT="http": must be a whole number',
      'SANHU_CORE_POOL_SIZE="0": must lie between 1 and 500',
      'SANHU_SIGNING_KEY=(secret)',
      'SANHU_POOL: no such parameter',
    ]) {
      expect(errors).toContain(text);
    }
    expect(errors).not.toMatch(/swordfish|\n +at /);
    expect(installation.processes()).toEqual([]);
  });

  it('says that its database cannot be reached', async () => {
    const port = await findFreePort();
    const given = { DATABASE_URL: `postgres://sanhu:secret-of-it@127.0.0.1:${port}/sanhu`, SANHU_SIGNING_KEY: 'x'.repeat(32) };
    const { code, errors } = await run(['serve'], given);
    expect(code).toBe(1);
    expect(errors).toContain(`127.0.0.1:${port}`);
    expect(errors).not.toMatch(/secret-of-it|\n +at /);
  });

  it('says which port is taken, ends with 1, and stops the PostgreSQL that it had started', async () => {
    const port = await takePort();
    const { code, output, errors } = await run(['serve'], { SANHU_PORT: port });
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors).toContain(`127.0.0.1:${port}: another program listens on that port`);
    expect(errors).toContain('SANHU_PORT');
    expect(errors).not.toMatch(/\n +at /);
    expect(installation.processes()).toEqual([]);
  });
});

describe('beside a program that serves', () => {
  let first: Program;
  let token: string;
  let hall: string;

  beforeAll(async () => {
    first = await installation.serve({
      SANHU_LOCK_TIMEOUT_MS: '9000',
      SANHU_CORE_STATEMENT_TIMEOUT_MS: '9500',
      SANHU_REQUEST_DEADLINE_MS: '20000',
    });
    token = await first.logIn();
    hall = (await hallsOf(first, token))[0] ?? '';
  });

  afterAll(async () => {
    expect(await first.end('SIGTERM')).toMatchObject({ code: 0 });
    expect(first.errors).not.toContain('Warning');
    expect(installation.processes()).toEqual([]);
  });

  it('a second one on the same data is refused, and is told by which process', async () => {
    const { code, output, errors } = await run(['serve'], { SANHU_PORT: '0' });
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors).toContain(`Process ${first.pid} already uses the data in ${installation.data}`);
    expect(errors).not.toMatch(/\n +at /);
    expect((await first.ask({ token }, '{ me { loginName } }')).codes).toEqual([]);
  });

  it('the commands work on its database, and leave it running', async () => {
    const doctor = await run(['doctor']);
    expect(doctor).toMatchObject({ code: 0, output: expect.stringMatching(/^ok +primary is durable: fsync on$/m) as string });
    expect(doctor.output).toMatch(/^ok +replica .*: a standby$/m);
    expect(await run(['migrate'])).toMatchObject({ code: 0, output: 'The schema is up to date.\n' });
    expect(await run(['migrate'])).toMatchObject({ code: 0, output: 'The schema is up to date.\n' });
    expect(await run(['audit'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('The summaries agree with the parties.\nThe books of the ledger agree.\n') as string,
    });
    const config = await run(['config'], { SANHU_SIGNING_KEY: 'a secret of at least 32 characters', SANHU_PORT: '4321' });
    expect(config).toMatchObject({ code: 0, output: expect.stringMatching(/^SANHU_PORT=4321$/m) as string });
    expect(config.output).not.toContain('a secret');
    expect((await first.ask({ token }, '{ me { loginName } }')).codes).toEqual([]);
  });

  describe('a second core process on the same database', () => {
    let second: Program;
    beforeAll(async () => {
      second = await installation.serve({ ...installation.given, SANHU_REQUEST_DEADLINE_MS: '20000' }, ['serve', '--role', 'core']);
    });
    afterAll(async () => {
      expect(await second.end('SIGTERM')).toMatchObject({ code: 0 });
    });

    it('200 equal mutations with one key through both: one effect, 200 equal answers', async () => {
      for (let round = 0; round < 3; round += 1) {
        const key = `one-${attempt}-${round}`;
        const writes = await Promise.all(
          Array.from({ length: 200 }, (_, place) => createCustomer(place % 2 === 0 ? first : second, { token }, key, hall)),
        );
        expect(writes.flatMap(({ answer }) => answer.codes)).toEqual([]);
        const answers = new Set(writes.map(({ answer }) => JSON.stringify(createdIn(answer))));
        expect([...answers]).toEqual([expect.stringContaining(`"name":"${key}"`)]);
        expect((await effectsOf(installation, [key])).get(key)).toEqual(WHOLE);
      }
    });

    it('while the one works long at a key, the other waits 5 s, says so, and gives the same answer afterwards', async () => {
      const key = `long-${attempt}`;
      const holder = await installation.connect();
      await holder.query('BEGIN; LOCK TABLE customer IN SHARE MODE');
      const held = createCustomer(first, { token }, key, hall);
      await until(5_000, async () => (await blocked()) === 1);
      const { answer: waited } = await createCustomer(second, { token }, key, hall);
      expect(waited.codes).toEqual(['IDEMPOTENCY_IN_PROGRESS']);
      expect(waited.extensions['retryAfterMs']).toEqual(expect.any(Number));
      expect(waited.tookMs).toBeGreaterThan(4_900);
      expect(waited.tookMs).toBeLessThan(7_000);
      await holder.query('COMMIT');
      await holder.end();
      const whole = createdIn((await held).answer);
      expect(whole).toBeDefined();
      expect(createdIn((await createCustomer(second, { token }, key, hall)).answer)).toEqual(whole);
      expect((await effectsOf(installation, [key])).get(key)).toEqual(WHOLE);
    });
  });

  async function blocked(): Promise<number> {
    const [row] = await installation.sql<{ blocked: number }>(
      "SELECT count(*)::integer AS blocked FROM pg_stat_activity WHERE application_name = 'sanhu-core' AND wait_event_type = 'Lock'",
    );
    return row?.blocked ?? 0;
  }
});

it('with no program that serves, a command starts the servers for itself and stops them', async () => {
  expect(await run(['doctor'])).toMatchObject({ code: 0 });
  expect(installation.processes()).toEqual([]);
});

(nobodyCanRun ? describe : describe.skip)(
  `as a normal user${nobodyCanRun ? '' : ' (skipped: needs root, and a project that nobody may read)'}`,
  () => {
    it('serves under a home that is closed to others, and leaves nothing running', async () => {
      const home = mkdtempSync(join(tmpdir(), 'sanhu-home-'));
      const theirs = await Installation.make(join(home, 'data'));
      try {
        const { uid, gid } = NOBODY ?? { uid: 0, gid: 0 };
        mkdirSync(join(home, 'data'), { mode: 0o700 });
        for (const path of [home, join(home, 'data')]) chownSync(path, uid, gid);
        const program = theirs.spawn(
          ['serve'],
          { SANHU_PORT: String(await findFreePort()), HOME: home, TMPDIR: home },
          { uid, gid, cwd: home },
        );
        await program.whenServing();
        expect(statSync(home).mode & 0o777).toBe(0o700);
        expect(statSync(join(home, 'data', 'primary')).uid).toBe(uid);
        const token = await program.logIn('clerk.hangzhou');
        expect((await program.ask({ token }, '{ customers(first: 1) { edges { node { customerNo } } } }')).codes).toEqual([]);
        const admin = await program.logIn('finance');
        await until(
          20_000,
          async () =>
            (await program.ask({ token: admin, path: '/reporting/graphql' }, '{ partyStock { rows { parties } } }')).codes.length === 0,
        );
        expect(await program.end('SIGINT')).toMatchObject({ code: 0 });
        expect(theirs.processes()).toEqual([]);
      } finally {
        await theirs.remove();
        rmSync(home, { recursive: true, force: true, maxRetries: 5 });
      }
    });
  },
);
