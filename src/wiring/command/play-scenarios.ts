import { playScenarioFile, scenarioText } from '../../access/cli/scenario-file';
import { provideTemplate, withThrowAwayDatabase } from '../../data/connection/throw-away-database';
import { openCore, type Settings } from '../settings';
import { COMMAND_POOL_SIZE } from './with-settings';

/** Plays scenario files, one after the other. Ends the program with 1 where one does not go as it says. */
export async function playScenarios(settings: Settings, files: readonly string[], keep: boolean, stop: AbortSignal): Promise<void> {
  const serverUrl = settings.databaseUrl;
  const template = await provideTemplate(serverUrl);
  const onKept = (url: string): void => void process.stdout.write(`kept    ${url}\n`);
  for (const file of files) {
    const result = await playScenarioFile(
      file,
      (play) =>
        withThrowAwayDatabase({ serverUrl, template, ...(keep ? { onKept } : {}) }, async (databaseUrl) => {
          const database = await openCore({ ...settings, databaseUrl }, COMMAND_POOL_SIZE);
          try {
            return await play(database);
          } finally {
            await database.close();
          }
        }),
      stop,
    );
    stop.throwIfAborted();
    process.stdout.write(scenarioText(result));
    if (result.problems.length > 0) process.exitCode = 1;
  }
}
