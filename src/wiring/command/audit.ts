import { auditAll } from '../../access/cli/audit';
import { rebuildPartySummary } from '../../business/process/maintenance';
import { type CoreDatabase } from '../../data/connection/core-database';
import { systemClock } from '../../kernel/clock';

/** Proves that what is kept twice agrees. Ends the program with 1 where it does not. */
export async function audit(database: CoreDatabase, rebuild: boolean): Promise<void> {
  if (rebuild) await rebuildPartySummary(database, systemClock);
  const good = await auditAll(database, systemClock, (text) => void process.stdout.write(text));
  if (!good) process.exitCode = 1;
}
