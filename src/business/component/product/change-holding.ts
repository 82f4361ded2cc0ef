import { endInstance, endPlans, writeInstance, type InstanceFact } from '../../../data/operation/product/insert-instances';
import type { StandingProduct } from '../../../data/operation/product/select-standing-products';
import { localDateOf, startOfDay, type TimeZone } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import type { Json } from '../../../kernel/stable-json';
import type { Unit } from '../../context';
import type { LockedSubscriber } from '../subscriber';

/** Ends an instance of a locked subscriber from now on 退订. */
export async function endProductIn(unit: Unit, subscriber: LockedSubscriber, product: StandingProduct): Promise<void> {
  await endInstance(unit.transaction, product.instanceId, unit.now, unit.now);
  record(unit, subscriber, product, { ended: unit.now.toString() });
}

/** Makes an instance of a locked subscriber one of another quantity from now on, until it was to end. */
export async function changeQuantityIn(
  unit: Unit,
  subscriber: LockedSubscriber,
  product: StandingProduct,
  { quantity, ...by }: { readonly quantity: number; readonly orderId: Id<'order'>; readonly itemNo: number },
): Promise<void> {
  const valid = { from: unit.now, to: product.validTo };
  await writeInstance(unit.transaction, { ...factOf(subscriber, product), ...by, quantity }, valid, unit.now);
  record(unit, subscriber, product, { quantity });
}

/**
 * Ends the plan of a locked subscriber at an instant, and takes back what was planned to follow it.
 * @returns the plans that were taken back
 */
export async function endPlansIn(
  unit: Unit,
  subscriber: LockedSubscriber,
  plans: readonly StandingProduct[],
  { at, timeZone }: { readonly at: Instant; readonly timeZone: TimeZone },
): Promise<readonly StandingProduct[]> {
  const [held] = plans.filter(({ validFrom }) => !isBefore(unit.now, validFrom));
  const planned = plans.filter((plan) => plan !== held);
  if (held === undefined) {
    for (const { instanceId, validFrom } of planned) await endInstance(unit.transaction, instanceId, validFrom, unit.now);
  } else {
    const to = endOf(held, at, timeZone);
    await endPlans(unit.transaction, factOf(subscriber, held), { from: held.validFrom, to }, unit.now);
    record(unit, subscriber, held, { ended: to.toString() });
  }
  for (const plan of planned) record(unit, subscriber, plan, { takenBack: true });
  return planned;
}

/** A plan that ends by itself before another begins still does. */
function endOf({ endsOn }: StandingProduct, at: Instant, timeZone: TimeZone): Instant {
  const day = endsOn === null ? undefined : localDateOf(endsOn);
  const end = day === undefined ? at : startOfDay(day, timeZone);
  return isBefore(end, at) ? end : at;
}

function factOf({ id: subscriberId }: LockedSubscriber, product: StandingProduct): InstanceFact {
  const { instanceId, versionId, isPlan, quantity, negotiated, orderId, itemNo } = product;
  return { subscriberId, instanceId, versionId, isPlan, quantity, negotiated, orderId, itemNo };
}

function record(
  unit: Unit,
  { id, organisation_id: organisationId, service_type: serviceType }: LockedSubscriber,
  { instanceId, code, isPlan, quantity }: StandingProduct,
  change: Readonly<Record<string, Json>>,
): void {
  const subject = { subjectKind: 'subscriber', subjectId: id } as const;
  const before = { products: [{ instanceId, isPlan, quantity }] };
  unit.audit({ ...subject, organisationId, serviceType, before, after: { products: [{ instanceId, isPlan, quantity, ...change }] } });
  unit.emit({ type: 'SubscriberProductsChangeEvent', ...subject, payload: { products: [{ code, isPlan, quantity, ...change }] } });
}
