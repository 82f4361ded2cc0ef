import type { UseCase } from '../../execute';
import { lockTaxCategory, touchTaxCategory, writeRate } from '../../../data/operation/tax/write-tax-category';
import type { Instant } from '../../../kernel/clock';
import { periodOf } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import { EVERY_LINE, operatorNode } from '../organisation';
import { checkRate } from './model/checks';
import { refuseTax, type TaxRefusal } from './model/refusals';

export interface SetTaxRateInput {
  readonly code: string;
  readonly expectedVersion: number;
  readonly basisPoints: number;
  /** Now, when not given. A rate may be announced after it came into force, so it may lie in the past. */
  readonly from?: Instant | null;
  /** No end, when not given: rates that were planned for later are replaced as well. */
  readonly to?: Instant | null;
}

/**
 * Sets the rate of a tax category 税率 from an instant on, or for a time. What has been billed keeps the rate that stands on it
 * (domain.md §5.7), also where the rate is dated back.
 */
export const setTaxRate: UseCase<SetTaxRateInput, { code: string }, TaxRefusal> = {
  name: 'setTaxRate',
  permission: 'tax:write',
  async run(unit, { code, expectedVersion, basisPoints, from, to }) {
    const root = await operatorNode(unit, 'tax:write', refuseTax, { field: 'code', line: EVERY_LINE });
    if (!root.ok) return root;
    const category = await lockTaxCategory(unit.transaction, code);
    if (category === undefined) return refuseTax('NOT_FOUND', 'code');
    if (category.version !== expectedVersion) return refuseTax('STALE_VERSION', 'expectedVersion', { version: category.version });
    const refused = checkRate(basisPoints, 'basisPoints');
    if (refused !== undefined) return refused;
    const valid = periodOf(from, to, unit.now);
    if (valid === undefined) return refuseTax('INVALID_PERIOD', to == null ? 'from' : 'to');
    const before = await writeRate(unit.transaction, code, basisPoints, valid, unit.now);
    await touchTaxCategory(unit.transaction, category);
    const after = { code, basisPoints, from: valid.from.toString(), to: valid.to?.toString() ?? null };
    const subject = { subjectKind: 'taxCategory', subjectId: category.category_id } as const;
    unit.audit({ ...subject, organisationId: root.value, before: { basisPoints: before }, after });
    unit.emit({ type: 'TaxCategoryAttributeValueChangeEvent', ...subject, payload: after });
    return ok({ code });
  },
};
