import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  changeProduct, changeProductDraft, createProduct, draftProductVersion, moveProductVersion, releaseProduct, type ProductDocuments,
} from '../../../../business/component/product'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import type { GraphContext } from '../../server/context';
import { given } from '../../server/given';
import { mutate } from '../../server/mutation';
import { readId } from '../../server/node-id';
import {
  ChangeProductDraftInputType, ChangeProductInputType, CreateProductInputType, DraftProductVersionInputType, MoveProductVersionInputType,
  ReleaseProductInputType,
} from './product-changes.input'; // prettier-ignore
import { loadProduct, loadProductVersion } from './product.resolver';
import { ProductPayload, ProductUserError, ProductVersionPayload, type ProductType, type ProductVersionType } from './product.type';

@Resolver()
export class ProductChangesResolver {
  @Mutation(() => ProductPayload, {
    description:
      'Names a product or a bundle 建立产品 and says to which node it belongs; what it says, its versions do. Needs catalogue:write for ' +
      'the line of business at the node (for a bundle: for every line).',
  })
  public async createProduct(
    @Arg('input', () => CreateProductInputType) { idempotencyKey, organisationId, ...rest }: CreateProductInputType,
    @Ctx() context: GraphContext,
  ): Promise<ProductPayload> {
    const input = { ...rest, organisationId: readId('organisation', organisationId, 'organisationId') };
    return mutate(context, createProduct, { input, idempotencyKey }, ProductUserError, productOf(context));
  }

  @Mutation(() => ProductPayload, { description: 'Changes what a product is called 产品更名. Needs catalogue:write at its node.' })
  public async changeProduct(
    @Arg('input', () => ChangeProductInputType) { idempotencyKey, productId, expectedVersion, name, nameEn }: ChangeProductInputType,
    @Ctx() context: GraphContext,
  ): Promise<ProductPayload> {
    const input = { ...given({ name, nameEn }), productId: readId('product', productId, 'productId'), expectedVersion };
    return mutate(context, changeProduct, { input, idempotencyKey }, ProductUserError, productOf(context));
  }

  @Mutation(() => ProductVersionPayload, {
    description:
      'Begins a version of a product or a bundle 新建版本, with what is given or as a copy of the latest. One is worked on at a time. Needs ' +
      'catalogue:write at its node.',
  })
  public async draftProductVersion(
    @Arg('input', () => DraftProductVersionInputType)
    { idempotencyKey, productId, expectedVersion, ...documents }: DraftProductVersionInputType,
    @Ctx() context: GraphContext,
  ): Promise<ProductVersionPayload> {
    const input = { ...documentsOf(documents), productId: readId('product', productId, 'productId'), expectedVersion };
    return mutate(context, draftProductVersion, { input, idempotencyKey }, ProductUserError, versionOf(context));
  }

  @Mutation(() => ProductVersionPayload, {
    description: 'Changes what a draft or a version in test says 修改草稿, whole. Needs catalogue:write at the product’s node.',
  })
  public async changeProductDraft(
    @Arg('input', () => ChangeProductDraftInputType)
    { idempotencyKey, versionId, expectedVersion, ...documents }: ChangeProductDraftInputType,
    @Ctx() context: GraphContext,
  ): Promise<ProductVersionPayload> {
    const input = { ...documentsOf(documents), versionId: readId('productVersion', versionId, 'versionId'), expectedVersion };
    return mutate(context, changeProductDraft, { input, idempotencyKey }, ProductUserError, versionOf(context));
  }

  @Mutation(() => ProductVersionPayload, {
    description:
      'Moves a version on 版本流转: to be tested, on sale, suspended, retired. What goes on sale takes the place of the version that was ' +
      'sold. Needs catalogue:write to try it, catalogue:release to sell it or take it back, at the product’s node.',
  })
  public async moveProductVersion(
    @Arg('input', () => MoveProductVersionInputType) { idempotencyKey, versionId, ...rest }: MoveProductVersionInputType,
    @Ctx() context: GraphContext,
  ): Promise<ProductVersionPayload> {
    const input = { ...rest, versionId: readId('productVersion', versionId, 'versionId') };
    return mutate(context, moveProductVersion, { input, idempotencyKey }, ProductUserError, versionOf(context));
  }

  @Mutation(() => ProductPayload, {
    description:
      'Says how a product is sold at a node and below 分级发布: not at all, to fewer, or at other prices within the authority that the ' +
      'version gives. Needs catalogue:release at that node.',
  })
  public async releaseProduct(
    @Arg('input', () => ReleaseProductInputType)
    { idempotencyKey, productId, organisationId, narrowing, prices, ...rest }: ReleaseProductInputType,
    @Ctx() context: GraphContext,
  ): Promise<ProductPayload> {
    const input = {
      ...rest,
      productId: readId('product', productId, 'productId'),
      organisationId: readId('organisation', organisationId, 'organisationId'),
      narrowing: (narrowing ?? {}) as unknown as Json,
      prices: (prices ?? []) as unknown as Json,
    };
    return mutate(context, releaseProduct, { input, idempotencyKey }, ProductUserError, productOf(context));
  }
}

/** The inputs have the shape of the documents that the business layer reads. */
function documentsOf({ definition, bundle }: { readonly definition?: object | null; readonly bundle?: object | null }): ProductDocuments {
  return given({ definition: definition as unknown as Json, bundle: bundle as unknown as Json });
}

function productOf(context: GraphContext): (output: { readonly productId: Id<'product'> }) => Promise<{ product: ProductType | null }> {
  return async ({ productId }) => ({ product: await loadProduct(context, productId) });
}

function versionOf(
  context: GraphContext,
): (output: { readonly versionId: Id<'productVersion'> }) => Promise<{ productVersion: ProductVersionType | null }> {
  return async ({ versionId }) => ({ productVersion: await loadProductVersion(context, versionId) });
}
