import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { MAIN } from '../support/program';
import { useDatabase } from '../support/database';

const database = useDatabase();
const PASSWORD = 'a long and lonely pass-phrase';

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs `sanhu found` on this file's database, as an administrator would, with the password on standard input. */
async function found(args: readonly string[], password: string): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, 'found', ...args], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url, SANHU_SIGNING_KEY: 'a signing key of at least 32 characters' },
  });
  child.stdin.end(`${password}\n`);
  const [[code], output, errors] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, output, errors };
}

const count = async (table: string): Promise<number> =>
  Number((await database.raw<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n);

test('a password that is too easy founds nobody; the same command with a better one goes on', async () => {
  const refused = await found(['--code', 'ZJ', '--name', '浙江电信'], '123456');
  expect(refused.code).toBe(1);
  expect(refused.errors).toMatch(/password/i);
  expect(await count('staff')).toBe(0);

  const done = await found(['--code', 'ZJ', '--name', '浙江电信', '--administrator', 'first.admin'], PASSWORD);
  expect(done).toMatchObject({ code: 0, output: '浙江电信 is founded; first.admin may log in.\n' });
  expect(done.output + done.errors).not.toContain(PASSWORD);
  const [who] = await database.raw<{ login: string; role: string; node: string }>(`
    SELECT s.login_name AS login, r.code AS role, o.code AS node
    FROM staff s JOIN staff_grant g ON g.staff_id = s.id JOIN role r ON r.id = g.role_id JOIN organisation o ON o.id = g.organisation_id`);
  expect(who).toEqual({ login: 'first.admin', role: 'SYSTEM_ADMINISTRATOR', node: 'ZJ' });
  expect(await count('service_type')).toBeGreaterThanOrEqual(5);
});

test('a second founding changes nothing, whoever it names', async () => {
  const before = await Promise.all(['staff', 'organisation', 'role', 'api_client', 'staff_grant'].map(count));
  const again = await found(['--code', 'GD', '--name', '广东电信', '--administrator', 'another'], PASSWORD);
  expect(again).toMatchObject({ code: 0, output: 'The operator was founded before: nothing was changed.\n' });
  expect(await Promise.all(['staff', 'organisation', 'role', 'api_client', 'staff_grant'].map(count))).toEqual(before);
});
