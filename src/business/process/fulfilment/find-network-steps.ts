import { selectOrdersById } from '../../component/order';
import { selectNetworkSteps } from '../../../data/operation/fulfilment/fulfilment';
import type { NetworkStep } from '../../../data/operation/fulfilment/network-step';
import type { ReadContext } from '../../context';
import type { Id } from '../../../kernel/id';

/** What the network is told for orders, of those in scope only. */
export async function findNetworkSteps(context: ReadContext, orderIds: readonly Id<'order'>[]): Promise<NetworkStep[]> {
  const orders = await selectOrdersById(context, orderIds);
  return orders.length === 0 ? [] : selectNetworkSteps(context, orders.map(({ id }) => id)); // prettier-ignore
}
