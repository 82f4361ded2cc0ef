import type { Unit } from '../../context';
import type { Money } from '../../../kernel/money';
import type { Refusal } from '../../../kernel/result';
import { operatorParameters } from '../organisation';
import { AMOUNT_MINOR_MAX } from '../product';
import { refuseDiscount, type DiscountRefusal } from './refusals';

/** A limit of money is of the operator's currency, and neither below zero nor larger than any amount of the catalogue. */
export async function checkLimit(
  unit: Unit,
  { amountMinor, currency: given }: Money,
  field: string,
): Promise<{ ok: false; refusals: readonly Refusal<DiscountRefusal>[] } | undefined> {
  const { currency } = await operatorParameters(unit);
  if (given !== currency) return refuseDiscount('CURRENCY_WRONG', field, { currency });
  return amountMinor < 0n || amountMinor > AMOUNT_MINOR_MAX ? refuseDiscount('LIMIT_INVALID', field) : undefined;
}
