import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  SUBSCRIBER_REFUSALS, stopReasonsOf,
  type CustomerRole, type IdentifierKind, type PaymentRelation, type StopReason, type Subscriber, type SubscriberCustomer,
  type SubscriberIdentifier, type SubscriberStatus, type SubscriberStatusFact,
} from '../../../../business/component/subscriber'; // prettier-ignore
import type { CounterView } from '../../../../business/view/counter';
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import { connectionType } from '../../server/connection';
import { Validity } from '../../server/fact-time';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { CustomerRoleEnum, IdentifierKindEnum, StopReasonEnum, SubscriberStatusEnum } from '../../server/party-enum';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';

@ObjectType('SubscriberIdentifier', {
  simpleResolvers: true,
  description: 'A number, login or SIM card of a subscriber 号码、账号、SIM 卡.',
})
export class SubscriberIdentifierType {
  public constructor(private readonly fact: SubscriberIdentifier) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('fact', this.fact.id);
  }
  @Field(() => IdentifierKindEnum)
  public get kind(): IdentifierKind {
    return this.fact.kind;
  }
  @Field(() => String)
  public get value(): string {
    return this.fact.value;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.fact);
  }
}

@ObjectType('SubscriberCustomer', { simpleResolvers: true, description: 'A customer in its role for a subscriber.' })
export class SubscriberCustomerType {
  public constructor(public readonly value: SubscriberCustomer) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('fact', this.value.id);
  }
  @Field(() => CustomerRoleEnum)
  public get role(): CustomerRole {
    return this.value.role;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('SubscriberStatusPeriod', { simpleResolvers: true, description: 'The status that a subscriber had for a time.' })
export class SubscriberStatusPeriodType {
  public constructor(private readonly value: SubscriberStatusFact) {}

  @Field(() => SubscriberStatusEnum)
  public get status(): SubscriberStatus {
    return this.value.status;
  }
  @Field(() => [StopReasonEnum], { description: 'Empty while in service.' })
  public get stopReasons(): StopReason[] {
    return stopReasonsOf(this.value.stopReasons);
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('PaymentRelation', {
  simpleResolvers: true,
  description: 'An account pays for a subscriber 付费关系: all of it as the default, or one group of charges, or up to a cap, or both.',
})
export class PaymentRelationType {
  /** `subscriber` is there when it was read together with the relation. */
  public constructor(
    public readonly value: PaymentRelation,
    public readonly subscriberAhead: Subscriber | undefined = undefined,
  ) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('fact', this.value.id);
  }
  @Field(() => String, { nullable: true, description: 'The group of charges that it pays; null: every charge.' })
  public get chargeGroup(): string | null {
    return this.value.chargeGroup;
  }
  @Field(() => Int, { description: 'The lower, the earlier it is used.' })
  public get priority(): number {
    return this.value.priority;
  }
  @Field(() => Boolean, { description: 'A subscriber has exactly one default at any instant.' })
  public get isDefault(): boolean {
    return this.value.isDefault;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('Subscriber', {
  implements: Node,
  simpleResolvers: true,
  description: 'A subscriber 用户: one instance of a service, a number or a line (TMF637 Product).',
})
export class SubscriberType {
  /** `ahead` holds what the counter view has already read. */
  public constructor(
    public readonly value: Subscriber,
    public readonly ahead: Pick<CounterView, 'customer' | 'holdings'> | undefined = undefined,
  ) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('subscriber', this.value.id);
  }
  @Field(() => String, { description: 'The number that staff use 用户编号; it never changes.' })
  public get subscriberNo(): string {
    return this.value.subscriberNo;
  }
  @Field(() => String, { nullable: true, description: 'The number or login by which the service is reached now; null while it has none.' })
  public get accessNumber(): string | null {
    return this.value.accessNumber;
  }
  @Field(() => SubscriberStatusEnum)
  public get status(): SubscriberStatus {
    return this.value.status;
  }
  @Field(() => [StopReasonEnum], { description: 'Why the service is stopped 停机原因; empty while it is not.' })
  public get stopReasons(): StopReason[] {
    return stopReasonsOf(this.value.stopReasons);
  }
  @Field(() => JsonObjectScalar)
  public get attributes(): Readonly<Record<string, Json>> {
    return this.value.attributes;
  }
  @Field(() => DateTimeScalar)
  public get openedAt(): Instant {
    return this.value.openedAt;
  }
  @Field(() => DateTimeScalar, { nullable: true })
  public get closedAt(): Instant | null {
    return this.value.closedAt;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
}

export const SubscriberConnection = connectionType('Subscriber', () => SubscriberType);
export const PaymentRelationConnection = connectionType('PaymentRelation', () => PaymentRelationType);
export const SubscriberUserError = userErrorType('Subscriber', SUBSCRIBER_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The subscriber as it is now.' })
export class SubscriberPayload {
  @Field(() => SubscriberType, { nullable: true, description: 'Null when refused.' })
  public subscriber?: SubscriberType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [SubscriberUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The subscriber as it is now, and the payment relation that was written.' })
export class PaymentRelationPayload extends SubscriberPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'Of the `PaymentRelation` that holds from then on; null when refused, or when none does.',
  })
  public paymentRelationId?: string | null;
}
