import type { CoreDatabase } from '../../context';
import { foldPartySummary, recountPartySummary } from '../../component/report';
import type { Clock } from '../../../kernel/clock';

/** Transactions of one rebuild: two million figures of each kind. What is left, the next folds take. */
const ROUNDS_MAX = 100;

/**
 * Counts the whole summary again from the parties and their history, with the days of the operator's time zone. Business
 * and reports go on meanwhile and stay exact; only folds wait, and this waits for one that is under way.
 * @throws Failure DEADLINE_EXCEEDED when another rebuild is under way
 */
export async function rebuildPartySummary(database: CoreDatabase, clock: Clock): Promise<void> {
  await database.transaction(async (transaction) => {
    await recountPartySummary(transaction, clock.now());
    return { commit: true, value: undefined };
  });
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { value } = await database.transaction(async (transaction) => ({
      commit: true,
      value: await foldPartySummary(transaction, clock.now()),
    }));
    if (!value.more) break;
  }
}
