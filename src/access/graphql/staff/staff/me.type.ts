import { Extensions, Field, ID, ObjectType } from 'type-graphql';
import type { Staff, StaffPermission } from '../../../../business/component/staff';
import { encodeId, type Id } from '../../../../kernel/id';
import type { Grant } from '../../../../kernel/scope';
import { cost } from '../../server/guard/cost-hint';
import { PermissionType } from './permission.type';

@ObjectType('HeldGrant', { simpleResolvers: true, description: 'Where, and for which lines of business, a permission is held.' })
export class HeldGrantType {
  public constructor(public readonly value: Grant) {}

  @Extensions(cost({ listSize: 3 }))
  @Field(() => [ID], { description: 'Organisation nodes: the permission holds at each and below it.' })
  public get organisationIds(): string[] {
    return this.value.nodes.map((node) => encodeId('organisation', node as Id<'organisation'>));
  }
  @Field(() => [String], { nullable: true, description: 'Codes of service types; null: every one.' })
  public get linesOfBusiness(): readonly string[] | null {
    return this.value.lines === 'ALL' ? null : this.value.lines;
  }
}

@ObjectType('HeldPermission', { simpleResolvers: true, description: 'A permission that the caller holds somewhere.' })
export class HeldPermissionType {
  public constructor(
    private readonly code: StaffPermission,
    private readonly held: readonly Grant[],
  ) {}

  @Field(() => PermissionType)
  public get permission(): PermissionType {
    return new PermissionType(this.code);
  }
  @Extensions(cost({ listSize: 2 }))
  @Field(() => [HeldGrantType])
  public get grants(): HeldGrantType[] {
    return this.held.map((grant) => new HeldGrantType(grant));
  }
}

@ObjectType('Me', { simpleResolvers: true, description: 'Who is logged in, and what he may do.' })
export class MeType {
  public constructor(
    public readonly value: Staff,
    private readonly held: readonly HeldPermissionType[],
  ) {}

  @Field(() => ID, { description: 'Of the `Staff` that one is.' })
  public get id(): string {
    return encodeId('staff', this.value.id);
  }
  @Field(() => String, { description: 'What is typed to log in.' })
  public get loginName(): string {
    return this.value.loginName;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String, { nullable: true })
  public get nameEn(): string | null {
    return this.value.nameEn;
  }
  @Field(() => Boolean, { description: 'Whether there is a password, which `changeOwnPassword` can change.' })
  public get hasPassword(): boolean {
    return this.value.hasPassword;
  }
  @Extensions(cost({ listSize: 20 }))
  @Field(() => [HeldPermissionType], { description: 'The permissions held 权限, by code.' })
  public get permissions(): readonly HeldPermissionType[] {
    return this.held;
  }
}
