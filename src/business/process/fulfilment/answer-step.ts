import { refuseOrder } from '../../component/order';
import { selectNetworkSteps, updateFulfilment, updateNetworkStep, type Fulfilment } from '../../../data/operation/fulfilment/fulfilment';
import type { NetworkStep } from '../../../data/operation/fulfilment/network-step';
import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { beginNextRound, openFulfilment, turnedBack } from './fulfilment';

/** What a person is asked of the network. */
export interface AskedStep {
  readonly fulfilment: Fulfilment;
  readonly step: NetworkStep;
}

/** The step of a locked order's item that the network was told of, with its fulfilment; undefined where people do the item themselves. */
export async function askedOf(
  { transaction }: Pick<Unit, 'transaction'>,
  orderId: Id<'order'>,
  itemNo: number,
): Promise<AskedStep | undefined> {
  const fulfilment = await openFulfilment({ transaction }, orderId);
  if (fulfilment === undefined) return undefined;
  const step = (await selectNetworkSteps({ sql: transaction }, [orderId])).find((one) => one.itemNo === itemNo);
  return step === undefined ? undefined : { fulfilment, step };
}

/** Writes down what a person says became of a step, and lets the next round begin. */
export async function answerStep(
  { transaction, now }: Unit,
  order: { readonly id: Id<'order'>; readonly priority: number },
  { fulfilment, step }: AskedStep,
  done: boolean,
): Promise<void> {
  const ofUndo = step.state === 'UNDO_ASKED';
  invariant(ofUndo ? done : step.state === 'ASKED', `nobody was asked of a step that is ${step.state}`);
  const state = ofUndo ? 'UNDONE' : done ? 'DONE' : 'NOT_DONE';
  await updateNetworkStep(transaction, { ...step, state, tries: 0, unsureSince: null, changedAt: now });
  let next = fulfilment;
  if (!done) {
    next = turnedBack(fulfilment, refuseOrder('NETWORK_NOT_DONE', `items.${step.itemNo - 1}`).refusals);
    await updateFulfilment(transaction, next);
  }
  await beginNextRound({ transaction }, order, next);
}
