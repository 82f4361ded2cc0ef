import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { API_CLIENT_COLUMNS, API_CLIENT_PLACED, type ApiClientRow } from './api-client';
import { ApiClientEntity } from './api-client.entity';

/** A client as it stands in its locked row. */
export type LockedApiClient = ApiClientRow;

/** Locks a client in the scope of `client:write` for a change. */
export async function lockApiClient(context: ScopedRead, id: Id<'apiClient'>): Promise<LockedApiClient | undefined> {
  const [row] = await context.sql.query<ApiClientRow>(sql`
    SELECT ${API_CLIENT_COLUMNS} FROM ${API_CLIENT_PLACED}
    WHERE c.id = ${id}::uuid AND ${visibleTo(context.scope, 'client:write', 'placed')} FOR NO KEY UPDATE OF c`);
  return row;
}

export type NewApiClient = Pick<
  ApiClientEntity,
  'code' | 'name' | 'kind' | 'organisationId' | 'secretHash' | 'documentMode' | 'costCapacity' | 'costRestore'
>;

export async function insertApiClient(transaction: Transaction, client: NewApiClient, now: Instant): Promise<Id<'apiClient'>> {
  const id = newId('apiClient');
  await transaction.manager.insert(ApiClientEntity, { ...client, id, status: 'ACTIVE', version: 1, createdAt: now });
  return id;
}

export type ApiClientChanges = Partial<
  Pick<ApiClientEntity, 'name' | 'documentMode' | 'costCapacity' | 'costRestore' | 'status' | 'secretHash'>
>;

/** Changes a locked client, moves its version on, and tells every process to read its sessions' limits anew. */
export async function updateApiClient(transaction: Transaction, client: LockedApiClient, changes: ApiClientChanges): Promise<void> {
  const { affected } = await transaction.manager.update(
    ApiClientEntity,
    { id: client.id, version: client.version },
    { ...changes, version: client.version + 1, accessChangedAt: () => 'clock_timestamp()' },
  );
  invariant(affected === 1, 'a locked client has changed');
}
