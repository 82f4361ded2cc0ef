import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Failure } from '../../../../kernel/failure';
import { tokenLimitFailure } from './document-limits';

export interface MaskOptions {
  /** Takes the suggestions ("Did you mean …") out of messages. */
  readonly hideSchema: boolean;
  /** Of the request under way: by it, who answers the telephone finds the log line. */
  readonly traceId: (error: unknown) => string | undefined;
  /** Told the original of every error that is masked, and of every failure that has a cause. */
  readonly report: (error: unknown, traceId: string | undefined) => void;
}

/** Codes of errors that GraphQL and Apollo make of a request; their messages speak of the request only. */
const PUBLIC_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** Errors inside errors, until a failure is found. */
const CHAIN_MAX = 8;

/**
 * Apollo's `formatError`. A failure shows its code and details, an error of the request itself its code; whatever else
 * went wrong is told to `report` and shows nothing but a trace id. Only what is named here leaves: no stack, no SQL.
 */
export function maskErrors(options: MaskOptions): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const failure = failureIn(error) ?? tokenLimitFailure(formatted.message);
    if (failure !== undefined) {
      if (failure.cause !== undefined) options.report(error, options.traceId(error));
      return show(formatted, failure.message, { ...failure.details, code: failure.code });
    }
    const code = publicCode(formatted, error);
    if (code !== undefined) {
      return show(formatted, options.hideSchema ? withoutSuggestions(formatted.message) : formatted.message, { code });
    }
    const traceId = options.traceId(error);
    options.report(error, traceId);
    return show(formatted, 'Internal server error', { code: 'INTERNAL_SERVER_ERROR', ...(traceId !== undefined && { traceId }) });
  };
}

/** Apollo puts its own code over the failure of a validation rule, and GraphQL wraps what a resolver throws. */
function failureIn(error: unknown): Failure | undefined {
  let at = error;
  for (let step = 0; step < CHAIN_MAX; step += 1) {
    if (at instanceof Failure) return at;
    if (!(at instanceof GraphQLError)) return undefined;
    at = at.originalError;
  }
  return undefined;
}

function publicCode(formatted: GraphQLFormattedError, error: unknown): string | undefined {
  const code = formatted.extensions?.['code'];
  if (PUBLIC_CODES.has(code)) return code as string;
  // A variable's null that does not fit a field's argument is found in execution, and nobody gives that error a code.
  return /^Argument "\w+" (of|has) /.test(formatted.message) && isOfGraphql(error) ? 'BAD_USER_INPUT' : undefined;
}

/** Whether GraphQL itself made the error: no resolver's error is inside it. */
function isOfGraphql(error: unknown): boolean {
  let at = error;
  for (let step = 0; step < CHAIN_MAX && at instanceof GraphQLError; step += 1) {
    if (at.originalError == null) return true;
    at = at.originalError;
  }
  return false;
}

/**
 * Apollo's `hideSchemaDetailsFromClientErrors` does the same for validation only: the suggestions of variables' coercion
 * ("does not exist in "CustomerKind" enum. Did you mean the enum value "HOUSEHOLD"?") come from execution and pass it by.
 */
export function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean [^]*\?$/, '');
}

function show(
  { locations, path }: GraphQLFormattedError,
  message: string,
  extensions: Readonly<Record<string, unknown>>,
): GraphQLFormattedError {
  return { message, ...(locations !== undefined && { locations }), ...(path !== undefined && { path }), extensions };
}
