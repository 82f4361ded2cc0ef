import type { NetworkStep } from '../../../data/operation/fulfilment/network-step';
import type { Instant } from '../../../kernel/clock';
import { isBefore } from '../../../kernel/period';

/** Tell the element to do it, to take it back, or ask what became of it. */
export interface CallTask {
  readonly kind: 'TELL' | 'UNDO' | 'ASK';
  readonly itemNo: number;
}

/** What is to be done next for an order whose items the network has to be told of. */
export type Task =
  | CallTask
  /** Ask a person. */
  | { readonly kind: 'HOLD'; readonly itemNo: number }
  /** Look again when some time has passed. */
  | { readonly kind: 'LATER'; readonly afterMs: number }
  /** The network has done everything: now the order takes effect. */
  | { readonly kind: 'ACTIVATE' }
  /** Everything has been taken back: the order ends. */
  | { readonly kind: 'END' }
  /** Somebody else has it in hand: a person, or another round. */
  | { readonly kind: 'NOTHING' };

/** How long one waits, and for how long. */
export interface Pace {
  /** Before the network is asked again; twice as long each time. */
  readonly firstWaitMs: number;
  readonly waitMsMax: number;
  /** After so long without knowing what became of a command a person is asked. */
  readonly patienceMs: number;
}

/** A call of this round that settled nothing. */
export interface Tried extends CallTask {
  /** The element works on it: telling it again is of no use. */
  readonly inProgress: boolean;
}

export interface Circumstances {
  readonly forward: boolean;
  readonly now: Instant;
  readonly pace: Pace;
  /** The last call of this round, where it settled nothing. */
  readonly tried: Tried | null;
}

/** Forward item by item; back in reverse, each that was done or may have been. Nothing is guessed: only the element's word, or a person's. */
export function nextTask(steps: readonly NetworkStep[], circumstances: Circumstances): Task {
  if (!circumstances.forward) return back(steps, circumstances);
  const open = steps.find(({ state }) => state !== 'DONE');
  if (open === undefined) return { kind: 'ACTIVATE' };
  const { itemNo } = open;
  if (open.state === 'TO_DO') return { kind: 'TELL', itemNo };
  if (open.state !== 'UNSURE') return { kind: 'NOTHING' };
  const { tried, now, pace } = circumstances;
  if (tried === null) return { kind: 'ASK', itemNo };
  if (tried.kind === 'ASK' && !tried.inProgress) return { kind: 'TELL', itemNo };
  const late = open.unsureSince !== null && isBefore(open.unsureSince.add({ milliseconds: pace.patienceMs }), now);
  return late ? { kind: 'HOLD', itemNo } : waiting(open, pace);
}

/** Of a step taken back, nothing is left to do. */
const SETTLED = new Set(['TO_DO', 'REFUSED', 'NOT_DONE', 'UNDONE']);

function back(steps: readonly NetworkStep[], { tried, pace }: Circumstances): Task {
  const open = steps.toReversed().find(({ state }) => !SETTLED.has(state));
  if (open === undefined) return { kind: 'END' };
  const { itemNo, state } = open;
  // What was refused is asked of a person; whatever else settled nothing is tried again, for as long as it takes.
  if (state === 'UNDO_REFUSED') return { kind: 'HOLD', itemNo };
  if (state === 'UNDO_ASKED' || state === 'ASKED') return { kind: 'NOTHING' };
  if (tried?.itemNo === itemNo) return waiting(open, pace);
  return { kind: state === 'UNSURE' ? 'ASK' : 'UNDO', itemNo };
}

function waiting({ tries }: NetworkStep, { firstWaitMs, waitMsMax }: Pace): Task {
  return { kind: 'LATER', afterMs: Math.min(firstWaitMs * 2 ** Math.min(Math.max(tries - 1, 0), 20), waitMsMax) };
}
