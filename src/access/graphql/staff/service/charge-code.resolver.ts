import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  changeChargeCodeTerms, findChargeCodes, registerChargeCode, searchChargeCodes, selectServiceTypes, type ChargeTerms,
} from '../../../../business/component/service'; // prettier-ignore
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs, factTimeOf } from '../../server/fact-time';
import { searchedBy } from '../../server/given';
import { mutate } from '../../server/mutation';
import { readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import {
  ChangeChargeCodeTermsInputType, ChargeCodeFilterType, RegisterChargeCodeInputType, type ChargeCodeTermsInputType,
} from './charge-code.input'; // prettier-ignore
import { ChargeCodeConnection, ChargeCodePayload, ChargeCodeTermsType, ChargeCodeType } from './charge-code.type';
import { ServiceUserError } from './service-user-error';
import { ServiceTypeType } from './service.type';

@Resolver(() => ChargeCodeType)
export class ChargeCodeResolver {
  @Query(() => ChargeCodeType, {
    nullable: true,
    description: 'A charge code 账目项 with the terms of an instant; null when there is none, or without service:read.',
  })
  public async chargeCode(
    @Arg('code', () => String) code: string,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<ChargeCodeType | null> {
    const [found] = await findChargeCodes(context, [code], factTimeOf(time, context.now));
    return found === undefined ? null : new ChargeCodeType(found);
  }

  @Query(() => ChargeCodeConnection, {
    description: 'Charge codes 账目项 by code, with the terms of an instant; none without service:read.',
  })
  public async chargeCodes(
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Arg('filter', () => ChargeCodeFilterType, { nullable: true }) filter: ChargeCodeFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<ChargeCodeType>> {
    const found = await searchChargeCodes(context, searchedBy({ ...filter }), factTimeOf(time, context.now), pageOf(page));
    return toConnection(ChargeCodeConnection, found, (code) => new ChargeCodeType(code), ({ value }) => [value.code]); // prettier-ignore
  }

  @FieldResolver(() => ServiceTypeType, { nullable: true, description: 'Null: of every service type.' })
  public async serviceType(@Root() { value }: ChargeCodeType, @Ctx() context: GraphContext): Promise<ServiceTypeType | null> {
    const [type] = value.serviceType === null ? [] : await selectServiceTypes(context, [value.serviceType]);
    return type === undefined ? null : new ServiceTypeType(type);
  }

  @Mutation(() => ChargeCodePayload, {
    description:
      'Registers a charge code 新增账目项 with its first terms. Needs service:write at the operator’s root, for its line of business or ' +
      'for all of them.',
  })
  public async registerChargeCode(
    @Arg('input', () => RegisterChargeCodeInputType) { idempotencyKey, terms, ...rest }: RegisterChargeCodeInputType,
    @Ctx() context: GraphContext,
  ): Promise<ChargeCodePayload> {
    const input = { ...rest, serviceType: rest.serviceType ?? null, terms: readTerms(terms) };
    return mutate(context, registerChargeCode, { input, idempotencyKey, called: CALLED }, ServiceUserError, payloadOf(context));
  }

  @Mutation(() => ChargeCodePayload, {
    description:
      'Gives a charge code other terms 变更账目项属性 from an instant on, or for a time. Needs service:write at the operator’s root, for its ' +
      'line of business or for all of them.',
  })
  public async changeChargeCodeTerms(
    @Arg('input', () => ChangeChargeCodeTermsInputType) { idempotencyKey, terms, ...rest }: ChangeChargeCodeTermsInputType,
    @Ctx() context: GraphContext,
  ): Promise<ChargeCodePayload> {
    const input = { ...rest, terms: readTerms(terms) };
    return mutate(context, changeChargeCodeTerms, { input, idempotencyKey, called: CALLED }, ServiceUserError, payloadOf(context));
  }
}

@Resolver(() => ChargeCodeTermsType)
export class ChargeCodeTermsResolver {
  @FieldResolver(() => OrganisationType, {
    nullable: true,
    description: 'The partner on whose behalf it is collected 代收; null when there is none, or outside scope.',
  })
  public async collectedFor(@Root() { value }: ChargeCodeTermsType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return value.collectedFor === null ? null : loadOrganisation(context, value.collectedFor);
  }
}

/** What the component calls otherwise than the contract. */
const CALLED = { collectedFor: 'collectedForId' } as const;

function readTerms({ collectedForId, deferredAccount, discountAccount, taxCategory, ...terms }: ChargeCodeTermsInputType): ChargeTerms {
  return {
    ...terms,
    deferredAccount: deferredAccount ?? null,
    discountAccount: discountAccount ?? null,
    taxCategory: taxCategory ?? null,
    collectedFor: readOptionalId('organisation', collectedForId, 'terms.collectedForId') ?? null,
  };
}

function payloadOf(context: GraphContext): (output: { readonly code: string }) => Promise<{ chargeCode: ChargeCodeType | null }> {
  return async ({ code }) => {
    const [found] = await findChargeCodes(context, [code], factTimeOf({}, context.now));
    return { chargeCode: found === undefined ? null : new ChargeCodeType(found) };
  };
}
