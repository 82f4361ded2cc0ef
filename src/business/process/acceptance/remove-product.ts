import { refuseOrder } from '../../component/order';
import { endProductIn } from '../../component/product';
import { invariant } from '../../../kernel/failure';
import { ok, refusedBy } from '../../../kernel/result';
import { quoteLeaving } from './contracts';
import { checkAhead, instanceToChange, readHolding, standingNow } from './held-products';
import type { OrderKind } from './order-kind';
import { subscriberOf } from './party-of';
import type { AcceptanceRefusal } from './refusals';

/** 退订产品: the subscriber holds an add-on no longer. The plan is changed, or ends with the subscriber. */
export const removeProduct: OrderKind<'REMOVE_PRODUCT'> = {
  action: 'DELETE',
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' } }),
  async check(accepting, { subscriberId, instanceId }) {
    const holding = await readHolding(accepting, subscriberId);
    const found = instanceToChange(accepting, holding, instanceId);
    if ('refused' in found) return found.refused;
    const { code, isPlan } = found.product;
    return refusedBy<AcceptanceRefusal>(
      isPlan && refuseOrder('PLAN_STAYS', 'instanceId', { product: code }),
      !isPlan && checkAhead(accepting, holding, { taken: [code], field: 'instanceId' }),
    );
  },
  async quote(accepting, { subscriberId, instanceId }) {
    const { held } = await readHolding(accepting, subscriberId);
    const product = held.find((one) => one.instanceId === instanceId);
    return product === undefined ? [] : quoteLeaving(accepting, product, { subscriberId, at: accepting.startAt, by: 'TERMINATION' });
  },
  async effect({ wide, parties }, { subscriberId, instanceId }) {
    const product = (await standingNow(wide, subscriberId)).find((one) => one.instanceId === instanceId);
    invariant(product !== undefined, 'what is removed is held');
    await endProductIn(wide, subscriberOf(parties, subscriberId), product);
    return ok({ instanceId });
  },
};
