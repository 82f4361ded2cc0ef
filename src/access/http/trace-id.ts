import { randomUUID } from 'node:crypto';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const ALL_ZERO = '0'.repeat(32);

/**
 * The trace that a request belongs to: the caller's (W3C Trace Context), or a new one. `randomUUID` keeps random bytes in
 * store; `randomBytes` asks the system for each sixteen, 14 µs a request.
 */
export function traceIdOf(traceparent: string | string[] | undefined): string {
  const match = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null;
  return match?.[1] !== undefined && match[1] !== ALL_ZERO ? match[1] : randomUUID().replaceAll('-', '');
}
