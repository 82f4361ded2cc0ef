import type { UseCase } from '../../execute';
import { lockProduct, updateProduct } from '../../../data/operation/product/write-product';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import { checkIdentity } from './model/check-identity';
import { refuseProduct, type ProductRefusal } from './model/refusals';

/** What is not given stays as it is. */
export interface ChangeProductInput {
  readonly productId: Id<'product'>;
  readonly expectedVersion: number;
  readonly name?: string;
  readonly nameEn?: string;
}

/** Changes what a product is called 产品更名; code, kind, node and service type stay for good. */
export const changeProduct: UseCase<ChangeProductInput, { productId: Id<'product'> }, ProductRefusal> = {
  name: 'changeProduct',
  permission: 'catalogue:write',
  async run(unit, { productId, expectedVersion, ...names }) {
    const product = await lockProduct(unit, productId, 'catalogue:write');
    if (product === undefined) return refuseProduct('NOT_FOUND', 'productId');
    if (product.version !== expectedVersion) return refuseProduct('STALE_VERSION', 'expectedVersion', { version: product.version });
    const refused = checkIdentity(names, refuseProduct);
    if (refused !== undefined) return refused;
    await updateProduct(unit.transaction, product, names);
    const { organisation_id: organisationId, service_type: serviceType, name, name_en: nameEn } = product;
    const subject = { subjectKind: 'product', subjectId: productId } as const;
    unit.audit({
      ...subject,
      organisationId,
      ...(serviceType === null ? {} : { serviceType }),
      before: { name, nameEn },
      after: { name, nameEn, ...names },
    });
    unit.emit({ type: 'ProductOfferingAttributeValueChangeEvent', ...subject, payload: { code: product.code, ...names } });
    return ok({ productId });
  },
};
