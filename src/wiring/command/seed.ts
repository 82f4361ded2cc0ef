import { showProgress } from '../../access/cli/progress';
import { Authentication } from '../../business/component/staff';
import { keepUnit } from '../../business/execute';
import { seedDemonstration, type Demonstration } from '../../business/process/demonstration';
import { systemClock } from '../../kernel/clock';
import { openCore, type Settings } from '../settings';

const SEED_POOL_SIZE = 4;

/** The demonstration's operator, in a database that is empty or holds just that; null for an operator of its own. */
export async function seed(settings: Settings, stop?: AbortSignal): Promise<Demonstration | null> {
  const { configuration, signingKey } = settings;
  const database = await openCore(settings, SEED_POOL_SIZE);
  const progress = showProgress(process.stderr, 'seeding customers', null);
  try {
    const authentication = new Authentication({ database, clock: systemClock, keepUnit, signingKey, configuration });
    const onProgress = (done: number): void => {
      stop?.throwIfAborted(); // the next start goes on with it
      progress.report(done);
    };
    return await seedDemonstration({ database, clock: systemClock, authentication, onProgress });
  } finally {
    await database.close();
  }
}
