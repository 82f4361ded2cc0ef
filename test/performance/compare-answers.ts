import { isDeepStrictEqual } from 'node:util';
import { VoidRun } from './void-run';

/** How many are asked for at once. */
const AT_ONCE = 8;

export interface Compared {
  readonly answers: number;
  /** Of both, since they are equal: what an answer holds on average. */
  readonly objectsPerAnswer: number;
}

/**
 * Asks both servers for the same keys and compares the data of their answers, once parsed.
 * @throws VoidRun when one differs
 */
export async function compareAnswers(
  keys: readonly string[],
  product: (key: string) => Promise<string>,
  reference: (key: string) => Promise<string>,
): Promise<Compared> {
  let objects = 0;
  for (let first = 0; first < keys.length; first += AT_ONCE) {
    await Promise.all(
      keys.slice(first, first + AT_ONCE).map(async (key) => {
        const [one, other] = (await Promise.all([product(key), reference(key)])).map(
          (text) => (JSON.parse(text) as { data: unknown }).data,
        );
        if (!isDeepStrictEqual(one, other)) {
          throw new VoidRun(`the answers for ${key} differ: ${JSON.stringify(one)} is not ${JSON.stringify(other)}`);
        }
        objects += countObjects(one) - 1;
      }),
    );
  }
  return { answers: keys.length, objectsPerAnswer: Math.round((objects / keys.length) * 10) / 10 };
}

function countObjects(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const within = Object.values(value).reduce<number>((sum, part) => sum + countObjects(part), 0);
  return Array.isArray(value) ? within : within + 1;
}
