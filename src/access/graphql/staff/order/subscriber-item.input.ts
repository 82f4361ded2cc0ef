import { Field, ID, InputType, Int } from 'type-graphql';
import type { RatingType } from '../../../../business/component/account';
import type { StopReason } from '../../../../business/component/subscriber';
import { MoneyInputType } from '../../server/money.input';
import { RatingTypeEnum, StopReasonEnum } from '../../server/party-enum';
import { NumberPatternInputType } from '../number/number.input';

@InputType({ description: 'What an item about one subscriber names.' })
export abstract class SubscriberItemInput {
  @Field(() => ID, { description: 'A subscriber of the order’s customer.' })
  public subscriberId!: string;
}

@InputType('StandingItemInput', { description: 'A stop that the customer asks for, or takes back 停机、复机.' })
export class StandingItemInputType extends SubscriberItemInput {
  @Field(() => StopReasonEnum, { description: 'CUSTOMER_REQUEST or LOSS; the others are not the customer’s.' })
  public reason!: StopReason;
}

@InputType('AnyNumberInput', {
  description:
    'What any number is to be like 选号. One that is free is chosen when the quotation is asked for, and kept for who asked as long as a ' +
    'number is reserved at a counter; the quotation says which, and its order keeps it. Without a class, one that is of no class.',
})
export class AnyNumberInputType {
  @Field(() => ID, {
    nullable: true,
    description: 'Of this pool 号池; of any that is used at the subscriber’s organisation, when not given.',
  })
  public numberPoolId?: string | null;
  @Field(() => String, { nullable: true, description: 'Of this class of good numbers 靓号等级.' })
  public classCode?: string | null;
  @Field(() => NumberPatternInputType, { nullable: true })
  public pattern?: NumberPatternInputType | null;
}

@InputType('ChangeNumberItemInput', { description: 'Another number or login 改号.' })
export class ChangeNumberItemInputType extends SubscriberItemInput {
  @Field(() => String, {
    nullable: true,
    description: 'In the form of the service type; else `anyNumber` is given.',
  })
  public identifier?: string | null;
  @Field(() => AnyNumberInputType, { nullable: true, description: 'Any free number that fits 选号, instead of a named one.' })
  public anyNumber?: AnyNumberInputType | null;
}

@InputType('ReplaceSimItemInput', { description: 'Another SIM card or device 换卡.' })
export class ReplaceSimItemInputType extends SubscriberItemInput {
  @Field(() => String, { description: 'The number of the new card (ICCID).' })
  public sim!: string;
}

@InputType('ChangePaymentItemInput', {
  description: 'Another account pays 变更付费关系: by default where neither group nor cap is given, else for that part.',
})
export class ChangePaymentItemInputType extends SubscriberItemInput {
  @Field(() => ID, { description: 'An account of any customer in scope 代付.' })
  public accountId!: string;
  @Field(() => String, { nullable: true, description: 'Pays this group of charges only.' })
  public chargeGroup?: string | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'Pays up to this much a billing period.' })
  public cap?: MoneyInputType | null;
  @Field(() => Int, {
    nullable: true,
    description: '0 to 999: the lower, the earlier it is used; 100 when not given. Not for the default.',
  })
  public priority?: number | null;
}

@InputType('TransferItemInput', { description: 'Another customer owns, uses and pays for it 过户.' })
export class TransferItemInputType extends SubscriberItemInput {
  @Field(() => ID, { description: 'The new owner.' })
  public customerId!: string;
  @Field(() => ID, { description: 'An account of the new owner, the default from then on.' })
  public accountId!: string;
}

@InputType('RelocateItemInput', { description: 'The line ends at another address 移机.' })
export class RelocateItemInputType extends SubscriberItemInput {
  @Field(() => String, { description: 'The new address, 1 to 200 characters.' })
  public address!: string;
  @Field(() => ID, { nullable: true, description: 'The node that manages the subscriber from then on; as now, when not given.' })
  public organisationId?: string | null;
}

@InputType('SynchroniseItemInput', { description: 'The network told again what the service is to be 同步开通.' })
export class SynchroniseItemInputType extends SubscriberItemInput {}

@InputType('TerminateItemInput', { description: 'The end of the service 销户.' })
export class TerminateItemInputType extends SubscriberItemInput {}

@InputType('PortOutItemInput', {
  description:
    'A subscriber goes to another operator with its number 携出. Its item then shows the code by which that operator asks for it, and until when.',
})
export class PortOutItemInputType extends SubscriberItemInput {
  @Field(() => String, { nullable: true, description: 'The operator that it goes to 携入方, where it is known, at most 100 characters.' })
  public recipient?: string | null;
}

@InputType('ChangeRatingTypeItemInput', { description: 'From prepaid to postpaid or back 预后付费转换.' })
export class ChangeRatingTypeItemInputType {
  @Field(() => ID, { description: 'An account of the order’s customer.' })
  public accountId!: string;
  @Field(() => RatingTypeEnum)
  public ratingType!: RatingType;
}

@InputType('ChangeBillingDayItemInput', { description: 'Another billing day 变更账期日.' })
export class ChangeBillingDayItemInputType {
  @Field(() => ID, { description: 'An account of the order’s customer.' })
  public accountId!: string;
  @Field(() => Int, { description: '1 to 31; past the end of a month, its last day.' })
  public day!: number;
}
