import { Field, Int, ObjectType } from 'type-graphql';
import type {
  DepositReturn, DiscountDefinition, DiscountEffect, DiscountLevel, ThresholdReduction,
} from '../../../../business/component/discount'; // prettier-ignore
import type { CurrencyCode } from '../../../../kernel/money';
import { MoneyType } from '../../server/money.type';
import { DecimalScalar } from '../../server/scalar';
import { EligibilityType } from '../product/definition.type';
import { DiscountBaseEnum, DiscountEffectKindEnum, DiscountLevelEnum, FreeUnitEnum, ThresholdReductionKindEnum } from './discount-enum';

const money = (amountMinor: bigint | null, currency: CurrencyCode): MoneyType | null =>
  amountMinor === null ? null : new MoneyType({ amountMinor, currency });

@ObjectType('DepositReturn', { simpleResolvers: true, description: 'How money that was paid ahead comes back 返还计划.' })
export class DepositReturnType {
  public constructor(
    private readonly value: DepositReturn,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => Int, { description: 'The first part comes after so many months.' })
  public get afterMonths(): number {
    return this.value.afterMonths;
  }
  @Field(() => Int, { description: 'In so many monthly parts.' })
  public get months(): number {
    return this.value.months;
  }
  @Field(() => MoneyType, { description: 'What comes back in all.' })
  public get total(): MoneyType {
    return new MoneyType({ amountMinor: this.value.totalMinor, currency: this.currency });
  }
  @Field(() => String, { description: 'Code of the kind of balance book 账本 that it comes back into.' })
  public get book(): string {
    return this.value.book;
  }
  @Field(() => [String], { nullable: true, description: 'What the book may pay; null: everything.' })
  public get chargeCodes(): readonly string[] | null {
    return this.value.chargeCodes ?? null;
  }
}

@ObjectType('ThresholdReduction', { simpleResolvers: true, description: 'What a threshold takes off once it is reached.' })
export class ThresholdReductionType {
  public constructor(
    private readonly value: ThresholdReduction,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => ThresholdReductionKindEnum)
  public get kind(): ThresholdReduction['kind'] {
    return this.value.kind;
  }
  @Field(() => Int, { nullable: true, description: 'Of PERCENTAGE.' })
  public get basisPoints(): number | null {
    return this.value.kind === 'PERCENTAGE' ? this.value.basisPoints : null;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Of AMOUNT.' })
  public get amount(): MoneyType | null {
    return this.value.kind === 'AMOUNT' ? money(this.value.amountMinor, this.currency) : null;
  }
}

@ObjectType('DiscountEffect', {
  simpleResolvers: true,
  description: 'What a discount takes off 优惠方式; the fields of other kinds are null.',
})
export class DiscountEffectType {
  public constructor(
    private readonly value: DiscountEffect,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => DiscountEffectKindEnum)
  public get kind(): DiscountEffect['kind'] {
    return this.value.kind;
  }
  @Field(() => Int, { nullable: true, description: 'Of PERCENTAGE, in basis points.' })
  public get basisPoints(): number | null {
    return this.value.kind === 'PERCENTAGE' ? this.value.basisPoints : null;
  }
  @Field(() => DiscountBaseEnum, { nullable: true, description: 'Of PERCENTAGE.' })
  public get of(): 'REMAINING' | 'LIST' | null {
    return this.value.kind === 'PERCENTAGE' ? this.value.of : null;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Of AMOUNT: each period. Of PRICE_OVERRIDE: the other price.' })
  public get amount(): MoneyType | null {
    const { value, currency } = this;
    return value.kind === 'AMOUNT' || value.kind === 'PRICE_OVERRIDE' ? money(value.amountMinor, currency) : null;
  }
  @Field(() => Boolean, { nullable: true, description: 'Of AMOUNT: prorated over the eligible days.' })
  public get prorated(): boolean | null {
    return this.value.kind === 'AMOUNT' ? this.value.prorated : null;
  }
  @Field(() => String, { nullable: true, description: 'Of PRICE_OVERRIDE: code of the price that it takes the place of.' })
  public get priceCode(): string | null {
    return this.value.kind === 'PRICE_OVERRIDE' ? this.value.priceCode : null;
  }
  @Field(() => [String], { nullable: true, description: 'Of FREE_UNITS.' })
  public get usageKinds(): readonly string[] | null {
    return this.value.kind === 'FREE_UNITS' ? this.value.usageKinds : null;
  }
  @Field(() => FreeUnitEnum, { nullable: true, description: 'Of FREE_UNITS.' })
  public get unit(): 'SECOND' | 'BYTE' | 'MESSAGE' | null {
    return this.value.kind === 'FREE_UNITS' ? this.value.unit : null;
  }
  @Field(() => DecimalScalar, { nullable: true, description: 'Of FREE_UNITS: a whole number of the unit, each period.' })
  public get units(): string | null {
    return this.value.kind === 'FREE_UNITS' ? this.value.amount.toString() : null;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Of DEPOSIT_RETURN: what is paid ahead.' })
  public get deposit(): MoneyType | null {
    return this.value.kind === 'DEPOSIT_RETURN' ? money(this.value.depositMinor, this.currency) : null;
  }
  @Field(() => DepositReturnType, { nullable: true, description: 'Of DEPOSIT_RETURN.' })
  public get returns(): DepositReturnType | null {
    return this.value.kind === 'DEPOSIT_RETURN' ? new DepositReturnType(this.value.returns, this.currency) : null;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Of THRESHOLD: the spend of the bill from which it holds.' })
  public get spend(): MoneyType | null {
    return this.value.kind === 'THRESHOLD' ? money(this.value.spendMinor, this.currency) : null;
  }
  @Field(() => ThresholdReductionType, { nullable: true, description: 'Of THRESHOLD.' })
  public get reduction(): ThresholdReductionType | null {
    return this.value.kind === 'THRESHOLD' ? new ThresholdReductionType(this.value.reduction, this.currency) : null;
  }
}

@ObjectType('DiscountTarget', {
  simpleResolvers: true,
  description: 'What a discount acts on 作用范围: recurring and usage charges that may be discounted, where nothing is said.',
})
export class DiscountTargetType {
  public constructor(private readonly value: DiscountDefinition['appliesTo']) {}

  @Field(() => [String], { nullable: true, description: 'Codes of charge codes, at most 50; null: any.' })
  public get chargeCodes(): readonly string[] | null {
    return this.value.chargeCodes ?? null;
  }
  @Field(() => [String], { nullable: true, description: 'Codes of products, at most 50; null: any.' })
  public get products(): readonly string[] | null {
    return this.value.products ?? null;
  }
  @Field(() => Boolean, { description: 'Whether it acts on one-time charges whose charge code is not named.' })
  public get oneTime(): boolean {
    return this.value.oneTime === true;
  }
}

@ObjectType('DiscountDuration', { simpleResolvers: true, description: 'How long a discount lasts from its grant 优惠期限.' })
export class DiscountDurationType {
  public constructor(
    private readonly value: DiscountDefinition['lasts'],
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => Int, { nullable: true, description: 'So many billing periods; null: without end.' })
  public get periods(): number | null {
    return this.value.periods;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Until so much was taken off; null: without end.' })
  public get amount(): MoneyType | null {
    return money(this.value.amountMinor, this.currency);
  }
}

@ObjectType('DiscountDefinition', { simpleResolvers: true, description: 'What a version of a discount says 优惠内容.' })
export class DiscountDefinitionType {
  public constructor(
    private readonly value: DiscountDefinition,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => String, { description: 'As bills say it.' })
  public get name(): string {
    return this.value.name.zh;
  }
  @Field(() => String)
  public get nameEn(): string {
    return this.value.name.en;
  }
  @Field(() => DiscountEffectType)
  public get effect(): DiscountEffectType {
    return new DiscountEffectType(this.value.effect, this.currency);
  }
  @Field(() => DiscountLevelEnum)
  public get level(): DiscountLevel {
    return this.value.level;
  }
  @Field(() => DiscountTargetType)
  public get appliesTo(): DiscountTargetType {
    return new DiscountTargetType(this.value.appliesTo);
  }
  @Field(() => DiscountDurationType)
  public get lasts(): DiscountDurationType {
    return new DiscountDurationType(this.value.lasts, this.currency);
  }
  @Field(() => Int, { description: 'Smaller acts first within a level.' })
  public get priority(): number {
    return this.value.priority;
  }
  @Field(() => String, { nullable: true, description: 'Of one group only the largest reduction counts 互斥组.' })
  public get exclusionGroup(): string | null {
    return this.value.exclusionGroup;
  }
  @Field(() => MoneyType, { nullable: true, description: 'No more than this a period; null: no cap.' })
  public get cap(): MoneyType | null {
    return money(this.value.capMinor, this.currency);
  }
  @Field(() => EligibilityType)
  public get eligibility(): EligibilityType {
    return new EligibilityType(this.value.eligibility);
  }
}
