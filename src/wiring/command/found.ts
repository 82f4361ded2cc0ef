import { readFileSync } from 'node:fs';
import type { FoundOptions } from '../../access/cli/command-line';
import { Authentication } from '../../business/component/staff';
import { keepUnit } from '../../business/execute';
import { foundNewOperator } from '../../business/process/founding';
import { migrate } from '../../data/connection/migrate';
import { systemClock } from '../../kernel/clock';
import { openCore, type Settings } from '../settings';
import { COMMAND_POOL_SIZE } from './with-settings';

/** Founds the operator. The password comes by standard input, where neither a history nor a list of processes shows it. */
export async function found(settings: Settings, { code, name, nameEn, administrator }: FoundOptions): Promise<void> {
  const password = readFileSync(0, 'utf8').replace(/\r?\n$/, '');
  await migrate(settings.databaseUrl);
  const database = await openCore(settings, COMMAND_POOL_SIZE);
  try {
    const { configuration, signingKey } = settings;
    const authentication = new Authentication({ database, clock: systemClock, keepUnit, signingKey, configuration });
    const who = { loginName: administrator, name: administrator, password };
    const result = await foundNewOperator({
      database,
      clock: systemClock,
      authentication,
      code,
      name,
      nameEn: nameEn ?? null,
      administrator: who,
    });
    if (!result.ok) throw new Error(result.refusals.map(({ message }) => `${message.en} ${message.zh}`).join('\n'));
    process.stdout.write(
      result.value.founded
        ? `${name} is founded; ${administrator} may log in.\n`
        : 'The operator was founded before: nothing was changed.\n',
    );
  } finally {
    await database.close();
  }
}
