import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  changeOwnPassword, changeStaff, createStaff, grantRole, linkOidcIdentity, revokeGrant, revokeSessions, setStaffPassword,
} from '../../../../business/component/staff'; // prettier-ignore
import { Failure } from '../../../../kernel/failure';
import { encodeId, type Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { given, saidOrNull } from '../../server/given';
import { mutate } from '../../server/mutation';
import { readId, readOptionalId } from '../../server/node-id';
import {
  ChangeOwnPasswordInputType, ChangeStaffInputType, CreateStaffInputType, GrantRoleInputType, LinkOidcIdentityInputType,
  RevokeGrantInputType,
  RevokeSessionsInputType, SetStaffPasswordInputType,
} from './staff-changes.input'; // prettier-ignore
import { loadStaff } from './staff.resolver';
import { EndedSessionsPayload, GrantRolePayload, StaffPayload, StaffUserError, type StaffType } from './staff.type';

@Resolver()
export class StaffChangesResolver {
  @Mutation(() => StaffPayload, {
    description: 'Takes on a member of staff 新增员工, who may do nothing until a role is granted. Needs staff:write at the managing node.',
  })
  public async createStaff(
    @Arg('input', () => CreateStaffInputType) { idempotencyKey, organisationId, password, ...rest }: CreateStaffInputType,
    @Ctx() context: GraphContext,
  ): Promise<StaffPayload> {
    const input = {
      ...rest,
      organisationId: readId('organisation', organisationId, 'organisationId'),
      password: password === null || password === undefined ? null : await context.credentials.preparePassword(password),
    };
    return mutate(context, createStaff, { input, idempotencyKey }, StaffUserError, payloadOf(context));
  }

  @Mutation(() => StaffPayload, { description: 'Changes, moves, disables or enables a member of staff 维护员工. Needs staff:write.' })
  public async changeStaff(
    @Arg('input', () => ChangeStaffInputType) { idempotencyKey, staffId, expectedVersion, nameEn, ...changes }: ChangeStaffInputType,
    @Ctx() context: GraphContext,
  ): Promise<StaffPayload> {
    const organisationId = readOptionalId('organisation', changes.organisationId, 'organisationId');
    const clearable = nameEn === undefined ? {} : { nameEn };
    const input = { ...ofStaff(staffId), ...given({ ...changes, organisationId }), ...clearable, expectedVersion };
    return mutate(context, changeStaff, { input, idempotencyKey }, StaffUserError, payloadOf(context));
  }

  @Mutation(() => EndedSessionsPayload, {
    description:
      'Gives somebody a new password 重置密码, unlocks the log-in and ends those that are open. Needs staff:write, and whatever the ' +
      'other may do: ' +
      'who sets a password could log in with it.',
  })
  public async setStaffPassword(
    @Arg('input', () => SetStaffPasswordInputType) { idempotencyKey, staffId, expectedVersion, password }: SetStaffPasswordInputType,
    @Ctx() context: GraphContext,
  ): Promise<EndedSessionsPayload> {
    const input = { ...ofStaff(staffId), expectedVersion, password: await context.credentials.preparePassword(password) };
    return mutate(context, setStaffPassword, { input, idempotencyKey }, StaffUserError, endedPayloadOf(context));
  }

  @Mutation(() => EndedSessionsPayload, {
    description: 'Changes one’s own password 修改密码; every other log-in of one’s own ends. Needs the old password, and no permission.',
  })
  public async changeOwnPassword(
    @Arg('input', () => ChangeOwnPasswordInputType) { idempotencyKey, oldPassword, password }: ChangeOwnPasswordInputType,
    @Ctx() context: GraphContext,
  ): Promise<EndedSessionsPayload> {
    const { principal, credentials, actor, traceId, signal } = context;
    if (principal.kind !== 'STAFF') throw new Failure('FORBIDDEN', 'Only a member of staff has a password.');
    const origin = { address: actor.address, traceId, signal };
    const input = {
      proof: await credentials.provePassword(principal.staffId, oldPassword, origin),
      password: await credentials.preparePassword(password),
      keptSessionId: principal.sessionId,
    };
    return mutate(context, changeOwnPassword, { input, idempotencyKey }, StaffUserError, endedPayloadOf(context));
  }

  @Mutation(() => StaffPayload, {
    description:
      'Says by which outside identity somebody may log in 关联统一身份 (OpenID Connect). Needs staff:write, and whatever the other may ' +
      'do: who links ' +
      'an identity could pass for him.',
  })
  public async linkOidcIdentity(
    @Arg('input', () => LinkOidcIdentityInputType) { idempotencyKey, staffId, expectedVersion, identity }: LinkOidcIdentityInputType,
    @Ctx() context: GraphContext,
  ): Promise<StaffPayload> {
    const input = { ...ofStaff(staffId), expectedVersion, identity: saidOrNull(identity, 'identity') };
    return mutate(context, linkOidcIdentity, { input, idempotencyKey }, StaffUserError, payloadOf(context));
  }

  @Mutation(() => EndedSessionsPayload, {
    description: 'Ends every log-in of a member of staff 强制下线, who may log in again. Needs staff:write.',
  })
  public async revokeSessions(
    @Arg('input', () => RevokeSessionsInputType) { idempotencyKey, staffId }: RevokeSessionsInputType,
    @Ctx() context: GraphContext,
  ): Promise<EndedSessionsPayload> {
    return mutate(context, revokeSessions, { input: ofStaff(staffId), idempotencyKey }, StaffUserError, endedPayloadOf(context));
  }

  @Mutation(() => GrantRolePayload, {
    description: 'Grants a role 授权 at a node. Needs staff:write, and each permission of the role there, for all those lines of business.',
  })
  public async grantRole(
    @Arg('input', () => GrantRoleInputType) { idempotencyKey, staffId, roleId, organisationId, linesOfBusiness }: GrantRoleInputType,
    @Ctx() context: GraphContext,
  ): Promise<GrantRolePayload> {
    const input = {
      ...ofStaff(staffId),
      roleId: readId('role', roleId, 'roleId'),
      organisationId: readId('organisation', organisationId, 'organisationId'),
      linesOfBusiness: saidOrNull(linesOfBusiness, 'linesOfBusiness'),
    };
    return mutate(context, grantRole, { input, idempotencyKey }, StaffUserError, async ({ grantId }) => ({
      staff: await loadStaff(context, input.staffId),
      grantId: encodeId('grant', grantId),
    }));
  }

  @Mutation(() => StaffPayload, { description: 'Takes a granted role back 撤销授权; log-ins go on, with less. Needs staff:write.' })
  public async revokeGrant(
    @Arg('input', () => RevokeGrantInputType) { idempotencyKey, grantId }: RevokeGrantInputType,
    @Ctx() context: GraphContext,
  ): Promise<StaffPayload> {
    const input = { grantId: readId('grant', grantId, 'grantId') };
    return mutate(context, revokeGrant, { input, idempotencyKey }, StaffUserError, payloadOf(context));
  }
}

function ofStaff(staffId: string): { readonly staffId: Id<'staff'> } {
  return { staffId: readId('staff', staffId, 'staffId') };
}

function payloadOf(context: GraphContext): (output: { readonly staffId: Id<'staff'> }) => Promise<{ staff: StaffType | null }> {
  return async ({ staffId }) => ({ staff: await loadStaff(context, staffId) });
}

type Ended = { readonly staffId: Id<'staff'>; readonly sessionsEnded: number };

function endedPayloadOf(context: GraphContext): (output: Ended) => Promise<{ staff: StaffType | null; sessionsEnded: number }> {
  return async ({ staffId, sessionsEnded }) => ({ staff: await loadStaff(context, staffId), sessionsEnded });
}
