import { contentField, readItem, type ItemKind, type ItemRequest, type OrderInHand } from '../../component/order';
import type { OrderItem } from '../../component/order';
import { ok, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { checkAgain } from './check-items';
import { kindOf } from './kinds';
import { readAgain } from './lock-parties';
import type { Accepting } from './order-kind';
import { below, type AcceptanceRefusal } from './refusals';

/** The items of an order as requests, in their order. */
export function requestsOf(items: readonly OrderItem[]): ItemRequest[] {
  return items.map(({ kind, content }) => readItem(kind as ItemKind, content));
}

/**
 * Does what an order that has begun says, item by item: at once, or by a work order where people have a step to do. An order
 * without such a step is complete at the end. Its items have been checked in this unit.
 */
export async function carryOut(accepting: Accepting, inHand: OrderInHand): Promise<Result<undefined, AcceptanceRefusal>> {
  let effects = 0;
  for (const item of inHand.items) {
    const queue = accepting.rules(item.kind as ItemKind, item.serviceType).workQueue;
    if (queue !== null) {
      inHand.work.push({ itemNo: item.itemNo, queue });
      continue;
    }
    // The effects before it may have changed what it was checked upon.
    const refused = effects > 0 ? await checkAgain(accepting, item) : undefined;
    if (refused !== undefined) return refused;
    const done = await carryOutItem(accepting, inHand, item);
    if (!done.ok) return done;
    effects += 1;
  }
  inHand.course.settle();
  return ok(undefined);
}

/** Does one item of an order, from now on. It has been checked in this unit. From then on the order can no longer be taken back. */
export async function carryOutItem(
  accepting: Accepting,
  inHand: OrderInHand,
  item: OrderItem,
): Promise<Result<undefined, AcceptanceRefusal>> {
  const request = readItem(item.kind as ItemKind, item.content);
  const kind = kindOf(request);
  const begins = (await kind.begins?.(accepting, request.content)) ?? accepting.unit.now;
  const done = await kind.effect(accepting, request.content, item.itemNo);
  if (!done.ok) return below(contentField(item.itemNo - 1, request.kind), done);
  await readAgain(accepting.wide, accepting.parties, kind.touches(request.content));
  setResult(inHand, item, done.value, begins);
  inHand.course.moveItem(item.itemNo, 'completed', { reason: 'DONE' });
  inHand.changes = { ...inHand.changes, pointOfNoReturn: true };
  return ok(undefined);
}

/** Writes down what came of an item. */
export function setResult(inHand: OrderInHand, item: OrderItem, result: Json, effectiveAt: OrderItem['effectiveAt']): void {
  const place = inHand.items.findIndex(({ itemNo }) => itemNo === item.itemNo);
  inHand.items[place] = { ...item, result, effectiveAt };
}
