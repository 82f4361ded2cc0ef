import { Field, ID, InputType } from 'type-graphql';
import type { ContactKind, CustomerGrade, CustomerKind, CustomerStatus, DocumentKind } from '../../../../business/component/customer';
import type { Instant } from '../../../../kernel/clock';
import type { Json } from '../../../../kernel/stable-json';
import { MutationInput } from '../../server/mutation';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';
import { ContactKindEnum, CustomerGradeEnum, CustomerKindEnum, CustomerStatusEnum, DocumentKindEnum } from '../../server/party-enum';

@InputType('IdentityDocumentInput', { description: 'An identity document 证件.' })
export class DocumentInputType {
  @Field(() => DocumentKindEnum)
  public kind!: DocumentKind;
  @Field(() => String, {
    description: 'As printed; spaces are ignored. Check digits of resident ids (GB 11643) and licences (GB 32100) are verified.',
  })
  public number!: string;
  @Field(() => String, { nullable: true })
  public issuingAuthority?: string | null;
  @Field(() => DateTimeScalar, { nullable: true })
  public validFrom?: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true })
  public validTo?: Instant | null;
}

@InputType('ContactInput', { description: 'A way to reach a customer 联系方式.' })
export class ContactInputType {
  @Field(() => ContactKindEnum)
  public kind!: ContactKind;
  @Field(() => String)
  public value!: string;
  @Field(() => String, { nullable: true, description: 'Whom to ask for.' })
  public person?: string | null;
}

@InputType('CreateCustomerInput')
export class CreateCustomerInputType extends MutationInput {
  @Field(() => CustomerKindEnum)
  public kind!: CustomerKind;
  @Field(() => String)
  public name!: string;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
  @Field(() => CustomerGradeEnum, { defaultValue: 'STANDARD' })
  public grade!: CustomerGrade;
  @Field(() => ID, { description: 'The organisation node that manages the customer.' })
  public organisationId!: string;
  @Field(() => [DocumentInputType], { defaultValue: [] })
  public documents!: DocumentInputType[];
  @Field(() => [ContactInputType], { defaultValue: [] })
  public contacts!: ContactInputType[];
  @Field(() => JsonObjectScalar, { nullable: true })
  public attributes?: Readonly<Record<string, Json>> | null;
}

@InputType('CustomerFilter', { description: 'What is known of the customer that is looked for; every part given must hold.' })
export class CustomerFilterType {
  @Field(() => String, { nullable: true })
  public customerNo?: string | null;
  @Field(() => String, { nullable: true, description: 'Any part of the name, Chinese or not.' })
  public nameContains?: string | null;
  @Field(() => String, { nullable: true, description: 'The beginning of the name.' })
  public namePrefix?: string | null;
  @Field(() => String, { nullable: true, description: 'The number of an identity document, whole.' })
  public documentNumber?: string | null;
  @Field(() => String, { nullable: true })
  public accountNo?: string | null;
  @Field(() => String, { nullable: true, description: 'Access number or login of a subscriber that the customer owns, uses or pays for.' })
  public accessNumber?: string | null;
  @Field(() => ID, { nullable: true, description: 'Managed at this organisation node or below it.' })
  public organisationId?: string | null;
  @Field(() => CustomerKindEnum, { nullable: true })
  public kind?: CustomerKind | null;
  @Field(() => CustomerGradeEnum, { nullable: true })
  public grade?: CustomerGrade | null;
  @Field(() => CustomerStatusEnum, { nullable: true })
  public status?: CustomerStatus | null;
  @Field(() => ID, { nullable: true, description: 'The member of staff who looks after the customer now.' })
  public managerId?: string | null;
}
