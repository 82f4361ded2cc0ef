import type { ReadContext } from '../../context';
import { takeFromBudget } from '../../../data/operation/discount/discount-budget';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';

/**
 * Takes an amount from a discount's budget, within the unit that grants it, so that what is rolled back is not consumed. The row is
 * locked until the unit ends: take from it as late as can be.
 * @returns whether there was enough left; always true for a discount without a budget
 */
export function consumeBudget(unit: Pick<ReadContext, 'sql'>, discountId: Id<'discount'>, amountMinor: bigint): Promise<boolean> {
  invariant(amountMinor >= 0n, 'nothing is put back by taking');
  return takeFromBudget(unit, discountId, amountMinor);
}
