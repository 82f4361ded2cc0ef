import { Field, ID, InputType, Int } from 'type-graphql';
import type { CustomerGrade, CustomerKind, PersonalField, RelationKind } from '../../../../business/component/customer';
import type { Instant } from '../../../../kernel/clock';
import type { Json } from '../../../../kernel/stable-json';
import { MutationInput } from '../../server/mutation';
import { CustomerGradeEnum, CustomerKindEnum, RelationKindEnum } from '../../server/party-enum';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';
import { ContactInputType, DocumentInputType } from './customer.input';
import { PersonalFieldEnum } from './personal-data.type';

@InputType()
abstract class CustomerChangeInput extends MutationInput {
  @Field(() => ID)
  public customerId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeCustomerInput', { description: 'What is not given stays as it is.' })
export class ChangeCustomerInputType extends CustomerChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  public nameEn?: string | null;
  @Field(() => CustomerKindEnum, { nullable: true })
  public kind?: CustomerKind | null;
  @Field(() => CustomerGradeEnum, { nullable: true })
  public grade?: CustomerGrade | null;
  @Field(() => ID, { nullable: true, description: 'Another managing node, at which the caller has customer:write too.' })
  public organisationId?: string | null;
  @Field(() => JsonObjectScalar, { nullable: true, description: 'Replaces all of them.' })
  public attributes?: Readonly<Record<string, Json>> | null;
}

@InputType('AddCustomerDocumentInput')
export class AddCustomerDocumentInputType extends CustomerChangeInput {
  @Field(() => DocumentInputType)
  public document!: DocumentInputType;
}

@InputType('EndCustomerDocumentInput')
export class EndCustomerDocumentInputType extends CustomerChangeInput {
  @Field(() => ID, { description: 'Of an `IdentityDocument`.' })
  public documentId!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public at?: Instant | null;
}

@InputType('AddCustomerContactInput')
export class AddCustomerContactInputType extends CustomerChangeInput {
  @Field(() => ContactInputType)
  public contact!: ContactInputType;
}

@InputType('EndCustomerContactInput')
export class EndCustomerContactInputType extends CustomerChangeInput {
  @Field(() => ID, { description: 'Of a `Contact`.' })
  public contactId!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public at?: Instant | null;
}

@InputType('RelateCustomersInput')
export class RelateCustomersInputType extends CustomerChangeInput {
  @Field(() => ID, { description: 'Who becomes parent, family member, employer, agent or guarantor of the customer.' })
  public relatedCustomerId!: string;
  @Field(() => RelationKindEnum)
  public kind!: RelationKind;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public validFrom?: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'No end, when not given.' })
  public validTo?: Instant | null;
}

@InputType('EndCustomerRelationInput', {
  description: '`customerId` is the customer that has the relation, not the one that it is related to.',
})
export class EndCustomerRelationInputType extends CustomerChangeInput {
  @Field(() => ID, { description: 'Of a `CustomerRelation`.' })
  public relationId!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public at?: Instant | null;
}

@InputType('AssignCustomerManagerInput')
export class AssignCustomerManagerInputType extends CustomerChangeInput {
  @Field(() => ID, { nullable: true, description: 'A member of staff; null, which must be said: nobody from then on.' })
  public staffId?: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public from?: Instant | null;
}

@InputType('CloseCustomerInput')
export class CloseCustomerInputType extends CustomerChangeInput {}

@InputType('MergeCustomersInput')
export class MergeCustomersInputType extends MutationInput {
  @Field(() => ID, { description: 'The customer that stays.' })
  public survivorId!: string;
  @Field(() => Int, { description: 'The `version` of the survivor that the caller has read.' })
  public survivorVersion!: number;
  @Field(() => ID, { description: 'The customer that becomes part of the survivor.' })
  public mergedId!: string;
  @Field(() => Int, { description: 'The `version` of the merged one that the caller has read.' })
  public mergedVersion!: number;
}

@InputType('RevealPersonalDataInput')
export class RevealPersonalDataInputType extends MutationInput {
  @Field(() => ID)
  public customerId!: string;
  @Field(() => [PersonalFieldEnum], { description: 'What is to be seen; each is put on record.' })
  public fields!: PersonalField[];
  @Field(() => String, { description: 'Why it has to be seen: goes into the audit trail as it is.' })
  public reason!: string;
}
