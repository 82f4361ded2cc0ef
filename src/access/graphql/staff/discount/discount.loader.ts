import type DataLoader from 'dataloader';
import {
  selectAuthorityOfRoles, selectBudgets, selectDiscountsByCode, selectDiscountsById, selectReleasesOfDiscounts, type Discount,
  type DiscountAuthority, type DiscountBudget, type DiscountRelease,
} from '../../../../business/component/discount'; // prettier-ignore
import { selectVersionsById, selectVersionsOf, selectVersionsSoldAt, type ReleasedVersion } from '../../../../business/component/product';
import { instantToText, type Instant } from '../../../../kernel/clock';
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { factTimeKey, factTimeOf, type FactTimeArgs } from '../../server/fact-time';
import { groupLoaderOf, loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';

type DiscountId = Id<'discount'>;
type DiscountVersion = ReleasedVersion<'discount'>;

/** Discounts offered in scope, by id. */
export function discountLoader(context: GraphContext): DataLoader<DiscountId, Discount | undefined> {
  return loaderOf(
    context,
    'discount',
    (ids: readonly DiscountId[]) => selectDiscountsById(context, ids),
    (discount) => discount.id,
  );
}

export function discountByCodeLoader(context: GraphContext): DataLoader<string, Discount | undefined> {
  return loaderOf(
    context,
    'discount.code',
    (codes: readonly string[]) => selectDiscountsByCode(context, codes),
    (discount) => discount.code,
  );
}

export function discountVersionLoader(context: GraphContext): DataLoader<Id<'discountVersion'>, DiscountVersion | undefined> {
  return loaderOf(
    context,
    'discountVersion',
    (ids: readonly Id<'discountVersion'>[]) => selectVersionsById(context, 'discount', ids),
    (version) => version.id,
  );
}

export function versionsOfDiscountLoader(context: GraphContext, page: PageRequest): DataLoader<DiscountId, Page<DiscountVersion>> {
  return pageLoaderOf(context, `discount.versions ${pageKey(page)}`, (ids) => selectVersionsOf(context, 'discount', ids, page));
}

export function grantedVersionLoader(context: GraphContext, at: Instant): DataLoader<DiscountId, DiscountVersion | undefined> {
  return loaderOf(
    context,
    `discount.versionGranted ${instantToText(at)}`,
    (ids: readonly DiscountId[]) => selectVersionsSoldAt(context, 'discount', ids, at),
    (version) => version.ownerId,
  );
}

export function releasesOfDiscountLoader(
  context: GraphContext,
  time: FactTimeArgs,
  page: PageRequest,
): DataLoader<DiscountId, Page<DiscountRelease>> {
  const name = `discount.releases ${factTimeKey(time)} ${pageKey(page)}`;
  return pageLoaderOf(context, name, (ids) => selectReleasesOfDiscounts(context, ids, factTimeOf(time, context.now), page));
}

export function budgetLoader(context: GraphContext): DataLoader<DiscountId, DiscountBudget | undefined> {
  return loaderOf(
    context,
    'discount.budget',
    (ids: readonly DiscountId[]) => selectBudgets(context, ids),
    (budget) => budget.discountId,
  );
}

/** What roles may give away by hand, at most one of each kind. */
export function authorityOfRoleLoader(context: GraphContext): DataLoader<Id<'role'>, readonly DiscountAuthority[]> {
  return groupLoaderOf(
    context,
    'role.discountAuthority',
    (ids: readonly Id<'role'>[]) => selectAuthorityOfRoles(context, ids),
    (authority) => authority.roleId,
  );
}
