import { refuseOrder } from '../../component/order';
import { changeQuantityIn, leastMonthlyOf, readNegotiated } from '../../component/product';
import { invariant } from '../../../kernel/failure';
import { ok, refusedBy } from '../../../kernel/result';
import { checkUndertaken } from './good-number';
import { instanceToChange, readHolding, standingNow } from './held-products';
import { modified } from './network-change';
import type { OrderKind } from './order-kind';
import { subscriberOf } from './party-of';
import { quoteQuantity } from './quote-changes';
import type { AcceptanceRefusal } from './refusals';

/** 变更数量: the subscriber holds more or fewer of a product, of the version that it has. */
export const changeQuantity: OrderKind<'CHANGE_QUANTITY'> = {
  action: 'MODIFY',
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' } }),
  async check(accepting, { subscriberId, instanceId, quantity }) {
    const holding = await readHolding(accepting, subscriberId);
    const found = instanceToChange(accepting, holding, instanceId);
    if ('refused' in found) return found.refused;
    const { code: product, quantity: now, versionId, isPlan } = found.product;
    const definition = holding.definitions.get(versionId);
    invariant(definition !== undefined, 'what is held has a definition');
    const { least, most } = definition.quantity;
    const agreed = readNegotiated(found.product.negotiated);
    const monthlyWithin = (months: number): bigint => leastMonthlyOf(definition, quantity, months, agreed);
    return refusedBy<AcceptanceRefusal>(
      quantity === now && refuseOrder('UNCHANGED', 'quantity'),
      (quantity < least || quantity > most) && refuseOrder('QUANTITY_REFUSED', 'quantity', { product, least, most }),
      isPlan &&
        quantity < now &&
        (await checkUndertaken(accepting, subscriberId, { from: accepting.startAt, monthlyWithin, field: 'quantity' })),
    );
  },
  async quote(accepting, { subscriberId, instanceId, quantity }) {
    const { held } = await readHolding(accepting, subscriberId);
    const product = held.find((one) => one.instanceId === instanceId);
    invariant(product !== undefined, 'what is quoted has been checked');
    return quoteQuantity(accepting, product, quantity, subscriberId);
  },
  network: (_accepting, { instanceId, quantity }, before) => {
    const product = before.products[instanceId];
    return product === undefined
      ? undefined
      : modified(before, { products: { ...before.products, [instanceId]: { ...product, quantity } } });
  },
  async effect({ wide, parties, orderId }, { subscriberId, instanceId, quantity }, itemNo) {
    const product = (await standingNow(wide, subscriberId)).find((one) => one.instanceId === instanceId);
    invariant(product !== undefined, 'what is changed is held');
    await changeQuantityIn(wide, subscriberOf(parties, subscriberId), product, { quantity, orderId, itemNo });
    return ok({ instanceId, quantity });
  },
};
