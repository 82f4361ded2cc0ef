import type { OrderItem } from '../../component/order';
import type { Id } from '../../../kernel/id';
import type { NewNetworkStep } from '../fulfilment';
import { fulfilledItems } from './fulfilled-items';
import { networkStepsOf } from './network-steps';
import type { OrderToProceed } from './order-to-proceed';

export interface StepAfterPeople {
  readonly subscriberId: Id<'subscriber'>;
  readonly step: NewNetworkStep;
}

/**
 * What a system of the network has to be told of an item now that people have done their step of it, as when a number has come from
 * another operator; undefined: nothing, or people told it themselves.
 */
export async function stepAfterPeople(order: OrderToProceed, item: OrderItem): Promise<StepAfterPeople | undefined> {
  const before = (await fulfilledItems(order)).filter(({ itemNo }) => itemNo < item.itemNo);
  const network = (await networkStepsOf(order.accepting, [...before, item])).get(item.itemNo);
  const { subscriberId } = item;
  return network?.adapter.workQueue === null && subscriberId !== null ? { subscriberId, step: network.step } : undefined;
}
