import { holdProducts } from '../../component/product';
import type { ContentOf } from '../../component/order';
import { newId } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { fixDiscounts, wantedDiscounts } from './fix-discounts';
import { checkAhead, instanceIn, readHolding } from './held-products';
import { payingAccount } from './next-period';
import { modified } from './network-change';
import type { OrderKind } from './order-kind';
import { agreedPrices, checkOffers, fixProducts, offersFor, soldWith, type Wanted } from './ordered-products';
import { subscriberOf } from './party-of';
import { quoteProducts } from './quote-products';
import type { AcceptanceRefusal } from './refusals';

function wantedBy({ product }: ContentOf<'ADD_PRODUCT'>): Wanted[] {
  return [{ product, field: 'product', kind: 'ADD_ON' }];
}

/** 增订产品: the subscriber holds one or more of an add-on, beside what it holds already. */
export const addProduct: OrderKind<'ADD_PRODUCT'> = {
  action: 'ADD',
  async fix(unit, content, where) {
    const [product] = await fixProducts(unit, [content.product], where);
    const discounts = await fixDiscounts(unit, content.discounts, where);
    return { ...content, product: product ?? content.product, instanceId: newId('productInstance'), ...discounts };
  },
  touches: ({ subscriberId }) => ({ subscriber: { id: subscriberId, field: 'subscriberId' } }),
  async check(accepting, content) {
    const { service_type: serviceType } = subscriberOf(accepting.parties, content.subscriberId);
    const ordered = await offersFor(accepting, wantedBy(content));
    const holding = await readHolding(accepting, content.subscriberId);
    const [one] = ordered;
    return refusedBy<AcceptanceRefusal>(
      await checkOffers(accepting, wantedBy(content), { ordered, serviceType }),
      one !== undefined && checkAhead(accepting, holding, { instanceId: instanceIn(content), brought: one.offer.code, field: 'product' }),
    );
  },
  async quote(accepting, content) {
    return quoteProducts(accepting, await offersFor(accepting, wantedBy(content)), await payingAccount(accepting, content.subscriberId));
  },
  network: (_accepting, content, before) => {
    const { code, quantity } = content.product;
    return modified(before, { products: { ...before.products, [instanceIn(content)]: { code, quantity: quantity ?? 1 } } });
  },
  asks: ({ subscriberId, product, discounts }) => ({
    discounts: wantedDiscounts(discounts, { subscriberId, accountId: null }),
    products: [product.code],
  }),
  async effect(accepting, content, itemNo) {
    const { wide, orderId, parties, timeZone } = accepting;
    const { subscriberId } = content;
    const { organisation_id: organisationId, service_type: serviceType } = subscriberOf(parties, subscriberId);
    const ordered = await offersFor({ ...accepting, unit: wide }, wantedBy(content));
    const made = { instanceId: instanceIn(content), isPlan: false, agreed: agreedPrices(content.product) };
    const products = ordered.map(({ offer, quantity }) => ({ ...offer, ...made, quantity }));
    const holder = { subscriberId, orderId, itemNo, organisationId, serviceType, sold: soldWith(accepting, wantedBy(content)) };
    const [held] = await holdProducts(wide, [{ ...holder, products }], timeZone);
    return ok({ instanceId: held?.[0] ?? null });
  },
};
