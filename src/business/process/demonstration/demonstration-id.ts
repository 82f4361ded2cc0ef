import { createHash } from 'node:crypto';
import type { Instant } from '../../../kernel/clock';
import type { Id, IdKind } from '../../../kernel/id';

/**
 * The id of the `n`th of its kind, the same on every run: a UUIDv7 of the instant at which it is opened, with a hash for its
 * random part. A seed that was interrupted goes on with the ids that it had.
 */
export function demonstrationId<Kind extends IdKind>(kind: Kind, n: number, openedAt: Instant): Id<Kind> {
  const time = openedAt.epochMilliseconds.toString(16).padStart(12, '0');
  const hash = createHash('sha256').update(`demonstration ${kind} ${n}`).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-a${hash.slice(3, 6)}-${hash.slice(6, 18)}` as Id<Kind>;
}
