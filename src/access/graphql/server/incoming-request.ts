import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../../../business/component/staff';

/** How a request ended: answered whole, refused in part or whole, or failed. */
export type RequestOutcome = 'ok' | 'refused' | 'error';

/** What a contract's request is made of, for the maker of its context. */
export interface IncomingRequest {
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
  readonly traceId: string;
  readonly principal: Principal;
  readonly signal: AbortSignal;
  /** Told of each SQL statement, where traces leave. */
  readonly onStatement: ((text: string, startedAtMs: number, endedAtMs: number) => void) | undefined;
}

/** What a context keeps of its request, for the log and the metrics. */
export interface RequestAccount {
  readonly tally: { readonly statements: number };
  /** Set by the guards: what the request really cost. */
  actualCost: number;
  /** Set while executing: whether any error was answered that was not the caller's. */
  outcome: RequestOutcome;
  operationName: string | null;
}
