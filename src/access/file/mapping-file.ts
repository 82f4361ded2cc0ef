import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Json } from '../../kernel/stable-json';
import { FileUnreadable } from './row-file';

const MAPPING_BYTES_MAX = 1_048_576;

/** Mappings that are part of the project, each by its name. */
const SHIPPED = join('deploy', 'import');

/**
 * Reads a mapping file: a path, or the name of a mapping that the project ships (as `telco-customer-churn`).
 * @throws FileUnreadable naming the line and column that is not JSON
 */
export async function readMappingFile(nameOrPath: string): Promise<Json> {
  const file = existsSync(nameOrPath) ? nameOrPath : shippedMapping(nameOrPath);
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw new FileUnreadable(nameOrPath, 'there is no such mapping file');
  if (found.size > MAPPING_BYTES_MAX) throw new FileUnreadable(nameOrPath, `a mapping has at most ${MAPPING_BYTES_MAX} bytes`);
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new FileUnreadable(nameOrPath, `it is not JSON: ${reasonOf(text, error)}`);
  }
}

/** Where a shipped mapping lies: below the folder of package.json, which is above both `src` and `dist`. */
function shippedMapping(name: string): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return /^[a-z0-9][a-z0-9._-]*$/.test(name) ? join(folder, SHIPPED, `${name.replace(/\.json$/, '')}.json`) : name;
}

/** What is wrong and where: the engine tells a position, or shows the text around it. */
function reasonOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return message;
  const before = text.slice(0, Number(position)).split('\n');
  return `${message} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
