import { Field, Int, ObjectType } from 'type-graphql';
import type { NumberCommitment } from '../../../../business/component/number';
import { localDateOf, type LocalDate } from '../../../../kernel/calendar';
import { DateScalar } from '../../server/date-scalar';
import { MoneyType } from '../../server/money.type';

@ObjectType('NumberCommitment', {
  simpleResolvers: true,
  description: 'What was undertaken to be spent for a number of a class 靓号保底承诺. It is in force while the subscriber has the number.',
})
export class NumberCommitmentType {
  public constructor(public readonly value: NumberCommitment) {}

  @Field(() => String)
  public get number(): string {
    return this.value.number;
  }
  @Field(() => String, { description: 'Code of the class that the number was of.' })
  public get classCode(): string {
    return this.value.classCode;
  }
  @Field(() => MoneyType, { description: 'Spent each month at least, as the class said when it was quoted.' })
  public get minimumSpend(): MoneyType {
    return new MoneyType({ amountMinor: this.value.minimumSpendMinor, currency: this.value.currency });
  }
  @Field(() => DateScalar, { description: 'The first day.' })
  public get from(): LocalDate | undefined {
    return localDateOf(this.value.from);
  }
  @Field(() => DateScalar, { description: 'The day after the last.' })
  public get until(): LocalDate | undefined {
    return localDateOf(this.value.until);
  }
  @Field(() => Int, { description: 'The item of the order by which it was undertaken.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
}
