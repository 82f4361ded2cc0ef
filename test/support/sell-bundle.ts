import { createProduct, draftProductVersion, moveProductVersion, type ProductDocuments } from '../../src/business/component/product';
import { registerChargeCode } from '../../src/business/component/service';
import type { UseCase } from '../../src/business/execute';
import type { Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { placeOrder, type PlacedOrder } from './place-order';

interface Runner {
  run<Input, Output extends Json>(useCase: UseCase<Input, Output, string>, input: Input): Promise<Output>;
  readonly readWorkOrder: (orderId: string) => Promise<Id<'workOrder'> | undefined>;
}

/** Where a bundle is sold, where it is managed and to whom. */
export interface BundleSale {
  readonly code: string;
  /** The hall, to which the bundle and the plan of its members belong. */
  readonly hall: Id<'organisation'>;
  readonly organisationId: Id<'organisation'>;
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'>;
  /** A broadband line for each, managed at these nodes. */
  readonly members: readonly Id<'organisation'>[];
}

async function sell(world: Runner, { code, hall }: BundleSale, kind: 'PLAN' | 'BUNDLE', documents: ProductDocuments): Promise<void> {
  const serviceType = kind === 'BUNDLE' ? undefined : 'BROADBAND';
  const name = { code, name: `${code}产品`, nameEn: `${code} product`, kind, ...(serviceType !== undefined && { serviceType }) };
  const { productId } = await world.run(createProduct, { ...name, organisationId: hall });
  const { versionId } = await world.run(draftProductVersion, { productId, expectedVersion: 1, ...documents });
  await world.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await world.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
}

/** Sells a bundle of broadband lines as the system, by an order that is done at once: it costs nothing. */
export async function sellBundle(world: Runner, sale: BundleSale): Promise<PlacedOrder> {
  const { code, hall, organisationId, customerId, accountId, members } = sale;
  const terms = {
    revenueAccount: '6001', deferredAccount: null, discountAccount: null, taxCategory: null, writeOffPriority: 10, billGroup: 'BASIC',
    discountable: false, invoiceable: true, bearsLateFee: false, collectedFor: null,
  }; // prettier-ignore
  const chargeCode = `${code.replaceAll('-', '_')}_FEE`;
  await world.run(registerChargeCode, { code: chargeCode, name: '套餐费', nameEn: 'Fee', kind: 'RECURRING', serviceType: null, terms });
  const plan = `${code}-LINE`;
  await sell(world, { ...sale, code: plan }, 'PLAN', { definition: { prices: [] } });
  const role = { role: 'LINE', name: '宽带', nameEn: 'Line', products: [plan], least: 1, standard: 1, most: 5, share: 1, chargeCode };
  await sell(world, sale, 'BUNDLE', {
    bundle: { across: 'CUSTOMER', members: [role], prices: [], whenMemberLeaves: { kind: 'END' } },
  });
  const product = (ordered: string) => ({ code: ordered, quantity: null, versionId: null });
  const opening = { bundleInstanceId: null, bundle: product(code), accountId, organisationId };
  const opened = members.map((node, place) => ({
    kind: 'OPEN' as const,
    content: {
      subscriberId: null, serviceType: 'BROADBAND', organisationId: node, identifier: `${code.toLowerCase()}-${place}`, sim: null, userId: null,
      payerId: null, accountId, attributes: {}, plan: product(plan), addOns: [], bundle: { itemNo: 1, bundleInstanceId: null, role: 'LINE' },
    },
  })); // prettier-ignore
  return placeOrder(world, { organisationId: hall, customerId, accountId, items: [{ kind: 'OPEN_BUNDLE', content: opening }, ...opened] });
}
