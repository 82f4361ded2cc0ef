import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import type { OrderPaymentMethod } from '../../../../business/component/order';
import {
  BATCH_REFUSALS, BATCH_ROW_STATES, ORDER_BATCH_STATES,
  type BatchPayment, type BatchRowState, type BatchSummary, type OrderBatch, type OrderBatchRow, type OrderBatchState,
} from '../../../../business/process/order-batch'; // prettier-ignore
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import type { Language, Refusal } from '../../../../kernel/result';
import { connectionType } from '../../server/connection';
import { cost } from '../../server/guard/cost-hint';
import { enumOf } from '../../server/enum';
import { MoneyType } from '../../server/money.type';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { PaymentMethodEnum } from '../../server/party-enum';
import { DateTimeScalar } from '../../server/scalar';

export const OrderBatchStateEnum = enumOf('OrderBatchState', ORDER_BATCH_STATES, {
  description: '批量受理状态',
  meanings: {
    WAITING: { zh: '等待', en: 'A worker has not taken it up yet.' },
    RUNNING: { zh: '进行中', en: 'A worker is at it.' },
    STOPPED: { zh: '已停止', en: 'Stopped; it can go on from there.' },
    COMPLETED: { zh: '已完成', en: 'Every row has been dealt with.' },
  },
});

export const BatchRowStateEnum = enumOf('OrderBatchRowState', BATCH_ROW_STATES, {
  description: '批量受理行状态',
  meanings: {
    WAITING: { zh: '待受理', en: 'Its order has not been submitted yet.' },
    ACCEPTED: { zh: '已受理', en: 'It is an order.' },
    REFUSED: { zh: '受理被拒', en: 'Its order was refused; it can be tried again.' },
    REJECTED: { zh: '格式错误', en: 'It cannot be read as an order.' },
  },
});

@ObjectType('OrderBatchRowRefusal', { simpleResolvers: true, description: 'Why a row is no order.' })
export class BatchRowRefusalType {
  public constructor(
    private readonly value: Refusal,
    private readonly language: Language,
  ) {}

  @Field(() => String, { nullable: true, description: 'The column that is to blame, by its English head; null when it is the whole row.' })
  public get column(): string | null {
    return this.value.field?.join('.') ?? null;
  }
  @Field(() => String, { description: 'As of OrderUserError, or one that only files have.' })
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String, { description: 'In the language of `Accept-Language`.' })
  public get message(): string {
    return this.value.message[this.language];
  }
}

@ObjectType('OrderBatchRow', {
  simpleResolvers: true,
  description: 'A row of the file 批量受理行: one order of one item, or with the rows of its group one order of a bundle.',
})
export class OrderBatchRowType {
  public constructor(
    public readonly value: OrderBatchRow,
    private readonly language: Language,
  ) {}

  @Field(() => Int, { description: 'From 1; the head of the file is not counted.' })
  public get row(): number {
    return this.value.row;
  }
  @Field(() => Int, { description: 'The line of the file on which the row begins, from 1.' })
  public get line(): number {
    return this.value.line;
  }
  @Field(() => BatchRowStateEnum)
  public get state(): BatchRowState {
    return this.value.state;
  }
  @Field(() => String, { nullable: true, description: 'The kind of order; null where it cannot be read.' })
  public get kind(): string | null {
    return this.value.kind;
  }
  @Field(() => String, { nullable: true, description: 'The number or login that it is about.' })
  public get number(): string | null {
    return this.value.number;
  }
  @Field(() => Int, { nullable: true, description: 'The row with which its group begins 组号; null: it is an order by itself.' })
  public get groupRow(): number | null {
    return this.value.groupRow;
  }
  @Extensions(FEW_ERRORS)
  @Field(() => [BatchRowRefusalType], { description: 'Why it is no order; empty while it waits, or is one.' })
  public get refusals(): BatchRowRefusalType[] {
    return this.value.refusals.map((refusal) => new BatchRowRefusalType(refusal, this.language));
  }
}

@ObjectType('OrderBatchCounts', { simpleResolvers: true, description: 'How many rows are in which state.' })
export class BatchCountsType {
  public constructor(private readonly value: BatchSummary['rows']) {}

  @Field(() => Int)
  public get waiting(): number {
    return this.value.WAITING;
  }
  @Field(() => Int)
  public get accepted(): number {
    return this.value.ACCEPTED;
  }
  @Field(() => Int)
  public get refused(): number {
    return this.value.REFUSED;
  }
  @Field(() => Int)
  public get rejected(): number {
    return this.value.REJECTED;
  }
}

@ObjectType('OrderBatchPayment', { simpleResolvers: true, description: 'One payment for the orders of a batch 批量缴费, split over them.' })
export class BatchPaymentType {
  public constructor(private readonly value: BatchPayment) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('orderBatchPayment', this.value.id);
  }
  @Field(() => PaymentMethodEnum)
  public get method(): OrderPaymentMethod {
    return this.value.method;
  }
  @Field(() => String, { description: 'The slip or transaction by which it is found outside.' })
  public get reference(): string {
    return this.value.reference;
  }
  @Field(() => MoneyType)
  public get amount(): MoneyType {
    return new MoneyType(this.value.amount);
  }
  @Field(() => Boolean, { description: 'Whether every part of it has been recorded or refused.' })
  public get split(): boolean {
    return this.value.state === 'COMPLETED';
  }
  @Field(() => MoneyType, { description: 'What has been recorded with orders by now.' })
  public get paid(): MoneyType {
    return new MoneyType(this.value.paid);
  }
  @Field(() => MoneyType, { description: 'What orders no longer took: it is in nobody’s books, and to be given back.' })
  public get refused(): MoneyType {
    return new MoneyType(this.value.refused);
  }
  @Field(() => DateTimeScalar)
  public get at(): Instant {
    return this.value.at;
  }
}

@ObjectType('OrderBatch', { implements: Node, simpleResolvers: true, description: 'Orders of one customer from one file 批量受理.' })
export class OrderBatchType {
  public constructor(public readonly value: OrderBatch) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('orderBatch', this.value.id);
  }
  @Field(() => String)
  public get fileName(): string {
    return this.value.fileName;
  }
  @Field(() => String, { description: 'SHA-256 of the file, in hexadecimal.' })
  public get fileDigest(): string {
    return this.value.fileDigest;
  }
  @Field(() => OrderBatchStateEnum)
  public get state(): OrderBatchState {
    return this.value.state;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was begun first; null before.' })
  public get startedAt(): Instant | null {
    return this.value.startedAt;
  }
  @Field(() => DateTimeScalar, { nullable: true })
  public get endedAt(): Instant | null {
    return this.value.endedAt;
  }
}

export const OrderBatchConnection = connectionType('OrderBatch', () => OrderBatchType);
export const OrderBatchRowConnection = connectionType('OrderBatchRow', () => OrderBatchRowType);
export const BatchUserError = userErrorType('OrderBatch', BATCH_REFUSALS);

/** What `payments` of a batch is expected to hold. */
export const FEW_PAYMENTS = cost({ listSize: 2 });

@ObjectType({ simpleResolvers: true, description: 'The batch as it is now.' })
export class OrderBatchPayload {
  @Field(() => OrderBatchType, { nullable: true, description: 'Null when refused.' })
  public orderBatch?: OrderBatchType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [BatchUserError])
  public userErrors!: UserErrorOf<string>[];
}
