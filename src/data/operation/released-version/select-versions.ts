import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Page, PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import { empty, raw, sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { offeredTo } from '../scope/visible-to';
import {
  ownerColumn,
  tableOf,
  toVersion,
  versionColumns,
  type ReleasedVersion,
  type Versioned,
  type VersionKind,
  type VersionRow,
} from './version';

/** Versions by id, those of what is offered in scope only; one statement for any number. */
export async function selectVersionsById<Noun extends Versioned>(
  context: ScopedRead,
  noun: Noun,
  ids: readonly Id<VersionKind<Noun>>[],
): Promise<ReleasedVersion<Noun>[]> {
  const rows = await context.sql.query<VersionRow<Noun>>(sql`
    SELECT ${versionColumns(noun)} FROM ${tableOf(noun)} v
    JOIN ${raw(noun)} o ON o.id = v.${ownerColumn(noun)} AND ${offeredTo(context.scope, 'catalogue:read', 'o')}
    WHERE v.id = ANY (${ids}::uuid[])`);
  return rows.map(toVersion);
}

/** One page of the versions of each owner, the latest first; the cursor is (number). */
export async function selectVersionsOf<Noun extends Versioned>(
  context: ScopedRead,
  noun: Noun,
  ownerIds: readonly Id<Noun>[],
  page: PageRequest,
): Promise<ReadonlyMap<Id<Noun>, Page<ReleasedVersion<Noun>>>> {
  const rows = await context.sql.query<VersionRow<Noun>>(sql`
    SELECT v.* FROM unnest(${ownerIds}::uuid[]) AS asked (id)
    JOIN ${raw(noun)} o ON o.id = asked.id AND ${offeredTo(context.scope, 'catalogue:read', 'o')}
    CROSS JOIN LATERAL (
      SELECT ${versionColumns(noun)} FROM ${tableOf(noun)} v
      WHERE v.${ownerColumn(noun)} = asked.id ${page.after === null ? empty : sql`AND v.number < ${page.after[0]}::integer`}
      ORDER BY v.number DESC LIMIT ${page.first + 1}
    ) v`);
  return toPagesByParent(ownerIds, rows, page.first, { parentOf: (row) => row.owner_id, toItem: toVersion });
}

/** The version of each owner that is sold at an instant. */
export async function selectVersionsSoldAt<Noun extends Versioned>(
  context: ScopedRead,
  noun: Noun,
  ownerIds: readonly Id<Noun>[],
  at: Instant,
): Promise<ReleasedVersion<Noun>[]> {
  const rows = await context.sql.query<VersionRow<Noun>>(sql`
    SELECT ${versionColumns(noun)} FROM ${tableOf(noun)} v
    JOIN ${raw(noun)} o ON o.id = v.${ownerColumn(noun)} AND ${offeredTo(context.scope, 'catalogue:read', 'o')}
    WHERE v.${ownerColumn(noun)} = ANY (${ownerIds}::uuid[]) AND v.sold @> ${at}::timestamptz`);
  return rows.map(toVersion);
}
