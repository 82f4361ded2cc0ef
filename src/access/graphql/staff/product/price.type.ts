import { Extensions, Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import type {
  DepositPrice, EarlyTermination, OneTimePrice, PeriodLength, Price, PriceAuthority, PricePhase, RecurringPrice, SuspensionCharge,
  SuspensionSpan, TermContract, UsagePrice,
} from '../../../../business/component/product'; // prettier-ignore
import type { CurrencyCode } from '../../../../kernel/money';
import { cost } from '../../server/guard/cost-hint';
import { MoneyType } from '../../server/money.type';
import { StopReasonEnum } from '../../server/party-enum';
import {
  ChargeTimingEnum, EarlyTerminationKindEnum, PeriodUnitEnum, PriceAlignmentEnum, PriceKindEnum, ProrationEnum, SuspensionChargeKindEnum,
  SuspensionSpanKindEnum, TermRenewalEnum,
} from './catalogue-enum'; // prettier-ignore

@ObjectType('PeriodLength', { simpleResolvers: true, description: 'A length of time in the calendar 周期.' })
export class PeriodLengthType {
  @Field(() => PeriodUnitEnum)
  public readonly unit: PeriodLength['unit'];
  @Field(() => Int)
  public readonly count: number;

  public constructor({ unit, count }: PeriodLength) {
    this.unit = unit;
    this.count = count;
  }
}

@ObjectType('PricePhase', { simpleResolvers: true, description: 'So many periods at one price 价格阶段.' })
export class PricePhaseType {
  public constructor(
    private readonly phase: PricePhase,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => Int, { nullable: true, description: 'Null for the last phase, which has no end.' })
  public get periods(): number | null {
    return this.phase.periods;
  }
  @Field(() => MoneyType)
  public get amount(): MoneyType {
    return new MoneyType({ amountMinor: this.phase.amountMinor, currency: this.currency });
  }
}

@ObjectType('SuspensionSpan', { simpleResolvers: true, description: 'For how long a price of a stopped subscriber holds.' })
export class SuspensionSpanType {
  public constructor(private readonly span: SuspensionSpan) {}

  @Field(() => SuspensionSpanKindEnum)
  public get kind(): SuspensionSpan['kind'] {
    return this.span.kind;
  }
  @Field(() => Int, { nullable: true, description: 'Of DAYS.' })
  public get days(): number | null {
    return this.span.kind === 'DAYS' ? this.span.days : null;
  }
}

@ObjectType('SuspensionCharge', {
  simpleResolvers: true,
  description: 'What a price costs while a subscriber is stopped for a reason 停机计费.',
})
export class SuspensionChargeType {
  public constructor(
    private readonly of: string,
    private readonly charge: SuspensionCharge,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => StopReasonEnum)
  public get reason(): string {
    return this.of;
  }
  @Field(() => SuspensionChargeKindEnum)
  public get kind(): SuspensionCharge['kind'] {
    return this.charge.kind;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Of REPLACEMENT.' })
  public get amount(): MoneyType | null {
    const { charge, currency } = this;
    return charge.kind === 'REPLACEMENT' ? new MoneyType({ amountMinor: charge.amountMinor, currency }) : null;
  }
  @Field(() => SuspensionSpanType, { nullable: true, description: 'Null for FULL.' })
  public get span(): SuspensionSpanType | null {
    return this.charge.kind === 'FULL' ? null : new SuspensionSpanType(this.charge.span);
  }
}

@ObjectType('PriceAuthority', {
  simpleResolvers: true,
  description: 'How far a lower node may change a price 下级调价权限, in basis points.',
})
export class PriceAuthorityType {
  @Field(() => Int)
  public readonly reductionBasisPoints: number;
  @Field(() => Int)
  public readonly increaseBasisPoints: number;

  public constructor({ reductionBasisPoints, increaseBasisPoints }: PriceAuthority) {
    this.reductionBasisPoints = reductionBasisPoints;
    this.increaseBasisPoints = increaseBasisPoints;
  }
}

@InterfaceType('Price', { description: 'A price 价格 of a product or a bundle.' })
export abstract class PriceType {
  @Field(() => PriceKindEnum)
  public readonly kind!: Price['kind'];
  @Field(() => String, { description: 'Unique within the version.' })
  public readonly code!: string;
  @Field(() => String)
  public readonly name!: string;
  @Field(() => String)
  public readonly nameEn!: string;
  @Field(() => String, { description: 'Code of the charge code 账目项 under which it is billed.' })
  public readonly chargeCode!: string;
  @Field(() => Boolean, { description: 'Whether tax is in the amounts 含税.' })
  public readonly taxIncluded!: boolean;
  @Field(() => PriceAuthorityType, { nullable: true, description: 'Null: no lower node may change it.' })
  public readonly authority!: PriceAuthorityType | null;

  protected constructor({ kind, code, name, chargeCode, taxIncluded, authority }: Price) {
    Object.assign(this, { kind, code, name: name.zh, nameEn: name.en, chargeCode, taxIncluded });
    this.authority = authority === undefined ? null : new PriceAuthorityType(authority);
  }
}

@ObjectType('OneTimePrice', { implements: PriceType, simpleResolvers: true, description: 'Charged once 一次性费用.' })
export class OneTimePriceType extends PriceType {
  @Field(() => MoneyType)
  public readonly amount: MoneyType;

  public constructor(price: OneTimePrice, currency: CurrencyCode) {
    super(price);
    this.amount = new MoneyType({ amountMinor: price.amountMinor, currency });
  }
}

@ObjectType('DepositPrice', { implements: PriceType, simpleResolvers: true, description: 'A deposit 押金: a liability, never revenue.' })
export class DepositPriceType extends PriceType {
  @Field(() => MoneyType)
  public readonly amount: MoneyType;

  public constructor(price: DepositPrice, currency: CurrencyCode) {
    super(price);
    this.amount = new MoneyType({ amountMinor: price.amountMinor, currency });
  }
}

@ObjectType('UsagePrice', { implements: PriceType, simpleResolvers: true, description: 'By usage 使用费: its tariff says what it costs.' })
export class UsagePriceType extends PriceType {
  @Field(() => String, { description: 'A usage kind of the service type.' })
  public readonly usageKind: string;
  @Field(() => String, { description: 'Code of the tariff 资费.' })
  public readonly tariff: string;

  public constructor(price: UsagePrice) {
    super(price);
    this.usageKind = price.usageKind;
    this.tariff = price.tariff;
  }
}

@ObjectType('RecurringPrice', { implements: PriceType, simpleResolvers: true, description: 'Charged each period 周期性费用.' })
export class RecurringPriceType extends PriceType {
  public constructor(
    private readonly price: RecurringPrice,
    private readonly currency: CurrencyCode,
  ) {
    super(price);
  }

  @Field(() => ChargeTimingEnum)
  public get timing(): RecurringPrice['timing'] {
    return this.price.timing;
  }
  @Field(() => PeriodLengthType)
  public get period(): PeriodLengthType {
    return new PeriodLengthType(this.price.period);
  }
  @Field(() => PriceAlignmentEnum)
  public get alignment(): RecurringPrice['alignment'] {
    return this.price.alignment;
  }
  @Field(() => ProrationEnum)
  public get proration(): RecurringPrice['proration'] {
    return this.price.proration;
  }
  @Extensions(cost({ listSize: 2 }))
  @Field(() => [PricePhaseType], { description: 'One after the other, at most 20.' })
  public get phases(): PricePhaseType[] {
    return this.price.phases.map((phase) => new PricePhaseType(phase, this.currency));
  }
  @Field(() => PeriodLengthType, { nullable: true, description: 'Free at first 试用期, before the first phase.' })
  public get trial(): PeriodLengthType | null {
    return this.price.trial === null ? null : new PeriodLengthType(this.price.trial);
  }
  @Extensions(cost({ listSize: 2 }))
  @Field(() => [SuspensionChargeType], { description: 'By stop reason; a reason that is not there owes the full price.' })
  public get suspension(): SuspensionChargeType[] {
    return Object.entries(this.price.suspension).map(([reason, charge]) => new SuspensionChargeType(reason, charge, this.currency));
  }
}

/** A price as its own type. */
export function toPriceType(price: Price, currency: CurrencyCode): PriceType {
  switch (price.kind) {
    case 'ONE_TIME':
      return new OneTimePriceType(price, currency);
    case 'RECURRING':
      return new RecurringPriceType(price, currency);
    case 'USAGE':
      return new UsagePriceType(price);
    case 'DEPOSIT':
      return new DepositPriceType(price, currency);
  }
}

@ObjectType('EarlyTermination', { simpleResolvers: true, description: 'What it costs to leave a contract early 违约金.' })
export class EarlyTerminationType {
  public constructor(
    private readonly value: TermContract['earlyTermination'],
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => EarlyTerminationKindEnum)
  public get kind(): EarlyTermination['kind'] {
    return this.value.kind;
  }
  @Field(() => String)
  public get chargeCode(): string {
    return this.value.chargeCode;
  }
  @Field(() => Boolean)
  public get taxIncluded(): boolean {
    return this.value.taxIncluded;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Of FIXED.' })
  public get amount(): MoneyType | null {
    return this.value.kind === 'FIXED' ? new MoneyType({ amountMinor: this.value.amountMinor, currency: this.currency }) : null;
  }
  @Field(() => Int, { nullable: true, description: 'Of PERCENTAGE_OF_REMAINING.' })
  public get basisPoints(): number | null {
    return this.value.kind === 'PERCENTAGE_OF_REMAINING' ? this.value.basisPoints : null;
  }
  @Extensions(cost({ listSize: 24 }))
  @Field(() => [MoneyType], { nullable: true, description: 'Of BY_MONTH, the first month first.' })
  public get amounts(): MoneyType[] | null {
    const { value, currency } = this;
    return value.kind === 'BY_MONTH' ? value.amountsMinor.map((amountMinor) => new MoneyType({ amountMinor, currency })) : null;
  }
}

@ObjectType('TermContract', { simpleResolvers: true, description: 'A time for which a product is bound 合约.' })
export class TermContractType {
  public constructor(
    private readonly term: TermContract,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => Int)
  public get months(): number {
    return this.term.months;
  }
  @Field(() => EarlyTerminationType)
  public get earlyTermination(): EarlyTerminationType {
    return new EarlyTerminationType(this.term.earlyTermination, this.currency);
  }
  @Field(() => TermRenewalEnum, { description: 'What follows the term.' })
  public get renewal(): TermContract['renewal'] {
    return this.term.renewal;
  }
}
