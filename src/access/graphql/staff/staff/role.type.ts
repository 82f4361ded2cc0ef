import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import type { Role } from '../../../../business/component/staff';
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { cost } from '../../server/guard/cost-hint';
import { FEW_ERRORS, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';
import { PermissionType, permissionsOf } from './permission.type';
import { StaffUserError } from './staff.type';

@ObjectType('Role', {
  implements: Node,
  simpleResolvers: true,
  description: 'A role 角色: a set of permissions under a name, the same for the whole operator.',
})
export class RoleType {
  public constructor(public readonly value: Role) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('role', this.value.id);
  }
  @Field(() => String, { description: 'Short and unique; it never changes.' })
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
  @Extensions(cost({ listSize: 10 }))
  @Field(() => [PermissionType], { description: 'What the role permits wherever it is granted.' })
  public get permissions(): PermissionType[] {
    return permissionsOf(this.value.permissions);
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
}

export const RoleConnection = connectionType('Role', () => RoleType);

@ObjectType({ simpleResolvers: true, description: 'The role as it is now.' })
export class RolePayload {
  @Field(() => RoleType, { nullable: true, description: 'Null when refused.' })
  public role?: RoleType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [StaffUserError])
  public userErrors!: UserErrorOf<string>[];
}
