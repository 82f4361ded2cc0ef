import {
  endInstances,
  insertInstances,
  type HeldBy,
  type NewInstance,
  type SoldAt,
} from '../../../data/operation/product/insert-instances';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import { localDate, startOfDay, type TimeZone } from '../../../kernel/calendar';
import { newId, type Id } from '../../../kernel/id';
import { laterOf } from '../../../kernel/period';
import type { Unit } from '../../context';
import type { LockedSubscriber } from '../subscriber';
import type { ProductDefinition } from './model/definition';

/** A version of a plan or an add-on that a subscriber is to hold. */
export interface ProductToHold {
  /** Where it was decided before. */
  readonly instanceId?: Id<'productInstance'>;
  readonly productId: Id<'product'>;
  readonly versionId: Id<'productVersion'>;
  readonly code: string;
  readonly isPlan: boolean;
  readonly quantity: number;
  readonly definition: Pick<ProductDefinition, 'term'>;
}

/** Who is to hold products: where it stands, for the trail, and since when. */
export interface Holder extends HeldBy {
  readonly organisationId: Id<'organisation'>;
  readonly serviceType: string;
  /** Now, when not given. */
  readonly from?: Instant;
  /** The prices that held there then are theirs; those of the list, when not given. */
  readonly sold?: SoldAt;
}

/**
 * Gives products to a subscriber, from now on or later, with the term that binds each 合约 from that day on. What is given has been
 * checked; the subscriber is locked, or new in this unit.
 */
export async function holdProducts(
  unit: Unit,
  { organisationId, serviceType, from = unit.now, sold, ...heldBy }: Holder,
  products: readonly ProductToHold[],
  timeZone: TimeZone,
): Promise<readonly Id<'productInstance'>[]> {
  const day = localDate(from, timeZone);
  const instances = products.map(({ instanceId, productId, versionId, isPlan, quantity, definition: { term } }): NewInstance => {
    const end = term === null ? null : day.add({ months: term.months });
    const bound = term === null ? null : { from: String(day), until: String(end), renewal: term.renewal };
    const until = end !== null && term?.renewal === 'END' ? startOfDay(end, timeZone) : null;
    return { id: instanceId ?? newId('productInstance'), productId, versionId, isPlan, quantity, until, term: bound };
  });
  await insertInstances(unit.transaction, { ...heldBy, from, sold: sold ?? null }, instances, unit.now);
  // Whoever reads the trail of a subscriber need not see the catalogue of the place that sold it something: the instance says no code.
  const since = from === unit.now ? {} : { from: from.toString() };
  const after = { products: instances.map(({ id: instanceId, isPlan, quantity }) => ({ instanceId, isPlan, quantity, ...since })) };
  const payload = { products: products.map(({ code, isPlan, quantity }) => ({ code, isPlan, quantity, ...since })) };
  const subject = { subjectKind: 'subscriber', subjectId: heldBy.subscriberId } as const;
  unit.audit({ ...subject, organisationId, serviceType, before: null, after });
  unit.emit({ type: 'SubscriberProductsChangeEvent', ...subject, payload });
  return instances.map(({ id }) => id);
}

/** A subscriber that was closed in this unit holds nothing from its end on, and nothing is planned for it. What it held stays known. */
export async function endProductsOf(unit: Unit, subscriber: LockedSubscriber): Promise<void> {
  const { id, organisation_id: organisationId, service_type: serviceType, opened_at: openedAt } = subscriber;
  const ended = await endInstances(unit.transaction, id, laterOf(unit.now, instantFromDatabase(openedAt)), unit.now);
  if (ended.length === 0) return;
  const subject = { subjectKind: 'subscriber', subjectId: id } as const;
  unit.audit({ ...subject, organisationId, serviceType, before: { products: ended.length }, after: { products: 0 } });
  unit.emit({ type: 'SubscriberProductsChangeEvent', ...subject, payload: { products: [] } });
}
