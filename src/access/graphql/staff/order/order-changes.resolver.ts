import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { PAYMENT_HOURS, claimWorkOrder, setOrderKindRule, type ManualReduction } from '../../../../business/component/order';
import { bitsOf } from '../../../../business/component/subscriber';
import {
  amendOrder, approveOrder, cancelOrder, completeWorkOrder, failWorkOrder, quoteOrder, recordOrderPayment, rejectOrder, submitOrder,
} from '../../../../business/process/acceptance'; // prettier-ignore
import { encodeId, type Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { readMoney } from '../../server/money.input';
import { mutate } from '../../server/mutation';
import { readId, readOptionalId } from '../../server/node-id';
import {
  AmendOrderInputType, ApproveOrderInputType, CancelOrderInputType, ClaimWorkOrderInputType, CompleteWorkOrderInputType,
  FailWorkOrderInputType, ManualReductionInputType, QuoteOrderInputType, RecordOrderPaymentInputType, RejectOrderInputType, SetOrderKindRuleInputType,
  SubmitOrderInputType,
} from './order-changes.input'; // prettier-ignore
import { OrderKindRulePayload } from './order-kind-rule.type';
import { keptMoney, readItems } from './read-items';
import { loadOrder, loadQuotation } from './order.resolver';
import { OrderPayload, OrderUserError, QuotationPayload, type OrderType } from './order.type';
import { loadWorkOrder } from './work-order.resolver';
import { WorkOrderPayload } from './work-order.type';

@Resolver()
export class OrderChangesResolver {
  @Mutation(() => QuotationPayload, {
    description:
      'Says whether an order can be accepted 受理报价, what it would cost and why, and keeps the answer. Refused with every reason why it ' +
      'cannot. Needs order:write at the accepting hall, subscriber:write, account:write and customer:read for what its items name.',
  })
  public async quoteOrder(
    @Arg('input', () => QuoteOrderInputType) { idempotencyKey, ...rest }: QuoteOrderInputType,
    @Ctx() context: GraphContext,
  ): Promise<QuotationPayload> {
    const input = () => ({
      organisationId: readId('organisation', rest.organisationId, 'organisationId'),
      customerId: readId('customer', rest.customerId, 'customerId'),
      accountId: readOptionalId('account', rest.accountId, 'accountId') ?? null,
      items: readItems(rest.items),
      requestedStartAt: rest.requestedStartAt ?? null,
      externalId: rest.externalId ?? null,
      note: rest.note ?? null,
      amendsOrderId: readOptionalId('order', rest.amendsOrderId, 'amendsOrderId') ?? null,
      manual: (rest.manual ?? []).map(readManual),
      trial: rest.trial ?? false,
    });
    return mutate(context, quoteOrder, { input, idempotencyKey }, OrderUserError, async ({ quotationId }) => ({
      quotation: await loadQuotation(context, quotationId),
    }));
  }

  @Mutation(() => OrderPayload, {
    description:
      'Makes a quotation an order 提交受理, at the prices quoted; everything is checked again. It is done at once, or waits for approval, for ' +
      'its payment, or for its start. A quotation becomes one order. Needs order:write at the accepting hall, and what quoteOrder needs.',
  })
  public async submitOrder(
    @Arg('input', () => SubmitOrderInputType) { idempotencyKey, quotationId }: SubmitOrderInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderPayload> {
    const input = { quotationId: readId('quotation', quotationId, 'quotationId') };
    return mutate(context, submitOrder, { input, idempotencyKey }, OrderUserError, payloadOf(context));
  }

  @Mutation(() => OrderPayload, {
    description:
      'Replaces what an order that waits does by what another quotation says 修改订单, before anything was paid or done. Needs order:write, ' +
      'and what quoteOrder needs.',
  })
  public async amendOrder(
    @Arg('input', () => AmendOrderInputType) { idempotencyKey, orderId, expectedVersion, quotationId }: AmendOrderInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderPayload> {
    const input = { ...ofOrder(orderId), expectedVersion, quotationId: readId('quotation', quotationId, 'quotationId') };
    return mutate(context, amendOrder, { input, idempotencyKey }, OrderUserError, payloadOf(context));
  }

  @Mutation(() => OrderPayload, {
    description:
      'Takes an order back 撤单, as long as nothing of it has been done: what was kept ready is free, what was paid is given back. Needs order:write.',
  })
  public async cancelOrder(
    @Arg('input', () => CancelOrderInputType) { idempotencyKey, orderId, expectedVersion, note }: CancelOrderInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderPayload> {
    const input = { ...ofOrder(orderId), expectedVersion, note: note ?? null };
    return mutate(context, cancelOrder, { input, idempotencyKey }, OrderUserError, payloadOf(context));
  }

  @Mutation(() => OrderPayload, {
    description:
      'Agrees to what was given away on an order that waits for it 审批通过, within the caller’s own authority; nobody agrees to his own. ' +
      'Needs order:approve.',
  })
  public async approveOrder(
    @Arg('input', () => ApproveOrderInputType) { idempotencyKey, orderId, expectedVersion, note }: ApproveOrderInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderPayload> {
    const input = { ...ofOrder(orderId), expectedVersion, note: note ?? null };
    return mutate(context, approveOrder, { input, idempotencyKey }, OrderUserError, payloadOf(context));
  }

  @Mutation(() => OrderPayload, {
    description: 'Does not agree to what was granted on an order 审批驳回: it is cancelled. Needs order:approve.',
  })
  public async rejectOrder(
    @Arg('input', () => RejectOrderInputType) { idempotencyKey, orderId, expectedVersion, note }: RejectOrderInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderPayload> {
    const input = { ...ofOrder(orderId), expectedVersion, note: note ?? null };
    return mutate(context, rejectOrder, { input, idempotencyKey }, OrderUserError, payloadOf(context));
  }

  @Mutation(() => OrderPayload, {
    description: 'Records what was paid for an order 受理缴费; when nothing is left to pay, the order goes on. Needs order:write.',
  })
  public async recordOrderPayment(
    @Arg('input', () => RecordOrderPaymentInputType)
    { idempotencyKey, orderId, expectedVersion, amount, ...rest }: RecordOrderPaymentInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderPayload> {
    const input = () => ({ ...rest, ...ofOrder(orderId), expectedVersion, amount: readMoney(amount, 'amount') });
    return mutate(context, recordOrderPayment, { input, idempotencyKey }, OrderUserError, payloadOf(context));
  }

  @Mutation(() => WorkOrderPayload, { description: 'Takes a work order from its queue 领取工单. Needs workorder:write.' })
  public async claimWorkOrder(
    @Arg('input', () => ClaimWorkOrderInputType) { idempotencyKey, workOrderId, expectedVersion }: ClaimWorkOrderInputType,
    @Ctx() context: GraphContext,
  ): Promise<WorkOrderPayload> {
    const input = { ...ofWork(workOrderId), expectedVersion };
    return mutate(context, claimWorkOrder, { input, idempotencyKey }, OrderUserError, workPayloadOf(context, input.workOrderId));
  }

  @Mutation(() => WorkOrderPayload, {
    description: 'Says that people have done their step 工单回单: its item takes effect now. Needs workorder:write.',
  })
  public async completeWorkOrder(
    @Arg('input', () => CompleteWorkOrderInputType)
    { idempotencyKey, workOrderId, expectedVersion, note }: CompleteWorkOrderInputType,
    @Ctx() context: GraphContext,
  ): Promise<WorkOrderPayload> {
    const input = { ...ofWork(workOrderId), expectedVersion, note: note ?? null };
    return mutate(context, completeWorkOrder, { input, idempotencyKey }, OrderUserError, workPayloadOf(context, input.workOrderId));
  }

  @Mutation(() => WorkOrderPayload, {
    description: 'Says that people cannot do their step 工单退回: its item fails. Needs workorder:write.',
  })
  public async failWorkOrder(
    @Arg('input', () => FailWorkOrderInputType) { idempotencyKey, workOrderId, expectedVersion, note }: FailWorkOrderInputType,
    @Ctx() context: GraphContext,
  ): Promise<WorkOrderPayload> {
    const input = { ...ofWork(workOrderId), expectedVersion, note: note ?? null };
    return mutate(context, failWorkOrder, { input, idempotencyKey }, OrderUserError, workPayloadOf(context, input.workOrderId));
  }

  @Mutation(() => OrderKindRulePayload, {
    description:
      'Sets what holds for a kind of order 受理规则, for the whole operator, from an instant on. Needs orderrule:write at the root.',
  })
  public async setOrderKindRule(
    @Arg('input', () => SetOrderKindRuleInputType) { idempotencyKey, ...rest }: SetOrderKindRuleInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderKindRulePayload> {
    const {
      kind,
      serviceType,
      fee: asked,
      feeChargeCode,
      stopReasonsAllowed,
      contractRefused,
      workQueue,
      paymentHours,
      from,
      ...rule
    } = rest;
    const input = () => {
      const fee = readMoney(asked, 'fee');
      return {
        kind,
        serviceType: serviceType ?? null,
        feeCurrency: fee.currency,
        from: from ?? null,
        rule: {
          ...rule,
          feeMinor: fee.amountMinor,
          feeChargeCode: feeChargeCode ?? null,
          stopReasonsAllowed: bitsOf(stopReasonsAllowed),
          contractRefused: contractRefused ?? undefined,
          workQueue: workQueue ?? null,
          paymentHours: paymentHours ?? PAYMENT_HOURS,
        },
      };
    };
    return mutate(context, setOrderKindRule, { input, idempotencyKey }, OrderUserError, async ({ ruleId }) => ({
      ruleId: ruleId === null ? null : encodeId('fact', ruleId),
    }));
  }
}

function readManual(given: ManualReductionInputType, place: number): ManualReduction {
  const { itemNo, kind, chargeCode = null, price = null, amount, basisPoints = null, reason } = given;
  const kept = amount == null ? null : keptMoney(amount, `manual.${place}.amount`);
  return { itemNo, kind, chargeCode, priceCode: price, amount: kept, basisPoints, reason };
}

function ofOrder(orderId: string): { readonly orderId: Id<'order'> } {
  return { orderId: readId('order', orderId, 'orderId') };
}

function ofWork(workOrderId: string): { readonly workOrderId: Id<'workOrder'> } {
  return { workOrderId: readId('workOrder', workOrderId, 'workOrderId') };
}

function payloadOf(context: GraphContext) {
  return async ({ orderId }: { readonly orderId: Id<'order'> }): Promise<{ order: OrderType | null }> => ({
    order: await loadOrder(context, orderId),
  });
}

function workPayloadOf(context: GraphContext, workOrderId: Id<'workOrder'>) {
  return async (): Promise<Pick<WorkOrderPayload, 'workOrder'>> => ({ workOrder: await loadWorkOrder(context, workOrderId) });
}
