import type DataLoader from 'dataloader';
import {
  selectProductsByCode, selectProductsById, selectReleasesOfProducts, selectVersionsById, selectVersionsOf, selectVersionsSoldAt,
  type Product, type ProductRelease, type ReleasedVersion,
} from '../../../../business/component/product'; // prettier-ignore
import { instantToText, type Instant } from '../../../../kernel/clock';
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { factTimeKey, factTimeOf, type FactTimeArgs } from '../../server/fact-time';
import { loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';

type ProductId = Id<'product'>;
type ProductVersion = ReleasedVersion<'product'>;

/** Products offered in scope, by id. */
export function productLoader(context: GraphContext): DataLoader<ProductId, Product | undefined> {
  return loaderOf(
    context,
    'product',
    (ids: readonly ProductId[]) => selectProductsById(context, ids),
    (product) => product.id,
  );
}

export function productByCodeLoader(context: GraphContext): DataLoader<string, Product | undefined> {
  return loaderOf(
    context,
    'product.code',
    (codes: readonly string[]) => selectProductsByCode(context, codes),
    (product) => product.code,
  );
}

export function productVersionLoader(context: GraphContext): DataLoader<Id<'productVersion'>, ProductVersion | undefined> {
  return loaderOf(
    context,
    'productVersion',
    (ids: readonly Id<'productVersion'>[]) => selectVersionsById(context, 'product', ids),
    (version) => version.id,
  );
}

export function versionsOfProductLoader(context: GraphContext, page: PageRequest): DataLoader<ProductId, Page<ProductVersion>> {
  return pageLoaderOf(context, `product.versions ${pageKey(page)}`, (ids) => selectVersionsOf(context, 'product', ids, page));
}

export function soldVersionLoader(context: GraphContext, at: Instant): DataLoader<ProductId, ProductVersion | undefined> {
  return loaderOf(
    context,
    `product.versionOnSale ${instantToText(at)}`,
    (ids: readonly ProductId[]) => selectVersionsSoldAt(context, 'product', ids, at),
    (version) => version.ownerId,
  );
}

export function releasesOfProductLoader(
  context: GraphContext,
  time: FactTimeArgs,
  page: PageRequest,
): DataLoader<ProductId, Page<ProductRelease>> {
  const name = `product.releases ${factTimeKey(time)} ${pageKey(page)}`;
  return pageLoaderOf(context, name, (ids) => selectReleasesOfProducts(context, ids, factTimeOf(time, context.now), page));
}
