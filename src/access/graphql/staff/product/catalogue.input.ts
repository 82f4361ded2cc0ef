import { Field, InputType, Int } from 'type-graphql';
import type { Proration } from '../../../../business/component/product';
import { DecimalScalar } from '../../server/scalar';
import { MoneyInputType } from '../../server/money.input';
import { CustomerGradeEnum, CustomerKindEnum, StopReasonEnum } from '../../server/party-enum';
import {
  AllowanceUnitEnum, BundleReachEnum, ChargeTimingEnum, EarlyTerminationKindEnum, MemberLeavesKindEnum, PeriodUnitEnum, PriceAlignmentEnum,
  PriceKindEnum, ProrationEnum, SuspensionChargeKindEnum, SuspensionSpanKindEnum, TermRenewalEnum,
} from './catalogue-enum'; // prettier-ignore

/*
 * What a version says, as a product manager writes it. The parts have the names and the shape of the documents that the business
 * layer reads, so that the path of a refusal is the path of the input; which parts belong to which kind, and every bound, it says.
 */

@InputType('PeriodLengthInput', { description: 'A length of time in the calendar 周期, as in 1 MONTH.' })
export class PeriodLengthInputType {
  @Field(() => PeriodUnitEnum)
  public unit!: string;
  @Field(() => Int, { description: '1 to 120.' })
  public count!: number;
}

@InputType('PricePhaseInput', { description: 'So many periods at one price 价格阶段.' })
export class PricePhaseInputType {
  @Field(() => Int, { nullable: true, description: 'How many periods; not given for the last phase, which has no end.' })
  public periods?: number | null;
  @Field(() => MoneyInputType)
  public amount!: MoneyInputType;
}

@InputType('SuspensionSpanInput', { description: 'For how long a price of a stopped subscriber holds; then the full price is owed again.' })
export class SuspensionSpanInputType {
  @Field(() => SuspensionSpanKindEnum)
  public kind!: string;
  @Field(() => Int, { nullable: true, description: 'Of DAYS.' })
  public days?: number | null;
}

@InputType('SuspensionChargeInput', { description: 'What a recurring price costs while a subscriber is stopped for a reason 停机计费.' })
export class SuspensionChargeInputType {
  @Field(() => StopReasonEnum)
  public reason!: string;
  @Field(() => SuspensionChargeKindEnum)
  public kind!: string;
  @Field(() => MoneyInputType, { nullable: true, description: 'Of REPLACEMENT.' })
  public amount?: MoneyInputType | null;
  @Field(() => SuspensionSpanInputType, { nullable: true, description: 'WHOLE, when not given.' })
  public span?: SuspensionSpanInputType | null;
}

@InputType('PriceAuthorityInput', {
  description: 'How far a lower node may change the price 下级调价权限, in basis points (1/100 of a percent) of each amount.',
})
export class PriceAuthorityInputType {
  @Field(() => Int, { description: '0 to 10000.' })
  public reductionBasisPoints!: number;
  @Field(() => Int, { description: '0 to 100000.' })
  public increaseBasisPoints!: number;
}

@InputType('PriceInput', {
  description: 'A price 价格. Which fields belong to it `kind` says; one that belongs to another kind is refused (FIELD_UNKNOWN).',
})
export class PriceInputType {
  @Field(() => PriceKindEnum)
  public kind!: string;
  @Field(() => String, { description: 'Unique within the version. A price that goes on in the next version keeps its code.' })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => String, { description: 'Code of the charge code 账目项 under which it is billed; of the same kind as the price.' })
  public chargeCode!: string;
  @Field(() => Boolean, { description: 'Whether tax is in the amounts 含税.' })
  public taxIncluded!: boolean;
  @Field(() => MoneyInputType, { nullable: true, description: 'Of ONE_TIME and DEPOSIT.' })
  public amount?: MoneyInputType | null;
  @Field(() => PriceAuthorityInputType, { nullable: true, description: 'Without it no lower node may change the price. Not of USAGE.' })
  public authority?: PriceAuthorityInputType | null;
  @Field(() => ChargeTimingEnum, { nullable: true, description: 'Of RECURRING.' })
  public timing?: string | null;
  @Field(() => PeriodLengthInputType, { nullable: true, description: 'Of RECURRING; a month, when not given.' })
  public period?: PeriodLengthInputType | null;
  @Field(() => PriceAlignmentEnum, { nullable: true, description: 'Of RECURRING; ANNIVERSARY, when not given.' })
  public alignment?: string | null;
  @Field(() => ProrationEnum, { nullable: true, description: 'Of RECURRING; the operator’s parameter `proration`, when not given.' })
  public proration?: Proration | null;
  @Field(() => [PricePhaseInputType], { nullable: true, description: 'Of RECURRING: 1 to 20, one after the other.' })
  public phases?: PricePhaseInputType[] | null;
  @Field(() => PeriodLengthInputType, { nullable: true, description: 'Of RECURRING: free at first 试用期, before the first phase.' })
  public trial?: PeriodLengthInputType | null;
  @Field(() => [SuspensionChargeInputType], {
    nullable: true,
    description: 'Of RECURRING: by stop reason; a reason that is not named owes the full price.',
  })
  public suspension?: SuspensionChargeInputType[] | null;
  @Field(() => String, { nullable: true, description: 'Of USAGE: a usage kind of the service type.' })
  public usageKind?: string | null;
  @Field(() => String, { nullable: true, description: 'Of USAGE: code of the tariff 资费.' })
  public tariff?: string | null;
}

@InputType('TenureInput', { description: 'Whole months since the customer’s first subscriber was opened 在网时长.' })
export class TenureInputType {
  @Field(() => Int, { nullable: true })
  public least?: number | null;
  @Field(() => Int, { nullable: true })
  public most?: number | null;
}

@InputType('EligibilityInput', { description: 'Who may have it 适用条件: every part given must hold.' })
export class EligibilityInputType {
  @Field(() => [CustomerKindEnum], { nullable: true })
  public customerKinds?: string[] | null;
  @Field(() => [CustomerGradeEnum], { nullable: true })
  public grades?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Codes of organisation nodes: sold at these and below.' })
  public organisations?: string[] | null;
  @Field(() => TenureInputType, { nullable: true })
  public tenureMonths?: TenureInputType | null;
  @Field(() => [String], { nullable: true, description: 'Codes of products of which the customer holds at least one.' })
  public holdsAnyOf?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Codes of products of which the customer holds none.' })
  public holdsNoneOf?: string[] | null;
}

@InputType('ProductRulesInput', { description: 'Rules among the products of one subscriber 互斥与依赖.' })
export class ProductRulesInputType {
  @Field(() => [[String]], { nullable: true, description: 'At least one product of each list is held, or ordered with it.' })
  public requires?: string[][] | null;
  @Field(() => [String], { nullable: true, description: 'None of these products is held.' })
  public excludes?: string[] | null;
  @Field(() => Int, { nullable: true, description: 'How many instances a subscriber may hold, 1 to 100; 1, when not given.' })
  public atMost?: number | null;
}

@InputType('QuantityInput', { description: 'How many of it one instance may be 数量; 1, when not given.' })
export class QuantityInputType {
  @Field(() => Int, { nullable: true })
  public least?: number | null;
  @Field(() => Int, { nullable: true })
  public most?: number | null;
  @Field(() => Int, { nullable: true })
  public standard?: number | null;
}

@InputType('EarlyTerminationInput', { description: 'What it costs to leave a contract early 违约金.' })
export class EarlyTerminationInputType {
  @Field(() => EarlyTerminationKindEnum)
  public kind!: string;
  @Field(() => String, { description: 'Code of a charge code of kind PENALTY.' })
  public chargeCode!: string;
  @Field(() => Boolean, { description: 'Whether tax is in the amount 含税.' })
  public taxIncluded!: boolean;
  @Field(() => MoneyInputType, { nullable: true, description: 'Of FIXED.' })
  public amount?: MoneyInputType | null;
  @Field(() => Int, { nullable: true, description: 'Of PERCENTAGE_OF_REMAINING, 0 to 10000.' })
  public basisPoints?: number | null;
  @Field(() => [MoneyInputType], {
    nullable: true,
    description: 'Of BY_MONTH, the first month first; months beyond owe nothing.',
  })
  public amounts?: MoneyInputType[] | null;
}

@InputType('TermContractInput', { description: 'A time for which a product is bound 合约.' })
export class TermContractInputType {
  @Field(() => Int, { description: '1 to 120.' })
  public months!: number;
  @Field(() => EarlyTerminationInputType)
  public earlyTermination!: EarlyTerminationInputType;
  @Field(() => TermRenewalEnum)
  public renewal!: string;
}

@InputType('ProductDefinitionInput', { description: 'What a version of a plan or an add-on says 产品内容.' })
export class ProductDefinitionInputType {
  @Field(() => [PriceInputType], { description: 'At most 50.' })
  public prices!: PriceInputType[];
  @Field(() => ProductRulesInputType, { nullable: true })
  public rules?: ProductRulesInputType | null;
  @Field(() => EligibilityInputType, { nullable: true })
  public eligibility?: EligibilityInputType | null;
  @Field(() => TermContractInputType, { nullable: true })
  public term?: TermContractInputType | null;
  @Field(() => QuantityInputType, { nullable: true })
  public quantity?: QuantityInputType | null;
}

@InputType('BundleMemberInput', { description: 'A role in a bundle 成员角色.' })
export class BundleMemberInputType {
  @Field(() => String, { description: 'Code of the role, unique within the bundle.' })
  public role!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => [String], { description: 'Codes of the products that may fill it, all of one service type.' })
  public products!: string[];
  @Field(() => Int)
  public least!: number;
  @Field(() => Int)
  public most!: number;
  @Field(() => Int)
  public standard!: number;
  @Field(() => Int, { description: 'Weight in the split of each price of the bundle 分摊权重.' })
  public share!: number;
  @Field(() => String, { description: 'Code of the charge code of the member’s part.' })
  public chargeCode!: string;
}

@InputType('SharedAllowanceInput', { description: 'Granted once for all members together 共享量.' })
export class SharedAllowanceInputType {
  @Field(() => String)
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => AllowanceUnitEnum)
  public unit!: string;
  @Field(() => DecimalScalar, { description: 'A whole number of the unit.' })
  public amount!: string;
  @Field(() => [String], { description: 'Usage kinds of the members’ service types that consume it.' })
  public usageKinds!: string[];
  @Field(() => [String], { description: 'Roles that may consume it.' })
  public roles!: string[];
  @Field(() => PeriodLengthInputType, { nullable: true, description: 'A month, when not given.' })
  public period?: PeriodLengthInputType | null;
  @Field(() => Int, { nullable: true, description: 'For how many further periods what remains is carried over; none, when not given.' })
  public carryOver?: number | null;
}

@InputType('MemberLeavesInput', { description: 'What follows when members fall below the minimum of a role.' })
export class MemberLeavesInputType {
  @Field(() => MemberLeavesKindEnum)
  public kind!: string;
  @Field(() => MoneyInputType, { nullable: true, description: 'Of REPRICE: instead of the first recurring price.' })
  public amount?: MoneyInputType | null;
  @Field(() => Int, { nullable: true, description: 'Of GRACE, 1 to 366.' })
  public days?: number | null;
}

@InputType('BundleDefinitionInput', { description: 'What a version of a bundle says 套餐内容.' })
export class BundleDefinitionInputType {
  @Field(() => BundleReachEnum)
  public across!: string;
  @Field(() => [BundleMemberInputType], { description: '1 to 20.' })
  public members!: BundleMemberInputType[];
  @Field(() => [PriceInputType], { description: 'ONE_TIME and RECURRING, charged to the holder’s account as one, then split by shares.' })
  public prices!: PriceInputType[];
  @Field(() => [SharedAllowanceInputType], { nullable: true, description: 'At most 20.' })
  public allowances?: SharedAllowanceInputType[] | null;
  @Field(() => MemberLeavesInputType)
  public whenMemberLeaves!: MemberLeavesInputType;
  @Field(() => EligibilityInputType, { nullable: true })
  public eligibility?: EligibilityInputType | null;
  @Field(() => TermContractInputType, { nullable: true })
  public term?: TermContractInputType | null;
}
