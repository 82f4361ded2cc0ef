import { setTimeout as sleep } from 'node:timers/promises';
import { defineWorkflow, type Step, type Workflow } from '../../../data/engine/workflow';
import type { NetworkFinding } from '../../../data/provisioning/network-command';
import type { NetworkCalls } from '../../../data/provisioning/network-calls';
import type { CallContext, CoreDatabase } from '../../context';
import type { Clock } from '../../../kernel/clock';
import { Failure } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Refusal } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { programContext } from '../program-context';
import { decide, noteFinding, noteRefusals, type Assignment, type Call, type Decision } from './decide';
import { WORKFLOW_NAME, type RoundOf } from './fulfilment';
import type { Pace } from './next-task';

/** What becomes of the order itself: units of work of their own, each once for its key. */
export interface FulfilmentHands {
  /** Carries out the items of an order in one unit, from now on for good. @returns why it cannot be done; null where it was, or is no longer to be */
  activate(context: CallContext, orderId: Id<'order'>, key: string): Promise<readonly Refusal[] | null>;
  /** Ends an order of which everything has been taken back. */
  end(context: CallContext, orderId: Id<'order'>, key: string): Promise<void>;
  /** Opens a work order: a person finds out what became of an item, or takes it back. */
  ask(context: CallContext, of: { readonly orderId: Id<'order'>; readonly itemNo: number }, key: string): Promise<void>;
}

export interface FulfilmentParts {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly network: Pick<NetworkCalls, 'call' | 'ask'>;
  readonly pace: Pace;
  readonly hands: FulfilmentHands;
}

/** Of the network's protocol: an adapter that is gone has said nothing. */
const NO_ADAPTER: NetworkFinding = { kind: 'unknown', reason: 'BAD_ENDPOINT', detail: 'the adapter can no longer be called' };

/**
 * Carries out an order of which the network has to be told 开通: reserved when it was submitted, told item by item, then in effect at
 * once; or taken back in reverse. A run is one round: where it has to wait, it ends, and the next begins after a while, so that orders
 * that wait for one element keep no place from the others.
 */
export function fulfilmentWorkflow(parts: FulfilmentParts): Workflow<RoundOf, string> {
  return defineWorkflow(WORKFLOW_NAME, async (step, of: RoundOf) => {
    const decided = (name: string, work: (decision: Decision) => Promise<Assignment>): Promise<Assignment> =>
      kept((plain) => step.transaction(name, (transaction) => plain(work({ transaction, now: parts.clock.now(), pace: parts.pace }))));
    let next = await decided('begin', (decision) => decide(decision, of));
    for (let turn = 1; ; turn += 1) {
      const assignment = next;
      switch (assignment.kind) {
        case 'NOTHING':
          return 'OVER';
        case 'TELL':
        case 'UNDO':
        case 'ASK': {
          const name = `${turn} ${assignment.kind.toLowerCase()} ${assignment.itemNo}`;
          const finding = await kept<NetworkFinding>((plain) => step.run(name, () => plain(speak(parts, assignment))));
          next = await decided(`${turn} note`, (decision) => noteFinding(decision, of, assignment, finding));
          break;
        }
        case 'ACTIVATE': {
          const refusals = await act(parts, step, `${turn} activate`, (hands, context, key) => hands.activate(context, idOf(of), key));
          next = await decided(`${turn} note`, (decision) =>
            refusals === null ? decide(decision, of) : noteRefusals(decision, of, refusals),
          );
          break;
        }
        case 'HOLD': {
          const { itemNo } = assignment;
          await act(parts, step, `${turn} ask a person`, (hands, context, key) =>
            hands.ask(context, { orderId: idOf(of), itemNo }, key).then(nothing),
          );
          next = await decided(`${turn} note`, (decision) => decide(decision, of));
          break;
        }
        case 'END':
          await act(parts, step, `${turn} end`, (hands, context, key) => hands.end(context, idOf(of), key).then(nothing));
          next = await decided(`${turn} note`, (decision) => decide(decision, of));
          break;
      }
    }
  });
}

const idOf = ({ orderId }: RoundOf): Id<'order'> => orderId as Id<'order'>;
const nothing = (): null => null;

function speak({ network }: FulfilmentParts, { kind, adapter, command }: Call): Promise<NetworkFinding> {
  if (adapter === null) return Promise.resolve(NO_ADAPTER);
  return kind === 'ASK' ? network.ask(adapter, command.key) : network.call(adapter, command);
}

type Act = (hands: FulfilmentHands, context: CallContext, key: string) => Promise<readonly Refusal[] | null>;

/** A unit of work as a step. Its idempotency key is the step's, so that whoever repeats it gets the same answer. */
function act({ database, clock, hands }: FulfilmentParts, step: Step, name: string, work: Act): Promise<readonly Refusal[] | null> {
  const actor = { kind: 'SYSTEM', id: WORKFLOW_NAME, clientId: WORKFLOW_NAME, address: null } as const;
  const { workflowId } = step;
  return kept((plain) =>
    step.run(name, (key) =>
      plain(untilItIsBack(() => work(hands, programContext(database, clock, actor, workflowId), key.replaceAll(' ', '-')))),
    ),
  );
}

/** The engine keeps plain JSON, and says no more of it: what a step gives is of the type that it was given. */
function kept<Value>(run: (plain: (work: Promise<Value>) => Promise<Json>) => Promise<unknown>): Promise<Value> {
  return run((work) => work as unknown as Promise<Json>) as Promise<Value>;
}

const AGAIN_AFTER_MS = 500;
const AWAY = ['DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'IDEMPOTENCY_IN_PROGRESS'];

/** An outage of the database has no bound: giving up would have to be recorded in the very database that is away. */
async function untilItIsBack<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Failure) || !AWAY.includes(error.code)) throw error;
      await sleep(AGAIN_AFTER_MS, undefined, { ref: false });
    }
  }
}
