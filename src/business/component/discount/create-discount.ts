import type { UseCase } from '../../execute';
import { insertDiscount } from '../../../data/operation/discount/write-discount';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { EVERY_LINE, managingNode } from '../organisation';
import { checkIdentity } from '../product';
import { selectServiceTypes } from '../service';
import { refuseDiscount, type DiscountRefusal } from './refusals';

export interface CreateDiscountInput {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** Where it belongs: it is granted at this node and below it. */
  readonly organisationId: Id<'organisation'>;
  /** Code of the service type; none for a discount across lines of business. */
  readonly serviceType?: string | null;
}

/** Names a discount 建立优惠 and says where it belongs; what it says, its versions do. */
export const createDiscount: UseCase<CreateDiscountInput, { discountId: Id<'discount'> }, DiscountRefusal> = {
  name: 'createDiscount',
  permission: 'catalogue:write',
  constraints: {
    discount_code_key: () => refuseDiscount('CODE_TAKEN', 'code'),
    discount_service_type_fkey: () => refuseDiscount('SERVICE_TYPE_NOT_FOUND', 'serviceType'),
  },
  async run(unit, { serviceType = null, ...input }) {
    const refused = refusedBy(
      checkIdentity(input, refuseDiscount),
      serviceType !== null &&
        (await selectServiceTypes(unit, [serviceType])).length === 0 &&
        refuseDiscount('SERVICE_TYPE_NOT_FOUND', 'serviceType'),
      await managingNode(unit, input.organisationId, 'catalogue:write', refuseDiscount, serviceType ?? EVERY_LINE),
    );
    if (refused !== undefined) return refused;
    const { code, name, nameEn, organisationId } = input;
    const discountId = await insertDiscount(unit.transaction, { code, name, nameEn, organisationId, serviceType }, unit.now);
    const subject = { subjectKind: 'discount', subjectId: discountId } as const;
    const after = { code, name, nameEn, serviceType };
    const line = serviceType === null ? {} : { serviceType };
    unit.audit({ ...subject, organisationId, ...line, before: null, after: { ...after, organisationId } });
    unit.emit({ type: 'DiscountCreateEvent', ...subject, payload: after });
    return ok({ discountId });
  },
};
