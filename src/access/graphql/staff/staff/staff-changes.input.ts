import { Field, ID, InputType, Int } from 'type-graphql';
import type { StaffStatus } from '../../../../business/component/staff';
import { MutationInput } from '../../server/mutation';
import { StaffStatusEnum } from './staff.type';

@InputType('CreateStaffInput')
export class CreateStaffInputType extends MutationInput {
  @Field(() => String, { description: '3 to 64 small letters, digits, dots, hyphens or underscores; it never changes.' })
  public loginName!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
  @Field(() => ID, { description: 'The organisation node that manages the member of staff.' })
  public organisationId!: string;
  @Field(() => String, {
    nullable: true,
    description: 'A first password of at least 10 characters; without one, another way to log in has to be given.',
  })
  public password?: string | null;
}

@InputType()
abstract class StaffChangeInput extends MutationInput {
  @Field(() => ID)
  public staffId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeStaffInput', { description: 'What is not given stays as it is.' })
export class ChangeStaffInputType extends StaffChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  public nameEn?: string | null;
  @Field(() => ID, { nullable: true, description: 'Another managing node, at which the caller has staff:write too.' })
  public organisationId?: string | null;
  @Field(() => StaffStatusEnum, { nullable: true, description: 'DISABLED ends every log-in.' })
  public status?: StaffStatus | null;
}

@InputType('SetStaffPasswordInput')
export class SetStaffPasswordInputType extends StaffChangeInput {
  @Field(() => String, { description: 'At least 10 characters, and nothing that is easy to guess.' })
  public password!: string;
}

@InputType('ChangeOwnPasswordInput')
export class ChangeOwnPasswordInputType extends MutationInput {
  @Field(() => String)
  public oldPassword!: string;
  @Field(() => String, { description: 'At least 10 characters, and nothing that is easy to guess.' })
  public password!: string;
}

@InputType('OidcIdentityInput', { description: 'Who somebody is to an outside issuer (OpenID Connect).' })
export class OidcIdentityInputType {
  @Field(() => String, { description: 'The `iss` of the issuer’s tokens.' })
  public issuer!: string;
  @Field(() => String, { description: 'Their `sub`.' })
  public subject!: string;
}

@InputType('LinkOidcIdentityInput')
export class LinkOidcIdentityInputType extends StaffChangeInput {
  @Field(() => OidcIdentityInputType, { nullable: true, description: 'Null, which must be said, takes the identity away.' })
  public identity?: OidcIdentityInputType | null;
}

@InputType('RevokeSessionsInput')
export class RevokeSessionsInputType extends MutationInput {
  @Field(() => ID)
  public staffId!: string;
}

@InputType('GrantRoleInput')
export class GrantRoleInputType extends MutationInput {
  @Field(() => ID)
  public staffId!: string;
  @Field(() => ID)
  public roleId!: string;
  @Field(() => ID, { description: 'The role holds at this node and below it.' })
  public organisationId!: string;
  @Field(() => [String], {
    nullable: true,
    description: 'Codes of service types; null, which must be said: every one, those to come included.',
  })
  public linesOfBusiness?: string[] | null;
}

@InputType('RevokeGrantInput')
export class RevokeGrantInputType extends MutationInput {
  @Field(() => ID, { description: 'Of a `StaffGrant`.' })
  public grantId!: string;
}
