import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '../../server/mutation';

@InputType('CreateRoleInput')
export class CreateRoleInputType extends MutationInput {
  @Field(() => String, { description: '1 to 64 capital letters, digits, dots, hyphens or underscores; it never changes.' })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
  @Field(() => [String], { description: 'Codes of permissions that the caller holds.' })
  public permissions!: string[];
}

@InputType('ChangeRoleInput', { description: 'What is not given stays as it is.' })
export class ChangeRoleInputType extends MutationInput {
  @Field(() => ID)
  public roleId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  public nameEn?: string | null;
  @Field(() => [String], { nullable: true, description: 'The whole set of codes, not what is added.' })
  public permissions?: string[] | null;
}
