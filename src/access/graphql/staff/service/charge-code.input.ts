import { Field, ID, InputType, Int } from 'type-graphql';
import type { ChargeKind } from '../../../../business/component/service';
import type { Instant } from '../../../../kernel/clock';
import { MutationInput } from '../../server/mutation';
import { DateTimeScalar } from '../../server/scalar';
import { ChargeKindEnum } from './charge-code.type';

@InputType('ChargeCodeFilter', { description: 'Every part given must hold.' })
export class ChargeCodeFilterType {
  @Field(() => String, { nullable: true, description: 'Code of a service type: its charge codes, and those of every one.' })
  public serviceType?: string | null;
  @Field(() => ChargeKindEnum, { nullable: true })
  public kind?: ChargeKind | null;
  @Field(() => String, { nullable: true })
  public nameContains?: string | null;
}

@InputType('ChargeCodeTermsInput', { description: 'All terms of a charge code 账目项属性: what is not given is null, not what it was.' })
export class ChargeCodeTermsInputType {
  @Field(() => String, { description: 'General-ledger account 收入科目, 4 to 12 digits; of a deposit, the liability.' })
  public revenueAccount!: string;
  @Field(() => String, { nullable: true, description: 'Where a charge in advance waits until it is earned 递延科目.' })
  public deferredAccount?: string | null;
  @Field(() => String, { nullable: true, description: 'Where discounts on it go 优惠科目; needed where it is discountable.' })
  public discountAccount?: string | null;
  @Field(() => String, { nullable: true, description: 'Code of a tax category 税目; null: outside the tax 不征税.' })
  public taxCategory?: string | null;
  @Field(() => Int, { description: '0 to 999: the lower, the earlier a payment is written off against it.' })
  public writeOffPriority!: number;
  @Field(() => String, { description: 'Under what it is summed up on the bill, and the charge group of payment relations 账目组.' })
  public billGroup!: string;
  @Field(() => Boolean)
  public discountable!: boolean;
  @Field(() => Boolean)
  public invoiceable!: boolean;
  @Field(() => Boolean)
  public bearsLateFee!: boolean;
  @Field(() => ID, { nullable: true, description: 'The partner on whose behalf it is collected 代收.' })
  public collectedForId?: string | null;
}

@InputType('RegisterChargeCodeInput')
export class RegisterChargeCodeInputType extends MutationInput {
  @Field(() => String, { description: '1 to 40 capital letters, digits or underscores; it never changes.' })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => ChargeKindEnum)
  public kind!: ChargeKind;
  @Field(() => String, { nullable: true, description: 'Code of the service type; null: of every one.' })
  public serviceType?: string | null;
  @Field(() => ChargeCodeTermsInputType, { description: 'Its first terms.' })
  public terms!: ChargeCodeTermsInputType;
  @Field(() => DateTimeScalar, { nullable: true, description: 'From when they hold; it may lie in the past. Now, when not given.' })
  public from?: Instant | null;
}

@InputType('ChangeChargeCodeTermsInput')
export class ChangeChargeCodeTermsInputType extends MutationInput {
  @Field(() => String)
  public code!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
  @Field(() => ChargeCodeTermsInputType)
  public terms!: ChargeCodeTermsInputType;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Now, when not given. In the past only while nothing was charged under the code.',
  })
  public from?: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'No end, when not given: what was planned for later is replaced as well.' })
  public to?: Instant | null;
}
