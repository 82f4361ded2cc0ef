import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  LEDGER_ACCOUNT_KINDS, LEDGER_ACCOUNT_STATUSES, LEDGER_CAUSES, LEDGER_ENTRY_KINDS, LEDGER_REFUSALS,
  type LedgerAccount, type LedgerAccountKind, type LedgerAccountStatus, type LedgerBalance, type LedgerCauseKind, type LedgerEntry,
  type LedgerEntryKind, type LedgerLine,
} from '../../../../business/component/ledger'; // prettier-ignore
import type { LocalDate } from '../../../../kernel/calendar';
import { instantToText, type Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import type { CurrencyCode } from '../../../../kernel/money';
import { connectionType } from '../../server/connection';
import { DateScalar } from '../../server/date-scalar';
import { enumOf } from '../../server/enum';
import { cost } from '../../server/guard/cost-hint';
import { MoneyType } from '../../server/money.type';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { DateTimeScalar } from '../../server/scalar';

export const LedgerAccountKindEnum = enumOf('LedgerAccountKind', LEDGER_ACCOUNT_KINDS, {
  description: '科目类别',
  meanings: {
    ASSET: { zh: '资产', en: 'An asset.' },
    LIABILITY: { zh: '负债', en: 'A liability.' },
    EQUITY: { zh: '所有者权益', en: 'Equity.' },
    REVENUE: { zh: '收入', en: 'Revenue.' },
    EXPENSE: { zh: '费用', en: 'An expense.' },
  },
});
export const LedgerAccountStatusEnum = enumOf('LedgerAccountStatus', LEDGER_ACCOUNT_STATUSES, {
  description: '科目状态',
  meanings: {
    ACTIVE: { zh: '启用', en: 'In use.' },
    RETIRED: { zh: '停用', en: 'Not to be chosen any more.' },
  },
});
const LedgerEntryKindEnum = enumOf('LedgerEntryKind', LEDGER_ENTRY_KINDS, {
  description: '凭证类型',
  meanings: {
    FEE_DUE: { zh: '应收费用', en: 'Fees fall due.' },
    PAYMENT_RECEIVED: { zh: '收款', en: 'A payment is received.' },
    DEPOSIT_RECEIVED: { zh: '收取押金', en: 'A deposit is received.' },
    DEPOSIT_RETURNED: { zh: '退还押金', en: 'A deposit is given back, to the account’s credit.' },
    REFUND: { zh: '退款', en: 'Money is given back.' },
    REVERSAL: { zh: '冲正', en: 'Another entry is taken back by its mirror.' },
  },
});
const LedgerCauseKindEnum = enumOf('LedgerCauseKind', LEDGER_CAUSES, {
  description: '记账来源',
  meanings: {
    ORDER: { zh: '业务受理单', en: 'An order.' },
    ORDER_PAYMENT: { zh: '受理单收费', en: 'A payment for an order.' },
  },
});

@ObjectType('LedgerAccount', { simpleResolvers: true, description: 'A ledger account 会计科目: a heading of the operator’s books.' })
export class LedgerAccountType {
  public constructor(public readonly value: LedgerAccount) {}

  @Field(() => String, { description: '4 to 12 digits 科目编码, after the accounting standards of the PRC; it never changes.' })
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String, { nullable: true })
  public get nameEn(): string | null {
    return this.value.nameEn;
  }
  @Field(() => LedgerAccountKindEnum)
  public get kind(): LedgerAccountKind {
    return this.value.kind;
  }
  @Field(() => Boolean, { description: 'Kept for each account apart 辅助核算: each has a balance there.' })
  public get byAccount(): boolean {
    return this.value.byAccount;
  }
  @Field(() => LedgerAccountStatusEnum)
  public get status(): LedgerAccountStatus {
    return this.value.status;
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

@ObjectType('LedgerLine', { simpleResolvers: true, description: 'One line of an entry 分录行: exactly one of debit and credit.' })
export class LedgerLineType {
  public constructor(
    public readonly value: LedgerLine,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => String, { nullable: true, description: 'Under which it was charged 费用代码.' })
  public get chargeCode(): string | null {
    return this.value.chargeCode;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Debit 借.' })
  public get debit(): MoneyType | null {
    return this.value.amountMinor > 0n ? new MoneyType({ amountMinor: this.value.amountMinor, currency: this.currency }) : null;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Credit 贷.' })
  public get credit(): MoneyType | null {
    return this.value.amountMinor < 0n ? new MoneyType({ amountMinor: -this.value.amountMinor, currency: this.currency }) : null;
  }
}

@ObjectType('LedgerEntry', {
  simpleResolvers: true,
  description: 'An entry of the ledger 记账凭证. Its debits equal its credits; it is never changed, only taken back by its mirror.',
})
export class LedgerEntryType {
  public constructor(public readonly value: LedgerEntry) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('ledgerEntry', this.value.id);
  }
  @Field(() => DateTimeScalar)
  public get at(): Instant {
    return this.value.at;
  }
  @Field(() => DateScalar, { description: 'The operator’s date then 记账日期.' })
  public get accountingDate(): LocalDate {
    return this.value.accountingDate;
  }
  @Field(() => LedgerEntryKindEnum)
  public get kind(): LedgerEntryKind {
    return this.value.kind;
  }
  @Field(() => LedgerCauseKindEnum, { description: 'What caused it 记账来源.' })
  public get causeKind(): LedgerCauseKind {
    return this.value.cause.kind;
  }
  @Field(() => String, { description: 'ISO 4217, of all lines.' })
  public get currency(): string {
    return this.value.currency;
  }
  @Field(() => ID, { nullable: true, description: 'The entry of the same account that this one takes back 被冲正凭证.' })
  public get reversesId(): string | null {
    const { reversesId } = this.value;
    return reversesId === null ? null : encodeId('ledgerEntry', reversesId);
  }
  @Field(() => ID, { nullable: true, description: 'The entry of the same account that took this one back 冲正凭证.' })
  public get reversedById(): string | null {
    const { reversedById } = this.value;
    return reversedById === null ? null : encodeId('ledgerEntry', reversedById);
  }
  @Extensions(cost({ listSize: 4 }))
  @Field(() => [LedgerLineType], { description: 'In their order, 2 to 200.' })
  public get lines(): LedgerLineType[] {
    return this.value.lines.map((line) => new LedgerLineType(line, this.value.currency));
  }
}

/** The place of an entry among those of its account. */
export function cursorOfEntry({ value }: LedgerEntryType): readonly [string, string] {
  return [instantToText(value.at), value.id];
}

@ObjectType('LedgerBalance', { simpleResolvers: true, description: 'What stands on a ledger account for an account 科目余额.' })
export class LedgerBalanceType {
  public constructor(public readonly value: LedgerBalance) {}

  @Field(() => MoneyType, {
    description:
      'Debit positive, credit negative: on 1122 what the customer owes is positive, on 2203 and 2241 what he has paid is negative.',
  })
  public get balance(): MoneyType {
    return new MoneyType(this.value);
  }
}

export const LedgerAccountConnection = connectionType('LedgerAccount', () => LedgerAccountType);
export const LedgerEntryConnection = connectionType('LedgerEntry', () => LedgerEntryType);
export const LedgerUserError = userErrorType('Ledger', LEDGER_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The ledger account as it is now.' })
export class LedgerAccountPayload {
  @Field(() => LedgerAccountType, { nullable: true, description: 'Null when refused, or without ledger:read.' })
  public ledgerAccount?: LedgerAccountType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [LedgerUserError])
  public userErrors!: UserErrorOf<string>[];
}
