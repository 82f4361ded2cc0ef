import { Field, ID, ObjectType } from 'type-graphql';
import type {
  Customer,
  CustomerDocument,
  CustomerGrade,
  CustomerKind,
  CustomerStatus,
  DocumentKind,
} from '../../../../business/component/customer';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { Node } from '../../server/node-id';
import { CustomerGradeEnum, CustomerKindEnum, CustomerStatusEnum, DocumentKindEnum } from '../../server/party-enum';

@ObjectType('IdentityDocument', { simpleResolvers: true, description: 'An identity document. Its number is masked.' })
export class PartnerDocumentType {
  public constructor(private readonly value: CustomerDocument) {}

  @Field(() => DocumentKindEnum)
  public get kind(): DocumentKind {
    return this.value.kind;
  }
  @Field(() => String)
  public get number(): string {
    return this.value.number;
  }
}

@ObjectType('Customer', { implements: Node, simpleResolvers: true, description: 'A customer of the partner. Names of persons are masked.' })
export class PartnerCustomerType {
  public constructor(public readonly value: Customer) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('customer', this.value.id);
  }
  @Field(() => String)
  public get customerNo(): string {
    return this.value.customerNo;
  }
  @Field(() => CustomerKindEnum)
  public get kind(): CustomerKind {
    return this.value.kind;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => CustomerGradeEnum)
  public get grade(): CustomerGrade {
    return this.value.grade;
  }
  @Field(() => CustomerStatusEnum)
  public get status(): CustomerStatus {
    return this.value.status;
  }
}

export const PartnerCustomerConnection = connectionType('Customer', () => PartnerCustomerType);
