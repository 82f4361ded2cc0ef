import { statSync } from 'node:fs';
import type { BatchOptions, ImportOptions } from '../../access/cli/command-line';
import { importFile, importText } from '../../access/cli/import-file';
import { batchText, runBatchFile } from '../../access/cli/order-batch-file';
import { showProgress } from '../../access/cli/progress';
import { stopSignal } from '../../access/cli/until-stopped';
import { type CoreDatabase } from '../../data/connection/core-database';
import { systemClock } from '../../kernel/clock';

/** Imports a file, with progress; Ctrl-C stops it behind the batch under way, and the same command goes on from there. */
export async function runImport(database: CoreDatabase, file: string, options: ImportOptions): Promise<void> {
  const progress = showProgress(process.stderr, 'importing, bytes', statSync(file, { throwIfNoEntry: false })?.size ?? null);
  const imported = await importFile({
    database,
    clock: systemClock,
    file,
    ...options,
    signal: stopSignal(),
    onProgress: ({ bytes }) => progress.report(bytes),
  });
  if (!imported.before) progress.end();
  process.stdout.write(importText(imported));
  if (imported.job.state !== 'COMPLETED') process.exitCode = 1;
}

/** Accepts the orders of a file; Ctrl-C stops it behind the row under way, and the same command goes on from there. */
export async function runBatch(database: CoreDatabase, file: string, options: BatchOptions): Promise<void> {
  const progress = showProgress(process.stderr, 'accepting orders', null);
  let done = 0;
  const onProgress = (): void => progress.report((done += 1));
  const batch = await runBatchFile({ database, clock: systemClock, file, ...options, signal: stopSignal(), onProgress });
  progress.end();
  process.stdout.write(batchText(batch));
  if (batch.batch.state !== 'COMPLETED') process.exitCode = 1;
}
