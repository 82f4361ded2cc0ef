import { Field, ID, InputType, Int } from 'type-graphql';
import { MoneyInputType } from '../../server/money.input';
import { MutationInput } from '../../server/mutation';
import { NumberPatternInputType } from './number.input';

@InputType('CreateNumberPoolInput')
export class CreateNumberPoolInputType extends MutationInput {
  @Field(() => ID, { description: 'The node that has the pool; it is used there and below.' })
  public organisationId!: string;
  @Field(() => String)
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
  @Field(() => String, { description: 'Code of a service type that is reached by a number.' })
  public serviceType!: string;
}

@InputType()
abstract class NumberPoolChangeInput extends MutationInput {
  @Field(() => ID)
  public numberPoolId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeNumberPoolInput', { description: 'What is not given stays as it is.' })
export class ChangeNumberPoolInputType extends NumberPoolChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  public nameEn?: string | null;
}

@InputType('CloseNumberPoolInput')
export class CloseNumberPoolInputType extends NumberPoolChangeInput {}

@InputType('CreateNumberClassInput')
export class CreateNumberClassInputType extends MutationInput {
  @Field(() => String)
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
  @Field(() => MoneyInputType, { description: 'A month 保底消费; zero for none.' })
  public minimumSpend!: MoneyInputType;
  @Field(() => Int, { description: 'For how many months, 0 to 120; 0 exactly when there is no minimum spend.' })
  public minimumSpendMonths!: number;
  @Field(() => MoneyInputType, { description: 'Paid before the number is had 押金, in the same currency; zero for none.' })
  public deposit!: MoneyInputType;
  @Field(() => String, { nullable: true, description: 'Charge code of the kind DEPOSIT, under which it is held.' })
  public depositChargeCode?: string | null;
}

@InputType('ChangeNumberClassInput', { description: 'What is not given stays as it is.' })
export class ChangeNumberClassInputType extends MutationInput {
  @Field(() => ID)
  public numberClassId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  public nameEn?: string | null;
  @Field(() => MoneyInputType, { nullable: true })
  public minimumSpend?: MoneyInputType | null;
  @Field(() => Int, { nullable: true })
  public minimumSpendMonths?: number | null;
  @Field(() => MoneyInputType, { nullable: true })
  public deposit?: MoneyInputType | null;
  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  public depositChargeCode?: string | null;
}

@InputType('NumberClassRuleInput', { description: 'Numbers that look like the pattern are of the class.' })
export class NumberClassRuleInputType {
  @Field(() => String, { description: 'Code of a class.' })
  public classCode!: string;
  @Field(() => NumberPatternInputType)
  public pattern!: NumberPatternInputType;
}

@InputType()
abstract class StockInput extends MutationInput {
  @Field(() => ID)
  public numberPoolId!: string;
  @Field(() => [NumberClassRuleInputType], {
    nullable: true,
    description: 'Sort the numbers into classes, at most 20: of several rules that fit, the first.',
  })
  public classes?: NumberClassRuleInputType[] | null;
}

@InputType('AddNumberRangeInput')
export class AddNumberRangeInputType extends StockInput {
  @Field(() => String, { description: 'The first number: digits, as "13900000000".' })
  public first!: string;
  @Field(() => String, { description: 'The last number, of as many digits; at most 100,000 numbers in all.' })
  public last!: string;
}

@InputType('AddNumbersInput')
export class AddNumbersInputType extends StockInput {
  @Field(() => [String], { description: 'At most 1,000 numbers.' })
  public numbers!: string[];
}

@InputType()
abstract class NumbersInput extends MutationInput {
  @Field(() => [String], { description: 'At most 1,000 numbers of pools that the caller manages.' })
  public numbers!: string[];
}

@InputType('HoldNumbersInput')
export class HoldNumbersInputType extends NumbersInput {}

@InputType('UnholdNumbersInput')
export class UnholdNumbersInputType extends NumbersInput {}

@InputType('ScrapNumbersInput')
export class ScrapNumbersInputType extends NumbersInput {}

@InputType('TakeBackNumbersInput')
export class TakeBackNumbersInputType extends NumbersInput {}

@InputType('ClassifyNumbersInput')
export class ClassifyNumbersInputType extends NumbersInput {
  @Field(() => String, { nullable: true, description: 'Code of a class. Null takes them out of any; it must be said.' })
  public classCode?: string | null;
}

@InputType('ReserveNumberInput', { description: 'Either `number`, or `numberPoolId` for any of a pool.' })
export class ReserveNumberInputType extends MutationInput {
  @Field(() => String, { nullable: true, description: 'This very number.' })
  public number?: string | null;
  @Field(() => ID, { nullable: true, description: 'Any free number of this pool.' })
  public numberPoolId?: string | null;
  @Field(() => NumberPatternInputType, { nullable: true, description: 'Any that looks like this.' })
  public pattern?: NumberPatternInputType | null;
  @Field(() => String, { nullable: true, description: 'Any of this class, by its code.' })
  public classCode?: string | null;
  @Field(() => Int, { nullable: true, description: 'For how long, 1 to 1,440; the operator’s parameter when not given.' })
  public minutes?: number | null;
}

@InputType('ReleaseNumberInput')
export class ReleaseNumberInputType extends MutationInput {
  @Field(() => String)
  public number!: string;
}
