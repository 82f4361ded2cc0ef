import DataLoader from 'dataloader';
import type { Page } from '../../../kernel/page';

/** The largest number of keys in one statement. */
const BATCH_MAX = 500;

interface HasLoaders {
  readonly loaders: Map<string, DataLoader<unknown, unknown>>;
}

/**
 * The request's loader of that name: collects the keys asked for in one turn of the event loop and reads them together.
 * `key` picks the key out of a value; a key for which nothing is read loads as `undefined`.
 */
export function loaderOf<Key extends string, Value>(
  context: HasLoaders,
  name: string,
  read: (keys: readonly Key[]) => Promise<readonly Value[]>,
  key: (value: Value) => Key,
): DataLoader<Key, Value | undefined> {
  return loader(context, name, async (keys) => {
    const values = new Map((await read(keys)).map((value) => [key(value), value]));
    return keys.map((asked) => values.get(asked));
  });
}

/** As {@link loaderOf}, for what each key has several of, in the order read. */
export function groupLoaderOf<Key extends string, Value>(
  context: HasLoaders,
  name: string,
  read: (keys: readonly Key[]) => Promise<readonly Value[]>,
  key: (value: Value) => Key,
): DataLoader<Key, readonly Value[]> {
  return loader(context, name, async (keys) => {
    const groups = new Map<Key, Value[]>(keys.map((asked) => [asked, []]));
    for (const value of await read(keys)) groups.get(key(value))?.push(value);
    return keys.map((asked) => groups.get(asked) ?? []);
  });
}

function loader<Key extends string, Value>(
  { loaders }: HasLoaders,
  name: string,
  batch: (keys: readonly Key[]) => Promise<readonly Value[]>,
): DataLoader<Key, Value> {
  const known = loaders.get(name);
  if (known !== undefined) return known as unknown as DataLoader<Key, Value>;
  const made = new DataLoader<Key, Value>(batch, { maxBatchSize: BATCH_MAX });
  loaders.set(name, made);
  return made;
}

/** As {@link loaderOf}, for one page of what each key has. */
export function pageLoaderOf<Key extends string, Value>(
  context: HasLoaders,
  name: string,
  read: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Page<Value>>>,
): DataLoader<Key, Page<Value>> {
  return loader(context, name, async (keys) => {
    const pages = await read(keys);
    return keys.map((asked) => pages.get(asked) ?? { rows: [], hasNextPage: false });
  });
}
