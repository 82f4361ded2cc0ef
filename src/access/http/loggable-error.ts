/** Causes of causes, until the chain is cut. */
const CAUSES_MAX = 4;

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  /** SQLSTATE, or Node's name of a socket's error. */
  readonly code?: string;
  readonly constraint?: string;
  readonly causes?: readonly LoggedError[];
}

/**
 * An error as the log shows it, for pino's `serializers.err`: what went wrong, and where. Not what it went wrong with:
 * PostgreSQL's `detail` holds whole rows, TypeORM's error the parameters, and a message of class 22 (data exception) the value
 * that does not fit.
 */
export function loggableError(error: unknown): LoggedError | { readonly type: string } {
  if (!(error instanceof Error)) return { type: typeof error };
  const causes: LoggedError[] = [];
  for (let at = causeOf(error); at !== undefined && causes.length < CAUSES_MAX; at = causeOf(at)) causes.push(shown(at));
  return { ...shown(error), ...(causes.length > 0 && { causes }) };
}

function shown(error: Error): LoggedError {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const hidesValue = typeof code === 'string' && code.startsWith('22');
  const message = hidesValue ? 'a value does not fit' : error.message;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message,
    stack: [`${error.name}: ${message}`, ...frames].join('\n'),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
  };
}

function causeOf(error: Error): Error | undefined {
  const { cause, originalError } = error as { cause?: unknown; originalError?: unknown };
  const found = cause ?? originalError;
  return found instanceof Error && found !== error ? found : undefined;
}
