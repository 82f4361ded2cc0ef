import type { UseCase } from '../../execute';
import type { ProductKind } from '../../../data/operation/product/product';
import { insertProduct } from '../../../data/operation/product/write-product';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { EVERY_LINE, managingNode } from '../organisation';
import { selectServiceTypes } from '../service';
import { checkIdentity } from './model/check-identity';
import { refuseProduct, type ProductRefusal } from './model/refusals';

export interface CreateProductInput {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: ProductKind;
  /** Where it belongs: it is sold at this node and below it. */
  readonly organisationId: Id<'organisation'>;
  /** Code of the service type; none for a bundle. */
  readonly serviceType?: string | null;
}

/** Names a product 建立产品 and says where it belongs; what it says, its versions do. */
export const createProduct: UseCase<CreateProductInput, { productId: Id<'product'> }, ProductRefusal> = {
  name: 'createProduct',
  permission: 'catalogue:write',
  constraints: {
    product_code_key: () => refuseProduct('CODE_TAKEN', 'code'),
    product_service_type_fkey: () => refuseProduct('SERVICE_TYPE_NOT_FOUND', 'serviceType'),
  },
  async run(unit, { serviceType = null, ...input }) {
    const refused = refusedBy(
      checkIdentity(input, refuseProduct),
      input.kind === 'BUNDLE' && serviceType !== null && refuseProduct('SERVICE_TYPE_OF_BUNDLE', 'serviceType'),
      input.kind !== 'BUNDLE' && serviceType === null && refuseProduct('SERVICE_TYPE_NEEDED', 'serviceType'),
      serviceType !== null &&
        (await selectServiceTypes(unit, [serviceType])).length === 0 &&
        refuseProduct('SERVICE_TYPE_NOT_FOUND', 'serviceType'),
      await managingNode(unit, input.organisationId, 'catalogue:write', refuseProduct, serviceType ?? EVERY_LINE),
    );
    if (refused !== undefined) return refused;
    const { code, name, nameEn, kind, organisationId } = input;
    const productId = await insertProduct(unit.transaction, { code, name, nameEn, kind, organisationId, serviceType }, unit.now);
    const subject = { subjectKind: 'product', subjectId: productId } as const;
    const after = { code, name, nameEn, kind, serviceType };
    unit.audit({
      ...subject,
      organisationId,
      ...(serviceType === null ? {} : { serviceType }),
      before: null,
      after: { ...after, organisationId },
    });
    unit.emit({ type: 'ProductOfferingCreateEvent', ...subject, payload: after });
    return ok({ productId });
  },
};
