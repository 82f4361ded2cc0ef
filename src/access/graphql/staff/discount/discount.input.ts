import { Field, ID, InputType, Int } from 'type-graphql';
import type { AuthorityKind } from '../../../../business/component/discount';
import type { VersionState } from '../../../../business/component/product';
import type { Instant } from '../../../../kernel/clock';
import { MoneyInputType } from '../../server/money.input';
import { MutationInput } from '../../server/mutation';
import { DateTimeScalar, DecimalScalar } from '../../server/scalar';
import { VersionStateEnum } from '../product/catalogue-enum';
import { EligibilityInputType } from '../product/catalogue.input';
import {
  AuthorityKindEnum, DiscountBaseEnum, DiscountEffectKindEnum, DiscountLevelEnum, FreeUnitEnum, ThresholdReductionKindEnum,
} from './discount-enum'; // prettier-ignore

/*
 * What a version of a discount says, as a product manager writes it. The parts have the names and the shape of the documents that the
 * business layer reads, so that the path of a refusal is the path of the input; which parts belong to which kind, it says.
 */

@InputType('GrantableAtInput', { description: 'Where and when a discount must be granted.' })
export class GrantableAtInputType {
  @Field(() => ID, { description: 'The node at which it would be granted.' })
  public organisationId!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public at?: Instant | null;
}

@InputType('DiscountFilter', { description: 'Every part given must hold.' })
export class DiscountFilterType {
  @Field(() => String, { nullable: true, description: 'Code of the service type.' })
  public serviceType?: string | null;
  @Field(() => VersionStateEnum, { nullable: true, description: 'With a version in this state.' })
  public state?: VersionState | null;
  @Field(() => ID, { nullable: true, description: 'Belonging to this node, or to one below it.' })
  public organisationId?: string | null;
  @Field(() => String, { nullable: true, description: 'Part of the code or of the name in either language.' })
  public text?: string | null;
  @Field(() => GrantableAtInputType, { nullable: true, description: 'Released there and then, and stopped by no node above.' })
  public grantableAt?: GrantableAtInputType | null;
}

@InputType('DepositReturnInput', { description: 'How money that was paid ahead comes back 返还计划.' })
export class DepositReturnInputType {
  @Field(() => Int, { nullable: true, description: 'The first part comes after so many months, 0 to 120; 1, when not given.' })
  public afterMonths?: number | null;
  @Field(() => Int, { description: 'In so many monthly parts, 1 to 120.' })
  public months!: number;
  @Field(() => MoneyInputType, { description: 'What comes back in all: what was paid, or more with a gift.' })
  public total!: MoneyInputType;
  @Field(() => String, { description: 'Code of the kind of balance book 账本 that it comes back into.' })
  public book!: string;
  @Field(() => [String], {
    nullable: true,
    description: 'Codes of the charge codes that the book may pay; all, when not given. At most 50.',
  })
  public chargeCodes?: string[] | null;
}

@InputType('ThresholdReductionInput', { description: 'What a threshold takes off once it is reached.' })
export class ThresholdReductionInputType {
  @Field(() => ThresholdReductionKindEnum)
  public kind!: string;
  @Field(() => Int, { nullable: true, description: 'Of PERCENTAGE, 1 to 10000.' })
  public basisPoints?: number | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'Of AMOUNT.' })
  public amount?: MoneyInputType | null;
}

@InputType('DiscountEffectInput', {
  description: 'What a discount takes off 优惠方式. Which fields belong to it `kind` says; one of another kind is refused (FIELD_UNKNOWN).',
})
export class DiscountEffectInputType {
  @Field(() => DiscountEffectKindEnum)
  public kind!: string;
  @Field(() => Int, { nullable: true, description: 'Of PERCENTAGE, in basis points (1/100 of a percent), 1 to 10000.' })
  public basisPoints?: number | null;
  @Field(() => DiscountBaseEnum, { nullable: true, description: 'Of PERCENTAGE; REMAINING, when not given.' })
  public of?: string | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'Of AMOUNT: each period. Of PRICE_OVERRIDE: the other price, 0 or more.' })
  public amount?: MoneyInputType | null;
  @Field(() => Boolean, { nullable: true, description: 'Of AMOUNT: prorated over the eligible days; true, when not given.' })
  public prorated?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Of PRICE_OVERRIDE: code of a price of the products named in `appliesTo`.' })
  public priceCode?: string | null;
  @Field(() => [String], { nullable: true, description: 'Of FREE_UNITS: usage kinds of the service type.' })
  public usageKinds?: string[] | null;
  @Field(() => FreeUnitEnum, { nullable: true, description: 'Of FREE_UNITS.' })
  public unit?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Of FREE_UNITS: a whole number of the unit, each period.' })
  public units?: string | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'Of DEPOSIT_RETURN: what is paid ahead.' })
  public deposit?: MoneyInputType | null;
  @Field(() => DepositReturnInputType, { nullable: true, description: 'Of DEPOSIT_RETURN.' })
  public returns?: DepositReturnInputType | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'Of THRESHOLD: the spend of the bill from which it holds.' })
  public spend?: MoneyInputType | null;
  @Field(() => ThresholdReductionInputType, { nullable: true, description: 'Of THRESHOLD.' })
  public reduction?: ThresholdReductionInputType | null;
}

@InputType('DiscountTargetInput', {
  description: 'What a discount acts on 作用范围: recurring and usage charges that may be discounted, where nothing is said.',
})
export class DiscountTargetInputType {
  @Field(() => [String], { nullable: true, description: 'Codes of charge codes, at most 50.' })
  public chargeCodes?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Codes of products, at most 50.' })
  public products?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'One-time charges too.' })
  public oneTime?: boolean | null;
}

@InputType('DiscountDurationInput', {
  description: 'How long a discount lasts from its grant 优惠期限; without end, when neither is given.',
})
export class DiscountDurationInputType {
  @Field(() => Int, { nullable: true, description: 'So many billing periods, 1 to 1200.' })
  public periods?: number | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'Until so much was taken off.' })
  public amount?: MoneyInputType | null;
}

@InputType('DiscountDefinitionInput', { description: 'What a version of a discount says 优惠内容.' })
export class DiscountDefinitionInputType {
  @Field(() => String, { description: 'As bills say it.' })
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => DiscountEffectInputType)
  public effect!: DiscountEffectInputType;
  @Field(() => DiscountLevelEnum)
  public level!: string;
  @Field(() => DiscountTargetInputType, { nullable: true })
  public appliesTo?: DiscountTargetInputType | null;
  @Field(() => DiscountDurationInputType, { nullable: true })
  public lasts?: DiscountDurationInputType | null;
  @Field(() => Int, { nullable: true, description: 'Smaller acts first within a level, 0 to 10000; 100, when not given.' })
  public priority?: number | null;
  @Field(() => String, { nullable: true, description: 'Code: of one group only the largest reduction counts 互斥组.' })
  public exclusionGroup?: string | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'No more than this a period.' })
  public cap?: MoneyInputType | null;
  @Field(() => EligibilityInputType, { nullable: true })
  public eligibility?: EligibilityInputType | null;
}

@InputType('CreateDiscountInput')
export class CreateDiscountInputType extends MutationInput {
  @Field(() => String, { description: '1 to 40 capital letters, digits, dots, hyphens or underscores; never used twice.' })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => ID, { description: 'The node to which it belongs: it is granted there and below.' })
  public organisationId!: string;
  @Field(() => String, { nullable: true, description: 'Code of the service type; none: of every line of business.' })
  public serviceType?: string | null;
}

@InputType()
abstract class DiscountChangeInput extends MutationInput {
  @Field(() => ID)
  public discountId!: string;
  @Field(() => Int, { description: 'The `version` of the discount that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeDiscountInput', { description: 'What is not given stays as it is.' })
export class ChangeDiscountInputType extends DiscountChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
}

@InputType('DraftDiscountVersionInput', { description: 'Without `definition` the draft is a copy of the latest version.' })
export class DraftDiscountVersionInputType extends DiscountChangeInput {
  @Field(() => DiscountDefinitionInputType, { nullable: true })
  public definition?: DiscountDefinitionInputType | null;
}

@InputType()
abstract class DiscountVersionChangeInput extends MutationInput {
  @Field(() => ID)
  public versionId!: string;
  @Field(() => Int, {
    description: 'The `version` of the discount’s version that the caller has read; a newer one refuses with STALE_VERSION.',
  })
  public expectedVersion!: number;
}

@InputType('ChangeDiscountDraftInput')
export class ChangeDiscountDraftInputType extends DiscountVersionChangeInput {
  @Field(() => DiscountDefinitionInputType, { description: 'It says everything.' })
  public definition!: DiscountDefinitionInputType;
}

@InputType('MoveDiscountVersionInput')
export class MoveDiscountVersionInputType extends DiscountVersionChangeInput {
  @Field(() => VersionStateEnum)
  public to!: VersionState;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Of active and retired: when it takes effect; now, when not given.' })
  public from?: Instant | null;
}

@InputType('ReleaseDiscountInput', { description: 'What the node said before over that time is replaced, whole.' })
export class ReleaseDiscountInputType extends DiscountChangeInput {
  @Field(() => ID, { description: 'The discount’s own node or one below it: what is said holds there and below.' })
  public organisationId!: string;
  @Field(() => Boolean, { description: 'Whether it is granted there at all. What a node stops, none below it grants.' })
  public granted!: boolean;
  @Field(() => EligibilityInputType, { nullable: true, description: 'Must be fulfilled beside what the discount and the nodes above say.' })
  public narrowing?: EligibilityInputType | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given; not in the past.' })
  public from?: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'No end, when not given.' })
  public to?: Instant | null;
}

@InputType('SetDiscountBudgetInput')
export class SetDiscountBudgetInputType extends DiscountChangeInput {
  @Field(() => MoneyInputType, { description: 'How much it may give away in all, with what it has given away already.' })
  public limit!: MoneyInputType;
}

@InputType('SetDiscountAuthorityInput', {
  description: 'Both limits must hold; one that is null is none. An amount of zero takes it away.',
})
export class SetDiscountAuthorityInputType extends MutationInput {
  @Field(() => ID)
  public roleId!: string;
  @Field(() => AuthorityKindEnum)
  public kind!: AuthorityKind;
  @Field(() => Int, {
    description: 'The `version` that the caller has read, 0 while nothing is said; a newer one refuses with STALE_VERSION.',
  })
  public expectedVersion!: number;
  @Field(() => MoneyInputType, { nullable: true, description: 'Of one order. It must be given: null is no limit.' })
  public amount?: MoneyInputType | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Of the order’s one-time and first-period charges, 0 to 10000. It must be given: null is no limit.',
  })
  public basisPoints?: number | null;
}
