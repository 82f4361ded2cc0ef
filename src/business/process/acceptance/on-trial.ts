import { selectDiscountsByCode } from '../../component/discount';
import { isDraft, selectProductsByCode, selectVersionsOf } from '../../component/product';
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import type { WhereAndWhen } from './order-kind';

const LATEST = { first: 1, after: null } as const;

/** The draft of each product that has one after its last release, by code: where a quotation is a trial 试报价, it is what is quoted. */
export async function productsOnTrial(
  unit: Unit,
  codes: readonly string[],
  { trial }: Pick<WhereAndWhen, 'trial'>,
): Promise<ReadonlyMap<string, Id<'productVersion'>>> {
  if (!trial || codes.length === 0) return new Map();
  const products = await selectProductsByCode(unit, codes);
  const latest = await selectVersionsOf(
    unit,
    'product',
    products.map(({ id }) => id),
    LATEST,
  );
  return draftsOf(products, (id) => latest.get(id)?.rows[0]);
}

/** As {@link productsOnTrial}, of discounts. */
export async function discountsOnTrial(
  unit: Unit,
  codes: readonly string[],
  { trial }: Pick<WhereAndWhen, 'trial'>,
): Promise<ReadonlyMap<string, Id<'discountVersion'>>> {
  if (!trial || codes.length === 0) return new Map();
  const discounts = await selectDiscountsByCode(unit, codes);
  const latest = await selectVersionsOf(
    unit,
    'discount',
    discounts.map(({ id }) => id),
    LATEST,
  );
  return draftsOf(discounts, (id) => latest.get(id)?.rows[0]);
}

function draftsOf<OwnerId extends string, VersionId extends string>(
  owners: readonly { readonly id: OwnerId; readonly code: string }[],
  latestOf: (id: OwnerId) => { readonly id: VersionId; readonly state: Parameters<typeof isDraft>[0] } | undefined,
): ReadonlyMap<string, VersionId> {
  return new Map(
    owners.flatMap(({ id, code }) => {
      const latest = latestOf(id);
      return latest !== undefined && isDraft(latest.state) ? [[code, latest.id] as const] : [];
    }),
  );
}
