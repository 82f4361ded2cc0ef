import { Extensions, Field, ID, ObjectType } from 'type-graphql';
import {
  PERSONAL_FIELDS,
  type ClearContact, type ClearDocument, type ContactKind, type DocumentKind, type PersonalData,
} from '../../../../business/component/customer'; // prettier-ignore
import { encodeId } from '../../../../kernel/id';
import { enumOf } from '../../server/enum';
import { Validity } from '../../server/fact-time';
import { cost } from '../../server/guard/cost-hint';
import { FEW_ERRORS, type UserErrorOf } from '../../server/mutation';
import { ContactKindEnum, DocumentKindEnum } from '../../server/party-enum';
import { CustomerUserError } from './customer.type';

export const PersonalFieldEnum = enumOf('PersonalField', PERSONAL_FIELDS, {
  description: 'The parts of a customer’s personal data 个人信息 that may be seen in clear.',
  meanings: {
    NAME: { zh: '姓名', en: 'The name, in both languages.' },
    DOCUMENTS: { zh: '证件', en: 'The numbers of the identity documents.' },
    CONTACTS: { zh: '联系方式', en: 'The contacts, with whom to ask for.' },
  },
});

@ObjectType('ClearIdentityDocument', { simpleResolvers: true, description: 'An identity document 证件 with its number in clear.' })
export class ClearDocumentType {
  public constructor(private readonly fact: ClearDocument) {}

  @Field(() => ID, { description: 'Of the same document as an `IdentityDocument`.' })
  public get id(): string {
    return encodeId('fact', this.fact.id);
  }
  @Field(() => DocumentKindEnum)
  public get kind(): DocumentKind {
    return this.fact.kind;
  }
  @Field(() => String, { description: 'In clear.' })
  public get number(): string {
    return this.fact.number;
  }
  @Field(() => String, { nullable: true })
  public get issuingAuthority(): string | null {
    return this.fact.issuingAuthority;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.fact);
  }
}

@ObjectType('ClearContact', { simpleResolvers: true, description: 'A way to reach a customer 联系方式 in clear.' })
export class ClearContactType {
  public constructor(private readonly fact: ClearContact) {}

  @Field(() => ID, { description: 'Of the same contact as a `Contact`.' })
  public get id(): string {
    return encodeId('fact', this.fact.id);
  }
  @Field(() => ContactKindEnum)
  public get kind(): ContactKind {
    return this.fact.kind;
  }
  @Field(() => String, { description: 'In clear.' })
  public get value(): string {
    return this.fact.value;
  }
  @Field(() => String, { nullable: true, description: 'Whom to ask for, in clear.' })
  public get person(): string | null {
    return this.fact.person;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.fact);
  }
}

@ObjectType('PersonalData', {
  simpleResolvers: true,
  description: 'A customer’s personal data in clear 完整个人信息, as of now. What was not asked for is null. Not to be kept by the client.',
})
export class PersonalDataType {
  public constructor(private readonly value: PersonalData) {}

  @Field(() => ID)
  public get customerId(): string {
    return encodeId('customer', this.value.customerId);
  }
  @Field(() => String, { nullable: true })
  public get name(): string | null {
    return this.value.name;
  }
  @Field(() => String, { nullable: true })
  public get nameEn(): string | null {
    return this.value.nameEn;
  }
  @Extensions(cost({ listSize: 3 }))
  @Field(() => [ClearDocumentType], { nullable: true, description: 'At most 100.' })
  public get documents(): ClearDocumentType[] | null {
    return this.value.documents?.map((document) => new ClearDocumentType(document)) ?? null;
  }
  @Extensions(cost({ listSize: 3 }))
  @Field(() => [ClearContactType], { nullable: true, description: 'At most 100.' })
  public get contacts(): ClearContactType[] | null {
    return this.value.contacts?.map((contact) => new ClearContactType(contact)) ?? null;
  }
}

@ObjectType({ simpleResolvers: true, description: 'What was revealed. It is read anew for each answer and kept nowhere.' })
export class RevealPersonalDataPayload {
  @Field(() => PersonalDataType, { nullable: true, description: 'Null when refused.' })
  public personalData?: PersonalDataType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [CustomerUserError])
  public userErrors!: UserErrorOf<string>[];
}
