import type { UseCase } from '../../execute';
import { selectBudgets, writeBudget } from '../../../data/operation/discount/discount-budget';
import { lockDiscount, updateDiscount } from '../../../data/operation/discount/write-discount';
import type { Id } from '../../../kernel/id';
import type { Money } from '../../../kernel/money';
import { ok } from '../../../kernel/result';
import { checkLimit } from './check-limit';
import { refuseDiscount, type DiscountRefusal } from './refusals';

export interface SetDiscountBudgetInput {
  readonly discountId: Id<'discount'>;
  readonly expectedVersion: number;
  /** How much it may give away in all, with what it has given away already. */
  readonly limit: Money;
}

/** Says how much a discount may give away in all 设置优惠预算. Without a budget it has no limit. */
export const setDiscountBudget: UseCase<SetDiscountBudgetInput, { discountId: Id<'discount'> }, DiscountRefusal> = {
  name: 'setDiscountBudget',
  permission: 'catalogue:release',
  constraints: { discount_budget_used: () => refuseDiscount('BUDGET_BELOW_USED', 'limit') },
  async run(unit, { discountId, expectedVersion, limit }) {
    const discount = await lockDiscount(unit, discountId, 'catalogue:release');
    if (discount === undefined) return refuseDiscount('NOT_FOUND', 'discountId');
    if (discount.version !== expectedVersion) return refuseDiscount('STALE_VERSION', 'expectedVersion', { version: discount.version });
    const refused = await checkLimit(unit, limit, 'limit');
    if (refused !== undefined) return refused;
    const [earlier] = await selectBudgets(unit, [discountId]);
    await writeBudget(unit.transaction, { discountId, currency: limit.currency, limitMinor: limit.amountMinor }, unit.now);
    await updateDiscount(unit.transaction, discount, {});
    const { code, organisation_id: organisationId, service_type: serviceType } = discount;
    const subject = { subjectKind: 'discount', subjectId: discountId } as const;
    const budget = { currency: limit.currency, limitMinor: limit.amountMinor.toString() };
    const before = earlier === undefined ? null : { currency: earlier.currency, limitMinor: earlier.limitMinor.toString() };
    const line = serviceType === null ? {} : { serviceType };
    unit.audit({ ...subject, organisationId, ...line, before: { budget: before }, after: { budget } });
    unit.emit({ type: 'DiscountAttributeValueChangeEvent', ...subject, payload: { code, budget } });
    return ok({ discountId });
  },
};
