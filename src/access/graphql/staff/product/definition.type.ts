import { Extensions, Field, Int, ObjectType } from 'type-graphql';
import type {
  BundleDefinition, BundleMember, Eligibility, MemberLeaves, ProductDefinition, ProductRules, SharedAllowance,
} from '../../../../business/component/product'; // prettier-ignore
import type { CurrencyCode } from '../../../../kernel/money';
import { cost } from '../../server/guard/cost-hint';
import { MoneyType } from '../../server/money.type';
import { CustomerGradeEnum, CustomerKindEnum } from '../../server/party-enum';
import { DecimalScalar } from '../../server/scalar';
import { AllowanceUnitEnum, BundleReachEnum, MemberLeavesKindEnum } from './catalogue-enum';
import { PeriodLengthType, PriceType, TermContractType, toPriceType } from './price.type';

@ObjectType('Tenure', { simpleResolvers: true, description: 'Whole months since the customer’s first subscriber was opened 在网时长.' })
export class TenureType {
  @Field(() => Int, { nullable: true })
  public readonly least: number | null;
  @Field(() => Int, { nullable: true })
  public readonly most: number | null;

  public constructor({ least = null, most = null }: { readonly least?: number | null; readonly most?: number | null }) {
    this.least = least;
    this.most = most;
  }
}

@ObjectType('Eligibility', { simpleResolvers: true, description: 'Who may have it 适用条件: every part that is not null must hold.' })
export class EligibilityType {
  public constructor(private readonly value: Eligibility) {}

  @Field(() => [CustomerKindEnum], { nullable: true })
  public get customerKinds(): readonly string[] | null {
    return this.value.customerKinds ?? null;
  }
  @Field(() => [CustomerGradeEnum], { nullable: true })
  public get grades(): readonly string[] | null {
    return this.value.grades ?? null;
  }
  @Field(() => [String], { nullable: true, description: 'Codes of organisation nodes.' })
  public get organisations(): readonly string[] | null {
    return this.value.organisations ?? null;
  }
  @Field(() => TenureType, { nullable: true })
  public get tenureMonths(): TenureType | null {
    return this.value.tenureMonths === undefined ? null : new TenureType(this.value.tenureMonths);
  }
  @Field(() => [String], { nullable: true, description: 'Codes of products of which the customer holds at least one.' })
  public get holdsAnyOf(): readonly string[] | null {
    return this.value.holdsAnyOf ?? null;
  }
  @Field(() => [String], { nullable: true, description: 'Codes of products of which the customer holds none.' })
  public get holdsNoneOf(): readonly string[] | null {
    return this.value.holdsNoneOf ?? null;
  }
}

@ObjectType('ProductRules', { simpleResolvers: true, description: 'Rules among the products of one subscriber 互斥与依赖.' })
export class ProductRulesType {
  public constructor(private readonly value: ProductRules) {}

  @Field(() => [[String]], { description: 'At least one product of each list is held, or ordered with it.' })
  public get requires(): ProductRules['requires'] {
    return this.value.requires;
  }
  @Field(() => [String], { description: 'None of these products is held.' })
  public get excludes(): readonly string[] {
    return this.value.excludes;
  }
  @Field(() => Int, { description: 'How many instances a subscriber may hold at a time.' })
  public get atMost(): number {
    return this.value.atMost;
  }
}

@ObjectType('ProductQuantity', { simpleResolvers: true, description: 'How many of it one instance may be 数量.' })
export class ProductQuantityType {
  @Field(() => Int)
  public readonly least: number;
  @Field(() => Int)
  public readonly most: number;
  @Field(() => Int)
  public readonly standard: number;

  public constructor({ least, most, standard }: ProductDefinition['quantity']) {
    this.least = least;
    this.most = most;
    this.standard = standard;
  }
}

@ObjectType('ProductDefinition', { simpleResolvers: true, description: 'What a version of a plan or an add-on says 产品内容.' })
export class ProductDefinitionType {
  public constructor(
    private readonly value: ProductDefinition,
    private readonly currency: CurrencyCode,
  ) {}

  @Extensions(cost({ listSize: 5 }))
  @Field(() => [PriceType], { description: 'At most 50.' })
  public get prices(): PriceType[] {
    return this.value.prices.map((price) => toPriceType(price, this.currency));
  }
  @Field(() => ProductRulesType)
  public get rules(): ProductRulesType {
    return new ProductRulesType(this.value.rules);
  }
  @Field(() => EligibilityType)
  public get eligibility(): EligibilityType {
    return new EligibilityType(this.value.eligibility);
  }
  @Field(() => TermContractType, { nullable: true, description: 'Null: nothing is bound.' })
  public get term(): TermContractType | null {
    return this.value.term === null ? null : new TermContractType(this.value.term, this.currency);
  }
  @Field(() => ProductQuantityType)
  public get quantity(): ProductQuantityType {
    return new ProductQuantityType(this.value.quantity);
  }
}

@ObjectType('BundleMember', { simpleResolvers: true, description: 'A role in a bundle 成员角色.' })
export class BundleMemberType {
  public constructor(private readonly value: BundleMember) {}

  @Field(() => String)
  public get role(): string {
    return this.value.role;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name.zh;
  }
  @Field(() => String)
  public get nameEn(): string {
    return this.value.name.en;
  }
  @Field(() => [String], { description: 'Codes of the products that may fill it, all of one service type.' })
  public get products(): readonly string[] {
    return this.value.products;
  }
  @Field(() => Int)
  public get least(): number {
    return this.value.least;
  }
  @Field(() => Int)
  public get most(): number {
    return this.value.most;
  }
  @Field(() => Int)
  public get standard(): number {
    return this.value.standard;
  }
  @Field(() => Int, { description: 'Weight in the split of each price of the bundle 分摊权重.' })
  public get share(): number {
    return this.value.share;
  }
  @Field(() => String, { description: 'Code of the charge code of the member’s part.' })
  public get chargeCode(): string {
    return this.value.chargeCode;
  }
}

@ObjectType('SharedAllowance', { simpleResolvers: true, description: 'Granted once for all members together 共享量.' })
export class SharedAllowanceType {
  public constructor(private readonly value: SharedAllowance) {}

  @Field(() => String)
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name.zh;
  }
  @Field(() => String)
  public get nameEn(): string {
    return this.value.name.en;
  }
  @Field(() => AllowanceUnitEnum)
  public get unit(): SharedAllowance['unit'] {
    return this.value.unit;
  }
  @Field(() => DecimalScalar, { description: 'A whole number of the unit.' })
  public get amount(): string {
    return this.value.amount.toString();
  }
  @Field(() => [String])
  public get usageKinds(): readonly string[] {
    return this.value.usageKinds;
  }
  @Field(() => [String], { description: 'Roles that may consume it.' })
  public get roles(): readonly string[] {
    return this.value.roles;
  }
  @Field(() => PeriodLengthType)
  public get period(): PeriodLengthType {
    return new PeriodLengthType(this.value.period);
  }
  @Field(() => Int, { description: 'For how many further periods what remains is carried over.' })
  public get carryOver(): number {
    return this.value.carryOver;
  }
}

@ObjectType('MemberLeaves', { simpleResolvers: true, description: 'What follows when members fall below the minimum of a role.' })
export class MemberLeavesType {
  public constructor(
    private readonly value: MemberLeaves,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => MemberLeavesKindEnum)
  public get kind(): MemberLeaves['kind'] {
    return this.value.kind;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Of REPRICE: instead of the first recurring price.' })
  public get amount(): MoneyType | null {
    return this.value.kind === 'REPRICE' ? new MoneyType({ amountMinor: this.value.amountMinor, currency: this.currency }) : null;
  }
  @Field(() => Int, { nullable: true, description: 'Of GRACE.' })
  public get days(): number | null {
    return this.value.kind === 'GRACE' ? this.value.days : null;
  }
}

@ObjectType('BundleDefinition', { simpleResolvers: true, description: 'What a version of a bundle says 套餐内容.' })
export class BundleDefinitionType {
  public constructor(
    private readonly value: BundleDefinition,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => BundleReachEnum)
  public get across(): BundleDefinition['across'] {
    return this.value.across;
  }
  @Extensions(cost({ listSize: 4 }))
  @Field(() => [BundleMemberType], { description: 'At most 20.' })
  public get members(): BundleMemberType[] {
    return this.value.members.map((member) => new BundleMemberType(member));
  }
  @Extensions(cost({ listSize: 2 }))
  @Field(() => [PriceType], { description: 'Charged to the holder’s account as one, then split by shares. At most 50.' })
  public get prices(): PriceType[] {
    return this.value.prices.map((price) => toPriceType(price, this.currency));
  }
  @Extensions(cost({ listSize: 2 }))
  @Field(() => [SharedAllowanceType], { description: 'At most 20.' })
  public get allowances(): SharedAllowanceType[] {
    return this.value.allowances.map((allowance) => new SharedAllowanceType(allowance));
  }
  @Field(() => MemberLeavesType)
  public get whenMemberLeaves(): MemberLeavesType {
    return new MemberLeavesType(this.value.whenMemberLeaves, this.currency);
  }
  @Field(() => EligibilityType)
  public get eligibility(): EligibilityType {
    return new EligibilityType(this.value.eligibility);
  }
  @Field(() => TermContractType, { nullable: true, description: 'Null: nothing is bound.' })
  public get term(): TermContractType | null {
    return this.value.term === null ? null : new TermContractType(this.value.term, this.currency);
  }
}
