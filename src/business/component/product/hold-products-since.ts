import { insertInstancesBatch, type InstanceSince } from '../../../data/operation/product/insert-instances-batch';
import type { TimeZone } from '../../../kernel/calendar';
import type { Unit } from '../../context';
import { recordHeld, toInstance, type Holder, type ProductToHold } from './hold-products';

/** What one subscriber holds, and since when. */
export interface Holding extends Required<Holder> {
  readonly products: readonly ProductToHold[];
}

/**
 * Gives products to many subscribers, each with the lines in the audit trail and the events of `holdProducts`. They may have held them
 * for years in a system that they come from: terms are counted from then.
 */
export async function holdProductsSince(unit: Unit, holdings: readonly Holding[], timeZone: TimeZone): Promise<void> {
  const instances: InstanceSince[] = [];
  for (const { products, ...holder } of holdings) {
    const { subscriberId, orderId, itemNo, from, sold } = holder;
    const own = products.map((product) => toInstance(product, from, timeZone));
    for (const instance of own) instances.push({ ...instance, subscriberId, orderId, itemNo, from, sold });
    recordHeld(unit, holder, own, products);
  }
  await insertInstancesBatch(unit.transaction, instances, unit.now);
}
