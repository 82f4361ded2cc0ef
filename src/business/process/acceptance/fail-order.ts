import { keepOrder, refuseOrder, type OrderChange, type OrderChanged } from '../../component/order';
import type { UseCase } from '../../execute';
import { ok, type Refusal } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { setResult } from './carry-out';
import { giveBack } from './give-back';
import { orderToProceed } from './order-to-proceed';
import type { AcceptanceRefusal } from './refusals';

export interface FailOrderInput extends OrderChange {
  readonly refusals: readonly Refusal[];
}

/** Ends an order that could not begin when its start came: what it was accepted upon no longer holds. The clock runs it, as the system. */
export const failOrder: UseCase<FailOrderInput, OrderChanged, AcceptanceRefusal> = {
  name: 'failOrder',
  permission: 'order:write',
  async run(unit, { refusals, ...change }) {
    const found = await orderToProceed(unit, change, 'order:write');
    if (!found.ok) return found;
    const { inHand } = found.value;
    const { course } = inHand;
    if (course.state !== 'acknowledged') return refuseOrder('STATE_REFUSES', 'orderId', { state: course.state });
    course.move('inProgress', { reason: 'STARTED' });
    const note = refusals[0]?.message.zh ?? null;
    for (const item of [...inHand.items]) {
      setResult(inHand, item, { refusals } as unknown as Json, null);
      course.moveItem(item.itemNo, 'failed', { reason: 'NOT_DONE', note });
    }
    course.settle();
    await giveBack(found.value.accepting, inHand);
    return ok(await keepOrder(unit, inHand));
  },
};
