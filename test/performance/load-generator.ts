import { Connections } from './load/connections';
import { runClosedLoop } from './load/closed-loop';
import type { LoadCommand, LoadReply, LoadRequest, LoadResult, UnitResult } from './load/load-messages';
import { runOpenLoop } from './load/open-loop';
import { runUnitLoop } from './load/unit-loop';

/*
 * The load generator: one process for all clients. It is told by its parent what to send where (load-messages.ts), measures
 * on its own clock, and ends with its parent.
 */

const targets = new Map<string, Connections>();

async function obey(command: LoadCommand): Promise<LoadResult | UnitResult | undefined> {
  switch (command.kind) {
    case 'target':
      targets.get(command.name)?.close();
      targets.set(command.name, new Connections(command.target));
      return undefined;
    case 'closed':
      return runClosedLoop(connectionsTo(command.target), command);
    case 'open':
      return runOpenLoop(connectionsTo(command.target), command);
    case 'units':
      return runUnitLoop(connectionsTo(command.target), command);
  }
}

function connectionsTo(name: string): Connections {
  const connections = targets.get(name);
  if (connections === undefined) throw new Error(`the load generator knows no target ${name}`);
  return connections;
}

async function answer({ id, command }: LoadRequest): Promise<LoadReply> {
  try {
    const result = await obey(command);
    return result === undefined ? { id } : { id, result };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (request: LoadRequest) => void answer(request).then((reply) => process.send?.(reply)));
process.on('disconnect', () => process.exit(0));
