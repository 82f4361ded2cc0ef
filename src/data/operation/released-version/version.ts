import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Period } from '../../../kernel/period';
import type { Json } from '../../../kernel/stable-json';
import { raw, sql, type Sql } from '../../connection/sql';

/** The life of a version of a product or a discount. */
export const VERSION_STATES = ['draft', 'inTest', 'active', 'suspended', 'retired'] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** What has versions. Both tables of versions have one form. */
export type Versioned = 'product' | 'discount';
export type VersionKind<Noun extends Versioned> = `${Noun}Version`;

/** One version of a product or a discount: what it says, and when it is sold. */
export interface ReleasedVersion<Noun extends Versioned> {
  readonly id: Id<VersionKind<Noun>>;
  readonly ownerId: Id<Noun>;
  /** From 1 in the order of their making. */
  readonly number: number;
  readonly state: VersionState;
  /** ISO 4217, of every amount in the definition. */
  readonly currency: string;
  readonly definition: Json;
  /** When it is, was or will be sold, in order. A suspension is a gap. */
  readonly sold: readonly Period[];
  readonly releasedAt: Instant | null;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface VersionRow<Noun extends Versioned> {
  readonly id: Id<VersionKind<Noun>>;
  readonly owner_id: Id<Noun>;
  readonly number: number;
  readonly state: VersionState;
  readonly currency: string;
  readonly definition: Json;
  readonly sold: readonly (readonly [string, string | null])[];
  readonly released_at: string | null;
  readonly version: number;
  readonly created_at: string;
}

export const tableOf = (noun: Versioned): Sql => raw(`${noun}_version`);
export const ownerColumn = (noun: Versioned): Sql => raw(`${noun}_id`);

/** The columns of {@link VersionRow}, of the alias `v`. */
export function versionColumns(noun: Versioned): Sql {
  return sql`v.id, v.${ownerColumn(noun)} AS owner_id, v.number, v.state, v.currency, v.definition, v.released_at::text AS released_at,
    v.version, v.created_at::text AS created_at, (
      SELECT coalesce(jsonb_agg(jsonb_build_array(lower(part), upper(part)) ORDER BY lower(part)), '[]') FROM unnest(v.sold) AS part
    ) AS sold`;
}

export function toVersion<Noun extends Versioned>(row: VersionRow<Noun>): ReleasedVersion<Noun> {
  return {
    id: row.id,
    ownerId: row.owner_id,
    number: row.number,
    state: row.state,
    currency: row.currency,
    definition: row.definition,
    sold: row.sold.map(([from, to]) => ({ from: instantFromDatabase(from), to: optionalInstant(to) })),
    releasedAt: optionalInstant(row.released_at),
    version: row.version,
    createdAt: instantFromDatabase(row.created_at),
  };
}
