import { GraphQLError } from 'graphql';
import type { Failure, FailureCode } from '../../../../kernel/failure';

/** What is wrong with the request itself, before there is anything to execute: Apollo's own codes. */
export type TransportCode = 'BAD_REQUEST' | 'PERSISTED_QUERY_NOT_FOUND';

/** The HTTP status of a request that was refused before it was executed (GraphQL over HTTP: 4xx means not executed). */
const STATUSES: Readonly<Record<FailureCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  THROTTLED: 429,
  QUERY_TOO_COMPLEX: 400,
  DEADLINE_EXCEEDED: 504,
  DEPENDENCY_UNAVAILABLE: 503,
  REPLICA_BEHIND: 503,
  IDEMPOTENCY_IN_PROGRESS: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
};

/**
 * A failure in the form in which a plugin of Apollo refuses a whole request: with its HTTP status, and `Retry-After` where
 * waiting helps. Without it Apollo answers 500. For failures before execution only: thrown by a resolver, the status
 * would become that of the whole, partly good, answer.
 */
export function refuseRequest(failure: Failure): GraphQLError {
  const { retryAfterMs } = failure.details;
  const headers = typeof retryAfterMs === 'number' ? [['retry-after', String(Math.ceil(retryAfterMs / 1_000))] as const] : [];
  return new GraphQLError(failure.message, {
    originalError: failure,
    extensions: { ...failure.details, ...transport(failure.code, STATUSES[failure.code], headers) },
  });
}

/** Refuses a request that is not a well-formed GraphQL request; 400. */
export function badRequest(message: string, code: TransportCode = 'BAD_REQUEST'): GraphQLError {
  return new GraphQLError(message, { extensions: transport(code, 400, []) });
}

/** Apollo reads `http` from an error's extensions, and takes it out; its headers must be a Map with names in lower case. */
function transport(code: string, status: number, headers: readonly (readonly [string, string])[]): Readonly<Record<string, unknown>> {
  return { code, http: { status, headers: new Map(headers) } };
}
