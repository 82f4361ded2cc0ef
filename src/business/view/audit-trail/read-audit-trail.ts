import type { ReadContext } from '../../context';
import { selectAuditEntries, type AuditEntry, type AuditFilter } from '../../../data/view/audit-trail/select-audit-entries';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import type { Page, PageRequest } from '../../../kernel/page';

/** How far back the trail of everybody and everything goes when no beginning is asked for. */
export const TRAIL_DAYS = 31;

const BEGINNING = instantFromDatabase('1800-01-01 00:00:00+00');

/** Every part given must hold. */
export type AuditTrailFilter = Omit<AuditFilter, 'from'> & {
  /** Not given: the whole trail of one subject or actor, and of all of them the {@link TRAIL_DAYS} days before `to`. */
  readonly from?: Instant;
};

/**
 * One page of the audit trail, newest first, as far as the caller's audit:read reaches. A trail that is asked for without
 * subject, actor or beginning is cut, so that a caller who sees little of it does not have all of it searched.
 */
export function readAuditTrail(context: ReadContext, filter: AuditTrailFilter, page: PageRequest): Promise<Page<AuditEntry>> {
  const ofOne = filter.subjectId !== undefined || filter.actorId !== undefined;
  const from = filter.from ?? (ofOne ? BEGINNING : (filter.to ?? context.now).subtract({ hours: 24 * TRAIL_DAYS }));
  return selectAuditEntries(context, { ...filter, from }, page);
}
