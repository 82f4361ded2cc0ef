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
  name: 'discount_release',
  columns: ['discount_id', 'organisation_id', 'granted', 'narrowing'],
};

/** What a node says of a discount for itself and those below it 分级管理. */
export interface DiscountRelease extends Dated {
  readonly discountId: Id<'discount'>;
  readonly organisationId: Id<'organisation'>;
  /** Whether it is granted there at all. */
  readonly granted: boolean;
  /** Who may have it there, beside what the discount says: an eligibility as it is stored. */
  readonly narrowing: Json;
}

type ReleaseRow = DatedRow & {
  readonly discount_id: Id<'discount'>;
  readonly organisation_id: Id<'organisation'>;
  readonly granted: boolean;
  readonly narrowing: Json;
};

/** One page of what nodes along the caller's say of each discount; the cursor is (id). */
export async function selectReleasesOfDiscounts(
  context: ScopedRead,
  discountIds: readonly Id<'discount'>[],
  time: FactTime,
  page: PageRequest,
): Promise<ReadonlyMap<Id<'discount'>, Page<DiscountRelease>>> {
  const rows = await context.sql.query<ReleaseRow>(sql`
    SELECT f.* FROM unnest(${discountIds}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT f.discount_id, f.organisation_id, f.granted, f.narrowing, ${DATED_COLUMNS}
      FROM (SELECT r.*, d.service_type FROM discount_release r JOIN discount d ON d.id = r.discount_id
            WHERE r.discount_id = asked.id AND ${offeredTo(context.scope, 'catalogue:read', 'd')}) f
      WHERE ${offeredTo(context.scope, 'catalogue:read', 'f')} AND ${factAt('f', time)}
        ${page.after === null ? empty : sql`AND f.id > ${page.after[0]}::uuid`}
      ORDER BY f.id LIMIT ${page.first + 1}
    ) f`);
  const toRelease = (row: ReleaseRow): DiscountRelease =>
    dated(row, { discountId: row.discount_id, organisationId: row.organisation_id, granted: row.granted, narrowing: row.narrowing });
  return toPagesByParent(discountIds, rows, page.first, { parentOf: (row) => row.discount_id, toItem: toRelease });
}

export type NewDiscountRelease = Pick<DiscountRelease, 'discountId' | 'organisationId' | 'granted' | 'narrowing'>;

/** What a node says of a locked discount over a period; what it said before over that time is replaced. */
export async function writeDiscountRelease(
  transaction: Transaction,
  { discountId, organisationId, granted, narrowing }: NewDiscountRelease,
  valid: Period,
  now: Instant,
): Promise<void> {
  await writeDatedFact(transaction, RELEASE_FACT, {
    key: { discount_id: discountId, organisation_id: organisationId },
    fact: { granted, narrowing: JSON.stringify(narrowing) },
    valid,
    now,
  });
}
