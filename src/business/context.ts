import type { CoreDatabase, Transaction } from '../data/connection/core-database';
import type { ReplicaReader } from '../data/connection/reporting-database';
import type { SqlRunner, SqlTally } from '../data/connection/run-statement';
import type { Cancellation } from '../kernel/cancellation';
import type { Clock, Instant } from '../kernel/clock';
import type { Language } from '../kernel/result';
import type { Scope } from '../kernel/scope';
import type { Json } from '../kernel/stable-json';

export type { CoreDatabase } from '../data/connection/core-database';
export type { ReplicaReader, ReportingDatabase } from '../data/connection/reporting-database';
export type { FactTime } from '../data/operation/dated-fact/fact-at';

/** Who calls. */
export interface Actor {
  readonly kind: 'STAFF' | 'PARTNER' | 'SYSTEM';
  /** The published id of the member of staff or of the partner's client; for the system, the name of what runs. */
  readonly id: string;
  /** Whose idempotency keys and whose bucket of cost: keys of different clients never meet. */
  readonly clientId: string;
  readonly address: string | null;
}

/** What every read takes: where it runs, what the caller may see, and the time. */
export interface ReadContext {
  readonly sql: SqlRunner;
  readonly scope: Scope;
  readonly now: Instant;
}

/** What every report takes: it reads a replica, and never the core. */
export interface ReportContext {
  readonly scope: Scope;
  readonly now: Instant;
  /**
   * The replica that answers this call, chosen when it is first asked for.
   * @throws Failure DEPENDENCY_UNAVAILABLE, REPLICA_BEHIND
   */
  readonly replica: () => Promise<ReplicaReader>;
}

/** One call from outside, on the core. */
export interface CallContext extends ReadContext {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly language: Language;
  readonly traceId: string;
  readonly tally: SqlTally;
  /** Fires at the request's deadline, or when the caller has gone. */
  readonly signal: Cancellation | undefined;
  /** Told the log position of each commit: the call's `readAfter`. */
  readonly onCommitted: (position: string) => void;
}

/** What is written down of a change: before and after as they were stored, for the audit trail. */
export interface AuditRecord {
  readonly subjectKind: AuditSubject;
  readonly subjectId: string;
  /** The node that the subject belongs to: the trail is scoped like its subject. */
  readonly organisationId: string | null;
  /** For a subject of one line of business. */
  readonly serviceType?: string;
  readonly before: Json;
  readonly after: Json;
}

export type AuditSubject =
  | 'organisation' | 'staff' | 'role' | 'apiClient' | 'session' | 'serviceType' | 'provisioningAdapter' | 'chargeCode' | 'taxCategory' | 'parameter'
  | 'numberPool' | 'numberClass' | 'accessNumber'
  | 'customer' | 'account' | 'subscriber' | 'importJob' | 'ledgerAccount' | 'product' | 'bundleInstance' | 'discount'
  | 'quotation' | 'order' | 'workOrder' | 'orderKindRule' | 'orderBatch'; // prettier-ignore

/** A fact for other systems, told after the commit. `type` is `<Noun>CreateEvent`, `<Noun>StateChangeEvent`, … (TM Forum). */
export interface DomainEvent {
  readonly type: string;
  readonly subjectKind: AuditSubject;
  readonly subjectId: string;
  readonly payload: Json;
}

/** The unit of work that a use case writes in. It commits only when the use case answers without a refusal. */
export interface Unit extends ReadContext {
  readonly transaction: Transaction;
  readonly actor: Actor;
  audit(record: AuditRecord): void;
  emit(event: DomainEvent): void;
  /** What `read` answers, asked once in this unit under a key: for what the unit neither changes nor must see change. */
  once<Value>(key: string, read: () => Promise<Value>): Promise<Value>;
  /** Runs once this unit has committed, in this process only: for forgetting what a cache holds. It must not throw. */
  afterCommit(action: () => void): void;
}
