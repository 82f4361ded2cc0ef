import { Field, ID, InputType, Int } from 'type-graphql';
import type { CustomerRole, IdentifierKind, StopReason } from '../../../../business/component/subscriber';
import type { Instant } from '../../../../kernel/clock';
import type { Json } from '../../../../kernel/stable-json';
import { MoneyInputType } from '../../server/money.input';
import { MutationInput } from '../../server/mutation';
import { CustomerRoleEnum, IdentifierKindEnum, StopReasonEnum } from '../../server/party-enum';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';

@InputType('OpenSubscriberInput')
export class OpenSubscriberInputType extends MutationInput {
  @Field(() => String, { description: 'Code of the service type: the line of business.' })
  public serviceType!: string;
  @Field(() => ID, { description: 'The organisation node that manages the subscriber.' })
  public organisationId!: string;
  @Field(() => ID, { description: 'The customer that orders the service 产权客户.' })
  public ownerId!: string;
  @Field(() => ID, { nullable: true, description: 'The customer that uses it 使用客户; the owner when not given.' })
  public userId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The customer that pays for it 付费客户; the owner when not given.' })
  public payerId?: string | null;
  @Field(() => ID, { description: 'The account that pays whatever no other payment relation pays.' })
  public accountId!: string;
  @Field(() => String, {
    description: 'The access number or login, in the form that the service type demands: digits without spaces or hyphens.',
  })
  public identifier!: string;
  @Field(() => String, { nullable: true, description: 'The SIM card’s number (ICCID), for a service that has one.' })
  public sim?: string | null;
  @Field(() => JsonObjectScalar, { nullable: true })
  public attributes?: Readonly<Record<string, Json>> | null;
}

@InputType()
abstract class SubscriberChangeInput extends MutationInput {
  @Field(() => ID)
  public subscriberId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeSubscriberInput', { description: 'What is not given stays as it is.' })
export class ChangeSubscriberInputType extends SubscriberChangeInput {
  @Field(() => ID, { nullable: true, description: 'Another managing node, at which the caller may write this line of business too.' })
  public organisationId?: string | null;
  @Field(() => JsonObjectScalar, { nullable: true, description: 'Replaces all of them.' })
  public attributes?: Readonly<Record<string, Json>> | null;
}

@InputType('ChangeIdentifierInput')
export class ChangeIdentifierInputType extends SubscriberChangeInput {
  @Field(() => IdentifierKindEnum)
  public kind!: IdentifierKind;
  @Field(() => String)
  public value!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public from?: Instant | null;
}

@InputType('AssignSubscriberCustomerInput')
export class AssignSubscriberCustomerInputType extends SubscriberChangeInput {
  @Field(() => CustomerRoleEnum)
  public role!: CustomerRole;
  @Field(() => ID, { description: 'Who has the role from then on.' })
  public customerId!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public from?: Instant | null;
}

@InputType('StopSubscriberInput')
export class StopSubscriberInputType extends SubscriberChangeInput {
  @Field(() => StopReasonEnum)
  public reason!: StopReason;
}

@InputType('ResumeSubscriberInput')
export class ResumeSubscriberInputType extends SubscriberChangeInput {
  @Field(() => StopReasonEnum, { description: 'The reason that is over.' })
  public reason!: StopReason;
}

@InputType('TerminateSubscriberInput')
export class TerminateSubscriberInputType extends SubscriberChangeInput {}

@InputType('AddPaymentRelationInput', {
  description: 'At least one of `chargeGroup` and `cap` is given: without either it would be the default.',
})
export class AddPaymentRelationInputType extends SubscriberChangeInput {
  @Field(() => ID, { description: 'An account of any customer in scope 代付.' })
  public accountId!: string;
  @Field(() => String, { nullable: true, description: 'Pays this group of charges only; every charge when not given.' })
  public chargeGroup?: string | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'Pays up to this much a billing period, in the currency of the account.' })
  public cap?: MoneyInputType | null;
  @Field(() => Int, { description: '0 to 999: the lower, the earlier it is used.' })
  public priority!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public from?: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'No end, when not given.' })
  public to?: Instant | null;
}

@InputType('ChangePaymentRelationInput', { description: 'What is not given stays as it is.' })
export class ChangePaymentRelationInputType extends SubscriberChangeInput {
  @Field(() => ID, { description: 'Of a `PaymentRelation` beside the default.' })
  public paymentRelationId!: string;
  @Field(() => Int, { nullable: true, description: '0 to 999: the lower, the earlier it is used.' })
  public priority?: number | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'Null takes the cap away.' })
  public cap?: MoneyInputType | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public from?: Instant | null;
}

@InputType('EndPaymentRelationInput')
export class EndPaymentRelationInputType extends SubscriberChangeInput {
  @Field(() => ID, { description: 'Of a `PaymentRelation` beside the default.' })
  public paymentRelationId!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public at?: Instant | null;
}

@InputType('SetDefaultPaymentRelationInput')
export class SetDefaultPaymentRelationInputType extends SubscriberChangeInput {
  @Field(() => ID, { description: 'The account that pays from then on whatever no other payment relation pays.' })
  public accountId!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public from?: Instant | null;
}
