import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  ACCOUNT_REFUSALS,
  type Account, type AccountParent, type AccountStatus, type BillingDay, type Payer, type PaymentMethod, type RatingType,
} from '../../../../business/component/account'; // prettier-ignore
import type { CounterAccount } from '../../../../business/view/counter';
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import { connectionType } from '../../server/connection';
import { Validity } from '../../server/fact-time';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { AccountStatusEnum, PayerEnum, PaymentMethodEnum, RatingTypeEnum } from '../../server/party-enum';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';

@ObjectType('BillingDay', {
  simpleResolvers: true,
  description: 'The day of the month on which a period begins 账期日; in shorter months, their last.',
})
export class BillingDayType {
  public constructor(private readonly value: BillingDay) {}

  @Field(() => Int)
  public get day(): number {
    return this.value.day;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('AccountParent', { simpleResolvers: true, description: '`account` stands below `parent`.' })
export class AccountParentType {
  public constructor(public readonly value: AccountParent) {}

  @Field(() => PayerEnum)
  public get payer(): Payer {
    return this.value.payer;
  }
  @Field(() => Boolean, { description: "Whether the parent's bill shows this account's charges 合并账单." })
  public get consolidatedBill(): boolean {
    return this.value.consolidatedBill;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('Account', { implements: Node, simpleResolvers: true, description: 'An account 账户: who pays (TMF666 BillingAccount).' })
export class AccountType {
  /** `ahead` holds what the counter view has already read. */
  public constructor(
    public readonly value: Account,
    public readonly ahead: Pick<CounterAccount, 'relations'> | undefined = undefined,
  ) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('account', this.value.id);
  }
  @Field(() => String, { description: 'The number that people use 账户编号.' })
  public get accountNo(): string {
    return this.value.accountNo;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String, { description: 'ISO 4217. Fixed once the account has been charged.' })
  public get currency(): string {
    return this.value.currency;
  }
  @Field(() => RatingTypeEnum)
  public get ratingType(): RatingType {
    return this.value.ratingType;
  }
  @Field(() => PaymentMethodEnum)
  public get paymentMethod(): PaymentMethod {
    return this.value.paymentMethod;
  }
  @Field(() => AccountStatusEnum)
  public get status(): AccountStatus {
    return this.value.status;
  }
  @Field(() => DateTimeScalar, { nullable: true })
  public get firstChargedAt(): Instant | null {
    return this.value.firstChargedAt;
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

export const AccountConnection = connectionType('Account', () => AccountType);
export const AccountParentConnection = connectionType('AccountParent', () => AccountParentType);
export const AccountUserError = userErrorType('Account', ACCOUNT_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The account as it is now.' })
export class AccountPayload {
  @Field(() => AccountType, { nullable: true, description: 'Null when refused.' })
  public account?: AccountType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [AccountUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'Both accounts as they are now.' })
export class SplitAccountPayload extends AccountPayload {
  @Field(() => AccountType, { nullable: true, description: 'The account that was split off; null when refused.' })
  public newAccount?: AccountType | null;
}

@ObjectType({ simpleResolvers: true, description: 'Both accounts as they are now.' })
export class MergeAccountsPayload {
  @Field(() => AccountType, { nullable: true, description: 'The one that stays; null when refused.' })
  public survivor?: AccountType | null;

  @Field(() => AccountType, { nullable: true, description: 'The one that is now part of the survivor; null when refused.' })
  public merged?: AccountType | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many subscribers the survivor pays for that the merged one paid for, in scope or not.',
  })
  public subscribersMoved?: number | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [AccountUserError])
  public userErrors!: UserErrorOf<string>[];
}
