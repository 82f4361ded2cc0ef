import { Field, ObjectType } from 'type-graphql';
import { PERMISSIONS, isPermission, type StaffPermission } from '../../../../business/component/staff';

@ObjectType('Permission', {
  simpleResolvers: true,
  description: 'A permission 权限: a word of a closed list, by which alone access is decided.',
})
export class PermissionType {
  public constructor(public readonly value: StaffPermission) {}

  @Field(() => String, { description: '`noun:verb`, as roles and errors name it.' })
  public get code(): string {
    return this.value;
  }
  @Field(() => String, { description: 'In Chinese.' })
  public get name(): string {
    return PERMISSIONS[this.value].zh;
  }
  @Field(() => String, { description: 'In English.' })
  public get nameEn(): string {
    return PERMISSIONS[this.value].en;
  }
}

/** The permissions of a list of codes; a code that an older release had is left out, for it permits nothing. */
export function permissionsOf(codes: readonly string[]): PermissionType[] {
  return codes.filter(isPermission).map((code) => new PermissionType(code));
}
