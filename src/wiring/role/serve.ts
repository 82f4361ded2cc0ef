import type { Role } from '../../access/cli/command-line';
import { RoleProcess, type RoleReady } from '../../access/cli/role-process';
import { stopSignal, StoppedError, untilStopped } from '../../access/cli/until-stopped';
import { welcomeText } from '../../access/cli/welcome';
import type { Demonstration } from '../../business/process/demonstration';
import { migrate } from '../../data/connection/migrate';
import { seed } from '../command/seed';
import { PROGRAM, openSettings, startProgram, type Settings } from '../settings';
import { startCore } from './core';
import { startReporting } from './reporting';
import type { RunningRole } from './running-role';
import { startWorker } from './worker';

/** The reporting role and the embedded standby give way to the counters (design: figures of `isolation`). */
const REPORTING_NICENESS = 10;

const CHILD_READY_MS = 30_000;

/** How long a role in a process of its own may take to stop once the program that started it has gone. */
const ORPHAN_STOP_MS = 9_000;

export async function serve(roles: readonly Role[]): Promise<void> {
  const stop = stopSignal();
  const { configuration, log } = startProgram();
  const isChild = process.send !== undefined;
  if (isChild) process.once('disconnect', () => setTimeout(() => process.exit(1), ORPHAN_STOP_MS).unref());
  const { settings, pair } = await openSettings(configuration, log, { besideProgram: false });
  try {
    const demonstration = isChild ? null : await prepareDatabase(settings, pair !== undefined, stop);
    stop.throwIfAborted();
    const running = await startRoles(roles, settings, stop);
    if (isChild && process.connected) process.send?.({ ready: true, port: running.port } satisfies RoleReady);
    if (!isChild) {
      const url = `http://${configuration.host}:${running.port}`;
      process.stdout.write(welcomeText({ url, primaryUrl: settings.databaseUrl, standbyUrl: settings.reportingUrls[0], demonstration }));
    }
    await untilStopped(stop);
    await running.stop();
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
  } finally {
    await pair?.stop();
  }
}

/** Brings the schema up to date and, in a demonstration on an embedded pair, writes its operator. */
async function prepareDatabase(settings: Settings, embedded: boolean, stop: AbortSignal): Promise<Demonstration | null> {
  stop.throwIfAborted();
  await migrate(settings.databaseUrl);
  stop.throwIfAborted();
  return embedded && settings.configuration.environment === 'demonstration' ? seed(settings, stop) : null;
}

/** The first role runs here; every other in a process of its own, so that none can take another's event loop. */
async function startRoles(roles: readonly Role[], settings: Settings, stop: AbortSignal): Promise<RunningRole> {
  const [here = 'core', ...others] = roles;
  const port = String(settings.configuration.reportingPort);
  const children = others.map(
    (role) =>
      new RoleProcess({
        role,
        program: PROGRAM,
        // Only the first role calls it, and says for whom.
        environment: environmentOf(settings, {
          SANHU_HOST: '127.0.0.1',
          SANHU_PORT: role === 'reporting' ? port : '0',
          SANHU_TRUSTED_PROXIES: 'loopback',
        }),
        niceness: role === 'reporting' ? REPORTING_NICENESS : 0,
        log: settings.log,
      }),
  );
  const reporting = children[others.indexOf('reporting')];
  try {
    const running = await startRole(here, settings, reporting === undefined ? null : () => reporting.port);
    await Promise.race([Promise.all(children.map((child) => child.whenReady(CHILD_READY_MS))), untilStopped(stop)]);
    return {
      port: running.port,
      // At once: a report that is under way through the API's own port is answered while both wait for it.
      stop: async () => void (await Promise.all([running, ...children].map((one) => one.stop()))),
    };
  } catch (error) {
    await Promise.all(children.map((child) => child.stop()));
    throw error;
  }
}

/** Runs one role in this process. */
function startRole(role: Role, settings: Settings, reportingPort: (() => number | undefined) | null): Promise<RunningRole> {
  switch (role) {
    case 'core':
      return startCore(settings, reportingPort);
    case 'reporting':
      return startReporting(settings);
    case 'worker':
      return startWorker(settings);
  }
}

/** The environment of a role in a process of its own. */
function environmentOf(settings: Settings, more: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    DATABASE_URL: settings.databaseUrl,
    REPORTING_DATABASE_URLS: settings.reportingUrls.join(','),
    SANHU_SIGNING_KEY: settings.signingKey,
    SANHU_UPLOAD_DIRECTORY: settings.uploadDirectory,
    ...more,
  };
}
