import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import { sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import type { VersionState } from '../released-version/version';
import { nodeVisibleTo, offeredTo } from '../scope/visible-to';
import type { ProductKind } from './product';

/** What a node on the way up says, the nearest first. */
export interface StoredSaying {
  readonly sold: boolean;
  readonly narrowing: Json;
  readonly prices: Json;
}

/** A version that is offered at a node, without its definition. */
export interface StoredOffer {
  readonly productId: Id<'product'>;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: ProductKind;
  readonly serviceType: string | null;
  readonly organisationId: Id<'organisation'>;
  readonly versionId: Id<'productVersion'>;
  readonly number: number;
  readonly state: VersionState;
  readonly currency: string;
  readonly sayings: readonly StoredSaying[];
}

interface OfferRow {
  readonly product_id: Id<'product'>;
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly kind: ProductKind;
  readonly service_type: string | null;
  readonly organisation_id: Id<'organisation'>;
  readonly version_id: Id<'productVersion'>;
  readonly number: number;
  readonly state: VersionState;
  readonly currency: string;
  readonly sayings: readonly StoredSaying[] | null;
}

/** What is asked for: by code what is sold at the instant, by version id also drafts, for those who may try them at the node. */
export interface OffersAsked {
  readonly organisationId: Id<'organisation'>;
  readonly at: Instant;
  readonly codes: readonly string[];
  readonly versionIds: readonly Id<'productVersion'>[];
}

/**
 * The versions that are sold at a node at an instant, with what the nodes between it and the product's own say. It looks only
 * at the products asked for, each by an index, so that the size of the catalogue does not matter.
 */
export async function selectOffers(context: ScopedRead, { organisationId, at, codes, versionIds }: OffersAsked): Promise<StoredOffer[]> {
  const mayTry = sql`EXISTS (
    SELECT FROM organisation o WHERE o.id = ${organisationId}::uuid AND ${nodeVisibleTo(context.scope, 'catalogue:test', 'o')})`;
  const rows = await context.sql.query<OfferRow>(sql`
    SELECT p.id AS product_id, p.code, p.name, p.name_en, p.kind, p.service_type, p.organisation_id,
           v.id AS version_id, v.number, v.state, v.currency, (
             SELECT jsonb_agg(jsonb_build_object('sold', f.sold, 'narrowing', f.narrowing, 'prices', f.prices) ORDER BY up.depth)
             FROM product_release f JOIN organisation_closure up ON up.ancestor_id = f.organisation_id
             WHERE f.product_id = p.id AND up.descendant_id = ${organisationId}::uuid
               AND upper_inf(f.recorded) AND f.valid @> ${at}::timestamptz
           ) AS sayings
    FROM (
      SELECT v.id FROM product p JOIN product_version v ON v.product_id = p.id AND v.sold @> ${at}::timestamptz
      WHERE p.code = ANY (${codes}::text[])
      UNION
      SELECT v.id FROM product_version v
      WHERE v.id = ANY (${versionIds}::uuid[]) AND (v.sold @> ${at}::timestamptz OR (v.state IN ('draft', 'inTest') AND ${mayTry}))
    ) AS asked
    JOIN product_version v ON v.id = asked.id
    JOIN product p ON p.id = v.product_id AND ${offeredTo(context.scope, 'catalogue:read', 'p')}
    JOIN organisation_closure below ON below.ancestor_id = p.organisation_id AND below.descendant_id = ${organisationId}::uuid`);
  return rows.map((row) => ({
    productId: row.product_id,
    code: row.code,
    name: row.name,
    nameEn: row.name_en,
    kind: row.kind,
    serviceType: row.service_type,
    organisationId: row.organisation_id,
    versionId: row.version_id,
    number: row.number,
    state: row.state,
    currency: row.currency,
    sayings: row.sayings ?? [],
  }));
}

/** The definitions of versions as they are stored. Asks no scope: who holds the id of a version has read it in scope. */
export async function selectDefinitions(
  context: Pick<ScopedRead, 'sql'>,
  versionIds: readonly Id<'productVersion'>[],
): Promise<ReadonlyMap<Id<'productVersion'>, Json>> {
  const rows = await context.sql.query<{ id: Id<'productVersion'>; definition: Json }>(sql`
    SELECT v.id, v.definition FROM product_version v WHERE v.id = ANY (${versionIds}::uuid[])`);
  return new Map(rows.map(({ id, definition }) => [id, definition]));
}
