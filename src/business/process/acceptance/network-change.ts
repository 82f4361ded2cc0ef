import type { OrderedProduct } from '../../component/order';
import type { NetworkAction } from '../../../data/provisioning/network-command';
import type { NetworkChange, NetworkService } from './order-kind';

/** What is told: the action with the service as it is to be, and what takes that back. */
export function told(action: NetworkAction, after: NetworkService, undo: NetworkAction, undone: NetworkService): NetworkChange {
  return { command: commandOf(after, action), undo: commandOf(undone, undo), after };
}

function commandOf(service: NetworkService, action: NetworkAction): NetworkChange['command'] {
  const { serviceType, serviceId, identifiers, characteristics, products, stopped } = service;
  const held = Object.values(products).toSorted((one, other) => (one.code < other.code ? -1 : 1));
  return { action, serviceType, serviceId, identifiers, characteristics, products: held, stopped };
}

/** The service changed in place: what is told is all of it, as it is then. */
export function modified(before: NetworkService, changes: Partial<NetworkService>): NetworkChange {
  const after = { ...before, ...changes };
  return told('MODIFY', after, 'MODIFY', before);
}

/** What a subscriber is to hold that holds nothing yet. */
export function orderedOf(products: readonly OrderedProduct[]): NetworkService['products'] {
  return Object.fromEntries(products.map(({ code, quantity }, place) => [place, { code, quantity: quantity ?? 1 }]));
}

/** What is held, but for an instance that no longer is. */
export function heldWithout(products: NetworkService['products'], instanceId: string | null): NetworkService['products'] {
  return Object.fromEntries(Object.entries(products).filter(([id]) => id !== instanceId));
}

/** A card's number as it is kept: the network and the subscriber are told the same. */
export function cardNumber(sim: string): string {
  return sim.replace(/\s+/g, '').toUpperCase();
}
