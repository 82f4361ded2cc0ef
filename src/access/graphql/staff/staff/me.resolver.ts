import { Ctx, Extensions, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { PERMISSION_CODES, selectOneself } from '../../../../business/component/staff';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { cost } from '../../server/guard/cost-hint';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import { HeldGrantType, HeldPermissionType, MeType } from './me.type';

@Resolver(() => MeType)
export class MeResolver {
  @Query(() => MeType, { description: 'Who is logged in 当前员工, and what he may do. Needs no permission.' })
  public async me(@Ctx() context: GraphContext): Promise<MeType> {
    const { principal, sql, scope } = context;
    const staff = principal.kind === 'STAFF' ? await selectOneself(sql, principal.staffId) : undefined;
    if (staff === undefined) throw new Failure('FORBIDDEN', 'Only a member of staff is somebody here.');
    const held = [...PERMISSION_CODES].sort().filter((code) => scope.permits(code));
    return new MeType(
      staff,
      held.map((code) => new HeldPermissionType(code, scope.grantsOf(code))),
    );
  }

  @FieldResolver(() => OrganisationType, {
    nullable: true,
    description: 'One’s managing node 管理组织; null without organisation:read there.',
  })
  public async organisation(@Root() { value }: MeType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }
}

@Resolver(() => HeldGrantType)
export class HeldGrantResolver {
  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [OrganisationType], { description: 'The same nodes, those that organisation:read shows.' })
  public async organisations(@Root() { value }: HeldGrantType, @Ctx() context: GraphContext): Promise<OrganisationType[]> {
    const nodes = await Promise.all(value.nodes.map((node) => loadOrganisation(context, node as Id<'organisation'>)));
    return nodes.filter((node) => node !== null);
  }
}
