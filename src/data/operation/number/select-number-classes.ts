import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { NUMBER_CLASS_COLUMNS, toNumberClass, type NumberClass, type NumberClassRow } from './number-class';

/** Classes by id. They stand at no node: whoever holds `number:read` anywhere sees them all, others none. */
export async function selectNumberClassesById(context: ScopedRead, ids: readonly Id<'numberClass'>[]): Promise<NumberClass[]> {
  if (!context.scope.permits('number:read')) return [];
  const rows = await context.sql.query<NumberClassRow>(sql`
    SELECT ${NUMBER_CLASS_COLUMNS} FROM number_class c WHERE c.id = ANY (${ids}::uuid[])`);
  return rows.map(toNumberClass);
}

/** As {@link selectNumberClassesById}, by code. */
export async function selectNumberClassesByCode(context: ScopedRead, codes: readonly string[]): Promise<NumberClass[]> {
  if (!context.scope.permits('number:read')) return [];
  const rows = await context.sql.query<NumberClassRow>(sql`
    SELECT ${NUMBER_CLASS_COLUMNS} FROM number_class c WHERE c.code = ANY (${codes}::text[])`);
  return rows.map(toNumberClass);
}

/** One page of classes in the order of their codes; the cursor is (code). */
export async function listNumberClasses(context: ScopedRead, page: PageRequest): Promise<Page<NumberClass>> {
  if (!context.scope.permits('number:read')) return { rows: [], hasNextPage: false };
  const rows = await context.sql.query<NumberClassRow>(sql`
    SELECT ${NUMBER_CLASS_COLUMNS} FROM number_class c WHERE c.code > ${page.after?.[0] ?? ''}::text ORDER BY c.code LIMIT ${page.first + 1}`);
  return toPage(rows.map(toNumberClass), page.first);
}
