import { Arg, Args, Ctx, Extensions, ID, Mutation, Query, Resolver } from 'type-graphql';
import { PERMISSION_CODES, changeRole, createRole, listRoles } from '../../../../business/component/staff';
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { given } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { mutate } from '../../server/mutation';
import { readId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { PermissionType, permissionsOf } from './permission.type';
import { ChangeRoleInputType, CreateRoleInputType } from './role.input';
import { RoleConnection, RolePayload, RoleType } from './role.type';
import { roleLoader } from './staff.loader';
import { StaffUserError } from './staff.type';

@Resolver(() => RoleType)
export class RoleResolver {
  @Query(() => RoleType, { nullable: true, description: 'A role 角色; null when there is none, or without role:read.' })
  public async role(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<RoleType | null> {
    return loadRole(context, readId('role', id));
  }

  @Query(() => RoleConnection, { description: 'Every role 角色, by code; none without role:read.' })
  public async roles(@Args(() => PageArgs) page: PageArgs, @Ctx() context: GraphContext): Promise<ConnectionOf<RoleType>> {
    const found = await listRoles(context, pageOf(page));
    return toConnection(RoleConnection, found, (role) => new RoleType(role), (role) => [role.value.code]); // prettier-ignore
  }

  @Extensions(cost({ listSize: PERMISSION_CODES.length }))
  @Query(() => [PermissionType], { description: 'The closed list of permissions 权限, of which roles are made.' })
  public permissions(): PermissionType[] {
    return permissionsOf(PERMISSION_CODES);
  }

  @Mutation(() => RolePayload, { description: 'Makes a role 新建角色 of permissions that the caller holds. Needs role:write.' })
  public async createRole(
    @Arg('input', () => CreateRoleInputType) { idempotencyKey, ...input }: CreateRoleInputType,
    @Ctx() context: GraphContext,
  ): Promise<RolePayload> {
    return mutate(context, createRole, { input, idempotencyKey }, StaffUserError, payloadOf(context));
  }

  @Mutation(() => RolePayload, {
    description:
      'Changes a role 修改角色, and with it what all may do who have it. Needs role:write, and each permission that is added, ' +
      'wherever it is granted.',
  })
  public async changeRole(
    @Arg('input', () => ChangeRoleInputType) { idempotencyKey, roleId, expectedVersion, nameEn, ...changes }: ChangeRoleInputType,
    @Ctx() context: GraphContext,
  ): Promise<RolePayload> {
    const clearable = nameEn === undefined ? {} : { nameEn };
    const input = { ...given(changes), ...clearable, expectedVersion, roleId: readId('role', roleId, 'roleId') };
    return mutate(context, changeRole, { input, idempotencyKey }, StaffUserError, payloadOf(context));
  }
}

export async function loadRole(context: GraphContext, id: Id<'role'>): Promise<RoleType | null> {
  const role = await roleLoader(context).load(id);
  return role === undefined ? null : new RoleType(role);
}

function payloadOf(context: GraphContext): (output: { readonly roleId: Id<'role'> }) => Promise<{ role: RoleType | null }> {
  return async ({ roleId }) => ({ role: await loadRole(context, roleId) });
}
