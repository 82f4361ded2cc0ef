import { Arg, Args, Ctx, Extensions, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { findTaxCategories, registerTaxCategory, setTaxRate, TAX_CATEGORIES_MAX } from '../../../../business/component/tax';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs, factTimeOf } from '../../server/fact-time';
import { cost } from '../../server/guard/cost-hint';
import { mutate } from '../../server/mutation';
import { ChargeCodeTermsType } from '../service/charge-code.type';
import { RegisterTaxCategoryInputType, SetTaxRateInputType } from './tax.input';
import { taxCategoryLoader } from './tax.loader';
import { TaxCategoryPayload, TaxCategoryType, TaxUserError } from './tax.type';

@Resolver(() => TaxCategoryType)
export class TaxCategoryResolver {
  @Extensions(cost({ listSize: 10 }))
  @Query(() => [TaxCategoryType], {
    description: `Every tax category 税目 by code with the rate of an instant, at most ${TAX_CATEGORIES_MAX}; none without tax:read.`,
  })
  public async taxCategories(@Args(() => FactTimeArgs) time: FactTimeArgs, @Ctx() context: GraphContext): Promise<TaxCategoryType[]> {
    const found = await findTaxCategories(context, null, factTimeOf(time, context.now));
    return found.map((category) => new TaxCategoryType(category));
  }

  @Mutation(() => TaxCategoryPayload, {
    description:
      'Registers a tax category 新增税目 with its first rate. Needs tax:write at the operator’s root, for all lines of business.',
  })
  public async registerTaxCategory(
    @Arg('input', () => RegisterTaxCategoryInputType) { idempotencyKey, ...input }: RegisterTaxCategoryInputType,
    @Ctx() context: GraphContext,
  ): Promise<TaxCategoryPayload> {
    return mutate(context, registerTaxCategory, { input, idempotencyKey }, TaxUserError, payloadOf(context));
  }

  @Mutation(() => TaxCategoryPayload, {
    description:
      'Sets the rate of a tax category 设置税率 from an instant on, or for a time. Needs tax:write at the operator’s root, for all lines of ' +
      'business.',
  })
  public async setTaxRate(
    @Arg('input', () => SetTaxRateInputType) { idempotencyKey, ...input }: SetTaxRateInputType,
    @Ctx() context: GraphContext,
  ): Promise<TaxCategoryPayload> {
    return mutate(context, setTaxRate, { input, idempotencyKey }, TaxUserError, payloadOf(context));
  }
}

@Resolver(() => ChargeCodeTermsType)
export class ChargeCodeTaxResolver {
  @FieldResolver(() => TaxCategoryType, {
    nullable: true,
    description: 'The tax category 税目 with the rate of now; null: outside the tax 不征税, or without tax:read.',
  })
  public async taxCategory(@Root() { value }: ChargeCodeTermsType, @Ctx() context: GraphContext): Promise<TaxCategoryType | null> {
    const category = value.taxCategory === null ? undefined : await taxCategoryLoader(context).load(value.taxCategory);
    return category === undefined ? null : new TaxCategoryType(category);
  }
}

function payloadOf(context: GraphContext): (output: { readonly code: string }) => Promise<{ taxCategory: TaxCategoryType | null }> {
  return async ({ code }) => {
    const category = await taxCategoryLoader(context).load(code);
    return { taxCategory: category === undefined ? null : new TaxCategoryType(category) };
  };
}
