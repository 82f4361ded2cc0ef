#!/usr/bin/env node
import 'reflect-metadata';
import { join } from 'node:path';
import { makeCommandLine } from './access/cli/command-line';
import { writeContracts } from './access/cli/contracts';
import { stopSignal } from './access/cli/until-stopped';
import { demonstrationText } from './access/cli/welcome';
import { describeConfiguration } from './config/load-configuration';
import { migrate } from './data/connection/migrate';
import { audit } from './wiring/command/audit';
import { doctor } from './wiring/command/doctor';
import { found } from './wiring/command/found';
import { fulfil } from './wiring/command/fulfil';
import { playScenarios } from './wiring/command/play-scenarios';
import { runImport, runBatch } from './wiring/command/run-files';
import { seed } from './wiring/command/seed';
import { withSettings, withDatabase } from './wiring/command/with-settings';
import { explain } from './wiring/explain';
import { serve } from './wiring/role/serve';
import { PROJECT } from './wiring/settings';

async function main(): Promise<void> {
  const commands = makeCommandLine('0.1.0', {
    serve,
    migrate: () =>
      withSettings(async ({ databaseUrl }) => {
        const ran = await migrate(databaseUrl);
        process.stdout.write(ran.length === 0 ? 'The schema is up to date.\n' : `${ran.join('\n')}\n`);
      }),
    found: (options) => withSettings((settings) => found(settings, options)),
    seed: () =>
      withSettings(async (settings) => {
        await migrate(settings.databaseUrl);
        const demonstration = await seed(settings);
        if (demonstration === null) throw new Error('The database holds an operator of its own: nothing was written.');
        process.stdout.write(`${demonstrationText(demonstration)}\n`);
      }),
    importFile: (file, options) => withDatabase((database) => runImport(database, file, options)),
    orderBatch: (file, options) => withDatabase((database) => runBatch(database, file, options)),
    scenario: (files, { keep }) => {
      const stop = stopSignal();
      return withSettings((settings) => playScenarios(settings, files, keep, stop));
    },
    audit: ({ rebuild }) => withDatabase((database) => audit(database, rebuild)),
    doctor: () => withSettings(doctor),
    fulfil: (orderNos) => withDatabase((database) => fulfil(database, orderNos)),
    schema: ({ publish }) => writeContracts(join(PROJECT, 'schema'), publish),
    config: () => void process.stdout.write(`${describeConfiguration(process.env).join('\n')}\n`),
  });
  await commands.parseAsync();
}

main().catch((error: unknown) => {
  process.stderr.write(`sanhu: ${explain(error)}\n`);
  process.exit(1);
});
