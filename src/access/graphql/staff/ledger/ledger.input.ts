import { ArgsType, Field, InputType, Int } from 'type-graphql';
import type { LedgerAccountKind, LedgerAccountStatus } from '../../../../business/component/ledger';
import type { LocalDate } from '../../../../kernel/calendar';
import { DateScalar } from '../../server/date-scalar';
import { MutationInput } from '../../server/mutation';
import { LedgerAccountKindEnum, LedgerAccountStatusEnum } from './ledger.type';

@InputType('LedgerAccountFilter', { description: 'Every part given must hold.' })
export class LedgerAccountFilterType {
  @Field(() => LedgerAccountKindEnum, { nullable: true })
  public kind?: LedgerAccountKind | null;
  @Field(() => LedgerAccountStatusEnum, { nullable: true })
  public status?: LedgerAccountStatus | null;
  @Field(() => String, { nullable: true, description: 'A heading with what is below it: 6001 finds 600101.' })
  public codePrefix?: string | null;
}

/** Between which accounting dates. */
@ArgsType()
export class AccountingDatesArgs {
  @Field(() => DateScalar, { nullable: true, description: 'The first accounting date.' })
  public from?: LocalDate | null;
  @Field(() => DateScalar, { nullable: true, description: 'The last accounting date, itself included.' })
  public to?: LocalDate | null;
}

@InputType('RegisterLedgerAccountInput')
export class RegisterLedgerAccountInputType extends MutationInput {
  @Field(() => String, { description: '4 to 12 digits; it never changes.' })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
  @Field(() => LedgerAccountKindEnum)
  public kind!: LedgerAccountKind;
  @Field(() => Boolean, { description: 'Whether it is kept for each account apart 辅助核算; it never changes. At most 100 are.' })
  public byAccount!: boolean;
}

@InputType()
abstract class LedgerAccountChangeInput extends MutationInput {
  @Field(() => String, { description: 'Which ledger account.' })
  public code!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeLedgerAccountInput', { description: 'What is not given stays as it is.' })
export class ChangeLedgerAccountInputType extends LedgerAccountChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  public nameEn?: string | null;
}

@InputType('RetireLedgerAccountInput')
export class RetireLedgerAccountInputType extends LedgerAccountChangeInput {}
