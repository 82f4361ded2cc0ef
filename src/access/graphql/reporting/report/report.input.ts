import { ArgsType, Field, ID, Int } from 'type-graphql';
import { DEPTH_MAX, PERIODS_MAX, type Party, type ReportUnit } from '../../../../business/component/report';
import type { SubscriberStatus } from '../../../../business/component/subscriber';
import type { LocalDate } from '../../../../kernel/calendar';
import type { Instant } from '../../../../kernel/clock';
import { DateScalar } from '../../server/date-scalar';
import { SubscriberStatusEnum } from '../../server/party-enum';
import { DateTimeScalar } from '../../server/scalar';
import { ReportPartyEnum, ReportUnitEnum } from './report.type';

@ArgsType()
export abstract class ReportArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'The report of this node and all below it; of all that the caller may see when not given.',
  })
  public organisationId?: string | null;

  @Field(() => Int, {
    defaultValue: 0,
    description: `How many levels of nodes below have rows of their own, 0 to ${DEPTH_MAX}; deeper ones count for the node above them.`,
  })
  public depth!: number;

  @Field(() => String, { nullable: true, description: 'Code of a service type; all when not given.' })
  public serviceType?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'A row for each service type.' })
  public byServiceType!: boolean;
}

@ArgsType()
export abstract class ReportSpanArgs extends ReportArgs {
  @Field(() => DateScalar, { description: 'The first day.' })
  public from!: LocalDate;

  @Field(() => DateScalar, { description: `The first day that is not counted. At most ${PERIODS_MAX} periods.` })
  public to!: LocalDate;

  @Field(() => ReportUnitEnum)
  public by!: ReportUnit;
}

@ArgsType()
export class PartyStockArgs extends ReportArgs {
  @Field(() => ReportPartyEnum, { nullable: true, description: 'All three when not given.' })
  public party?: Party | null;
}

@ArgsType()
export class PartyMovementArgs extends ReportSpanArgs {}

@ArgsType()
export class PartyTrendArgs extends ReportSpanArgs {
  @Field(() => [SubscriberStatusEnum], {
    defaultValue: ['active', 'suspended', 'pendingTerminate'],
    description: 'Which are counted; those in service when not given.',
  })
  public statuses!: SubscriberStatus[];

  @Field(() => Boolean, { defaultValue: false, description: 'A series for each status.' })
  public byStatus!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'As it was known at this instant; as it is known today when not given.' })
  public knownAt?: Instant | null;
}
