import type { Id } from '../../../kernel/id';
import type { Page, PageRequest } from '../../../kernel/page';
import { toPagesByParent } from '../../../kernel/pages-by-parent';
import type { Period } from '../../../kernel/period';
import type { Instant } from '../../../kernel/clock';
import type { Json } from '../../../kernel/stable-json';
import type { Transaction } from '../../connection/core-database';
import { empty, sql } from '../../connection/sql';
import { dated, DATED_COLUMNS, type Dated, type DatedRow } from '../dated-fact/dated';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import { writeDatedFact, type FactTable } from '../dated-fact/write-dated-fact';
import type { ScopedRead } from '../read-context';
import { offeredTo } from '../scope/visible-to';

const RELEASE_FACT: FactTable = {
  name: 'product_release',
  columns: ['product_id', 'organisation_id', 'sold', 'narrowing', 'prices'],
};

/** What a node says of a product for itself and those below it 分级管理. */
export interface ProductRelease extends Dated {
  readonly productId: Id<'product'>;
  readonly organisationId: Id<'organisation'>;
  /** Whether it is sold there at all. */
  readonly sold: boolean;
  /** Who may have it there, beside what the product says: an eligibility as it is stored. */
  readonly narrowing: Json;
  /** Other amounts there, by price code, as they are stored. */
  readonly prices: Json;
  /** Of the product's version at that time: in the currency of its amounts. */
  readonly currency: string;
}

type ReleaseRow = DatedRow & {
  readonly product_id: Id<'product'>;
  readonly organisation_id: Id<'organisation'>;
  readonly sold: boolean;
  readonly narrowing: Json;
  readonly prices: Json;
  readonly currency: string;
};

/** One page of what nodes along the caller's say of each product; the cursor is (id). */
export async function selectReleasesOfProducts(
  context: ScopedRead,
  productIds: readonly Id<'product'>[],
  time: FactTime,
  page: PageRequest,
): Promise<ReadonlyMap<Id<'product'>, Page<ProductRelease>>> {
  const rows = await context.sql.query<ReleaseRow>(sql`
    SELECT f.* FROM unnest(${productIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT f.product_id, f.organisation_id, f.sold, f.narrowing, f.prices, ${DATED_COLUMNS},
             coalesce((SELECT v.currency FROM product_version v WHERE v.product_id = f.product_id ORDER BY v.number DESC LIMIT 1), '') AS currency
      FROM (SELECT r.*, p.service_type FROM product_release r JOIN product p ON p.id = r.product_id
            WHERE r.product_id = asked.id AND ${offeredTo(context.scope, 'catalogue:read', 'p')}) f
      WHERE ${offeredTo(context.scope, 'catalogue:read', 'f')} AND ${factAt('f', time)}
        ${page.after === null ? empty : sql`AND f.id > ${page.after[0]}::uuid`}
      ORDER BY f.id LIMIT ${page.first + 1}
    ) f`);
  const toRelease = (row: ReleaseRow): ProductRelease =>
    dated(row, {
      productId: row.product_id,
      organisationId: row.organisation_id,
      sold: row.sold,
      narrowing: row.narrowing,
      prices: row.prices,
      currency: row.currency,
    });
  return toPagesByParent(productIds, rows, page.first, { parentOf: (row) => row.product_id, toItem: toRelease });
}

export interface NewRelease {
  readonly productId: Id<'product'>;
  readonly organisationId: Id<'organisation'>;
  readonly sold: boolean;
  readonly narrowing: Json;
  readonly prices: Json;
}

/** What a node says of a locked product over a period; what it said before over that time is replaced. */
export async function writeRelease(
  transaction: Transaction,
  { productId, organisationId, sold, narrowing, prices }: NewRelease,
  valid: Period,
  now: Instant,
): Promise<void> {
  await writeDatedFact(transaction, RELEASE_FACT, {
    key: { product_id: productId, organisation_id: organisationId },
    fact: { sold, narrowing: JSON.stringify(narrowing), prices: JSON.stringify(prices) },
    valid,
    now,
  });
}
