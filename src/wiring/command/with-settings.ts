import { type CoreDatabase } from '../../data/connection/core-database';
import { startProgram, openSettings, openCore, type Settings } from '../settings';

export const COMMAND_POOL_SIZE = 4;

/** Runs a command on the core database, starting the embedded pair where no other is given. */
export async function withSettings(command: (settings: Settings) => Promise<void>): Promise<void> {
  const { configuration, log } = startProgram();
  const { settings, pair } = await openSettings(configuration, log, { besideProgram: true });
  try {
    await command(settings);
  } finally {
    await pair?.stop();
  }
}

export function withDatabase(command: (database: CoreDatabase) => Promise<void>): Promise<void> {
  return withSettings(async (settings) => {
    // A command counts whole tables: it has no limit of its own.
    const database = await openCore(settings, COMMAND_POOL_SIZE, 0);
    try {
      await command(database);
    } finally {
      await database.close();
    }
  });
}
