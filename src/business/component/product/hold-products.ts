import { endInstances, insertInstances, type HeldBy, type NewInstance } from '../../../data/operation/product/insert-instances';
import { instantFromDatabase } from '../../../kernel/clock';
import { localDate, type TimeZone } from '../../../kernel/calendar';
import { newId, type Id } from '../../../kernel/id';
import { laterOf } from '../../../kernel/period';
import type { Unit } from '../../context';
import type { LockedSubscriber } from '../subscriber';
import type { ProductDefinition } from './model/definition';

/** A version of a plan or an add-on that a subscriber is to hold. */
export interface ProductToHold {
  readonly productId: Id<'product'>;
  readonly versionId: Id<'productVersion'>;
  readonly code: string;
  readonly isPlan: boolean;
  readonly quantity: number;
  readonly definition: Pick<ProductDefinition, 'term'>;
}

/** Where a subscriber stands, for the trail. */
interface Holder extends HeldBy {
  readonly organisationId: Id<'organisation'>;
  readonly serviceType: string;
}

/**
 * Gives products to a subscriber, from now on, with the term that binds each 合约 from today on. What is given has been checked; the
 * subscriber is locked, or new in this unit.
 */
export async function holdProducts(
  unit: Unit,
  { organisationId, serviceType, ...heldBy }: Holder,
  products: readonly ProductToHold[],
  timeZone: TimeZone,
): Promise<readonly Id<'productInstance'>[]> {
  const today = localDate(unit.now, timeZone);
  const instances = products.map(({ productId, versionId, isPlan, quantity, definition: { term } }): NewInstance => {
    const bound = term === null ? null : { from: String(today), until: String(today.add({ months: term.months })), renewal: term.renewal };
    return { id: newId('productInstance'), productId, versionId, isPlan, quantity, term: bound };
  });
  await insertInstances(unit.transaction, heldBy, instances, unit.now);
  // Whoever reads the trail of a subscriber need not see the catalogue of the place that sold it something: the instance says no code.
  const after = { products: instances.map(({ id: instanceId, isPlan, quantity }) => ({ instanceId, isPlan, quantity })) };
  const payload = { products: products.map(({ code, isPlan, quantity }) => ({ code, isPlan, quantity })) };
  const subject = { subjectKind: 'subscriber', subjectId: heldBy.subscriberId } as const;
  unit.audit({ ...subject, organisationId, serviceType, before: null, after });
  unit.emit({ type: 'SubscriberProductsChangeEvent', ...subject, payload });
  return instances.map(({ id }) => id);
}

/** A subscriber that was closed in this unit holds nothing from its end on. What it held stays known. */
export async function endProductsOf(unit: Unit, subscriber: LockedSubscriber): Promise<void> {
  const { id, organisation_id: organisationId, service_type: serviceType, opened_at: openedAt } = subscriber;
  const ended = await endInstances(unit.transaction, id, laterOf(unit.now, instantFromDatabase(openedAt)), unit.now);
  if (ended.length === 0) return;
  const subject = { subjectKind: 'subscriber', subjectId: id } as const;
  unit.audit({ ...subject, organisationId, serviceType, before: { products: ended.length }, after: { products: 0 } });
  unit.emit({ type: 'SubscriberProductsChangeEvent', ...subject, payload: { products: [] } });
}
