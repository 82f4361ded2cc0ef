/** The audit trail 审计日志: who did what to what, when and from where, before and after. */
export { ACTOR_KINDS, type ActorKind, type AuditEntry } from '../../../data/view/audit-trail/select-audit-entries';
export { TRAIL_DAYS, readAuditTrail, type AuditTrailFilter } from './read-audit-trail';
