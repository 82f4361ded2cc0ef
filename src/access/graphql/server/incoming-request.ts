import type { IncomingHttpHeaders } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Scope } from '../../../kernel/scope';
import type { Principal } from '../../../business/component/staff';
import type { CostPlan } from './guard/query-cost';
import type { BucketLimits } from './guard/token-bucket';
import type { Cancellation } from '../../../kernel/cancellation';

/** How a request ended: answered whole, refused in part or whole, or failed. */
export type RequestOutcome = 'ok' | 'refused' | 'error';

/** What a contract's request is made of, for the maker of its context. */
export interface IncomingRequest {
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
  readonly traceId: string;
  readonly principal: Principal;
  readonly signal: Cancellation;
  /** Told of each SQL statement, where traces leave. */
  readonly onStatement: ((text: string, startedAtMs: number, endedAtMs: number) => void) | undefined;
}

/** What one request was charged. */
export interface Charge {
  readonly plan: CostPlan;
  readonly requested: number;
  readonly available: number;
  readonly limits: BucketLimits;
}

/** What became of a request. It is one object that is written to: Apollo gives its plugins and resolvers a copy of the context. */
export interface RequestAccount {
  /** Set by the guards: what the request really cost. */
  actualCost: number;
  outcome: RequestOutcome;
  operationName: string | null;
  /** The log position of the last commit of this request, for `extensions.readAfter`. */
  readAfter: string | null;
  /** What was charged before Apollo saw the request. */
  charge: Charge | undefined;
  /** What was executed before Apollo saw the request, which is to put its errors in form. */
  executed: ExecutionResult | undefined;
}

export function openAccount(): RequestAccount {
  return { actualCost: 0, outcome: 'ok', operationName: null, readAfter: null, charge: undefined, executed: undefined };
}

/** What a context keeps for the log and the metrics. */
export interface AccountedRequest {
  readonly tally: { readonly statements: number };
  readonly account: RequestAccount;
}

/** What a guarded request carries. */
export interface GuardedContext extends AccountedRequest {
  readonly scope: Scope;
  readonly principal: Principal;
  readonly traceId: string;
}
