import type { Transaction } from '../../connection/core-database';
import { raw, sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { ADAPTER_COLUMNS, toAdapter, type AdapterRow, type HttpSettings, type ProvisioningAdapter } from './provisioning-adapter';
import { ProvisioningAdapterEntity } from './provisioning-adapter.entity';

/** What an adapter is locked for: to be named by a service type, so that it stays in use, or to be changed. */
export type AdapterLock = 'name' | 'change';

export async function lockAdapter(transaction: Transaction, code: string, lock: AdapterLock): Promise<ProvisioningAdapter | undefined> {
  const [row] = await transaction.query<AdapterRow>(sql`
    SELECT ${ADAPTER_COLUMNS} FROM provisioning_adapter a
    WHERE a.code = ${code} ${raw(lock === 'name' ? 'FOR SHARE OF a' : 'FOR NO KEY UPDATE OF a')}`);
  return row === undefined ? undefined : toAdapter(row);
}

/** How many adapters there are; whoever asks keeps others from adding one to the end of the transaction. */
export async function countAdapters(transaction: Transaction): Promise<number> {
  await transaction.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('sanhu provisioning_adapter', 0))`);
  const [row] = await transaction.query<{ total: number }>(sql`SELECT count(*)::integer AS total FROM provisioning_adapter`);
  return row?.total ?? 0;
}

/** Whether a service type that is in use names the adapter. Asked with the adapter locked for a change. */
export async function adapterIsNamed(transaction: Transaction, code: string): Promise<boolean> {
  const [row] = await transaction.query<{ named: boolean }>(sql`
    SELECT EXISTS (SELECT FROM service_type t WHERE t.provisioning_adapter = ${code} AND t.status = 'ACTIVE') AS named`);
  return row?.named === true;
}

export type NewAdapter = Omit<ProvisioningAdapter, 'id' | 'status' | 'version'>;

export async function insertAdapter(transaction: Transaction, adapter: NewAdapter, now: Instant): Promise<Id<'provisioningAdapter'>> {
  const { http, ...rest } = adapter;
  const id = newId('provisioningAdapter');
  const row = { ...rest, ...settingsOf(http), id, status: 'ACTIVE', version: 1, createdAt: now } as const;
  await transaction.manager.insert(ProvisioningAdapterEntity, row);
  return id;
}

export type AdapterChanges = Partial<Omit<NewAdapter, 'code' | 'kind'> & Pick<ProvisioningAdapter, 'status'>>;

/** Changes a locked adapter and moves its version on. */
export async function updateAdapter(
  transaction: Transaction,
  { code, version }: ProvisioningAdapter,
  { http, ...changes }: AdapterChanges,
): Promise<void> {
  const settings = http === undefined ? {} : settingsOf(http);
  const { affected } = await transaction.manager.update(
    ProvisioningAdapterEntity,
    { code, version },
    { ...changes, ...settings, version: version + 1 },
  );
  invariant(affected === 1, 'a locked adapter has changed');
}

function settingsOf(http: HttpSettings | null): { readonly [Setting in keyof HttpSettings]: HttpSettings[Setting] | null } {
  return http ?? { endpoint: null, timeoutMs: null, attemptsMax: null, backoffMs: null, breakerFailures: null, breakerOpenMs: null };
}
