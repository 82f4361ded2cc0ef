/**
 * What can go wrong without being anybody's bug or a rule of business. The access layer publishes code and message;
 * every other error is masked.
 */
export type FailureCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'THROTTLED'
  | 'QUERY_TOO_COMPLEX'
  | 'DEADLINE_EXCEEDED'
  | 'DEPENDENCY_UNAVAILABLE'
  | 'REPLICA_BEHIND'
  | 'IDEMPOTENCY_IN_PROGRESS'
  | 'IDEMPOTENCY_KEY_REUSED';

export class Failure extends Error {
  public constructor(
    public readonly code: FailureCode,
    message: string,
    public readonly details: Readonly<Record<string, string | number | boolean>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'Failure';
  }
}

/** A state that the program's own rules exclude: a bug. It is thrown, masked and logged with its trace id. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

/** For the default branch of an exhaustive switch. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected ${JSON.stringify(value)}`);
}
