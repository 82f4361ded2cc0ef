import { judgeClaims, preOccupyNumbers, releaseHeldBy } from '../../component/number';
import { contentField, type ItemRequest, type OrderInHand } from '../../component/order';
import { refuseSubscriber } from '../../component/subscriber';
import type { Unit } from '../../context';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { kindOf } from './kinds';
import { holderOf } from './number-holder';
import type { Accepting, Parties, ToBeOpened } from './order-kind';
import { below, type Refused } from './refusals';

/** For so long past its due time an order keeps its numbers. */
const KEPT_DAYS = 7;

/** Keeps the numbers of the stock that a waiting order is to give out, so that nobody else has them meanwhile. */
export async function keepNumbers(
  { wide, orderId, parties }: Accepting,
  requests: readonly ItemRequest[],
  dueAt: Instant,
  /** The items that wait; without it all of them. */
  itemNos?: ReadonlySet<number>,
): Promise<Refused | undefined> {
  for (const [place, request] of requests.entries()) {
    if (itemNos?.has(place + 1) === false) continue;
    const { number, opens } = kindOf(request).touches(request.content);
    const of = number === undefined ? undefined : (opens ?? placeOf(parties, number.subscriberId));
    if (number?.next == null || of === undefined) continue;
    const { next: value, subscriberId } = number;
    const claim = { value, subscriberId, serviceType: of.serviceType, organisationId: of.organisationId };
    const [outcome] = await judgeClaims(wide, [{ ...claim, holder: holderOf(orderId) }]);
    if (outcome !== 'AVAILABLE') continue;
    const kept = await preOccupyNumbers(wide, [value], holderOf(orderId), dueAt.add({ hours: 24 * KEPT_DAYS }));
    if (!kept.ok) return below(contentField(place, request.kind), refuseSubscriber('NUMBER_UNAVAILABLE'));
  }
  return undefined;
}

function placeOf({ subscribers }: Parties, id: Id<'subscriber'>): Omit<ToBeOpened, 'id'> | undefined {
  const row = subscribers.get(id);
  return row === undefined ? undefined : { serviceType: row.service_type, organisationId: row.organisation_id };
}

/** Lets the numbers go that an order kept and did not give out. */
export async function letNumbersGo(wide: Unit, { order }: Pick<OrderInHand, 'order'>): Promise<void> {
  await releaseHeldBy(wide, holderOf(order.id));
}
