import { CoreDatabase } from '../../src/data/connection/core-database';
import { withThrowAwayDatabase } from '../../src/data/connection/throw-away-database';
import { TEST_LIMITS } from './database';

/** A database for one scenario, from the template that all tests share. */
export function withScenarioDatabase<Value>(play: (database: CoreDatabase) => Promise<Value>): Promise<Value> {
  return withThrowAwayDatabase({ serverUrl: process.env['SANHU_TEST_SERVER'] ?? '', template: 'sanhu_template' }, async (url) => {
    const database = await CoreDatabase.open(url, { ...TEST_LIMITS, poolSize: 4 }, () => undefined);
    try {
      return await play(database);
    } finally {
      await database.close();
    }
  });
}
