import { refuseOrder, type ItemRequest } from '../../component/order';
import { refuseSubscriber } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { kindOf } from './kinds';
import { cardNumber } from './network-change';
import type { Refused } from './refusals';

/** Whether an item can be done beside those before it 受理项之间的冲突: each of them is quoted, and judged, as if the others were not there. */
export function checkTogether(items: readonly ItemRequest[]): readonly (Refused | undefined)[] {
  const given = new Set<string>();
  return items.map((item, place) => {
    const before = items.slice(0, place);
    const { subscriber } = kindOf(item).touches(item.content);
    const closing = before.findIndex((one) => closes(one, subscriber?.id));
    if (closing >= 0) return refuseOrder('CLOSED_BEFORE', subscriber?.field, { itemNo: closing + 1 });
    const [thing, field] = thingOf(item) ?? [];
    const twice = thing === undefined ? -1 : before.findIndex((one) => thingOf(one)?.[0] === thing);
    return twice >= 0 ? refuseOrder('ITEM_TWICE', field, { itemNo: twice + 1 }) : givenTwice(given, item);
  });
}

function closes({ kind, content }: ItemRequest, subscriberId: Id<'subscriber'> | undefined): boolean {
  return (kind === 'TERMINATE' || kind === 'PORT_OUT') && content.subscriberId === subscriberId;
}

/** What an item does of which there is one an order, with the field that says to whom; undefined where there may be several. */
function thingOf(item: ItemRequest): readonly [string, string] | undefined {
  switch (item.kind) {
    case 'SUSPEND':
    case 'RESUME':
      return [`${item.kind} ${item.content.reason} ${item.content.subscriberId}`, 'subscriberId'];
    case 'LEAVE_BUNDLE':
    case 'PORT_OUT':
    case 'TERMINATE':
      // Who is closed leaves its bundle.
      return [`LEAVE ${item.content.subscriberId}`, 'subscriberId'];
    case 'ACTIVATE':
    case 'CHANGE_NUMBER':
    case 'RELOCATE':
    case 'REPLACE_SIM':
    case 'TRANSFER':
      return [`${item.kind} ${item.content.subscriberId}`, 'subscriberId'];
    case 'END_DISCOUNT':
      return [`${item.kind} ${item.content.grantedDiscountId}`, 'grantedDiscountId'];
    case 'CHANGE_BILLING_DAY':
    case 'CHANGE_RATING_TYPE':
      return [`${item.kind} ${item.content.accountId}`, 'accountId'];
    default:
      return undefined;
  }
}

/** Whether an item before this one is to give out the same number, or the same card. */
function givenTwice(given: Set<string>, item: ItemRequest): Refused | undefined {
  const number = kindOf(item).touches(item.content).number?.next ?? null;
  const sim = 'sim' in item.content ? item.content.sim : null;
  const gives = [
    ...(number === null ? [] : [[`NUMBER ${number}`, 'identifier'] as const]),
    ...(sim === null ? [] : [[`SIM ${cardNumber(sim)}`, 'sim'] as const]),
  ];
  const [taken] = gives.filter(([name]) => given.has(name));
  for (const [name] of gives) given.add(name);
  return taken === undefined ? undefined : refuseSubscriber('NUMBER_TAKEN', taken[1]);
}
