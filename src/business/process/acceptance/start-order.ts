import { refuseOrder, type OrderChange, type OrderChanged } from '../../component/order';
import type { UseCase } from '../../execute';
import { orderToProceed } from './order-to-proceed';
import { proceedOrder } from './proceed-order';
import type { AcceptanceRefusal } from './refusals';
import { TAKEN_MEANWHILE } from './taken-meanwhile';

/** Begins an order whose start has come 到期生效. The clock runs it, as the system. */
export const startOrder: UseCase<OrderChange, OrderChanged, AcceptanceRefusal> = {
  name: 'startOrder',
  permission: 'order:write',
  constraints: TAKEN_MEANWHILE,
  async run(unit, input) {
    const found = await orderToProceed(unit, input, 'order:write', { charges: true });
    if (!found.ok) return found;
    const { state } = found.value.inHand.course;
    if (state !== 'acknowledged') return refuseOrder('STATE_REFUSES', 'orderId', { state });
    return proceedOrder(found.value, { reason: 'STARTED' });
  },
};
