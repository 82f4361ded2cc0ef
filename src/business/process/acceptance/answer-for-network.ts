import { endWorkOrder, keepOrder, refuseOrder, type OrderChanged, type WorkOrder } from '../../component/order';
import type { Unit } from '../../context';
import { ok, type Result } from '../../../kernel/result';
import { answerStep, type AskedStep } from '../fulfilment';
import type { AcceptanceRefusal } from './refusals';
import type { WorkToEnd } from './work-to-end';

/** What a person says of the network: it was done, or taken back; or it was not. */
export interface NetworkAnswer {
  readonly asked: AskedStep;
  readonly work: WorkOrder;
  readonly done: boolean;
  readonly note: string | null;
}

/** Ends the work order by which a person was asked of the network: the workflow goes on with what he says. */
export async function answerForNetwork(
  unit: Unit,
  { inHand }: WorkToEnd,
  { asked, work, done, note }: NetworkAnswer,
): Promise<Result<OrderChanged, AcceptanceRefusal>> {
  const ofUndo = asked.step.state === 'UNDO_ASKED';
  if (ofUndo && !done) return refuseOrder('UNDO_NEEDED', 'workOrderId');
  await answerStep(unit, inHand.order, asked, done);
  if (!ofUndo) inHand.course.move('inProgress', { reason: 'NETWORK_ANSWERED', note });
  await endWorkOrder(unit, work, done ? 'completed' : 'cancelled', note);
  return ok(await keepOrder(unit, inHand));
}
