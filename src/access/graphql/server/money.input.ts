import { Field, InputType } from 'type-graphql';
import { Failure } from '../../../kernel/failure';
import { currencyOf, isAmountTooLarge, parseAmount, type Money } from '../../../kernel/money';
import { RefusedInput } from './refused-input';
import { DecimalScalar } from './scalar';

@InputType('MoneyInput', { description: 'An exact amount 金额. It may not be finer than the currency: no thousandths of a yuan.' })
export class MoneyInputType {
  @Field(() => DecimalScalar, { description: 'In units of the currency, as "12.30".' })
  public amount!: string;
  @Field(() => String, { description: 'ISO 4217.' })
  public currency!: string;
}

/**
 * Reads an amount from outside.
 * @throws RefusedInput AMOUNT_TOO_LARGE
 * @throws Failure BAD_USER_INPUT when there is no such currency, or the amount is malformed or too fine for it
 */
export function readMoney({ amount, currency: code }: MoneyInputType, field: string): Money {
  const currency = currencyOf(code);
  if (currency === undefined)
    throw new Failure('BAD_USER_INPUT', `${field}.currency is no ISO 4217 code that may be used.`, { field: `${field}.currency` });
  const money = parseAmount(amount, currency);
  if (money !== undefined) return money;
  if (isAmountTooLarge(amount, currency)) throw new RefusedInput('AMOUNT_TOO_LARGE', `${field}.amount`);
  throw new Failure('BAD_USER_INPUT', `${field}.amount is not an amount of ${currency}.`, { field: `${field}.amount` });
}

/** As {@link readMoney}, for an amount that may be absent (it then stays) or null. */
export function readOptionalMoney(money: MoneyInputType | null | undefined, field: string): Money | null | undefined {
  return money === null || money === undefined ? money : readMoney(money, field);
}
