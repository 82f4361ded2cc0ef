import type { Id } from '../../../kernel/id';
import { sql } from '../../connection/sql';
import type { DefinitionStatus } from './service-type';

/** How the network is reached: by idempotent calls over HTTP, or by work orders that people do 人工. */
export const ADAPTER_KINDS = ['HTTP', 'MANUAL'] as const;
export type AdapterKind = (typeof ADAPTER_KINDS)[number];

/** How a system of the network is called. */
export interface HttpSettings {
  readonly endpoint: string;
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly attemptsMax: number;
  /** Before the second attempt; it doubles from one to the next. */
  readonly backoffMs: number;
  /** After so many failures in a row nobody calls for `breakerOpenMs`. */
  readonly breakerFailures: number;
  readonly breakerOpenMs: number;
}

/** What provisions a service 开通接口. Settings of the other kind are null. */
export interface ProvisioningAdapter {
  readonly code: string;
  readonly id: Id<'provisioningAdapter'>;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: AdapterKind;
  readonly http: HttpSettings | null;
  /** The queue in which work orders wait. */
  readonly workQueue: string | null;
  readonly status: DefinitionStatus;
  readonly version: number;
}

export interface AdapterRow {
  readonly code: string;
  readonly id: Id<'provisioningAdapter'>;
  readonly name: string;
  readonly name_en: string;
  readonly kind: AdapterKind;
  readonly endpoint: string | null;
  readonly timeout_ms: number | null;
  readonly attempts_max: number | null;
  readonly backoff_ms: number | null;
  readonly breaker_failures: number | null;
  readonly breaker_open_ms: number | null;
  readonly work_queue: string | null;
  readonly status: DefinitionStatus;
  readonly version: number;
}

/** The columns of {@link AdapterRow}, of the alias `a`. */
export const ADAPTER_COLUMNS = sql`a.code, a.id, a.name, a.name_en, a.kind, a.endpoint, a.timeout_ms, a.attempts_max, a.backoff_ms,
  a.breaker_failures, a.breaker_open_ms, a.work_queue, a.status, a.version`;

export function toAdapter(row: AdapterRow): ProvisioningAdapter {
  const { code, id, name, kind, status, version } = row;
  return { code, id, name, nameEn: row.name_en, kind, http: httpOf(row), workQueue: row.work_queue, status, version };
}

function httpOf(row: AdapterRow): HttpSettings | null {
  if (row.kind !== 'HTTP') return null;
  // The table's CHECK demands each of them of this kind.
  return {
    endpoint: row.endpoint ?? '',
    timeoutMs: row.timeout_ms ?? 0,
    attemptsMax: row.attempts_max ?? 0,
    backoffMs: row.backoff_ms ?? 0,
    breakerFailures: row.breaker_failures ?? 0,
    breakerOpenMs: row.breaker_open_ms ?? 0,
  };
}
