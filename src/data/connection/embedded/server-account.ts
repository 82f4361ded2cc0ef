import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The unprivileged account that PostgreSQL runs as when the program is root, which PostgreSQL refuses to be. */
export interface ServerAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

// `nobody` first: it is on every system. `postgres` may own another server's data, which this one should not be able to read.
const CANDIDATES = ['nobody', 'daemon', 'postgres'];

/**
 * The account to run the server as: the owner of the data where there are some, else the first unprivileged one known to
 * /etc/passwd; `undefined` when the program is not root and the server simply runs as its user.
 *
 * @throws Error when the data belong to another user, or when root finds no account to step down to.
 */
export function chooseServerAccount(dataDirectory: string): ServerAccount | undefined {
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  if (process.getuid?.() !== 0) {
    if (owner === undefined || owner.uid === process.getuid?.()) return undefined;
    throw new Error(
      `The data in ${dataDirectory} belong to user ${owner.uid}: start as that user, or set DATABASE_URL to use another server.`,
    );
  }
  if (owner !== undefined && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  for (const candidate of CANDIDATES) {
    const found = accounts.find((account) => account.name === candidate && account.uid !== 0 && account.gid !== 0);
    if (found !== undefined) return found;
  }
  throw new Error(
    `PostgreSQL does not run as root, and /etc/passwd has none of ${CANDIDATES.join(', ')} to run it as: ` +
      'start as a normal user, or set DATABASE_URL to use another server.',
  );
}

/** What a command left behind: its exit status (`null` when it was killed or never started) and all that it printed. */
export interface CommandResult {
  readonly status: number | null;
  readonly output: string;
}

/**
 * Runs a short command as the server's account, in a session of its own so that Ctrl-C at the terminal reaches only the
 * program, which then decides. It is killed after `withinMs`. Never rejects: a command that cannot start says so in `output`.
 */
export function runAsServer(
  account: ServerAccount | undefined,
  command: string,
  args: readonly string[],
  withinMs: number,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...accountIds(account),
      cwd: '/', // the program's own directory may be closed to the account, and PostgreSQL wants to know where it is
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const append = (text: Buffer): void => {
      output = (output + text.toString('utf8')).slice(-8_000);
    };
    child.stdout.on('data', append);
    child.stderr.on('data', append);
    const timer = setTimeout(() => {
      output += `\n(killed after ${withinMs} ms)`;
      child.kill('SIGKILL');
    }, withinMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ status: null, output: error.message });
    });
    child.once('close', (status) => {
      clearTimeout(timer);
      resolve({ status, output: output.trim() });
    });
  });
}

/** The `uid` and `gid` for `spawn`, or nothing when no stepping down is needed. Node also drops root's other groups. */
export function accountIds(account: ServerAccount | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/** Nothing of the caller's PGPORT, PGOPTIONS or language leaks into the server; messages are English, to be searched for. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
