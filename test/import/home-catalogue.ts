import { registerStandardChart } from '../../src/business/component/ledger';
import { createProduct, draftProductVersion, moveProductVersion } from '../../src/business/component/product';
import { registerChargeCode } from '../../src/business/component/service';
import { registerTaxCategory } from '../../src/business/component/tax';
import type { CallContext } from '../../src/business/context';
import { execute, type UseCase } from '../../src/business/execute';
import { CHARGE_CODES, TAX_CATEGORIES } from '../../src/business/process/demonstration/charge-plan';
import { HOME_PRODUCTS } from '../../src/business/process/demonstration/home-plan';
import { newId, type Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { valueOf } from './operator-fixture';

/** Sells at a node what the demonstration's operator sells to homes: the products that the mapping of the churn file names. */
export async function sellHomeProducts(context: CallContext, organisationId: Id<'organisation'>): Promise<void> {
  const run = async <Input, Output extends Json>(useCase: UseCase<Input, Output, string>, input: Input): Promise<Output> =>
    valueOf(await execute(context, useCase, input, newId('event')));
  const from = context.clock.now();
  await run(registerStandardChart, {});
  for (const category of TAX_CATEGORIES) await run(registerTaxCategory, { ...category, from });
  for (const { terms, ...code } of CHARGE_CODES) await run(registerChargeCode, { ...code, terms: { ...terms, collectedFor: null }, from });
  const products = new Map<string, Id<'product'>>();
  for (const { node: _node, definition: _definition, ...product } of HOME_PRODUCTS) {
    products.set(product.code, (await run(createProduct, { ...product, organisationId })).productId);
  }
  for (const { code, definition } of HOME_PRODUCTS) {
    const productId = products.get(code) as Id<'product'>;
    const { versionId } = await run(draftProductVersion, { productId, expectedVersion: 1, definition });
    await run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    await run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
  }
}
