import { FAULTS_TOLD_MAX, fulfilmentFaultText } from '../../access/cli/audit';
import { selectFailingUndos, selectFulfilmentFaults } from '../../business/view/fulfilment';
import { inspectPrimary, inspectReplica, type Finding } from '../../data/connection/inspect-server';
import { ProcessEngine } from '../../data/engine/process-engine';
import { systemClock } from '../../kernel/clock';
import { explain } from '../explain';
import { ENGINE_CLIENT_POOL_SIZE, openCore, type Settings } from '../settings';
import { COMMAND_POOL_SIZE } from './with-settings';

/** Looks at all that this installation needs. Ends the program with 1 where something is missing. */
export async function doctor(settings: Settings): Promise<void> {
  const findings: Finding[] = [nodeFinding(process.versions.node), ...(await inspectPrimary(settings.databaseUrl))];
  for (const url of settings.reportingUrls) findings.push(await inspectReplica(url));
  for (const { what, good, detail } of findings) process.stdout.write(`${good ? 'ok   ' : 'WRONG'} ${what}: ${detail}\n`);
  if (findings.some(({ good }) => !good)) process.exitCode = 1;
  else await inspectFulfilment(settings);
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return { what: 'Node.js', good: major > 20 || (major === 20 && minor >= 19), detail: `${version}, 20.19 or later is needed` };
}

/** So often a step may be told to be taken back before somebody should look. */
const UNDO_TRIES_MAX = 5;

/** Orders that nobody goes on with, and steps on the network that are not taken back. */
async function inspectFulfilment(settings: Settings): Promise<void> {
  const database = await openCore(settings, COMMAND_POOL_SIZE, 0);
  const engine = await ProcessEngine.open(settings.databaseUrl, ENGINE_CLIENT_POOL_SIZE, () => undefined);
  try {
    const reader = { sql: database.reader(), now: systemClock.now() };
    const faults = (await selectFulfilmentFaults(reader, FAULTS_TOLD_MAX)).map(fulfilmentFaultText);
    const undos = (await selectFailingUndos(reader, UNDO_TRIES_MAX, FAULTS_TOLD_MAX)).map(
      ({ orderNo, itemNo, adapter, tries, reason }) => `${orderNo} item ${itemNo} at ${adapter}: ${reason ?? 'no answer'}, ${tries} times`,
    );
    const parked = (await engine.parkedSince(systemClock.now().subtract({ hours: 24 * 30 }))).map(({ workflowId }) => workflowId);
    const told: readonly (readonly [string, readonly string[]])[] = [
      ['parked workflows', parked],
      ['orders and their workflows', faults],
      ['steps taken back on the network', undos],
    ];
    for (const [what, lines] of told) {
      process.stdout.write(
        `${lines.length === 0 ? 'ok   ' : 'WRONG'} ${what}: ${lines.length === 0 ? 'none is stuck' : lines.join('; ')}\n`,
      );
      if (lines.length > 0) process.exitCode = 1;
    }
  } catch (error) {
    process.stdout.write(`WRONG orders and their workflows: ${explain(error)}\n`);
    process.exitCode = 1;
  } finally {
    await engine.close();
    await database.close();
  }
}
