import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import type { VersionState } from '../released-version/version';
import { nodeVisibleTo, offeredTo } from '../scope/visible-to';

/** A version that is offered at a node, without its definition. */
export interface StoredGrantable {
  readonly discountId: Id<'discount'>;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly serviceType: string | null;
  readonly organisationId: Id<'organisation'>;
  readonly versionId: Id<'discountVersion'>;
  readonly number: number;
  readonly state: VersionState;
  readonly currency: string;
  /** What is left of its budget; null: it has none, and no limit. */
  readonly budgetLeftMinor: bigint | null;
  /** What the nodes on the way up say, the nearest first. */
  readonly sayings: readonly { readonly granted: boolean; readonly narrowing: Json }[];
}

interface GrantableRow {
  readonly discount_id: Id<'discount'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly service_type: string | null;
  readonly organisation_id: Id<'organisation'>;
  readonly version_id: Id<'discountVersion'>;
  readonly number: number;
  readonly state: VersionState;
  readonly currency: string;
  readonly budget_left: string | null;
  readonly sayings: StoredGrantable['sayings'] | null;
}

/** What is asked for: by code what is granted at the instant, by version id also drafts, for those who may try them at the node. */
export interface GrantableAsked {
  readonly organisationId: Id<'organisation'>;
  readonly at: Instant;
  readonly codes: readonly string[];
  readonly versionIds: readonly Id<'discountVersion'>[];
}

/**
 * The versions that are granted at a node at an instant, with what the nodes between it and the discount's own say. It looks only at
 * the discounts asked for, each by an index, so that the size of the catalogue does not matter.
 */
export async function selectGrantable(
  context: ScopedRead,
  { organisationId, at, codes, versionIds }: GrantableAsked,
): Promise<StoredGrantable[]> {
  const mayTry = sql`EXISTS (
    SELECT FROM organisation o WHERE o.id = ${organisationId}::uuid AND ${nodeVisibleTo(context.scope, 'catalogue:test', 'o')})`;
  const rows = await context.sql.query<GrantableRow>(sql`
    SELECT d.id AS discount_id, d.code, d.name, d.name_en, d.service_type, d.organisation_id,
           v.id AS version_id, v.number, v.state, v.currency, (b.limit_minor - b.used_minor)::text AS budget_left, (
             SELECT jsonb_agg(jsonb_build_object('granted', f.granted, 'narrowing', f.narrowing) ORDER BY up.depth)
             FROM discount_release f JOIN organisation_closure up ON up.ancestor_id = f.organisation_id
             WHERE f.discount_id = d.id AND up.descendant_id = ${organisationId}::uuid
               AND upper_inf(f.recorded) AND f.valid @> ${at}::timestamptz
           ) AS sayings
    FROM (
      SELECT v.id FROM discount d JOIN discount_version v ON v.discount_id = d.id AND v.sold @> ${at}::timestamptz
      WHERE d.code = ANY (${codes}::text[])
      UNION
      SELECT v.id FROM discount_version v
      WHERE v.id = ANY (${versionIds}::uuid[]) AND (v.sold @> ${at}::timestamptz OR (v.state IN ('draft', 'inTest') AND ${mayTry}))
    ) AS asked
    JOIN discount_version v ON v.id = asked.id
    JOIN discount d ON d.id = v.discount_id AND ${offeredTo(context.scope, 'catalogue:read', 'd')}
    JOIN organisation_closure below ON below.ancestor_id = d.organisation_id AND below.descendant_id = ${organisationId}::uuid
    LEFT JOIN discount_budget b ON b.discount_id = d.id`);
  return rows.map((row) => ({
    discountId: row.discount_id,
    code: row.code,
    name: row.name,
    nameEn: row.name_en,
    serviceType: row.service_type,
    organisationId: row.organisation_id,
    versionId: row.version_id,
    number: row.number,
    state: row.state,
    currency: row.currency,
    budgetLeftMinor: row.budget_left === null ? null : BigInt(row.budget_left),
    sayings: row.sayings ?? [],
  }));
}

/** The definitions of versions as they are stored. Asks no scope: who holds the id of a version has read it in scope. */
export async function selectDiscountDefinitions(
  context: Pick<ScopedRead, 'sql'>,
  versionIds: readonly Id<'discountVersion'>[],
): Promise<ReadonlyMap<Id<'discountVersion'>, Json>> {
  const rows = await context.sql.query<{ id: Id<'discountVersion'>; definition: Json }>(sql`
    SELECT v.id, v.definition FROM discount_version v WHERE v.id = ANY (${versionIds}::uuid[])`);
  return new Map(rows.map(({ id, definition }) => [id, definition]));
}
