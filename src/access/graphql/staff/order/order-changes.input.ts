import { Field, ID, InputType, Int } from 'type-graphql';
import type { AuthorityKind } from '../../../../business/component/discount';
import { MANUAL_MAX, PAYMENT_HOURS, type OrderKindName, type OrderPaymentMethod } from '../../../../business/component/order';
import type { StopReason } from '../../../../business/component/subscriber';
import type { Instant } from '../../../../kernel/clock';
import { MoneyInputType } from '../../server/money.input';
import { MutationInput } from '../../server/mutation';
import { PaymentMethodEnum, StopReasonEnum } from '../../server/party-enum';
import { DateTimeScalar } from '../../server/scalar';
import { AuthorityKindEnum } from '../discount/discount-enum';
import { OrderKindEnum } from './order-enum';
import { OrderItemInputType } from './order-item.input';

@InputType('ManualReductionInput', {
  description: 'What is given away by hand on an order 手工优惠、减免: of the one-time charges and the first period of one of its items.',
})
export class ManualReductionInputType {
  @Field(() => Int, { description: 'The item, from 1.' })
  public itemNo!: number;
  @Field(() => AuthorityKindEnum)
  public kind!: AuthorityKind;
  @Field(() => String, { nullable: true, description: 'All its charges under this charge code; either this or `price` is given.' })
  public chargeCode?: string | null;
  @Field(() => String, { nullable: true, description: 'Its charges of the price of this code.' })
  public price?: string | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'So much in all; either this or `basisPoints` is given.' })
  public amount?: MoneyInputType | null;
  @Field(() => Int, { nullable: true, description: '1 to 10,000 of what discounts leave.' })
  public basisPoints?: number | null;
  @Field(() => String, { description: 'Why, for the customer and for who approves; 1 to 200 characters.' })
  public reason!: string;
}

@InputType('QuoteOrderInput')
export class QuoteOrderInputType extends MutationInput {
  @Field(() => ID, { description: 'The hall that accepts the order; the caller needs order:write there.' })
  public organisationId!: string;
  @Field(() => ID, { description: 'Whose order it is.' })
  public customerId!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'An account of that customer, to which what is due at once is charged; needed where something is.',
  })
  public accountId?: string | null;
  @Field(() => [OrderItemInputType], { description: '1 to 100.' })
  public items!: OrderItemInputType[];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is to take effect 预约生效, at most 366 days ahead; now, when not given.',
  })
  public requestedStartAt?: Instant | null;
  @Field(() => String, { nullable: true, description: 'The caller’s own name for it, at most 64 characters.' })
  public externalId?: string | null;
  @Field(() => String, { nullable: true, description: 'For people, at most 500 characters.' })
  public note?: string | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'A waiting order of the customer that the quotation is to amend (amendOrder 修改订单): what it keeps for itself, its numbers and its ' +
      'subscribers, is not in the way.',
  })
  public amendsOrderId?: string | null;
  @Field(() => [ManualReductionInputType], {
    nullable: true,
    description: `What is given away by hand, at most ${MANUAL_MAX}; beyond the caller’s authority the order waits for approval.`,
  })
  public manual?: ManualReductionInputType[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'A trial 试报价: of products, bundles and discounts that have a draft, the draft is quoted. No order is made of it. Needs catalogue:test ' +
      'at the hall.',
  })
  public trial?: boolean | null;
}

@InputType('SubmitOrderInput')
export class SubmitOrderInputType extends MutationInput {
  @Field(() => ID)
  public quotationId!: string;
}

@InputType()
abstract class OrderChangeInput extends MutationInput {
  @Field(() => ID)
  public orderId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType()
abstract class OrderDecisionInput extends OrderChangeInput {
  @Field(() => String, { nullable: true, description: 'What is said about it, for the history; at most 500 characters.' })
  public note?: string | null;
}

@InputType('AmendOrderInput')
export class AmendOrderInputType extends OrderChangeInput {
  @Field(() => ID, { description: 'For the same customer, at the same hall; what the order does is replaced by what it says.' })
  public quotationId!: string;
}

@InputType('CancelOrderInput')
export class CancelOrderInputType extends OrderDecisionInput {}

@InputType('ApproveOrderInput')
export class ApproveOrderInputType extends OrderDecisionInput {}

@InputType('RejectOrderInput')
export class RejectOrderInputType extends OrderDecisionInput {}

@InputType('RecordOrderPaymentInput')
export class RecordOrderPaymentInputType extends OrderChangeInput {
  @Field(() => PaymentMethodEnum)
  public method!: OrderPaymentMethod;
  @Field(() => MoneyInputType, { description: 'At most what is still due, in its currency.' })
  public amount!: MoneyInputType;
  @Field(() => String, {
    description: 'The receipt, slip or transaction by which it is found outside, 1 to 64 characters; a method has each once.',
  })
  public reference!: string;
}

@InputType()
abstract class WorkOrderChangeInput extends MutationInput {
  @Field(() => ID)
  public workOrderId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ClaimWorkOrderInput')
export class ClaimWorkOrderInputType extends WorkOrderChangeInput {}

@InputType()
abstract class EndWorkOrderInput extends WorkOrderChangeInput {
  @Field(() => String, { nullable: true, description: 'What is said about it; at most 500 characters.' })
  public note?: string | null;
}

@InputType('CompleteWorkOrderInput')
export class CompleteWorkOrderInputType extends EndWorkOrderInput {}

@InputType('FailWorkOrderInput')
export class FailWorkOrderInputType extends EndWorkOrderInput {}

@InputType('SetOrderKindRuleInput')
export class SetOrderKindRuleInputType extends MutationInput {
  @Field(() => OrderKindEnum)
  public kind!: OrderKindName;
  @Field(() => String, {
    nullable: true,
    description: 'Code of a service type: for this line of business alone; for every line, when not given.',
  })
  public serviceType?: string | null;
  @Field(() => MoneyInputType, { description: 'The fee 手续费, in the operator’s currency; 0: free.' })
  public fee!: MoneyInputType;
  @Field(() => String, { nullable: true, description: 'The charge code under which the fee is billed; needed where there is a fee.' })
  public feeChargeCode?: string | null;
  @Field(() => Boolean, { description: 'Whether the fee includes tax.' })
  public feeTaxIncluded!: boolean;
  @Field(() => Int, { description: 'How long it may take, 1 to 525,600 minutes.' })
  public dueMinutes!: number;
  @Field(() => Int, { description: 'Whole months since the opening of the subscriber that must have passed 在网月数, 0 to 120.' })
  public monthsInNet!: number;
  @Field(() => Int, { description: 'Days since the opening that must have passed 在网天数, 0 to 3,650.' })
  public daysInNet!: number;
  @Field(() => [StopReasonEnum], { description: 'Stop reasons that do not stand in the way.' })
  public stopReasonsAllowed!: StopReason[];
  @Field(() => Boolean, { description: 'Whether arrears stand in the way.' })
  public arrearsRefused!: boolean;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether a contract 合约 that binds one of the subscriber’s products stands in the way; as the program’s own rule of the kind, when not given.',
  })
  public contractRefused?: boolean | null;
  @Field(() => String, {
    nullable: true,
    description: 'The queue of work orders for its manual step, 2 to 40 capitals, digits and _; none, when not given.',
  })
  public workQueue?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: `For how many hours it waits for its payment or for approval 缴费期限, 1 to 8,760; ${PAYMENT_HOURS} when not given.`,
  })
  public paymentHours?: number | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given; never in the past.' })
  public from?: Instant | null;
}
