import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { searchStaff, type StaffFilter } from '../../../../business/component/staff';
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { searchedBy } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { CustomerManagerType } from '../customer/customer.type';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import { loadApiClient } from './api-client.resolver';
import { ApiClientType } from './api-client.type';
import { loadRole } from './role.resolver';
import { RoleType } from './role.type';
import { StaffFilterType } from './staff.input';
import { grantsLoader, sessionsLoader, staffLoader } from './staff.loader';
import { SessionType, StaffConnection, StaffGrantType, StaffType } from './staff.type';

@Resolver(() => StaffType)
export class StaffResolver {
  @Query(() => StaffType, { nullable: true, description: 'A member of staff in scope; null when there is none. Needs staff:read.' })
  public async staff(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<StaffType | null> {
    return loadStaff(context, readId('staff', id));
  }

  @Query(() => StaffConnection, { description: 'Members of staff in scope, oldest first. Needs staff:read.' })
  public async staffMembers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => StaffFilterType, { nullable: true }) filter: StaffFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<StaffType>> {
    const found = await searchStaff(context, readFilter(filter), pageOf(page));
    return toConnection(StaffConnection, found, (staff) => new StaffType(staff), (staff) => [staff.value.id]); // prettier-ignore
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The managing node 管理组织.' })
  public async organisation(@Root() { value }: StaffType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [StaffGrantType], { description: 'What the member of staff may do, and where 授权; at most 100.' })
  public async grants(@Root() { value }: StaffType, @Ctx() context: GraphContext): Promise<StaffGrantType[]> {
    return (await grantsLoader(context).load(value.id)).map((grant) => new StaffGrantType(grant));
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [SessionType], { description: 'The log-ins that are still good, the latest first, at most 100.' })
  public async sessions(@Root() { value }: StaffType, @Ctx() context: GraphContext): Promise<SessionType[]> {
    return (await sessionsLoader(context).load(value.id)).map((session) => new SessionType(session));
  }
}

@Resolver(() => StaffGrantType)
export class StaffGrantResolver {
  @FieldResolver(() => RoleType, { nullable: true, description: 'Null without role:read.' })
  public async role(@Root() { value }: StaffGrantType, @Ctx() context: GraphContext): Promise<RoleType | null> {
    return loadRole(context, value.roleId);
  }

  @FieldResolver(() => OrganisationType, {
    nullable: true,
    description: 'The node at which, and below which, the role holds; null when outside scope.',
  })
  public async organisation(@Root() { value }: StaffGrantType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }
}

@Resolver(() => SessionType)
export class SessionResolver {
  @FieldResolver(() => ApiClientType, {
    nullable: true,
    description: 'The application that was logged in through; null when outside scope.',
  })
  public async apiClient(@Root() { value }: SessionType, @Ctx() context: GraphContext): Promise<ApiClientType | null> {
    return loadApiClient(context, value.apiClientId);
  }
}

/** Who looks after a customer. */
@Resolver(() => CustomerManagerType)
export class CustomerManagerResolver {
  @FieldResolver(() => StaffType, { nullable: true, description: 'Null when outside scope.' })
  public async staff(@Root() { value }: CustomerManagerType, @Ctx() context: GraphContext): Promise<StaffType | null> {
    return loadStaff(context, value.staffId);
  }
}

export async function loadStaff(context: GraphContext, id: Id<'staff'>): Promise<StaffType | null> {
  const staff = await staffLoader(context).load(id);
  return staff === undefined ? null : new StaffType(staff);
}

function readFilter(filter: StaffFilterType | null | undefined): StaffFilter {
  if (filter == null) return {};
  return searchedBy({
    ...filter,
    organisationId: readOptionalId('organisation', filter.organisationId, 'filter.organisationId'),
    roleId: readOptionalId('role', filter.roleId, 'filter.roleId'),
  });
}
