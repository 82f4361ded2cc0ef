import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { selectWorkQueue, type WorkQueueFilter } from '../../../../business/component/order';
import { instantToText } from '../../../../kernel/clock';
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { searchedBy } from '../../server/given';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import { loadStaff } from '../staff/staff.resolver';
import { StaffType } from '../staff/staff.type';
import { WorkQueueFilterType } from './order.input';
import { workOrderLoader } from './order.loader';
import { loadOrder } from './order.resolver';
import { OrderType } from './order.type';
import { WorkOrderConnection, WorkOrderType } from './work-order.type';

@Resolver(() => WorkOrderType)
export class WorkOrderResolver {
  @Query(() => WorkOrderType, { nullable: true, description: 'A work order in scope 工单; null when there is none. Needs workorder:read.' })
  public async workOrder(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<WorkOrderType | null> {
    return loadWorkOrder(context, readId('workOrder', id));
  }

  @Query(() => WorkOrderConnection, {
    description: 'Open work orders in scope 待办工单, by priority, then by when they are due. Needs workorder:read.',
  })
  public async workQueue(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => WorkQueueFilterType, { nullable: true }) filter: WorkQueueFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<WorkOrderType>> {
    const found = await selectWorkQueue(context, readFilter(filter), pageOf(page, 3));
    const cursorOf = ({ value }: WorkOrderType): string[] => [String(value.priority), instantToText(value.dueAt), value.id];
    return toConnection(WorkOrderConnection, found, (work) => new WorkOrderType(work), cursorOf);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order that it is a step of; null when outside scope.' })
  public async order(@Root() { value }: WorkOrderType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return loadOrder(context, value.orderId);
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'Whose queue it is in.' })
  public async organisation(@Root() { value }: WorkOrderType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }

  @FieldResolver(() => StaffType, { nullable: true, description: 'Who has taken it; null while nobody has, or when outside scope.' })
  public async assignee(@Root() { value }: WorkOrderType, @Ctx() context: GraphContext): Promise<StaffType | null> {
    return value.assigneeId === null ? null : loadStaff(context, value.assigneeId);
  }
}

export async function loadWorkOrder(context: GraphContext, id: Id<'workOrder'>): Promise<WorkOrderType | null> {
  const work = await workOrderLoader(context).load(id);
  return work === undefined ? null : new WorkOrderType(work);
}

function readFilter(filter: WorkQueueFilterType | null | undefined): WorkQueueFilter {
  if (filter == null) return {};
  return searchedBy({
    ...filter,
    organisationId: readOptionalId('organisation', filter.organisationId, 'filter.organisationId'),
    assigneeId: readOptionalId('staff', filter.assigneeId, 'filter.assigneeId'),
  });
}
