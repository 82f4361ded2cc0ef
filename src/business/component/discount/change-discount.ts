import type { UseCase } from '../../execute';
import { lockDiscount, updateDiscount } from '../../../data/operation/discount/write-discount';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { checkIdentity } from '../product';
import { refuseDiscount, type DiscountRefusal } from './refusals';

/** What is not given stays as it is. */
export interface ChangeDiscountInput {
  readonly discountId: Id<'discount'>;
  readonly expectedVersion: number;
  readonly name?: string;
  readonly nameEn?: string;
}

/** Changes what a discount is called in the catalogue 优惠更名; code, node and service type stay for good. */
export const changeDiscount: UseCase<ChangeDiscountInput, { discountId: Id<'discount'> }, DiscountRefusal> = {
  name: 'changeDiscount',
  permission: 'catalogue:write',
  async run(unit, { discountId, expectedVersion, ...names }) {
    const discount = await lockDiscount(unit, discountId, 'catalogue:write');
    if (discount === undefined) return refuseDiscount('NOT_FOUND', 'discountId');
    if (discount.version !== expectedVersion) return refuseDiscount('STALE_VERSION', 'expectedVersion', { version: discount.version });
    const refused = checkIdentity(names, refuseDiscount);
    if (refused !== undefined) return refused;
    await updateDiscount(unit.transaction, discount, names);
    const { organisation_id: organisationId, service_type: serviceType, name, name_en: nameEn } = discount;
    const subject = { subjectKind: 'discount', subjectId: discountId } as const;
    const line = serviceType === null ? {} : { serviceType };
    unit.audit({ ...subject, organisationId, ...line, before: { name, nameEn }, after: { name, nameEn, ...names } });
    unit.emit({ type: 'DiscountAttributeValueChangeEvent', ...subject, payload: { code: discount.code, ...names } });
    return ok({ discountId });
  },
};
