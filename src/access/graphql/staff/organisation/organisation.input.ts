import { Field, ID, InputType, Int } from 'type-graphql';
import type { OperatorParameterName, OrganisationKind, OrganisationStatus } from '../../../../business/component/organisation';
import { MutationInput } from '../../server/mutation';
import { OperatorParameterNameEnum, OrganisationKindEnum, OrganisationStatusEnum } from './organisation.type';

@InputType('OrganisationFilter', { description: 'Every part given must hold.' })
export class OrganisationFilterType {
  @Field(() => ID, { nullable: true, description: 'Right below this node.' })
  public parentId?: string | null;
  @Field(() => ID, { nullable: true, description: 'This node, or anywhere below it.' })
  public withinId?: string | null;
  @Field(() => String, { nullable: true })
  public code?: string | null;
  @Field(() => String, { nullable: true })
  public nameContains?: string | null;
  @Field(() => OrganisationKindEnum, { nullable: true })
  public kind?: OrganisationKind | null;
  @Field(() => OrganisationStatusEnum, { nullable: true })
  public status?: OrganisationStatus | null;
}

@InputType('CreateOrganisationInput')
export class CreateOrganisationInputType extends MutationInput {
  @Field(() => ID, { description: 'The node below which it is made.' })
  public parentId!: string;
  @Field(() => String)
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
  @Field(() => OrganisationKindEnum)
  public kind!: OrganisationKind;
  @Field(() => String, { nullable: true, description: 'Makes it a legal entity.' })
  public taxNumber?: string | null;
}

@InputType()
abstract class OrganisationChangeInput extends MutationInput {
  @Field(() => ID)
  public organisationId!: string;
  @Field(() => Int)
  public expectedVersion!: number;
}

@InputType('ChangeOrganisationInput', { description: 'What is not given stays as it is.' })
export class ChangeOrganisationInputType extends OrganisationChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  public nameEn?: string | null;
  @Field(() => OrganisationKindEnum, { nullable: true })
  public kind?: OrganisationKind | null;
  @Field(() => String, { nullable: true, description: 'Makes it a legal entity; null ends that.' })
  public taxNumber?: string | null;
}

@InputType('MoveOrganisationInput')
export class MoveOrganisationInputType extends OrganisationChangeInput {
  @Field(() => ID, { description: 'The node below which it stands from now on, with all that is below it.' })
  public parentId!: string;
}

@InputType('CloseOrganisationInput')
export class CloseOrganisationInputType extends OrganisationChangeInput {}

@InputType('ChangeOperatorParameterInput')
export class ChangeOperatorParameterInputType extends MutationInput {
  @Field(() => OperatorParameterNameEnum)
  public parameter!: OperatorParameterName;
  @Field(() => String, { description: 'As JSON, such as "\\"Asia/Shanghai\\"".' })
  public value!: string;
  @Field(() => Int)
  public expectedVersion!: number;
}
