import {
  endInstances,
  insertInstances,
  type HeldBy,
  type NewInstance,
  type SoldAt,
} from '../../../data/operation/product/insert-instances';
import { instantFromDatabase, instantToText, type Instant } from '../../../kernel/clock';
import { localDate, startOfDay, type TimeZone } from '../../../kernel/calendar';
import { newId, type Id } from '../../../kernel/id';
import { lockBundles, type LockedBundle } from '../../../data/operation/product/write-bundle';
import { laterOf } from '../../../kernel/period';
import type { Unit } from '../../context';
import type { LockedSubscriber } from '../subscriber';
import { leaveBundle } from './end-bundle';
import type { ProductDefinition } from './model/definition';
import { writeNegotiated } from './model/negotiated-prices';

/** A version of a plan or an add-on that a subscriber is to hold. */
export interface ProductToHold {
  /** Where it was decided before. */
  readonly instanceId?: Id<'productInstance'>;
  readonly productId: Id<'product'>;
  readonly versionId: Id<'productVersion'>;
  readonly code: string;
  readonly isPlan: boolean;
  readonly quantity: number;
  /** What was agreed upon instead of the list 协议价, by price. */
  readonly agreed?: ReadonlyMap<string, bigint> | undefined;
  readonly definition: Pick<ProductDefinition, 'term'>;
}

/** Who is to hold products: where it stands, for the trail, and since when. */
export interface Holder extends HeldBy {
  readonly organisationId: Id<'organisation'>;
  readonly serviceType: string;
  /** Now, when not given. It may have held them for years in a system that it comes from: terms are counted from then. */
  readonly from?: Instant;
  /** The prices that held there then are theirs; those of the list, when not given. */
  readonly sold?: SoldAt;
}

/** What one subscriber is to hold. */
export interface Holding extends Holder {
  readonly products: readonly ProductToHold[];
}

/**
 * Gives products to subscribers, each with the term that binds it 合约. What is given has been checked; the subscribers are locked, or new in
 * this unit.
 * @returns the instances of each, in the order of the input
 */
export async function holdProducts(
  unit: Unit,
  holdings: readonly Holding[],
  timeZone: TimeZone,
): Promise<readonly (readonly Id<'productInstance'>[])[]> {
  const made = holdings.map(({ products, from = unit.now }) => products.map((product) => toInstance(product, from, timeZone)));
  const instances = holdings.flatMap(({ subscriberId, orderId, itemNo, from = unit.now, sold = null }, place) =>
    (made[place] ?? []).map((instance) => ({ ...instance, subscriberId, orderId, itemNo, from, sold })),
  );
  await insertInstances(unit.transaction, instances, unit.now);
  for (const [place, holding] of holdings.entries()) recordHeld(unit, holding, made[place] ?? []);
  return made.map((own) => own.map(({ id }) => id));
}

/** A product as an instance that is held from an instant on. */
function toInstance(
  { instanceId, productId, versionId, isPlan, quantity, agreed, definition: { term } }: ProductToHold,
  from: Instant,
  timeZone: TimeZone,
): NewInstance {
  const negotiated = agreed === undefined ? null : writeNegotiated(agreed);
  const instance = { id: instanceId ?? newId('productInstance'), productId, versionId, isPlan, quantity, negotiated };
  if (term === null) return { ...instance, until: null, term };
  const day = localDate(from, timeZone);
  const end = day.add({ months: term.months });
  const until = term.renewal === 'END' ? startOfDay(end, timeZone) : null;
  return { ...instance, until, term: { from: String(day), until: String(end), renewal: term.renewal } };
}

/** The line in the audit trail and the event of what a subscriber was given. */
function recordHeld(
  unit: Unit,
  { subscriberId: subjectId, organisationId, serviceType, from = unit.now, products }: Holding,
  instances: readonly NewInstance[],
): void {
  // Whoever reads the trail of a subscriber need not see the catalogue of the place that sold it something: the instance says no code.
  const since = from === unit.now ? {} : { from: instantToText(from) };
  const after = { products: instances.map(({ id: instanceId, isPlan, quantity }) => ({ instanceId, isPlan, quantity, ...since })) };
  const payload = { products: products.map(({ code, isPlan, quantity }) => ({ code, isPlan, quantity, ...since })) };
  const subject = { subjectKind: 'subscriber', subjectId } as const;
  unit.audit({ ...subject, organisationId, serviceType, before: null, after });
  unit.emit({ type: 'SubscriberProductsChangeEvent', ...subject, payload });
}

/**
 * A subscriber that was closed in this unit holds nothing from its end on, nothing is planned for it, and it is in no bundle. What it held
 * stays known. @returns the bundles that ended with it
 */
export async function endProductsOf(unit: Unit, subscriber: LockedSubscriber): Promise<readonly LockedBundle[]> {
  const { id, organisation_id: organisationId, service_type: serviceType, opened_at: openedAt } = subscriber;
  const bundles = await lockBundles(unit, { ids: [], ofSubscribers: [id] });
  const endedWith: LockedBundle[] = [];
  for (const bundle of bundles) if (await leaveBundle(unit, bundle, id)) endedWith.push(bundle);
  const ended = await endInstances(unit.transaction, id, laterOf(unit.now, instantFromDatabase(openedAt)), unit.now);
  if (ended.length === 0) return endedWith;
  const subject = { subjectKind: 'subscriber', subjectId: id } as const;
  unit.audit({ ...subject, organisationId, serviceType, before: { products: ended.length }, after: { products: 0 } });
  unit.emit({ type: 'SubscriberProductsChangeEvent', ...subject, payload: { products: [] } });
  return endedWith;
}
