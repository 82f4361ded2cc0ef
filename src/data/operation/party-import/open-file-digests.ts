import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';

/** Which of some files are needed yet: a job at any node waits for it, is at it, or may go on with it. */
export async function selectOpenDigests(transaction: Transaction, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ digest: string }>(sql`
    SELECT DISTINCT j.file_digest AS digest FROM import_job j
    WHERE j.file_digest = ANY (${digests}::text[]) AND j.state IN ('WAITING', 'RUNNING', 'STOPPED')`);
  return new Set(rows.map(({ digest }) => digest));
}
