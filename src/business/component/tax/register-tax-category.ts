import type { UseCase } from '../../execute';
import { TAX_CATEGORIES_MAX } from '../../../data/operation/tax/select-tax-categories';
import { countTaxCategories, insertTaxCategory, writeRate } from '../../../data/operation/tax/write-tax-category';
import type { Instant } from '../../../kernel/clock';
import { periodOf } from '../../../kernel/period';
import { ok, refusedBy } from '../../../kernel/result';
import { EVERY_LINE, operatorNode } from '../organisation';
import { checkCategory, checkRate } from './model/checks';
import { refuseTax, type TaxRefusal } from './model/refusals';

export interface RegisterTaxCategoryInput {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** Its first rate: 900 is 9 %. */
  readonly basisPoints: number;
  /** From when the rate holds. Now, when not given. */
  readonly from?: Instant | null;
}

/** Registers a tax category 税目 with its first rate. */
export const registerTaxCategory: UseCase<RegisterTaxCategoryInput, { code: string }, TaxRefusal> = {
  name: 'registerTaxCategory',
  permission: 'tax:write',
  constraints: { tax_category_pkey: () => refuseTax('CODE_TAKEN', 'code') },
  async run(unit, { basisPoints, from, ...category }) {
    const root = await operatorNode(unit, 'tax:write', refuseTax, { field: 'code', line: EVERY_LINE });
    if (!root.ok) return root;
    const refused = refusedBy(checkCategory(category), checkRate(basisPoints, 'basisPoints'));
    if (refused !== undefined) return refused;
    const valid = periodOf(from, null, unit.now);
    if (valid === undefined) return refuseTax('INVALID_PERIOD', 'from');
    const total = await countTaxCategories(unit.transaction);
    if (total >= TAX_CATEGORIES_MAX) return refuseTax('TOO_MANY', 'code', { max: TAX_CATEGORIES_MAX });
    const id = await insertTaxCategory(unit.transaction, category, unit.now);
    await writeRate(unit.transaction, category.code, basisPoints, valid, unit.now);
    const after = { ...category, basisPoints, from: valid.from.toString() };
    unit.audit({ subjectKind: 'taxCategory', subjectId: id, organisationId: root.value, before: null, after });
    unit.emit({ type: 'TaxCategoryCreateEvent', subjectKind: 'taxCategory', subjectId: id, payload: after });
    return ok({ code: category.code });
  },
};
