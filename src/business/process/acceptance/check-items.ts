import {
  checkRule, contentField, readItem, refuseOrder, selectSubscribersInOrders, type ItemKind, type ItemRequest, type OrderItem,
} from '../../component/order'; // prettier-ignore
import { isFinal, refuseSubscriber, selectActivations, selectSubscriberCustomers } from '../../component/subscriber';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { refusedBy } from '../../../kernel/result';
import { boundProducts } from './contracts';
import { checkTogether } from './check-together';
import { checkContractsLeft } from './contracts-left';
import { seekNumbers } from './given-identifiers';
import { kindOf } from './kinds';
import { checkOwner, missingOf } from './lock-parties';
import type { Accepting } from './order-kind';
import { checkDiscounts, numbered } from './ordered-discounts';
import { below, type AcceptanceRefusal, type Refused } from './refusals';

type SubscriberId = Id<'subscriber'>;

/** Every reason why the items cannot be done as things are 资格校验, each with the item and the field that it is about. */
export async function checkItems(accepting: Accepting, items: readonly ItemRequest[]): Promise<Refused | undefined> {
  const owner = checkOwner(accepting);
  if (owner !== undefined) return owner;
  const refused: (Refused | undefined)[] = [];
  const missing = items.map((item) => missingOf(accepting.parties, kindOf(item).touches(item.content)));
  const about = await readAbout(accepting, items);
  await seekNumbers(accepting);
  const together = checkTogether(items);
  for (const [place, item] of items.entries()) {
    const wrong =
      missing[place] ?? together[place] ?? (await checkItem(accepting, item, about)) ?? (await checkContractsLeft(accepting, item));
    if (wrong !== undefined) refused.push(below(contentField(place, item.kind), wrong));
  }
  return refusedBy<AcceptanceRefusal>(...refused) ?? checkDiscounts(accepting, numbered(items));
}

/** What is known of the subscribers that the items are about: whose they are, and which order is at work on them. */
interface About {
  readonly owners: ReadonlyMap<SubscriberId, Id<'customer'>>;
  readonly orders: ReadonlyMap<SubscriberId, string>;
  /** Of those whose time in net is asked for: when they were activated that were opened ahead. */
  readonly activations: ReadonlyMap<SubscriberId, Instant>;
}

async function readAbout(accepting: Accepting, items: readonly ItemRequest[]): Promise<About> {
  const { unit, wide, orderId, parties } = accepting;
  const ids = items.flatMap((item) => kindOf(item).touches(item.content).subscriber?.id ?? []).filter((id) => parties.subscribers.has(id));
  if (ids.length === 0) return { owners: new Map(), orders: new Map(), activations: new Map() };
  const roles = await selectSubscriberCustomers(wide, ids, { validAt: unit.now, knownAt: null });
  const busy = await selectSubscribersInOrders(unit.transaction, ids, orderId);
  return {
    owners: new Map(roles.flatMap(({ role, subscriberId, customerId }) => (role === 'OWNER' ? [[subscriberId, customerId] as const] : []))),
    orders: new Map(busy.map(({ subscriberId, orderNo }) => [subscriberId, orderNo])),
    activations: asksTimeInNet(accepting, items) ? await selectActivations(wide, ids) : new Map(),
  };
}

function asksTimeInNet({ rules, parties }: Accepting, items: readonly ItemRequest[]): boolean {
  return items.some((item) => {
    const { subscriber } = kindOf(item).touches(item.content);
    const { monthsInNet, daysInNet } = rules(item.kind, (subscriber && parties.subscribers.get(subscriber.id)?.service_type) ?? null);
    return monthsInNet > 0 || daysInNet > 0;
  });
}

/**
 * Why one item of an order that has begun can no longer be done: others of the order were done before it, or time has passed while
 * people did their step of it, and what it names may have ended. The kind's rule is not asked again: the order was accepted by it.
 */
export async function checkAgain(accepting: Accepting, { kind, content, itemNo }: OrderItem): Promise<Refused | undefined> {
  const request = readItem(kind as ItemKind, content);
  const { parties } = accepting;
  const touched = kindOf(request).touches(request.content);
  const { subscriber: named } = touched;
  const subscriber = named === undefined ? undefined : parties.subscribers.get(named.id);
  const ended = named !== undefined && subscriber !== undefined && isFinal(subscriber.status);
  const wrong =
    missingOf(parties, touched) ??
    (ended ? refuseSubscriber('NOT_ACTIVE', named.field) : undefined) ??
    (await checkStillTheirs(accepting, request)) ??
    (await kindOf(request).check({ ...accepting, begun: true }, request.content)) ??
    (await checkContractsLeft(accepting, request));
  if (wrong !== undefined) return below(contentField(itemNo - 1, request.kind), wrong);
  return checkDiscounts(accepting, [{ itemNo, item: request }]);
}

/** Whether the subscriber is still the customer's of the order, or is by an item of it whoever's it went to. */
async function checkStillTheirs({ wide, items, customerId }: Accepting, item: ItemRequest): Promise<Refused | undefined> {
  const kind = kindOf(item);
  const { subscriber: named } = kind.touches(item.content);
  // What changes nothing harms nobody.
  if (named === undefined || kind.anyOwner === true || kind.action === 'NO_CHANGE') return undefined;
  const owner = (await selectSubscriberCustomers(wide, [named.id], { validAt: wide.now, knownAt: null })).find(
    ({ role }) => role === 'OWNER',
  );
  const theirs = items.flatMap((one) => (one.kind === 'TRANSFER' && one.content.subscriberId === named.id ? [one.content.customerId] : []));
  return owner === undefined || [customerId, ...theirs].includes(owner.customerId) ? undefined : refuseOrder('NOT_THEIRS', named.field);
}

async function checkItem(accepting: Accepting, item: ItemRequest, { owners, orders, activations }: About): Promise<Refused | undefined> {
  const kind = kindOf(item);
  const { subscriber: named } = kind.touches(item.content);
  if (named === undefined) return kind.check(accepting, item.content);
  const subscriber = accepting.parties.subscribers.get(named.id);
  if (subscriber === undefined) return refuseOrder('SUBSCRIBER_NOT_FOUND', named.field);
  if (isFinal(subscriber.status)) return refuseSubscriber('NOT_ACTIVE', named.field);
  const { unit, timeZone, rules, customerId } = accepting;
  const { status } = subscriber;
  const rule = rules(item.kind, subscriber.service_type);
  const orderNo = kind.besideOthers?.(item.content) === true ? undefined : orders.get(named.id);
  const bound = rule.contractRefused ? await boundProducts(accepting, named.id) : [];
  return refusedBy<AcceptanceRefusal>(
    kind.anyOwner !== true && owners.get(named.id) !== customerId && refuseOrder('NOT_THEIRS', named.field),
    status === 'pendingActive' && kind.beforeService !== true && refuseSubscriber('STATUS_REFUSES', named.field, { status }),
    orderNo !== undefined && refuseOrder('ORDER_UNDER_WAY', named.field, { orderNo }),
    checkRule(rule, subscriber, {
      now: unit.now,
      timeZone,
      inArrears: false,
      activatedAt: activations.get(named.id),
      bound,
      field: named.field,
    }),
    await kind.check(accepting, item.content),
  );
}
