import { Field, ID, ObjectType } from 'type-graphql';
import type { Account, AccountStatus, RatingType } from '../../../../business/component/account';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { Node } from '../../server/node-id';
import { AccountStatusEnum, RatingTypeEnum } from '../../server/party-enum';

@ObjectType('Account', { implements: Node, simpleResolvers: true, description: 'An account: who pays (TMF666 BillingAccount).' })
export class PartnerAccountType {
  public constructor(public readonly value: Account) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('account', this.value.id);
  }
  @Field(() => String)
  public get accountNo(): string {
    return this.value.accountNo;
  }
  @Field(() => String, { description: 'ISO 4217.' })
  public get currency(): string {
    return this.value.currency;
  }
  @Field(() => RatingTypeEnum)
  public get ratingType(): RatingType {
    return this.value.ratingType;
  }
  @Field(() => AccountStatusEnum)
  public get status(): AccountStatus {
    return this.value.status;
  }
}

export const PartnerAccountConnection = connectionType('Account', () => PartnerAccountType);
