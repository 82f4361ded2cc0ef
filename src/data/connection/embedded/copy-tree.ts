import { constants, statSync } from 'node:fs';
import { chmod, chown, copyFile, lchown, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerAccount } from './server-account';

/** What of a tree is copied, and whose the copy is. */
export interface CopyOptions {
  readonly leaves: (path: string) => boolean;
  readonly owner?: ServerAccount | undefined;
  /** Adds reading (and entering) by everyone to what the source allows. */
  readonly readableByAll?: boolean;
}

/** Copies a directory with its modes; shares the blocks where the file system can. What `leaves` names is left out. */
export async function copyTree(source: string, target: string, options: CopyOptions): Promise<void> {
  const mode = statSync(source).mode & 0o777;
  await mkdir(target, { recursive: true });
  const entries = await readdir(source, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [from, to] = [join(source, entry.name), join(target, entry.name)];
      if (options.leaves(from)) return;
      if (entry.isDirectory()) return copyTree(from, to, options);
      if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
      else await copyFile(from, to, constants.COPYFILE_FICLONE);
      if (options.owner !== undefined) await lchown(to, options.owner.uid, options.owner.gid);
      if (options.readableByAll === true && entry.isFile()) await chmod(to, (statSync(from).mode & 0o777) | 0o444);
    }),
  );
  if (options.owner !== undefined) await chown(target, options.owner.uid, options.owner.gid);
  await chmod(target, options.readableByAll === true ? mode | 0o555 : mode);
}
