import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import { API_CLIENT_COLUMNS, API_CLIENT_PLACED, toApiClient, type ApiClient, type ApiClientRow } from './api-client';

/** Clients by id, those in scope only; one statement for any number. */
export async function selectApiClientsById(context: ScopedRead, ids: readonly Id<'apiClient'>[]): Promise<ApiClient[]> {
  const rows = await context.sql.query<ApiClientRow>(sql`
    SELECT ${API_CLIENT_COLUMNS} FROM ${API_CLIENT_PLACED}
    WHERE c.id = ANY (${ids}::uuid[]) AND ${visibleTo(context.scope, 'client:read', 'placed')}`);
  return rows.map(toApiClient);
}

/** One page of clients in the order of their codes; the cursor is (code, id). */
export async function listApiClients(context: ScopedRead, page: PageRequest): Promise<Page<ApiClient>> {
  const rows = await context.sql.query<ApiClientRow>(sql`
    SELECT ${API_CLIENT_COLUMNS} FROM ${API_CLIENT_PLACED}
    WHERE c.code > ${page.after?.[0] ?? ''}::text AND ${visibleTo(context.scope, 'client:read', 'placed')}
    ORDER BY c.code LIMIT ${page.first + 1}`);
  return toPage(rows.map(toApiClient), page.first);
}
