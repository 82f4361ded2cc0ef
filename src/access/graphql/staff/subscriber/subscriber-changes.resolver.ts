import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  addPaymentRelation,
  changePaymentRelation,
  changeSubscriber,
  endPaymentRelation,
  openSubscriber,
  resumeSubscriber,
  setDefaultPaymentRelation,
  stopSubscriber,
} from '../../../../business/component/subscriber';
import { assignSubscriberCustomer, changeIdentifier } from '../../../../business/process/beside-orders';
import { terminateSubscriber } from '../../../../business/process/terminate-subscriber'; // prettier-ignore
import { encodeId, type Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { given } from '../../server/given';
import { readOptionalMoney } from '../../server/money.input';
import { mutate } from '../../server/mutation';
import { readId, readOptionalId } from '../../server/node-id';
import {
  AddPaymentRelationInputType, AssignSubscriberCustomerInputType, ChangeIdentifierInputType, ChangePaymentRelationInputType,
  ChangeSubscriberInputType, EndPaymentRelationInputType, OpenSubscriberInputType, ResumeSubscriberInputType,
  SetDefaultPaymentRelationInputType, StopSubscriberInputType, TerminateSubscriberInputType,
} from './subscriber-changes.input'; // prettier-ignore
import { loadSubscriber } from './subscriber.resolver';
import { PaymentRelationPayload, SubscriberPayload, SubscriberUserError, type SubscriberType } from './subscriber.type';

@Resolver()
export class SubscriberChangesResolver {
  @Mutation(() => SubscriberPayload, {
    description:
      'Opens a subscriber 开户: active from now on, reached by its identifier, paid for by default by the account given. Needs ' +
      'subscriber:write ' +
      'for the line of business at the managing node, customer:read and account:write.',
  })
  public async openSubscriber(
    @Arg('input', () => OpenSubscriberInputType) { idempotencyKey, ...rest }: OpenSubscriberInputType,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberPayload> {
    const input = {
      ...rest,
      organisationId: readId('organisation', rest.organisationId, 'organisationId'),
      ownerId: readId('customer', rest.ownerId, 'ownerId'),
      userId: readOptionalId('customer', rest.userId, 'userId') ?? null,
      payerId: readOptionalId('customer', rest.payerId, 'payerId') ?? null,
      accountId: readId('account', rest.accountId, 'accountId'),
      attributes: rest.attributes ?? {},
    };
    return mutate(context, openSubscriber, { input, idempotencyKey }, SubscriberUserError, payloadOf(context));
  }

  @Mutation(() => SubscriberPayload, { description: 'Changes what a subscriber is 用户资料变更. Needs subscriber:write.' })
  public async changeSubscriber(
    @Arg('input', () => ChangeSubscriberInputType) { idempotencyKey, subscriberId, expectedVersion, ...changes }: ChangeSubscriberInputType,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberPayload> {
    const organisationId = readOptionalId('organisation', changes.organisationId, 'organisationId');
    const input = { ...ofSubscriber(subscriberId), ...given({ ...changes, organisationId }), expectedVersion };
    return mutate(context, changeSubscriber, { input, idempotencyKey }, SubscriberUserError, payloadOf(context));
  }

  @Mutation(() => SubscriberPayload, {
    description:
      'Gives a subscriber another number or login 改号, or SIM card 换卡, from an instant on; the old one is then free, one of the stock after a rest 冷冻. Needs ' +
      'subscriber:write.',
  })
  public async changeIdentifier(
    @Arg('input', () => ChangeIdentifierInputType) { idempotencyKey, subscriberId, ...rest }: ChangeIdentifierInputType,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberPayload> {
    const input = { ...rest, ...ofSubscriber(subscriberId) };
    return mutate(context, changeIdentifier, { input, idempotencyKey }, SubscriberUserError, payloadOf(context));
  }

  @Mutation(() => SubscriberPayload, {
    description:
      'Gives the role of owner 产权客户, user 使用客户 or payer 付费客户 to a customer in scope, from an instant on. Needs subscriber:write.',
  })
  public async assignSubscriberCustomer(
    @Arg('input', () => AssignSubscriberCustomerInputType)
    { idempotencyKey, subscriberId, customerId, ...rest }: AssignSubscriberCustomerInputType,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberPayload> {
    const input = { ...rest, ...ofSubscriber(subscriberId), customerId: readId('customer', customerId, 'customerId') };
    return mutate(context, assignSubscriberCustomer, { input, idempotencyKey }, SubscriberUserError, payloadOf(context));
  }

  @Mutation(() => SubscriberPayload, { description: 'Stops a subscriber 停机 for a reason, from now on. Needs subscriber:write.' })
  public async stopSubscriber(
    @Arg('input', () => StopSubscriberInputType) { idempotencyKey, subscriberId, ...rest }: StopSubscriberInputType,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberPayload> {
    const input = { ...rest, ...ofSubscriber(subscriberId) };
    return mutate(context, stopSubscriber, { input, idempotencyKey }, SubscriberUserError, payloadOf(context));
  }

  @Mutation(() => SubscriberPayload, {
    description: 'Takes one stop reason away 复机, from now on; the service resumes when none is left. Needs subscriber:write.',
  })
  public async resumeSubscriber(
    @Arg('input', () => ResumeSubscriberInputType) { idempotencyKey, subscriberId, ...rest }: ResumeSubscriberInputType,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberPayload> {
    const input = { ...rest, ...ofSubscriber(subscriberId) };
    return mutate(context, resumeSubscriber, { input, idempotencyKey }, SubscriberUserError, payloadOf(context));
  }

  @Mutation(() => SubscriberPayload, {
    description:
      'Closes a subscriber that holds no product 销户, now: its number is free (one of the stock after a rest 冷冻), and no account pays ' +
      'for it any longer. One that holds any, or that an order is under way for, is closed by an order. Needs subscriber:write.',
  })
  public async terminateSubscriber(
    @Arg('input', () => TerminateSubscriberInputType) { idempotencyKey, subscriberId, expectedVersion }: TerminateSubscriberInputType,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberPayload> {
    const input = { ...ofSubscriber(subscriberId), expectedVersion };
    return mutate(context, terminateSubscriber, { input, idempotencyKey }, SubscriberUserError, payloadOf(context));
  }

  @Mutation(() => PaymentRelationPayload, {
    description:
      'Lets an account pay for a part of a subscriber’s charges 增加付费关系, for a time. Needs subscriber:write, and account:write ' +
      'for the account.',
  })
  public async addPaymentRelation(
    @Arg('input', () => AddPaymentRelationInputType) { idempotencyKey, subscriberId, accountId, cap, ...rest }: AddPaymentRelationInputType,
    @Ctx() context: GraphContext,
  ): Promise<PaymentRelationPayload> {
    const input = () => ({
      ...rest,
      ...ofSubscriber(subscriberId),
      accountId: readId('account', accountId, 'accountId'),
      cap: readOptionalMoney(cap, 'cap') ?? null,
    });
    return mutate(context, addPaymentRelation, { input, idempotencyKey }, SubscriberUserError, relationPayloadOf(context));
  }

  @Mutation(() => PaymentRelationPayload, {
    description:
      'Gives a payment relation another priority or cap 变更付费关系 from an instant on; what holds from then on has an id of its own. ' +
      'Needs subscriber:write.',
  })
  public async changePaymentRelation(
    @Arg('input', () => ChangePaymentRelationInputType)
    { idempotencyKey, subscriberId, paymentRelationId, ...rest }: ChangePaymentRelationInputType,
    @Ctx() context: GraphContext,
  ): Promise<PaymentRelationPayload> {
    const { priority, cap, ...change } = rest;
    const input = () => ({
      ...change,
      ...ofSubscriber(subscriberId),
      ...given({ priority }),
      paymentRelationId: readId('fact', paymentRelationId, 'paymentRelationId'),
      cap: readOptionalMoney(cap, 'cap'),
    });
    return mutate(context, changePaymentRelation, { input, idempotencyKey }, SubscriberUserError, relationPayloadOf(context));
  }

  @Mutation(() => SubscriberPayload, {
    description: 'Ends a payment relation 终止付费关系 at an instant; the default can only be replaced. Needs subscriber:write.',
  })
  public async endPaymentRelation(
    @Arg('input', () => EndPaymentRelationInputType)
    { idempotencyKey, subscriberId, paymentRelationId, ...rest }: EndPaymentRelationInputType,
    @Ctx() context: GraphContext,
  ): Promise<SubscriberPayload> {
    const input = { ...rest, ...ofSubscriber(subscriberId), paymentRelationId: readId('fact', paymentRelationId, 'paymentRelationId') };
    return mutate(context, endPaymentRelation, { input, idempotencyKey }, SubscriberUserError, payloadOf(context));
  }

  @Mutation(() => PaymentRelationPayload, {
    description:
      'Names the account that pays, from an instant on, whatever no other payment relation pays 指定默认付费账户. Needs subscriber:write, and ' +
      'account:write for the account.',
  })
  public async setDefaultPaymentRelation(
    @Arg('input', () => SetDefaultPaymentRelationInputType)
    { idempotencyKey, subscriberId, accountId, ...rest }: SetDefaultPaymentRelationInputType,
    @Ctx() context: GraphContext,
  ): Promise<PaymentRelationPayload> {
    const input = { ...rest, ...ofSubscriber(subscriberId), accountId: readId('account', accountId, 'accountId') };
    return mutate(context, setDefaultPaymentRelation, { input, idempotencyKey }, SubscriberUserError, relationPayloadOf(context));
  }
}

function ofSubscriber(subscriberId: string): { readonly subscriberId: Id<'subscriber'> } {
  return { subscriberId: readId('subscriber', subscriberId, 'subscriberId') };
}

type Changed = { readonly subscriberId: Id<'subscriber'> };

function payloadOf(context: GraphContext): (output: Changed) => Promise<{ subscriber: SubscriberType | null }> {
  return async ({ subscriberId }) => ({ subscriber: await loadSubscriber(context, subscriberId) });
}

type RelationChanged = Changed & { readonly paymentRelationId: Id<'fact'> | null };

function relationPayloadOf(
  context: GraphContext,
): (output: RelationChanged) => Promise<{ subscriber: SubscriberType | null; paymentRelationId: string | null }> {
  return async ({ subscriberId, paymentRelationId }) => ({
    subscriber: await loadSubscriber(context, subscriberId),
    paymentRelationId: paymentRelationId === null ? null : encodeId('fact', paymentRelationId),
  });
}
