import type { CallContext } from '../../context';
import { execute } from '../../execute';
import { invariant } from '../../../kernel/failure';
import type { Result } from '../../../kernel/result';
import type { FulfilmentHands } from '../fulfilment';
import { activateOrder } from './activate-order';
import { askOfNetwork } from './ask-of-network';
import { endUndoneOrder } from './end-undone-order';

/** What the workflow of an order does to the order itself. */
export const fulfilmentHands: FulfilmentHands = {
  async activate(context: CallContext, orderId, key) {
    const done = await execute(context, activateOrder, { orderId }, key);
    return done.ok ? null : done.refusals;
  },
  async end(context, orderId, key) {
    expectDone(await execute(context, endUndoneOrder, { orderId }, key));
  },
  async ask(context, of, key) {
    expectDone(await execute(context, askOfNetwork, of, key));
  },
};

function expectDone(result: Result<unknown, string>): void {
  invariant(result.ok, `what the workflow asks is not refused: ${JSON.stringify(result)}`);
}
