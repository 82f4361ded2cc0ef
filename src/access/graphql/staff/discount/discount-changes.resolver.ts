import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  changeDiscount, changeDiscountDraft, createDiscount, draftDiscountVersion, moveDiscountVersion, releaseDiscount, setDiscountAuthority,
  setDiscountBudget,
} from '../../../../business/component/discount'; // prettier-ignore
import type { Id } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import type { GraphContext } from '../../server/context';
import { given, saidOrNull } from '../../server/given';
import { readMoney, readOptionalMoney } from '../../server/money.input';
import { mutate } from '../../server/mutation';
import { readId } from '../../server/node-id';
import {
  ChangeDiscountDraftInputType, ChangeDiscountInputType, CreateDiscountInputType, DraftDiscountVersionInputType, MoveDiscountVersionInputType,
  ReleaseDiscountInputType, SetDiscountAuthorityInputType, SetDiscountBudgetInputType,
} from './discount.input'; // prettier-ignore
import { authorityOfRoleLoader } from './discount.loader';
import { loadDiscount, loadDiscountVersion } from './discount.resolver';
import {
  DiscountAuthorityPayload, DiscountAuthorityType, DiscountPayload, DiscountUserError, DiscountVersionPayload, type DiscountType,
  type DiscountVersionType,
} from './discount.type'; // prettier-ignore

@Resolver()
export class DiscountChangesResolver {
  @Mutation(() => DiscountPayload, {
    description:
      'Names a discount 建立优惠 and says to which node it belongs; what it says, its versions do. Needs catalogue:write for the line of ' +
      'business at the node (for a discount of none: for every line).',
  })
  public async createDiscount(
    @Arg('input', () => CreateDiscountInputType) { idempotencyKey, organisationId, ...rest }: CreateDiscountInputType,
    @Ctx() context: GraphContext,
  ): Promise<DiscountPayload> {
    const input = { ...rest, organisationId: readId('organisation', organisationId, 'organisationId') };
    return mutate(context, createDiscount, { input, idempotencyKey }, DiscountUserError, discountOf(context));
  }

  @Mutation(() => DiscountPayload, { description: 'Changes what a discount is called 优惠更名. Needs catalogue:write at its node.' })
  public async changeDiscount(
    @Arg('input', () => ChangeDiscountInputType) { idempotencyKey, discountId, expectedVersion, name, nameEn }: ChangeDiscountInputType,
    @Ctx() context: GraphContext,
  ): Promise<DiscountPayload> {
    const input = { ...given({ name, nameEn }), discountId: readId('discount', discountId, 'discountId'), expectedVersion };
    return mutate(context, changeDiscount, { input, idempotencyKey }, DiscountUserError, discountOf(context));
  }

  @Mutation(() => DiscountVersionPayload, {
    description:
      'Begins a version of a discount 新建版本, with what is given or as a copy of the latest. One is worked on at a time. Needs ' +
      'catalogue:write at its node.',
  })
  public async draftDiscountVersion(
    @Arg('input', () => DraftDiscountVersionInputType)
    { idempotencyKey, discountId, expectedVersion, definition }: DraftDiscountVersionInputType,
    @Ctx() context: GraphContext,
  ): Promise<DiscountVersionPayload> {
    const document = definition == null ? {} : { definition: definition as unknown as Json };
    const input = { ...document, discountId: readId('discount', discountId, 'discountId'), expectedVersion };
    return mutate(context, draftDiscountVersion, { input, idempotencyKey }, DiscountUserError, versionOf(context));
  }

  @Mutation(() => DiscountVersionPayload, {
    description: 'Changes what a draft or a version in test says 修改草稿, whole. Needs catalogue:write at the discount’s node.',
  })
  public async changeDiscountDraft(
    @Arg('input', () => ChangeDiscountDraftInputType)
    { idempotencyKey, versionId, expectedVersion, definition }: ChangeDiscountDraftInputType,
    @Ctx() context: GraphContext,
  ): Promise<DiscountVersionPayload> {
    const document = definition as unknown as Json;
    const input = { versionId: readId('discountVersion', versionId, 'versionId'), expectedVersion, definition: document };
    return mutate(context, changeDiscountDraft, { input, idempotencyKey }, DiscountUserError, versionOf(context));
  }

  @Mutation(() => DiscountVersionPayload, {
    description:
      'Moves a version on 版本流转: to be tested, released, suspended, retired. What is released takes the place of the version that was ' +
      'granted. Needs catalogue:write to try it, catalogue:release to release it or take it back, at the discount’s node.',
  })
  public async moveDiscountVersion(
    @Arg('input', () => MoveDiscountVersionInputType) { idempotencyKey, versionId, ...rest }: MoveDiscountVersionInputType,
    @Ctx() context: GraphContext,
  ): Promise<DiscountVersionPayload> {
    const input = { ...rest, versionId: readId('discountVersion', versionId, 'versionId') };
    return mutate(context, moveDiscountVersion, { input, idempotencyKey }, DiscountUserError, versionOf(context));
  }

  @Mutation(() => DiscountPayload, {
    description:
      'Says how a discount is granted at a node and below 分级发布: not at all, or to fewer. Needs catalogue:release at that node.',
  })
  public async releaseDiscount(
    @Arg('input', () => ReleaseDiscountInputType)
    { idempotencyKey, discountId, organisationId, narrowing, ...rest }: ReleaseDiscountInputType,
    @Ctx() context: GraphContext,
  ): Promise<DiscountPayload> {
    const input = {
      ...rest,
      discountId: readId('discount', discountId, 'discountId'),
      organisationId: readId('organisation', organisationId, 'organisationId'),
      narrowing: (narrowing ?? {}) as unknown as Json,
    };
    return mutate(context, releaseDiscount, { input, idempotencyKey }, DiscountUserError, discountOf(context));
  }

  @Mutation(() => DiscountPayload, {
    description:
      'Says how much a discount may give away in all 设置优惠预算, never less than it has given away. Needs catalogue:release at its node.',
  })
  public async setDiscountBudget(
    @Arg('input', () => SetDiscountBudgetInputType) { idempotencyKey, discountId, expectedVersion, limit }: SetDiscountBudgetInputType,
    @Ctx() context: GraphContext,
  ): Promise<DiscountPayload> {
    const input = () => ({ discountId: readId('discount', discountId, 'discountId'), expectedVersion, limit: readMoney(limit, 'limit') });
    return mutate(context, setDiscountBudget, { input, idempotencyKey }, DiscountUserError, discountOf(context));
  }

  @Mutation(() => DiscountAuthorityPayload, {
    description:
      'Says how much holders of a role may give away by hand on one order 设置优惠权限; beyond it an order waits for approval. Needs ' +
      'catalogue:release at the root, for every line.',
  })
  public async setDiscountAuthority(
    @Arg('input', () => SetDiscountAuthorityInputType)
    { idempotencyKey, roleId, kind, expectedVersion, amount, basisPoints }: SetDiscountAuthorityInputType,
    @Ctx() context: GraphContext,
  ): Promise<DiscountAuthorityPayload> {
    const input = () => ({
      roleId: readId('role', roleId, 'roleId'),
      kind,
      expectedVersion,
      amount: saidOrNull(readOptionalMoney(amount, 'amount'), 'amount'),
      basisPoints: saidOrNull(basisPoints, 'basisPoints'),
    });
    return mutate(context, setDiscountAuthority, { input, idempotencyKey }, DiscountUserError, async (said) => {
      const found = (await authorityOfRoleLoader(context).load(said.roleId)).find((one) => one.kind === said.kind);
      return { discountAuthority: found === undefined ? null : new DiscountAuthorityType(found) };
    });
  }
}

function discountOf(
  context: GraphContext,
): (output: { readonly discountId: Id<'discount'> }) => Promise<{ discount: DiscountType | null }> {
  return async ({ discountId }) => ({ discount: await loadDiscount(context, discountId) });
}

function versionOf(
  context: GraphContext,
): (output: { readonly versionId: Id<'discountVersion'> }) => Promise<{ discountVersion: DiscountVersionType | null }> {
  return async ({ versionId }) => ({ discountVersion: await loadDiscountVersion(context, versionId) });
}
