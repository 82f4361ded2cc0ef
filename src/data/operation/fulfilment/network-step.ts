import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import { sql } from '../../connection/sql';

export const NETWORK_STEP_STATES = [
  /** The network has not been told. */
  'TO_DO',
  /** It is being told, or was told and it is not known what became of it. */
  'UNSURE',
  /** A person is asked what became of it. */
  'ASKED',
  'DONE',
  /** Said by the element, and final. */
  'REFUSED',
  /** It was not done, says a person, or the element when it was asked. */
  'NOT_DONE',
  /** It is being taken back, or was told so and it is not known what became of that. */
  'UNDOING',
  /** The element does not take it back. */
  'UNDO_REFUSED',
  /** A person is asked to take it back. */
  'UNDO_ASKED',
  'UNDONE',
] as const;

export type NetworkStepState = (typeof NETWORK_STEP_STATES)[number];

/** What a network element is told, but for the key and the order's number. */
export interface StepCommand {
  readonly action: string;
  readonly serviceType: string;
  readonly serviceId: string;
  readonly identifiers: Readonly<Record<string, string>>;
  readonly characteristics: Readonly<Record<string, Json>>;
  readonly products: readonly { readonly code: string; readonly quantity: number }[];
  /** Whether the service is stopped then. */
  readonly stopped: boolean;
}

/** What the network is told for one item of an order 开通步骤. */
export interface NetworkStep {
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
  /** Code of the adapter that leads to the element. */
  readonly adapter: string;
  readonly command: StepCommand;
  /** What takes it back. */
  readonly undo: StepCommand;
  readonly state: NetworkStepState;
  /** What was said last, of one that is not done. */
  readonly reason: string | null;
  /** The element's own number for it. */
  readonly reference: string | null;
  /** Answers that settled nothing, since its state is what it is. */
  readonly tries: number;
  readonly unsureSince: Instant | null;
  readonly changedAt: Instant;
}

export interface NetworkStepRow {
  readonly order_id: Id<'order'>;
  readonly item_no: number;
  readonly adapter: string;
  readonly command: StepCommand;
  readonly undo: StepCommand;
  readonly state: NetworkStepState;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly tries: number;
  readonly unsure_since: string | null;
  readonly changed_at: string;
}

/** The columns of {@link NetworkStepRow}, of the alias `s`. */
export const STEP_COLUMNS = sql`s.order_id, s.item_no, s.adapter, s.command, s.undo, s.state, s.reason, s.reference, s.tries, s.unsure_since,
  s.changed_at`;

export function toStep(row: NetworkStepRow): NetworkStep {
  return {
    orderId: row.order_id,
    itemNo: row.item_no,
    adapter: row.adapter,
    command: row.command,
    undo: row.undo,
    state: row.state,
    reason: row.reason,
    reference: row.reference,
    tries: row.tries,
    unsureSince: optionalInstant(row.unsure_since),
    changedAt: instantFromDatabase(row.changed_at),
  };
}
