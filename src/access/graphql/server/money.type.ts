import { Field, ObjectType } from 'type-graphql';
import { formatAmount, type Money } from '../../../kernel/money';
import { DecimalScalar } from './scalar';

@ObjectType('Money', { simpleResolvers: true, description: 'An exact amount. Inside Sanhu it is a whole number of the smallest unit.' })
export class MoneyType {
  public constructor(private readonly value: Money) {}

  @Field(() => DecimalScalar, { description: 'In units of the currency, as "12.30".' })
  public get amount(): string {
    return formatAmount(this.value);
  }
  @Field(() => String, { description: 'ISO 4217.' })
  public get currency(): string {
    return this.value.currency;
  }
}
