import { enqueueWorkflow } from '../../../data/engine/enqueue-workflow';
import {
  insertFulfilment,
  insertNetworkSteps,
  selectFulfilment,
  selectOpenSteps,
  selectSubscribersInFulfilment,
  updateFulfilment,
  type Fulfilment,
  type NewNetworkStep,
} from '../../../data/operation/fulfilment/fulfilment';
import type { NetworkStep } from '../../../data/operation/fulfilment/network-step';
import { ORDER_STATES, isEnd, refuseOrder, type OrderRefusal } from '../../component/order';
import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { ok, type Refusal, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';

/** Stored with every run: it never changes. */
export const WORKFLOW_NAME = 'fulfilOrder';

const ENDED = ORDER_STATES.filter(isEnd);

/** What a run of the workflow is given. */
export type RoundOf = { readonly orderId: string; readonly round: number };

/** The first round is named by its order alone. */
export function workflowIdOf(orderId: Id<'order'>, round = 1): string {
  return round === 1 ? `fulfil-order/${orderId}` : `fulfil-order/${orderId}/${round}`;
}

/** The key by which an element knows a command for good: the same in every round. */
export function keyOf(orderId: Id<'order'>, kind: 'provision' | 'undo', itemNo: number): string {
  return `${workflowIdOf(orderId)}:${kind} ${itemNo}`;
}

interface OrderToFulfil {
  readonly id: Id<'order'>;
  /** 1 is served first 绿色通道. */
  readonly priority: number;
}

type Write = Pick<Unit, 'transaction' | 'now'>;

/** Has a worker tell the network and then carry the order out: it is enqueued exactly when this unit commits. */
export async function beginFulfilment({ transaction, now }: Write, order: OrderToFulfil, steps: readonly NewNetworkStep[]): Promise<void> {
  await insertFulfilment(transaction, order.id, now);
  await insertNetworkSteps(transaction, order.id, steps, now);
  await enqueueRound({ transaction }, order, 1);
}

/** Has the network told of one more item of a locked order that is under way: people have done their step of it. */
export async function tellMore(
  write: Write,
  order: OrderToFulfil,
  { subscriberId, step }: { readonly subscriberId: Id<'subscriber'>; readonly step: NewNetworkStep },
): Promise<Result<undefined, OrderRefusal>> {
  const { transaction, now } = write;
  const [busy] = await selectSubscribersInFulfilment(transaction, [subscriberId], order.id);
  if (busy !== undefined) return refuseOrder('ORDER_UNDER_WAY', 'workOrderId', { orderNo: busy.orderNo });
  const fulfilment = await selectFulfilment(transaction, order.id);
  if (fulfilment === undefined) await beginFulfilment(write, order, [step]);
  else {
    const over = fulfilment.endedAt !== null;
    if (!over && fulfilment.failure !== null) return refuseOrder('NETWORK_TURNS_BACK', 'workOrderId');
    await insertNetworkSteps(transaction, order.id, [step], now);
    // What still has the order in hand sees the step when it next decides.
    if (over) await beginNextRound({ transaction }, order, { ...fulfilment, failure: null, endedAt: null });
  }
  return ok(undefined);
}

/** What the network is told for a locked order, of the items that have not ended. */
export function openSteps({ transaction }: Pick<Write, 'transaction'>, orderId: Id<'order'>): Promise<NetworkStep[]> {
  return selectOpenSteps(transaction, orderId, ENDED);
}

/** Lets the next round of a locked order begin, at once or after a while; the present one ends. */
export async function beginNextRound(
  { transaction }: Pick<Write, 'transaction'>,
  order: OrderToFulfil,
  fulfilment: Fulfilment,
  afterMs = 0,
): Promise<void> {
  const next = { ...fulfilment, round: fulfilment.round + 1 };
  await updateFulfilment(transaction, next);
  await enqueueRound({ transaction }, order, next.round, afterMs);
}

/** The next round, whatever has become of the present one. */
export async function beginAnew(write: Pick<Write, 'transaction'>, order: OrderToFulfil, fulfilment: Fulfilment): Promise<number> {
  await beginNextRound(write, order, fulfilment);
  return fulfilment.round + 1;
}

async function enqueueRound(
  { transaction }: Pick<Write, 'transaction'>,
  { id, priority }: OrderToFulfil,
  round: number,
  afterMs = 0,
): Promise<void> {
  const input: RoundOf = { orderId: id, round };
  await enqueueWorkflow(transaction, { name: WORKFLOW_NAME }, input, { workflowId: workflowIdOf(id, round), priority, afterMs });
}

/** What the network is still being told for a locked order; undefined where nothing is, or no longer. */
export async function openFulfilment({ transaction }: Pick<Write, 'transaction'>, orderId: Id<'order'>): Promise<Fulfilment | undefined> {
  const fulfilment = await selectFulfilment(transaction, orderId);
  return fulfilment?.endedAt === null ? fulfilment : undefined;
}

/** The order has been carried out, or everything was taken back. */
export async function endFulfilment({ transaction, now }: Write, fulfilment: Fulfilment): Promise<void> {
  await updateFulfilment(transaction, { ...fulfilment, endedAt: now });
}

/** Why an order is being taken back, in the words that its items are refused with. */
export function failureOf({ failure }: Fulfilment): readonly Refusal[] {
  return (failure as unknown as { readonly refusals: readonly Refusal[] } | null)?.refusals ?? [];
}

/** From now on everything is taken back. The first reason stays. */
export function turnedBack(fulfilment: Fulfilment, refusals: readonly Refusal[]): Fulfilment {
  invariant(refusals.length > 0, 'what is taken back has a reason');
  return fulfilment.failure === null ? { ...fulfilment, failure: { refusals } as unknown as Json } : fulfilment;
}
