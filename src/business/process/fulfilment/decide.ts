import { isEnd, lockOrder, refuseOrder, type ProductOrder } from '../../component/order';
import { selectProvisioningAdapters } from '../../component/service';
import { updateFulfilment, updateNetworkStep, type Fulfilment } from '../../../data/operation/fulfilment/fulfilment';
import type { NetworkStep } from '../../../data/operation/fulfilment/network-step';
import type { HttpAdapterSettings, NetworkCommand, NetworkFinding } from '../../../data/provisioning/network-command';
import type { Unit } from '../../context';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Refusal } from '../../../kernel/result';
import { systemScope } from '../../../kernel/scope';
import { afterFinding, beforeTelling, triedBy } from './after-finding';
import { beginNextRound, keyOf, openFulfilment, openSteps, turnedBack, type RoundOf } from './fulfilment';
import { nextTask, type CallTask, type Pace, type Task, type Tried } from './next-task';

/** A call of the network, with all that it takes. */
export interface Call extends CallTask {
  /** Null where the adapter can no longer be called. */
  readonly adapter: HttpAdapterSettings | null;
  readonly command: NetworkCommand;
}

/** What a round of the workflow does next. */
export type Assignment = Call | Exclude<Task, CallTask | { readonly kind: 'LATER' }>;

/** Within one step of the workflow: its transaction and the time of its beginning. */
export interface Decision extends Pick<Unit, 'transaction'> {
  readonly now: Instant;
  readonly pace: Pace;
}

const NOTHING = { kind: 'NOTHING' } as const;

interface InHand {
  readonly order: ProductOrder;
  fulfilment: Fulfilment;
  steps: NetworkStep[];
}

/** Decides what a round does next, under the lock of the order: a cancellation comes before it or after it. */
export async function decide(decision: Decision, of: RoundOf, tried: Tried | null = null): Promise<Assignment> {
  const inHand = await takeInHand(decision, of);
  return inHand === undefined ? NOTHING : next(decision, inHand, tried);
}

/** Writes down what an element said, and decides what is next. */
export async function noteFinding(decision: Decision, of: RoundOf, { kind, itemNo }: Call, finding: NetworkFinding): Promise<Assignment> {
  const inHand = await takeInHand(decision, of);
  if (inHand === undefined) return NOTHING;
  const place = inHand.steps.findIndex((step) => step.itemNo === itemNo);
  const step = inHand.steps[place];
  invariant(step !== undefined, 'an answer belongs to a step');
  const found = afterFinding(step, kind, finding, decision.now);
  await updateNetworkStep(decision.transaction, found);
  inHand.steps[place] = found;
  if (found.state === 'REFUSED') {
    const { refusals } = refuseOrder('NETWORK_REFUSED', `items.${itemNo - 1}`, { reason: found.reason ?? '' });
    await turnBack(decision, inHand, refusals);
  }
  return next(decision, inHand, triedBy(kind, itemNo, finding));
}

/** Writes down that the order can no longer be carried out, though the network has done its part, and decides what is next. */
export async function noteRefusals(decision: Decision, of: RoundOf, refusals: readonly Refusal[]): Promise<Assignment> {
  const inHand = await takeInHand(decision, of);
  if (inHand === undefined) return NOTHING;
  await turnBack(decision, inHand, refusals);
  return next(decision, inHand, null);
}

/** An order that is held has been given to a person, and what has ended or is in another round's hands is none of this one's. */
async function takeInHand({ transaction, now }: Decision, { orderId: id, round }: RoundOf): Promise<InHand | undefined> {
  const orderId = id as Id<'order'>;
  const order = await lockOrder({ sql: transaction, scope: systemScope, now }, orderId, 'order:write');
  if (order === undefined || order.state === 'held' || isEnd(order.state)) return undefined;
  const fulfilment = await openFulfilment({ transaction }, orderId);
  if (fulfilment?.round !== round) return undefined;
  return { order, fulfilment, steps: await openSteps({ transaction }, orderId) };
}

async function turnBack({ transaction }: Decision, inHand: InHand, refusals: readonly Refusal[]): Promise<void> {
  inHand.fulfilment = turnedBack(inHand.fulfilment, refusals);
  await updateFulfilment(transaction, inHand.fulfilment);
}

async function next(decision: Decision, { order, fulfilment, steps }: InHand, tried: Tried | null): Promise<Assignment> {
  const { transaction, now, pace } = decision;
  const forward = order.state === 'inProgress' && fulfilment.failure === null;
  const task = nextTask(steps, { forward, now, pace, tried });
  if (task.kind === 'LATER') {
    await beginNextRound(decision, order, fulfilment, task.afterMs);
    return NOTHING;
  }
  if (!isCall(task)) return task;
  const step = steps.find(({ itemNo }) => itemNo === task.itemNo);
  invariant(step !== undefined, 'a task is about a step');
  if (task.kind !== 'ASK') {
    const before = beforeTelling(step, task.kind, now);
    if (before !== step) await updateNetworkStep(transaction, before);
  }
  return { ...task, adapter: await adapterOf(decision, step.adapter), command: commandOf(order, step, task.kind) };
}

function isCall(task: Task): task is CallTask {
  return task.kind === 'TELL' || task.kind === 'UNDO' || task.kind === 'ASK';
}

function commandOf({ id, orderNo }: ProductOrder, { itemNo, command, undo }: NetworkStep, kind: Call['kind']): NetworkCommand {
  const { action, ...service } = kind === 'UNDO' ? undo : command;
  const key = keyOf(id, kind === 'UNDO' ? 'undo' : 'provision', itemNo);
  return { key, action: action as NetworkCommand['action'], orderNo, ...service };
}

async function adapterOf({ transaction }: Decision, code: string): Promise<HttpAdapterSettings | null> {
  const [adapter] = await selectProvisioningAdapters({ sql: transaction }, [code]);
  return adapter?.http == null ? null : { code, ...adapter.http };
}
