import type { CallContext } from '../../context';

/**
 * Does the same with each, one after another; what breaks of one does not hold up those after it.
 * @throws what the first of those that broke threw, when all have been tried
 */
export async function eachInTurn<One>(context: CallContext, all: readonly One[], act: (one: One) => Promise<unknown>): Promise<void> {
  const faults: unknown[] = [];
  for (const one of all) {
    try {
      await act(one);
    } catch (error) {
      if (context.signal?.aborted === true) throw error;
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}
