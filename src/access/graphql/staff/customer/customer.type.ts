import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  CUSTOMER_REFUSALS,
  type ContactKind, type Customer, type CustomerContact, type CustomerDocument, type CustomerGrade, type CustomerKind,
  type CustomerManager, type CustomerRelation, type CustomerStatus, type DocumentKind, type RelationKind,
} from '../../../../business/component/customer'; // prettier-ignore
import type { CounterCustomer } from '../../../../business/view/counter';
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import { connectionType } from '../../server/connection';
import { Validity } from '../../server/fact-time';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import {
  ContactKindEnum,
  CustomerGradeEnum,
  CustomerKindEnum,
  CustomerStatusEnum,
  DocumentKindEnum,
  RelationKindEnum,
} from '../../server/party-enum';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';

@ObjectType('IdentityDocument', { simpleResolvers: true, description: 'An identity document 证件. Its number is masked.' })
export class DocumentType {
  public constructor(private readonly value: CustomerDocument) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('fact', this.value.id);
  }
  @Field(() => DocumentKindEnum)
  public get kind(): DocumentKind {
    return this.value.kind;
  }
  @Field(() => String, { description: 'Masked; `revealPersonalData` shows it in clear to whoever may see it.' })
  public get number(): string {
    return this.value.number;
  }
  @Field(() => String, { nullable: true })
  public get issuingAuthority(): string | null {
    return this.value.issuingAuthority;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('Contact', { simpleResolvers: true, description: 'A way to reach a customer 联系方式. Its value and person are masked.' })
export class ContactType {
  public constructor(private readonly value_: CustomerContact) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('fact', this.value_.id);
  }
  @Field(() => ContactKindEnum)
  public get kind(): ContactKind {
    return this.value_.kind;
  }
  @Field(() => String)
  public get value(): string {
    return this.value_.value;
  }
  @Field(() => String, { nullable: true })
  public get person(): string | null {
    return this.value_.person;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value_);
  }
}

@ObjectType('CustomerRelation', {
  simpleResolvers: true,
  description: '`customer` has `relatedCustomer` as its parent, family, employer, agent or guarantor.',
})
export class CustomerRelationType {
  public constructor(public readonly value: CustomerRelation) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('fact', this.value.id);
  }
  @Field(() => RelationKindEnum)
  public get kind(): RelationKind {
    return this.value.kind;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('CustomerManager', { simpleResolvers: true, description: 'Who looks after a customer 客户经理.' })
export class CustomerManagerType {
  public constructor(public readonly value: CustomerManager) {}

  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('Customer', {
  implements: Node,
  simpleResolvers: true,
  description: 'A customer 客户: who they are (TMF629). Names of persons, document numbers and contacts are masked.',
})
export class CustomerType {
  /** `ahead` holds what the counter view has already read. */
  public constructor(
    public readonly value: Customer,
    public readonly ahead: CounterCustomer | undefined = undefined,
  ) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('customer', this.value.id);
  }
  @Field(() => String, { description: 'The number that people use 客户编号.' })
  public get customerNo(): string {
    return this.value.customerNo;
  }
  @Field(() => CustomerKindEnum)
  public get kind(): CustomerKind {
    return this.value.kind;
  }
  @Field(() => String, { description: 'Masked for individuals and households.' })
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String, { nullable: true })
  public get nameEn(): string | null {
    return this.value.nameEn;
  }
  @Field(() => CustomerGradeEnum)
  public get grade(): CustomerGrade {
    return this.value.grade;
  }
  @Field(() => CustomerStatusEnum)
  public get status(): CustomerStatus {
    return this.value.status;
  }
  @Field(() => JsonObjectScalar)
  public get attributes(): Readonly<Record<string, Json>> {
    return this.value.attributes;
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

export const CustomerConnection = connectionType('Customer', () => CustomerType);
export const CustomerUserError = userErrorType('Customer', CUSTOMER_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The customer as it is now.' })
export class CustomerPayload {
  @Field(() => CustomerType, { nullable: true, description: 'Null when refused.' })
  public customer?: CustomerType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [CustomerUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The customer as it is now, and its new document.' })
export class AddCustomerDocumentPayload extends CustomerPayload {
  @Field(() => ID, { nullable: true, description: 'Of the new `IdentityDocument`; null when refused.' })
  public documentId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The customer as it is now, and its new contact.' })
export class AddCustomerContactPayload extends CustomerPayload {
  @Field(() => ID, { nullable: true, description: 'Of the new `Contact`; null when refused.' })
  public contactId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The customer as it is now, and its new relation.' })
export class RelateCustomersPayload extends CustomerPayload {
  @Field(() => ID, { nullable: true, description: 'Of the new `CustomerRelation`; null when refused.' })
  public relationId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Both customers as they are now.' })
export class MergeCustomersPayload {
  @Field(() => CustomerType, { nullable: true, description: 'The one that stays; null when refused.' })
  public survivor?: CustomerType | null;

  @Field(() => CustomerType, { nullable: true, description: 'The one that is now part of the survivor; null when refused.' })
  public merged?: CustomerType | null;

  @Field(() => Int, { nullable: true, description: 'How many accounts passed to the survivor, in scope or not.' })
  public accountsMoved?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many subscribers passed to the survivor in some role, in scope or not.' })
  public subscribersMoved?: number | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [CustomerUserError])
  public userErrors!: UserErrorOf<string>[];
}
