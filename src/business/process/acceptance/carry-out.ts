import { contentField, readItem, type ItemKind, type ItemRequest, type OrderInHand } from '../../component/order';
import type { OrderItem } from '../../component/order';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { ok, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { beginFulfilment, type NewNetworkStep } from '../fulfilment';
import { checkAgain } from './check-items';
import { grantOrdered } from './grant-ordered';
import { keepNumbers } from './keep-numbers';
import { kindOf } from './kinds';
import { readAgain } from './lock-parties';
import { networkStepsOf } from './network-steps';
import type { Accepting } from './order-kind';
import { below, type AcceptanceRefusal } from './refusals';

/** The items of an order as requests, in their order. */
export function requestsOf(items: readonly OrderItem[]): ItemRequest[] {
  return items.map(({ kind, content }) => readItem(kind as ItemKind, content));
}

/**
 * Does what an order that has begun says: item by item, at once, or by a work order where people have a step to do. Where a system of
 * the network has to be told of any, a workflow does so and then carries out all that is not people's, as a whole. An order without
 * such steps is complete at the end. Its items have been checked in this unit.
 */
export async function carryOut(accepting: Accepting, inHand: OrderInHand): Promise<Result<undefined, AcceptanceRefusal>> {
  const { mine, steps } = await share(accepting, inHand);
  if (inHand.work.length > 0 || steps.length > 0) {
    const { order, changes } = inHand;
    const later = new Set(steps.length > 0 ? inHand.items.map(({ itemNo }) => itemNo) : inHand.work.map(({ itemNo }) => itemNo));
    const refused = await keepNumbers(accepting, requestsOf(inHand.items), changes.dueAt ?? order.dueAt, later);
    if (refused !== undefined) return refused;
  }
  if (steps.length > 0) {
    await beginFulfilment(accepting.wide, inHand.order, steps);
    return ok(undefined);
  }
  const done = await carryOutAll(accepting, inHand, mine, 'CHECKED');
  if (done.ok) inHand.course.settle();
  return done;
}

/** Gives people their steps, and tells what is left: items, and what the network has to be told of them. */
async function share(
  accepting: Accepting,
  inHand: OrderInHand,
): Promise<{ readonly mine: readonly OrderItem[]; readonly steps: readonly NewNetworkStep[] }> {
  const onNetwork = await networkStepsOf(accepting, inHand.items);
  const mine: OrderItem[] = [];
  const steps: NewNetworkStep[] = [];
  for (const item of inHand.items) {
    const network = onNetwork.get(item.itemNo);
    const queue = accepting.rules(item.kind as ItemKind, item.serviceType).workQueue ?? network?.adapter.workQueue ?? null;
    if (queue !== null) {
      inHand.work.push({ itemNo: item.itemNo, queue });
      continue;
    }
    mine.push(item);
    if (network !== undefined) steps.push(network.step);
  }
  return { mine, steps };
}

/** Does items one after the other, those together that can be; `CHECKED`: the first need not be checked again. */
export async function carryOutAll(
  accepting: Accepting,
  inHand: OrderInHand,
  items: readonly OrderItem[],
  first: 'CHECKED' | 'UNCHECKED',
): Promise<Result<undefined, AcceptanceRefusal>> {
  for (const [place, together] of togetherOf(items).entries()) {
    // The effects before them may have changed what they were checked upon.
    for (const item of place > 0 || first === 'UNCHECKED' ? together : []) {
      const refused = await checkAgain(accepting, item);
      if (refused !== undefined) return refused;
    }
    const done = await carryOutItems(accepting, inHand, together);
    if (!done.ok) return done;
  }
  return ok(undefined);
}

/** Items in their order: each by itself, but those that follow one another and are of a kind that does them at once. */
function togetherOf(items: readonly OrderItem[]): OrderItem[][] {
  const runs: OrderItem[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    const atOnce = kindOf({ kind: item.kind as ItemKind }).effects !== undefined;
    if (atOnce && run?.[0]?.kind === item.kind) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

/**
 * Does one item of an order, or several of a kind at once, from now on. They have been checked in this unit. From then on the order can no
 * longer be taken back.
 */
export async function carryOutItems(
  accepting: Accepting,
  inHand: OrderInHand,
  items: readonly OrderItem[],
): Promise<Result<undefined, AcceptanceRefusal>> {
  const begun: { readonly item: OrderItem; readonly request: ItemRequest; readonly begins: Instant }[] = [];
  for (const item of items) {
    const request = readItem(item.kind as ItemKind, item.content);
    begun.push({ item, request, begins: (await kindOf(request).begins?.(accepting, request.content)) ?? accepting.unit.now });
  }
  const outcomes = await effectsOf(accepting, begun);
  for (const [place, { item, request, begins }] of begun.entries()) {
    const done = outcomes[place];
    invariant(done !== undefined, 'each item that was done has an outcome');
    if (!done.ok) return below(contentField(item.itemNo - 1, request.kind), done);
    await readAgain(accepting.wide, accepting.parties, kindOf(request).touches(request.content));
    const discounts = await grantOrdered(accepting, request, { itemNo: item.itemNo, begins });
    const result = discounts === 0 ? done.value : { ...(done.value as Readonly<Record<string, Json>>), discounts };
    setResult(inHand, item, result, begins);
    inHand.course.moveItem(item.itemNo, 'completed', { reason: 'DONE' });
  }
  inHand.changes = { ...inHand.changes, pointOfNoReturn: true };
  return ok(undefined);
}

/** What comes of items: at once where their kind does so, else of each. */
async function effectsOf(
  accepting: Accepting,
  begun: readonly { readonly item: OrderItem; readonly request: ItemRequest }[],
): Promise<readonly Result<Json, AcceptanceRefusal>[]> {
  const items = begun.map(({ item: { itemNo }, request: { kind, content } }) => ({ itemNo, kind, content }));
  const [first] = items;
  const atOnce = first && kindOf(first);
  if (atOnce?.effects !== undefined) return atOnce.effects(accepting, items);
  const outcomes: Result<Json, AcceptanceRefusal>[] = [];
  for (const { itemNo, kind, content } of items) outcomes.push(await kindOf({ kind }).effect(accepting, content, itemNo));
  return outcomes;
}

/** Writes down what came of an item. */
export function setResult(inHand: OrderInHand, item: OrderItem, result: Json, effectiveAt: OrderItem['effectiveAt']): void {
  const place = inHand.items.findIndex(({ itemNo }) => itemNo === item.itemNo);
  inHand.items[place] = { ...item, result, effectiveAt };
}
