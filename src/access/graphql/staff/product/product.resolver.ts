import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { searchProducts, type ProductFilter } from '../../../../business/component/product';
import { serviceTypeOf } from '../../../../business/component/service';
import type { Instant } from '../../../../kernel/clock';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs } from '../../server/fact-time';
import { searchedBy } from '../../server/given';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { DateTimeScalar } from '../../server/scalar';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import { ServiceTypeType } from '../service/service.type';
import { ProductFilterType } from './product.input';
import {
  productByCodeLoader, productLoader, productVersionLoader, releasesOfProductLoader, soldVersionLoader, versionsOfProductLoader,
} from './product.loader'; // prettier-ignore
import {
  ProductConnection, ProductReleaseConnection, ProductReleaseType, ProductType, ProductVersionConnection, ProductVersionType,
} from './product.type'; // prettier-ignore

/** As of when the version on sale is asked for. */
@ArgsType()
export class SoldAtArgs {
  @Field(() => DateTimeScalar, { nullable: true, description: 'What was, is or will be sold at this instant; now when not given.' })
  public validAt?: Instant | null;
}

@Resolver(() => ProductType)
export class ProductResolver {
  @Query(() => ProductType, {
    nullable: true,
    description: 'A product or a bundle offered in scope 产品, by its id or by its code; null when there is none. Needs catalogue:read.',
  })
  public async product(
    @Arg('id', () => ID, { nullable: true }) id: string | null | undefined,
    @Arg('code', () => String, { nullable: true }) code: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ProductType | null> {
    if ((id == null) === (code == null)) throw new Failure('BAD_USER_INPUT', 'Give either id or code.');
    if (id != null) return loadProduct(context, readId('product', id));
    const product = await productByCodeLoader(context).load(code ?? '');
    return product === undefined ? null : new ProductType(product);
  }

  @Query(() => ProductConnection, { description: 'Products and bundles offered in scope 产品目录, by code. Needs catalogue:read.' })
  public async products(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ProductFilterType, { nullable: true }) filter: ProductFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<ProductType>> {
    const found = await searchProducts(context, readFilter(filter, context), pageOf(page));
    return toConnection(ProductConnection, found, (product) => new ProductType(product), (product) => [product.value.code]); // prettier-ignore
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The node to which it belongs; null when outside scope.' })
  public async organisation(@Root() { value }: ProductType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }

  @FieldResolver(() => ServiceTypeType, { nullable: true, description: 'The line of business 业务类型; null for a bundle.' })
  public async serviceType(@Root() { value }: ProductType, @Ctx() context: GraphContext): Promise<ServiceTypeType | null> {
    return value.serviceType === null ? null : new ServiceTypeType(await serviceTypeOf(context, value.serviceType));
  }

  @FieldResolver(() => ProductVersionConnection, { description: 'Every version, drafts among them, the latest first.' })
  public async versions(
    @Root() { value }: ProductType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<ProductVersionType>> {
    const found = await versionsOfProductLoader(context, pageOf(page)).load(value.id);
    return toConnection(
      ProductVersionConnection,
      found,
      (version) => new ProductVersionType(version),
      (version) => [String(version.value.number)],
    );
  }

  @FieldResolver(() => ProductVersionType, { nullable: true, description: 'The version that is sold at an instant; null when none is.' })
  public async versionOnSale(
    @Root() { value }: ProductType,
    @Args(() => SoldAtArgs) { validAt }: SoldAtArgs,
    @Ctx() context: GraphContext,
  ): Promise<ProductVersionType | null> {
    const version = await soldVersionLoader(context, validAt ?? context.now).load(value.id);
    return version === undefined ? null : new ProductVersionType(version);
  }

  @FieldResolver(() => ProductReleaseConnection, { description: 'What nodes along the caller’s say of it 分级发布.' })
  public async releases(
    @Root() { value }: ProductType,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<ProductReleaseType>> {
    const found = await releasesOfProductLoader(context, time, pageOf(page)).load(value.id);
    return toConnection(ProductReleaseConnection, found, (release) => new ProductReleaseType(release), (release) => [release.value.id]); // prettier-ignore
  }
}

@Resolver(() => ProductVersionType)
export class ProductVersionResolver {
  @FieldResolver(() => ProductType, { nullable: true, description: 'What it is a version of.' })
  public async product(@Root() { value }: ProductVersionType, @Ctx() context: GraphContext): Promise<ProductType | null> {
    return loadProduct(context, value.ownerId);
  }
}

@Resolver(() => ProductReleaseType)
export class ProductReleaseResolver {
  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The node that says it; null when outside scope.' })
  public async organisation(@Root() { value }: ProductReleaseType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }
}

export async function loadProduct(context: GraphContext, id: Id<'product'>): Promise<ProductType | null> {
  const product = await productLoader(context).load(id);
  return product === undefined ? null : new ProductType(product);
}

export async function loadProductVersion(context: GraphContext, id: Id<'productVersion'>): Promise<ProductVersionType | null> {
  const version = await productVersionLoader(context).load(id);
  return version === undefined ? null : new ProductVersionType(version);
}

function readFilter(filter: ProductFilterType | null | undefined, context: GraphContext): ProductFilter {
  if (filter == null) return {};
  const { sellableAt, organisationId, ...rest } = filter;
  return {
    ...searchedBy({ ...rest, organisationId: readOptionalId('organisation', organisationId, 'filter.organisationId') }),
    ...(sellableAt == null
      ? {}
      : {
          sellableAt: {
            organisationId: readId('organisation', sellableAt.organisationId, 'filter.sellableAt.organisationId'),
            at: sellableAt.at ?? context.now,
          },
        }),
  };
}
