import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { searchDiscounts, type DiscountFilter } from '../../../../business/component/discount';
import { serviceTypeOf } from '../../../../business/component/service';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs } from '../../server/fact-time';
import { searchedBy } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import { SoldAtArgs } from '../product/product.resolver';
import { ServiceTypeType } from '../service/service.type';
import { loadRole } from '../staff/role.resolver';
import { RoleType } from '../staff/role.type';
import { DiscountFilterType } from './discount.input';
import {
  authorityOfRoleLoader, budgetLoader, discountByCodeLoader, discountLoader, discountVersionLoader, grantedVersionLoader,
  releasesOfDiscountLoader, versionsOfDiscountLoader,
} from './discount.loader'; // prettier-ignore
import {
  DiscountAuthorityType, DiscountBudgetType, DiscountConnection, DiscountReleaseConnection, DiscountReleaseType, DiscountType,
  DiscountVersionConnection, DiscountVersionType,
} from './discount.type'; // prettier-ignore

@Resolver(() => DiscountType)
export class DiscountResolver {
  @Query(() => DiscountType, {
    nullable: true,
    description: 'A discount offered in scope 优惠, by its id or by its code; null when there is none. Needs catalogue:read.',
  })
  public async discount(
    @Arg('id', () => ID, { nullable: true }) id: string | null | undefined,
    @Arg('code', () => String, { nullable: true }) code: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<DiscountType | null> {
    if ((id == null) === (code == null)) throw new Failure('BAD_USER_INPUT', 'Give either id or code.');
    if (id != null) return loadDiscount(context, readId('discount', id));
    const discount = await discountByCodeLoader(context).load(code ?? '');
    return discount === undefined ? null : new DiscountType(discount);
  }

  @Query(() => DiscountConnection, { description: 'Discounts offered in scope 优惠目录, by code. Needs catalogue:read.' })
  public async discounts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => DiscountFilterType, { nullable: true }) filter: DiscountFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<DiscountType>> {
    const found = await searchDiscounts(context, readFilter(filter, context), pageOf(page));
    return toConnection(DiscountConnection, found, (discount) => new DiscountType(discount), (discount) => [discount.value.code]); // prettier-ignore
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The node to which it belongs; null when outside scope.' })
  public async organisation(@Root() { value }: DiscountType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }

  @FieldResolver(() => ServiceTypeType, { nullable: true, description: 'The line of business 业务类型; null: every one.' })
  public async serviceType(@Root() { value }: DiscountType, @Ctx() context: GraphContext): Promise<ServiceTypeType | null> {
    return value.serviceType === null ? null : new ServiceTypeType(await serviceTypeOf(context, value.serviceType));
  }

  @FieldResolver(() => DiscountVersionConnection, { description: 'Every version, drafts among them, the latest first.' })
  public async versions(
    @Root() { value }: DiscountType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<DiscountVersionType>> {
    const found = await versionsOfDiscountLoader(context, pageOf(page)).load(value.id);
    return toConnection(
      DiscountVersionConnection,
      found,
      (version) => new DiscountVersionType(version),
      (version) => [String(version.value.number)],
    );
  }

  @FieldResolver(() => DiscountVersionType, {
    nullable: true,
    description: 'The version that is granted at an instant; null when none is.',
  })
  public async versionGranted(
    @Root() { value }: DiscountType,
    @Args(() => SoldAtArgs) { validAt }: SoldAtArgs,
    @Ctx() context: GraphContext,
  ): Promise<DiscountVersionType | null> {
    const version = await grantedVersionLoader(context, validAt ?? context.now).load(value.id);
    return version === undefined ? null : new DiscountVersionType(version);
  }

  @FieldResolver(() => DiscountReleaseConnection, { description: 'What nodes along the caller’s say of it 分级发布.' })
  public async releases(
    @Root() { value }: DiscountType,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<DiscountReleaseType>> {
    const found = await releasesOfDiscountLoader(context, time, pageOf(page)).load(value.id);
    return toConnection(DiscountReleaseConnection, found, (release) => new DiscountReleaseType(release), (release) => [release.value.id]); // prettier-ignore
  }

  @FieldResolver(() => DiscountBudgetType, { nullable: true, description: 'How much it may give away in all 优惠预算; null: no limit.' })
  public async budget(@Root() { value }: DiscountType, @Ctx() context: GraphContext): Promise<DiscountBudgetType | null> {
    const budget = await budgetLoader(context).load(value.id);
    return budget === undefined ? null : new DiscountBudgetType(budget);
  }
}

@Resolver(() => DiscountVersionType)
export class DiscountVersionResolver {
  @FieldResolver(() => DiscountType, { nullable: true, description: 'What it is a version of.' })
  public async discount(@Root() { value }: DiscountVersionType, @Ctx() context: GraphContext): Promise<DiscountType | null> {
    return loadDiscount(context, value.ownerId);
  }
}

@Resolver(() => DiscountReleaseType)
export class DiscountReleaseResolver {
  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The node that says it; null when outside scope.' })
  public async organisation(@Root() { value }: DiscountReleaseType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }
}

@Resolver(() => RoleType)
export class RoleDiscountAuthorityResolver {
  @Extensions(cost({ listSize: 2 }))
  @FieldResolver(() => [DiscountAuthorityType], {
    description:
      'What holders may give away by hand 优惠权限, at most one of each kind; a kind that is not there: nothing. Needs catalogue:read.',
  })
  public async discountAuthority(@Root() { value }: RoleType, @Ctx() context: GraphContext): Promise<DiscountAuthorityType[]> {
    return (await authorityOfRoleLoader(context).load(value.id)).map((authority) => new DiscountAuthorityType(authority));
  }
}

@Resolver(() => DiscountAuthorityType)
export class DiscountAuthorityRoleResolver {
  @FieldResolver(() => RoleType, { nullable: true, description: 'Whose holders; null without role:read.' })
  public async role(@Root() { value }: DiscountAuthorityType, @Ctx() context: GraphContext): Promise<RoleType | null> {
    return loadRole(context, value.roleId);
  }
}

export async function loadDiscount(context: GraphContext, id: Id<'discount'>): Promise<DiscountType | null> {
  const discount = await discountLoader(context).load(id);
  return discount === undefined ? null : new DiscountType(discount);
}

export async function loadDiscountVersion(context: GraphContext, id: Id<'discountVersion'>): Promise<DiscountVersionType | null> {
  const version = await discountVersionLoader(context).load(id);
  return version === undefined ? null : new DiscountVersionType(version);
}

function readFilter(filter: DiscountFilterType | null | undefined, context: GraphContext): DiscountFilter {
  if (filter == null) return {};
  const { grantableAt, organisationId, ...rest } = filter;
  return {
    ...searchedBy({ ...rest, organisationId: readOptionalId('organisation', organisationId, 'filter.organisationId') }),
    ...(grantableAt == null
      ? {}
      : {
          grantableAt: {
            organisationId: readId('organisation', grantableAt.organisationId, 'filter.grantableAt.organisationId'),
            at: grantableAt.at ?? context.now,
          },
        }),
  };
}
