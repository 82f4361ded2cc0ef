import { invariant } from '../../kernel/failure';
import type { Json } from '../../kernel/stable-json';

/** What a network element is told to do with a service. */
export const NETWORK_ACTIONS = [
  'ACTIVATE', 'MODIFY', 'SUSPEND', 'RESUME', 'CHANGE_NUMBER', 'RELOCATE', 'TERMINATE', 'RESERVE', 'RELEASE',
] as const; // prettier-ignore

export type NetworkAction = (typeof NETWORK_ACTIONS)[number];

/** So many of a product. */
export interface NetworkProduct {
  readonly code: string;
  readonly quantity: number;
}

/** One command to a network element 网元指令. */
export interface NetworkCommand {
  /** The same for every attempt, by whichever process: the workflow and its step. Printable ASCII, at most 255 characters. */
  readonly key: string;
  readonly action: NetworkAction;
  /** The order that it is for: no command without one. */
  readonly orderNo: string;
  readonly serviceType: string;
  /** The service instance by which the element knows it for all its life, whatever its number becomes: the subscriber's id. */
  readonly serviceId: string;
  /** By kind, as `ACCESS_NUMBER`, `SIM`. */
  readonly identifiers: Readonly<Record<string, string>>;
  /** As the service type describes them. */
  readonly characteristics: Readonly<Record<string, Json>>;
  /** What is held of the service then, by the codes of the catalogue. */
  readonly products: readonly NetworkProduct[];
  /** Whether the service is stopped once it is done. */
  readonly stopped: boolean;
}

/** How an element is reached that speaks the protocol of this folder's README. */
export interface HttpAdapterSettings {
  readonly code: string;
  /** Address of the element: http or https, without credentials, query or fragment. */
  readonly endpoint: string;
  /** Of one attempt, from its first byte to its last. */
  readonly timeoutMs: number;
  readonly attemptsMax: number;
  /** Before the second attempt, or half as long by chance; twice as long before each further one. */
  readonly backoffMs: number;
  /** After as many attempts in a row without a usable answer the element is left alone for `breakerOpenMs`. */
  readonly breakerFailures: number;
  readonly breakerOpenMs: number;
}

/** Why nothing is known of what became of a command. */
export type UnknownReason =
  /** No whole answer in time. */
  | 'TIMEOUT'
  /** The connection could not be made, or broke. */
  | 'CONNECTION'
  /** The element said that it failed, or has too much to do. */
  | 'ELEMENT_FAILED'
  /** What came was not an answer to this command. */
  | 'BAD_ANSWER'
  /** Redirected, unauthorised, not found or the like: how it is reached is set up wrongly, and trying again is of no use. */
  | 'NOT_ACCEPTED'
  /** The address may not be called. */
  | 'BAD_ENDPOINT'
  /** The element failed so often that it is left alone: this attempt was not made. */
  | 'BREAKER_OPEN'
  /** The element works on it still. */
  | 'NOT_FINISHED'
  /** Whoever called wanted it no longer. */
  | 'CANCELLED';

export interface DoneOutcome {
  readonly kind: 'done';
  /** The element's own number for it. */
  readonly reference: string | null;
  /** What the element has assigned, by name. */
  readonly result: Readonly<Record<string, string>>;
}

/** Said by the element, and final: it was not done, and will not be by trying again. */
export interface RefusedOutcome {
  readonly kind: 'refused';
  readonly code: string;
  readonly text: string;
}

/** It may have been done or not. Call again with the same key, or ask. */
export interface UnknownOutcome {
  readonly kind: 'unknown';
  readonly reason: UnknownReason;
  /** For operations; holds nothing secret. */
  readonly detail: string;
}

/** What became of a command. */
export type NetworkOutcome = DoneOutcome | RefusedOutcome | UnknownOutcome;

/** What an element says when it is asked for a command by its key. */
export type NetworkFinding = NetworkOutcome | { readonly kind: 'inProgress' } | { readonly kind: 'neverHeard' };

/** One segment of a path: neither `.` nor `..`. */
const KEY = /^(?!\.{1,2}$)[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** A key goes into a header and a path. Its maker is a workflow, so that another one is a bug. */
export function assertKey(key: string): void {
  invariant(KEY.test(key), `the key of a network command is printable ASCII, at most 255 characters: ${JSON.stringify(key)}`);
}
