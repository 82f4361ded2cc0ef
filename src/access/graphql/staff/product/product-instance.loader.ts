import type DataLoader from 'dataloader';
import { selectEffects, type EffectAt, type EffectOfOrder } from '../../../../business/component/order';
import {
  selectHeldProducts, selectInstanceHistory, selectPlannedProducts, selectProductInstances, type HeldProduct,
} from '../../../../business/component/product'; // prettier-ignore
import { instantFromDatabase, instantToText } from '../../../../kernel/clock';
import type { Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { factTimeKey, factTimeOf, type FactTimeArgs } from '../../server/fact-time';
import { groupLoaderOf, loaderOf } from '../../server/loader';

/** What subscribers in scope hold at an instant. */
export function heldProductsLoader(context: GraphContext, time: FactTimeArgs): DataLoader<Id<'subscriber'>, readonly HeldProduct[]> {
  const read = (ids: readonly Id<'subscriber'>[]): Promise<HeldProduct[]> =>
    selectHeldProducts(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `subscriber.products ${factTimeKey(time)}`, read, (held) => held.subscriberId);
}

/** What subscribers in scope are to hold after an instant. */
export function plannedProductsLoader(context: GraphContext, time: FactTimeArgs): DataLoader<Id<'subscriber'>, readonly HeldProduct[]> {
  const read = (ids: readonly Id<'subscriber'>[]): Promise<HeldProduct[]> =>
    selectPlannedProducts(context, ids, factTimeOf(time, context.now));
  return groupLoaderOf(context, `subscriber.plannedProducts ${factTimeKey(time)}`, read, (held) => held.subscriberId);
}

/** What instances of subscribers in scope were over time. */
export function instanceHistoryLoader(context: GraphContext): DataLoader<Id<'productInstance'>, readonly HeldProduct[]> {
  const read = (ids: readonly Id<'productInstance'>[]): Promise<HeldProduct[]> => selectInstanceHistory(context, ids);
  return groupLoaderOf(context, 'productInstance.history', read, (held) => held.instanceId);
}

/** The orders in scope that took effect on subscribers at instants; a key is made by {@link effectKey}. */
export function effectLoader(context: GraphContext): DataLoader<string, EffectOfOrder | undefined> {
  return loaderOf(context, 'order.effect', (keys: readonly string[]) => selectEffects(context, keys.map(readEffectKey)), effectKey);
}

export function effectKey({ subscriberId, at }: EffectAt): string {
  return `${subscriberId} ${instantToText(at)}`;
}

function readEffectKey(key: string): EffectAt {
  const [subscriberId, at] = key.split(' ') as [Id<'subscriber'>, string];
  return { subscriberId, at: instantFromDatabase(at) };
}

/** Instances of products by id, of subscribers in scope. */
export function productInstanceLoader(context: GraphContext): DataLoader<Id<'productInstance'>, HeldProduct | undefined> {
  return loaderOf(
    context,
    'productInstance',
    (ids: readonly Id<'productInstance'>[]) => selectProductInstances(context, ids, context.now),
    (held) => held.instanceId,
  );
}
