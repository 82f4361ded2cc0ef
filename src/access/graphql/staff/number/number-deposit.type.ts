import { Field, Int, ObjectType } from 'type-graphql';
import type { NumberDeposit } from '../../../../business/component/number';
import type { Instant } from '../../../../kernel/clock';
import { DateTimeScalar } from '../../server/scalar';
import { MoneyType } from '../../server/money.type';

@ObjectType('NumberDeposit', {
  simpleResolvers: true,
  description: 'A deposit for a number of a class 靓号押金. It goes back to the account that paid it when the number is given up.',
})
export class NumberDepositType {
  public constructor(public readonly value: NumberDeposit) {}

  @Field(() => String)
  public get number(): string {
    return this.value.number;
  }
  @Field(() => String, { description: 'Code of the class that the number was of.' })
  public get classCode(): string {
    return this.value.classCode;
  }
  @Field(() => MoneyType, { description: 'As the class said when it was quoted.' })
  public get amount(): MoneyType {
    return new MoneyType({ amountMinor: this.value.amountMinor, currency: this.value.currency });
  }
  @Field(() => DateTimeScalar, { description: 'Since the subscriber has had the number.' })
  public get heldSince(): Instant {
    return this.value.heldSince;
  }
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was given back; null while it is held.' })
  public get returnedAt(): Instant | null {
    return this.value.returnedAt;
  }
  @Field(() => Int, { description: 'The item of the order by which the subscriber got the number.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
}
