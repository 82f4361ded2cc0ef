import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import type { AuthorityKind } from '../../../../business/component/discount';
import {
  chosenNumbersOf, isTrial, readGivenAway, readLines, type GivenByHand,
  type Approval, type ItemAction, type OrderActor, type OrderEvent, type OrderEventReason, type OrderItem, type OrderPayment,
  type OrderPaymentKind, type OrderPaymentMethod, type OrderState, type OrderTimeliness, type ProductOrder, type Quotation, type QuoteLine,
  type QuoteLineKind,
} from '../../../../business/component/order'; // prettier-ignore
import { ACCEPTANCE_REFUSALS } from '../../../../business/process/acceptance';
import type { ActorKind } from '../../../../business/view/audit-trail';
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import { formatAmount } from '../../../../kernel/money';
import type { Bilingual, Language } from '../../../../kernel/result';
import type { Json } from '../../../../kernel/stable-json';
import { ActorKindEnum } from '../audit-trail/audit-trail.type';
import { AuthorityKindEnum } from '../discount/discount-enum';
import { connectionType } from '../../server/connection';
import { cost } from '../../server/guard/cost-hint';
import { MoneyType } from '../../server/money.type';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { PaymentMethodEnum } from '../../server/party-enum';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';

import {
  ApprovalEnum, OrderEventReasonEnum, OrderItemActionEnum, OrderKindEnum, OrderPaymentKindEnum, OrderStateEnum, QuoteLineKindEnum,
} from './order-enum'; // prettier-ignore
import { withoutIds } from './without-ids';

@ObjectType('OrderActor', { simpleResolvers: true, description: 'Who did it 操作者.' })
export class OrderActorType {
  public constructor(private readonly value: OrderActor) {}

  @Field(() => ActorKindEnum)
  public get kind(): ActorKind {
    return this.value.kind;
  }
  @Field(() => String, { description: 'The id of the member of staff or of the partner’s client; for the system, the name of what ran.' })
  public get id(): string {
    return this.value.id;
  }
}

@ObjectType('QuoteLine', { simpleResolvers: true, description: 'One line of a quotation 报价项: what it costs, and why.' })
export class QuoteLineType {
  public constructor(
    private readonly value: QuoteLine,
    private readonly currency: Quotation['due']['currency'],
    private readonly language: Language,
  ) {}

  @Field(() => Int, { description: 'The item that it is for, from 1.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
  @Field(() => QuoteLineKindEnum)
  public get kind(): QuoteLineKind {
    return this.value.kind;
  }
  @Field(() => String, { description: 'In the language of `Accept-Language`.' })
  public get name(): string {
    return this.value.name[this.language];
  }
  @Field(() => String, { nullable: true, description: 'Under which it is billed 账目项.' })
  public get chargeCode(): string | null {
    return this.value.chargeCode;
  }
  @Field(() => Int)
  public get quantity(): number {
    return this.value.quantity;
  }
  @Field(() => MoneyType, { description: 'For the whole quantity; below zero for a reduction.' })
  public get amount(): MoneyType {
    return new MoneyType({ amountMinor: this.value.amountMinor, currency: this.currency });
  }
  @Field(() => MoneyType, { description: 'The tax on it, in it or beside it; of what is due at once only.' })
  public get tax(): MoneyType {
    return new MoneyType({ amountMinor: this.value.taxMinor, currency: this.currency });
  }
  @Field(() => Boolean, { description: 'Whether it is part of what is to be paid at once.' })
  public get dueNow(): boolean {
    return this.value.dueNow;
  }
  @Field(() => Boolean, { description: 'Whether the amount includes tax.' })
  public get taxIncluded(): boolean {
    return this.value.taxIncluded;
  }
  @Field(() => Int, { nullable: true, description: 'Of a reduction 优惠: the line that it is taken off, from 1; null for any other line.' })
  public get reduces(): number | null {
    return this.value.reduces ?? null;
  }
  @Field(() => String, { description: 'How the amount comes about, enough to recompute it; in the language of `Accept-Language`.' })
  public get explanation(): string {
    return this.value.explanation[this.language];
  }
}

@ObjectType('ChosenNumber', { simpleResolvers: true, description: 'A number that was chosen for an item 选号.' })
export class ChosenNumberType {
  @Field(() => Int, { description: 'The item that it is for, from 1.' })
  public itemNo!: number;
  @Field(() => String)
  public number!: string;
  @Field(() => DateTimeScalar, { description: 'Until when it is kept for who asked; an order of the quotation keeps it for longer.' })
  public keptUntil!: Instant;
}

@ObjectType('GivenAway', { simpleResolvers: true, description: 'What is given away by hand on an order, of one kind 手工优惠、减免.' })
export class GivenAwayType {
  public constructor(
    private readonly value: GivenByHand,
    private readonly currency: Quotation['due']['currency'],
    private readonly language: Language,
  ) {}

  @Field(() => AuthorityKindEnum)
  public get kind(): AuthorityKind {
    return this.value.kind;
  }
  @Field(() => MoneyType, { description: 'In all; what prices that were agreed upon are below the list is part of it.' })
  public get amount(): MoneyType {
    return new MoneyType({ amountMinor: this.value.amountMinor, currency: this.currency });
  }
  @Field(() => MoneyType, { description: 'The one-time and first-period charges that it is a part of, by the list.' })
  public get of(): MoneyType {
    return new MoneyType({ amountMinor: this.value.ofMinor, currency: this.currency });
  }
  @Field(() => Boolean, { description: 'Whether it is beyond the authority of who asked.' })
  public get needsApproval(): boolean {
    return this.value.needsApproval;
  }
  @Field(() => String, { description: 'In words, in the language of `Accept-Language`.' })
  public get reason(): string {
    const { amountMinor, ofMinor, kind, needsApproval } = this.value;
    const [amount, of] = [amountMinor, ofMinor].map((minor) => formatAmount({ amountMinor: minor, currency: this.currency }));
    const told = { zh: `${GIVEN_AWAY[kind].zh} ${amount}（共 ${of}）`, en: `${GIVEN_AWAY[kind].en}: ${amount} of ${of}` };
    const beyond = { zh: '，超出受理人的优惠权限', en: ', beyond the authority of who asked' };
    return `${told[this.language]}${needsApproval ? beyond[this.language] : ''}`;
  }
}

const GIVEN_AWAY: Readonly<Record<AuthorityKind, Bilingual>> = {
  MANUAL_DISCOUNT: { zh: '手工优惠', en: 'Discounts by hand' },
  WAIVER: { zh: '减免', en: 'Charges let off' },
};

@ObjectType('Quotation', {
  implements: Node,
  simpleResolvers: true,
  description: 'What was asked for, what it would cost and why 报价. Its prices hold until `validUntil`.',
})
export class QuotationType {
  public constructor(
    public readonly value: Quotation,
    private readonly language: Language,
  ) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('quotation', this.value.id);
  }
  @Extensions(cost({ listSize: 3 }))
  @Field(() => [QuoteLineType], { description: 'At most a few for each item.' })
  public get lines(): QuoteLineType[] {
    const { currency } = this.value.due;
    return readLines(this.value.lines).map((line) => new QuoteLineType(line, currency, this.language));
  }
  @Extensions(cost({ listSize: 1 }))
  @Field(() => [ChosenNumberType], { description: 'The numbers that were chosen where any would do, at most one for each item.' })
  public get chosenNumbers(): ChosenNumberType[] {
    return chosenNumbersOf(this.value);
  }
  @Field(() => MoneyType, { description: 'What is to be paid at once, tax included.' })
  public get due(): MoneyType {
    return new MoneyType(this.value.due);
  }
  @Field(() => Boolean, { description: 'Whether an order of it would wait for approval.' })
  public get approvalNeeded(): boolean {
    return this.value.approvalNeeded;
  }
  @Field(() => Boolean, { description: 'Whether it was a trial of drafts 试报价: no order is made of it.' })
  public get trial(): boolean {
    return isTrial(this.value.request);
  }
  @Extensions(cost({ listSize: 1 }))
  @Field(() => [GivenAwayType], { description: 'What is given away by hand, at most one of each kind.' })
  public get givenAway(): GivenAwayType[] {
    const { currency } = this.value.due;
    return readGivenAway(this.value.givenAway).map((one) => new GivenAwayType(one, currency, this.language));
  }
  @Extensions(cost({ listSize: 1 }))
  @Field(() => [GivenAwayType], { description: 'Of it, what an order would wait for approval for, and why.' })
  public get approvalReasons(): GivenAwayType[] {
    const { currency } = this.value.due;
    const needed = readGivenAway(this.value.givenAway).filter(({ needsApproval }) => needsApproval);
    return needed.map((one) => new GivenAwayType(one, currency, this.language));
  }
  @Field(() => DateTimeScalar)
  public get validUntil(): Instant {
    return this.value.validUntil;
  }
  @Field(() => OrderActorType)
  public get actor(): OrderActorType {
    return new OrderActorType(this.value.actor);
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
}

@ObjectType('OrderItem', { simpleResolvers: true, description: 'One thing that an order does 受理项 (TMF622 ProductOrderItem).' })
export class OrderItemType {
  public constructor(public readonly value: OrderItem) {}

  @Field(() => Int, { description: 'From 1, within the order.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
  @Field(() => OrderKindEnum)
  public get kind(): string {
    return this.value.kind;
  }
  @Field(() => OrderItemActionEnum)
  public get action(): ItemAction {
    return this.value.action;
  }
  @Field(() => OrderStateEnum)
  public get state(): OrderState {
    return this.value.state;
  }
  @Field(() => JsonObjectScalar, {
    description: 'What was asked for: the fields of its `OrderItemInput` but for ids; what those name are fields of the item.',
  })
  public get content(): Readonly<Record<string, Json>> {
    return withoutIds(this.value.content);
  }
  @Field(() => JsonObjectScalar, { nullable: true, description: 'What came of it, or why nothing did; null while it is open.' })
  public get result(): Readonly<Record<string, Json>> | null {
    return this.value.result === null ? null : withoutIds(this.value.result);
  }
  @Field(() => DateTimeScalar, { nullable: true, description: 'From when on its effect holds; null while it does not.' })
  public get effectiveAt(): Instant | null {
    return this.value.effectiveAt;
  }
}

@ObjectType('OrderEvent', { simpleResolvers: true, description: 'A step in the history of an order, or of one of its items.' })
export class OrderEventType {
  public constructor(public readonly value: OrderEvent) {}

  @Field(() => Int, { nullable: true, description: 'Null: of the order itself.' })
  public get itemNo(): number | null {
    return this.value.itemNo;
  }
  @Field(() => OrderStateEnum, { nullable: true, description: 'Null: it began.' })
  public get from(): OrderState | null {
    return this.value.from;
  }
  @Field(() => OrderStateEnum)
  public get to(): OrderState {
    return this.value.to;
  }
  @Field(() => OrderEventReasonEnum)
  public get reason(): OrderEventReason {
    return this.value.reason as OrderEventReason;
  }
  @Field(() => String, { nullable: true, description: 'What was said about it.' })
  public get note(): string | null {
    return this.value.note;
  }
  @Field(() => OrderActorType)
  public get actor(): OrderActorType {
    return new OrderActorType(this.value.actor);
  }
  @Field(() => DateTimeScalar)
  public get at(): Instant {
    return this.value.at;
  }
}

@ObjectType('OrderPayment', { simpleResolvers: true, description: 'A payment of what an order asks for at once 受理缴费, or its return.' })
export class OrderPaymentType {
  public constructor(private readonly value: OrderPayment) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('orderPayment', this.value.id);
  }
  @Field(() => OrderPaymentKindEnum)
  public get kind(): OrderPaymentKind {
    return this.value.kind;
  }
  @Field(() => PaymentMethodEnum)
  public get method(): OrderPaymentMethod {
    return this.value.method;
  }
  @Field(() => MoneyType)
  public get amount(): MoneyType {
    return new MoneyType(this.value.amount);
  }
  @Field(() => String, { nullable: true, description: 'By which it is found outside; null for a return.' })
  public get reference(): string | null {
    return this.value.reference;
  }
  @Field(() => OrderActorType)
  public get actor(): OrderActorType {
    return new OrderActorType(this.value.actor);
  }
  @Field(() => DateTimeScalar)
  public get at(): Instant {
    return this.value.at;
  }
}

@ObjectType('Order', {
  implements: Node,
  simpleResolvers: true,
  description: 'An order 业务受理单 (TMF622 ProductOrder): what a customer asked for at a hall, and how far it has come.',
})
export class OrderType {
  public constructor(public readonly value: ProductOrder) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('order', this.value.id);
  }
  @Field(() => String, { description: 'The number that staff and customers use 受理单号; it never changes.' })
  public get orderNo(): string {
    return this.value.orderNo;
  }
  @Field(() => OrderStateEnum)
  public get state(): OrderState {
    return this.value.state;
  }
  @Field(() => OrderKindEnum, { description: 'The kind of its first item.' })
  public get category(): string {
    return this.value.category;
  }
  @Field(() => OrderActorType, { description: 'Who accepted it.' })
  public get actor(): OrderActorType {
    return new OrderActorType(this.value.actor);
  }
  @Field(() => Int, { description: '1 is served first 绿色通道: by the customer’s grade.' })
  public get priority(): number {
    return this.value.priority;
  }
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is to take effect; null: at once.' })
  public get requestedStartAt(): Instant | null {
    return this.value.requestedStartAt;
  }
  @Field(() => DateTimeScalar, { description: 'When it should be done, by the rules of its kinds 时限.' })
  public get dueAt(): Instant {
    return this.value.dueAt;
  }
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it waits for its payment or for approval 有效期限; then it is cancelled. Null while it waits for neither.',
  })
  public get expiresAt(): Instant | null {
    return this.value.expiresAt;
  }
  @Field(() => DateTimeScalar, { nullable: true })
  public get startedAt(): Instant | null {
    return this.value.startedAt;
  }
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it came to its end, well or badly; null for one that was cancelled.' })
  public get completedAt(): Instant | null {
    return this.value.completedAt;
  }
  @Field(() => DateTimeScalar, { nullable: true })
  public get cancelledAt(): Instant | null {
    return this.value.cancelledAt;
  }
  @Field(() => Boolean, { description: 'Whether something of it has been done: then it can no longer be taken back.' })
  public get pointOfNoReturn(): boolean {
    return this.value.pointOfNoReturn;
  }
  @Field(() => ApprovalEnum)
  public get approval(): Approval {
    return this.value.approval;
  }
  @Field(() => MoneyType, { description: 'What is to be paid at once.' })
  public get due(): MoneyType {
    return new MoneyType(this.value.due);
  }
  @Field(() => MoneyType, { description: 'What of it has been paid, and not been given back.' })
  public get paid(): MoneyType {
    return new MoneyType(this.value.paid);
  }
  @Field(() => String, { nullable: true })
  public get externalId(): string | null {
    return this.value.externalId;
  }
  @Field(() => String, { nullable: true })
  public get note(): string | null {
    return this.value.note;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
}

@ObjectType('OrderTimeliness', {
  simpleResolvers: true,
  description: 'How many orders of a kind ended in a time, and how many when they were due 及时率.',
})
export class OrderTimelinessType {
  public constructor(private readonly value: OrderTimeliness) {}

  @Field(() => OrderKindEnum)
  public get kind(): string {
    return this.value.category;
  }
  @Field(() => Int, { description: 'Completed, failed or partly done.' })
  public get ended(): number {
    return this.value.ended;
  }
  @Field(() => Int)
  public get completed(): number {
    return this.value.completed;
  }
  @Field(() => Int, { description: 'Ended no later than they were due.' })
  public get inTime(): number {
    return this.value.inTime;
  }
  @Field(() => Int, { description: 'From acceptance, or the start asked for, to the end.' })
  public get averageMinutes(): number {
    return this.value.averageMinutes;
  }
}

export const OrderConnection = connectionType('Order', () => OrderType);
export const OrderEventConnection = connectionType('OrderEvent', () => OrderEventType);
export const OrderUserError = userErrorType('Order', ACCEPTANCE_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The quotation that was kept.' })
export class QuotationPayload {
  @Field(() => QuotationType, { nullable: true, description: 'Null when refused.' })
  public quotation?: QuotationType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [OrderUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The order as it is now.' })
export class OrderPayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when refused.' })
  public order?: OrderType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [OrderUserError])
  public userErrors!: UserErrorOf<string>[];
}
