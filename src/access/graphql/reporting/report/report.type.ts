import { Field, ID, Int, ObjectType } from 'type-graphql';
import {
  PARTIES, REPORT_UNITS,
  type Freshness, type MovementFigure, type Party, type Report, type ReportNode, type StockFigure, type TrendSeries,
} from '../../../../business/component/report'; // prettier-ignore
import type { LocalDate } from '../../../../kernel/calendar';
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import { DateScalar } from '../../server/date-scalar';
import { enumOf } from '../../server/enum';
import { DateTimeScalar } from '../../server/scalar';

export const ReportPartyEnum = enumOf('ReportParty', PARTIES, {
  meanings: {
    CUSTOMER: { zh: '客户', en: 'Customers.' },
    ACCOUNT: { zh: '账户', en: 'Accounts.' },
    SUBSCRIBER: { zh: '用户', en: 'Subscribers.' },
  },
});
export const ReportUnitEnum = enumOf('ReportUnit', REPORT_UNITS, {
  description: 'Periods of a report, in the operator’s time zone.',
  meanings: { DAY: { zh: '日', en: 'By day.' }, MONTH: { zh: '月', en: 'By calendar month.' } },
});

@ObjectType('Freshness', { simpleResolvers: true, description: 'How fresh a report is.' })
export class FreshnessType {
  public constructor(private readonly value: Freshness) {}

  @Field(() => DateTimeScalar, { description: 'Everything that was committed before this instant is in the figures.' })
  public get asOf(): Instant {
    return this.value.asOf;
  }
  @Field(() => Int, { description: 'How far the replica was behind at most, in milliseconds.' })
  public get lagMs(): number {
    return this.value.lagMs;
  }
  @Field(() => String, { description: 'The replica that answered.' })
  public get replica(): string {
    return this.value.replica;
  }
}

@ObjectType('ReportNode', {
  simpleResolvers: true,
  description: 'The organisation node for which, with all below it unless they have rows of their own, a row counts.',
})
export class ReportNodeType {
  public constructor(private readonly value: ReportNode) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('organisation', this.value.id);
  }
  @Field(() => String)
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String, { nullable: true })
  public get nameEn(): string | null {
    return this.value.nameEn;
  }
}

@ObjectType('PartyStockRow', { simpleResolvers: true })
export class PartyStockRow {
  public constructor(private readonly value: StockFigure) {}

  @Field(() => ReportNodeType)
  public get organisation(): ReportNodeType {
    return new ReportNodeType(this.value.node);
  }
  @Field(() => ReportPartyEnum)
  public get party(): Party {
    return this.value.party;
  }
  @Field(() => String, {
    nullable: true,
    description: 'Code of the service type; null for customers and accounts, and when not told apart.',
  })
  public get serviceType(): string | null {
    return this.value.serviceType;
  }
  @Field(() => String, { description: 'A CustomerStatus, AccountStatus or SubscriberStatus.' })
  public get status(): string {
    return this.value.status;
  }
  @Field(() => Int)
  public get parties(): number {
    return this.value.parties;
  }
}

@ObjectType('PartyMovementRow', { simpleResolvers: true })
export class PartyMovementRow {
  public constructor(private readonly value: MovementFigure) {}

  @Field(() => DateScalar, { description: 'The first day of the period.' })
  public get period(): LocalDate {
    return this.value.period;
  }
  @Field(() => ReportNodeType)
  public get organisation(): ReportNodeType {
    return new ReportNodeType(this.value.node);
  }
  @Field(() => String, { nullable: true, description: 'Null when service types are not told apart.' })
  public get serviceType(): string | null {
    return this.value.serviceType;
  }
  @Field(() => Int, { description: 'Service began 新增.' })
  public get opened(): number {
    return this.value.opened;
  }
  @Field(() => Int, { description: 'Stopped 停机.' })
  public get stopped(): number {
    return this.value.stopped;
  }
  @Field(() => Int, { description: 'Resumed 复机.' })
  public get resumed(): number {
    return this.value.resumed;
  }
  @Field(() => Int, { description: 'Service ended 销户.' })
  public get closed(): number {
    return this.value.closed;
  }
}

@ObjectType('PartyTrendSeries', { simpleResolvers: true, description: 'The subscribers at the end of each period.' })
export class PartyTrendSeries {
  public constructor(private readonly value: TrendSeries) {}

  @Field(() => ReportNodeType)
  public get organisation(): ReportNodeType {
    return new ReportNodeType(this.value.node);
  }
  @Field(() => String, { nullable: true, description: 'Null when service types are not told apart.' })
  public get serviceType(): string | null {
    return this.value.serviceType;
  }
  @Field(() => String, { nullable: true, description: 'A SubscriberStatus; null when they are not told apart.' })
  public get status(): string | null {
    return this.value.status;
  }
  @Field(() => [DateScalar], { description: 'The first day of each period, without gaps. A period that is not over stands as it is now.' })
  public get periods(): readonly LocalDate[] {
    return this.value.periods;
  }
  @Field(() => [Int], { description: 'In the order of `periods`.' })
  public get subscribers(): readonly number[] {
    return this.value.subscribers;
  }
}

@ObjectType('PartyStockReport', { simpleResolvers: true, description: 'Parties now 三户在网统计.' })
export class PartyStockReport {
  @Field(() => [PartyStockRow])
  public readonly rows: readonly PartyStockRow[];
  @Field(() => FreshnessType)
  public readonly freshness: FreshnessType;

  public constructor({ rows, freshness }: Report<StockFigure>) {
    this.rows = rows.map((row) => new PartyStockRow(row));
    this.freshness = new FreshnessType(freshness);
  }
}

@ObjectType('PartyMovementReport', {
  simpleResolvers: true,
  description: 'Movement of subscribers 用户变动统计. What had no movement has no row.',
})
export class PartyMovementReport {
  @Field(() => [PartyMovementRow])
  public readonly rows: readonly PartyMovementRow[];
  @Field(() => FreshnessType)
  public readonly freshness: FreshnessType;

  public constructor({ rows, freshness }: Report<MovementFigure>) {
    this.rows = rows.map((row) => new PartyMovementRow(row));
    this.freshness = new FreshnessType(freshness);
  }
}

@ObjectType('PartyTrendReport', { simpleResolvers: true, description: 'Subscribers at the ends of days or months 用户趋势.' })
export class PartyTrendReport {
  @Field(() => [PartyTrendSeries])
  public readonly series: readonly PartyTrendSeries[];
  @Field(() => FreshnessType)
  public readonly freshness: FreshnessType;

  public constructor({ rows, freshness }: Report<TrendSeries>) {
    this.series = rows.map((row) => new PartyTrendSeries(row));
    this.freshness = new FreshnessType(freshness);
  }
}
