import type { NetworkAction } from '../../../data/provisioning/network-command';
import type { NetworkChange, NetworkService } from './order-kind';

/** What is told: the action with the service as it is to be, and what takes that back. */
export function told(action: NetworkAction, after: NetworkService, undo: NetworkAction, undone: NetworkService): NetworkChange {
  return { command: commandOf(after, action), undo: commandOf(undone, undo), after };
}

function commandOf(
  { serviceType, serviceId, identifiers, characteristics }: NetworkService,
  action: NetworkAction,
): NetworkChange['command'] {
  return { action, serviceType, serviceId, identifiers, characteristics };
}

/** A card's number as it is kept: the network and the subscriber are told the same. */
export function cardNumber(sim: string): string {
  return sim.replace(/\s+/g, '').toUpperCase();
}
