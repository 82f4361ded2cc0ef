import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import { CHARGE_KINDS, CHARGE_KIND_WORDS, type ChargeCode, type ChargeKind } from '../../../../business/component/service';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { enumOf, inWords } from '../../server/enum';
import { Validity } from '../../server/fact-time';
import { FEW_ERRORS, type UserErrorOf } from '../../server/mutation';
import { ServiceUserError } from './service-user-error';

export const ChargeKindEnum = enumOf('ChargeKind', CHARGE_KINDS, {
  description: 'What a charge is 费用类型. A discount lessens a charge under the charge’s own code, so it has no kind.',
  meanings: inWords(CHARGE_KIND_WORDS, {
    RECURRING: 'Every period.',
    ONE_TIME: 'Once.',
    USAGE: 'For what was used.',
    DEPOSIT: 'A deposit: a liability, never revenue.',
    PENALTY: 'For leaving a contract early.',
    LATE_FEE: 'For paying late.',
    ADJUSTMENT: 'What was corrected by hand.',
  }),
});

type DatedTerms = NonNullable<ChargeCode['terms']>;

@ObjectType('ChargeCodeTerms', {
  simpleResolvers: true,
  description:
    'What holds of a charge code over a time 账目项属性: its accounts in the general ledger, tax, write-off and place on the bill.',
})
export class ChargeCodeTermsType {
  public constructor(public readonly value: DatedTerms) {}

  @Field(() => String, { description: 'General-ledger account 收入科目 that it is earned on; of a deposit, the liability.' })
  public get revenueAccount(): string {
    return this.value.revenueAccount;
  }
  @Field(() => String, {
    nullable: true,
    description: 'Account 递延科目 where a charge in advance waits until it is earned; null: it is earned at once.',
  })
  public get deferredAccount(): string | null {
    return this.value.deferredAccount;
  }
  @Field(() => String, { nullable: true, description: 'Account 优惠科目 where discounts on it go; null: it cannot be discounted.' })
  public get discountAccount(): string | null {
    return this.value.discountAccount;
  }
  @Field(() => Int, { description: '0 to 999 销账优先级: the lower, the earlier a payment is written off against it.' })
  public get writeOffPriority(): number {
    return this.value.writeOffPriority;
  }
  @Field(() => String, { description: 'Under what it is summed up on the bill 账目组; payment relations name it as their charge group.' })
  public get billGroup(): string {
    return this.value.billGroup;
  }
  @Field(() => Boolean, { description: 'Whether discounts act on it 可优惠.' })
  public get discountable(): boolean {
    return this.value.discountable;
  }
  @Field(() => Boolean, { description: 'Whether it is invoiced 可开票.' })
  public get invoiceable(): boolean {
    return this.value.invoiceable;
  }
  @Field(() => Boolean, { description: 'Whether a late fee accrues on it when it is overdue 计滞纳金.' })
  public get bearsLateFee(): boolean {
    return this.value.bearsLateFee;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('ChargeCode', {
  simpleResolvers: true,
  description: 'A charge code 账目项: under what a charge stands on the bill, and what follows from it for the books.',
})
export class ChargeCodeType {
  public constructor(public readonly value: ChargeCode) {}

  @Field(() => ID, { description: 'By which the audit trail names it; everything else names it by its code.' })
  public get id(): string {
    return encodeId('chargeCode', this.value.id);
  }
  @Field(() => String, { description: 'Short and unique; it never changes.' })
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String)
  public get nameEn(): string {
    return this.value.nameEn;
  }
  @Field(() => ChargeKindEnum)
  public get kind(): ChargeKind {
    return this.value.kind;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => ChargeCodeTermsType, { nullable: true, description: 'What held at the instant asked for; null before its first terms.' })
  public get terms(): ChargeCodeTermsType | null {
    return this.value.terms === null ? null : new ChargeCodeTermsType(this.value.terms);
  }
}

export const ChargeCodeConnection = connectionType('ChargeCode', () => ChargeCodeType);

@ObjectType({ simpleResolvers: true, description: 'The charge code as it is now.' })
export class ChargeCodePayload {
  @Field(() => ChargeCodeType, { nullable: true, description: 'Null when refused.' })
  public chargeCode?: ChargeCodeType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [ServiceUserError])
  public userErrors!: UserErrorOf<string>[];
}
