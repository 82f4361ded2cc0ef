import { Field, ID, InputType, Int } from 'type-graphql';
import type { Payer, PaymentMethod, RatingType } from '../../../../business/component/account';
import type { Instant } from '../../../../kernel/clock';
import type { Json } from '../../../../kernel/stable-json';
import { MutationInput } from '../../server/mutation';
import { PayerEnum, PaymentMethodEnum, RatingTypeEnum } from '../../server/party-enum';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';

@InputType('CreateAccountInput')
export class CreateAccountInputType extends MutationInput {
  @Field(() => ID, { description: 'Whose account it is.' })
  public customerId!: string;
  @Field(() => ID, { description: 'The organisation node that manages the account.' })
  public organisationId!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String, {
    nullable: true,
    description: 'ISO 4217; the operator’s own when not given. Fixed once the account has been charged.',
  })
  public currency?: string | null;
  @Field(() => RatingTypeEnum)
  public ratingType!: RatingType;
  @Field(() => PaymentMethodEnum)
  public paymentMethod!: PaymentMethod;
  @Field(() => Int, {
    defaultValue: 1,
    description: 'The day of the month on which a period begins 账期日, 1 to 31; in shorter months, their last.',
  })
  public billingDay!: number;
  @Field(() => JsonObjectScalar, { nullable: true })
  public attributes?: Readonly<Record<string, Json>> | null;
}

@InputType()
abstract class AccountChangeInput extends MutationInput {
  @Field(() => ID)
  public accountId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeAccountInput', { description: 'What is not given stays as it is.' })
export class ChangeAccountInputType extends AccountChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => RatingTypeEnum, { nullable: true })
  public ratingType?: RatingType | null;
  @Field(() => PaymentMethodEnum, { nullable: true })
  public paymentMethod?: PaymentMethod | null;
  @Field(() => ID, { nullable: true, description: 'Another managing node, at which the caller has account:write too.' })
  public organisationId?: string | null;
  @Field(() => JsonObjectScalar, { nullable: true, description: 'Replaces all of them.' })
  public attributes?: Readonly<Record<string, Json>> | null;
}

@InputType('ChangeAccountCurrencyInput')
export class ChangeAccountCurrencyInputType extends AccountChangeInput {
  @Field(() => String, { description: 'ISO 4217.' })
  public currency!: string;
}

@InputType('ChangeBillingDayInput')
export class ChangeBillingDayInputType extends AccountChangeInput {
  @Field(() => Int, { description: '1 to 31; in shorter months, their last day.' })
  public day!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given; never in the past.' })
  public from?: Instant | null;
}

@InputType('SetParentAccountInput')
export class SetParentAccountInputType extends AccountChangeInput {
  @Field(() => ID, { description: 'The account below which it stands from then on.' })
  public parentAccountId!: string;
  @Field(() => PayerEnum)
  public payer!: Payer;
  @Field(() => Boolean, { defaultValue: false, description: "Whether the parent's bill shows this account's charges too 合并账单." })
  public consolidatedBill!: boolean;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public from?: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'No end, when not given.' })
  public to?: Instant | null;
}

@InputType('EndParentAccountInput')
export class EndParentAccountInputType extends AccountChangeInput {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public at?: Instant | null;
}

@InputType('CloseAccountInput')
export class CloseAccountInputType extends AccountChangeInput {}

@InputType('SplitAccountInput')
export class SplitAccountInputType extends AccountChangeInput {
  @Field(() => String, { description: 'Of the new account.' })
  public name!: string;
  @Field(() => [ID], {
    description: 'The subscribers that the new account pays for, each in the parts in which this one did. At most 500.',
  })
  public subscriberIds!: string[];
}

@InputType('MergeAccountsInput')
export class MergeAccountsInputType extends MutationInput {
  @Field(() => ID, { description: 'The account that stays.' })
  public survivorId!: string;
  @Field(() => Int, { description: 'The `version` of the survivor that the caller has read.' })
  public survivorVersion!: number;
  @Field(() => ID, { description: 'The account that becomes part of the survivor.' })
  public mergedId!: string;
  @Field(() => Int, { description: 'The `version` of the merged one that the caller has read.' })
  public mergedVersion!: number;
}
