import { Args, Ctx, Extensions, Query, Resolver } from 'type-graphql';
import { partyMovement, partyStock, partyTrend, type ReportPlace } from '../../../../business/component/report';
import { cost } from '../../server/guard/cost-hint';
import { readOptionalId } from '../../server/node-id';
import type { ReportingContext } from '../reporting-context';
import { PartyMovementArgs, PartyStockArgs, PartyTrendArgs, type ReportArgs } from './report.input';
import { PartyMovementReport, PartyStockReport, PartyTrendReport } from './report.type';

@Resolver()
export class ReportResolver {
  @Query(() => PartyStockReport, {
    description: 'How many customers, accounts and subscribers there are, by node, service type and status. Needs report:read.',
  })
  @Extensions(cost({ weight: 20 }))
  public async partyStock(@Args(() => PartyStockArgs) args: PartyStockArgs, @Ctx() context: ReportingContext): Promise<PartyStockReport> {
    return new PartyStockReport(await partyStock(context, { ...placeOf(args), ...linesOf(args), party: args.party ?? null }));
  }

  @Query(() => PartyMovementReport, {
    description: 'Subscribers opened, stopped, resumed and closed by day or month, at the node that manages them today. Needs report:read.',
  })
  @Extensions(cost({ weight: 50 }))
  public async partyMovement(
    @Args(() => PartyMovementArgs) args: PartyMovementArgs,
    @Ctx() context: ReportingContext,
  ): Promise<PartyMovementReport> {
    const { from, to, by } = args;
    return new PartyMovementReport(await partyMovement(context, { ...placeOf(args), ...linesOf(args), from, to, by }));
  }

  @Query(() => PartyTrendReport, {
    description:
      'How many subscribers there were at the end of each day or month, also as known earlier. The dearest report. Needs report:read.',
  })
  @Extensions(cost({ weight: 500 }))
  public async partyTrend(@Args(() => PartyTrendArgs) args: PartyTrendArgs, @Ctx() context: ReportingContext): Promise<PartyTrendReport> {
    const { from, to, by, statuses, byStatus, knownAt = null } = args;
    return new PartyTrendReport(
      await partyTrend(context, { ...placeOf(args), ...linesOf(args), from, to, by, statuses, byStatus, knownAt }),
    );
  }
}

function placeOf({ organisationId, depth }: ReportArgs): ReportPlace {
  return { organisationId: readOptionalId('organisation', organisationId, 'organisationId') ?? null, depth };
}

function linesOf({ serviceType, byServiceType }: ReportArgs): { serviceType: string | null; byServiceType: boolean } {
  return { serviceType: serviceType ?? null, byServiceType };
}
