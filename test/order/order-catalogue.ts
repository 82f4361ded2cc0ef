import { createProduct, draftProductVersion, moveProductVersion } from '../../src/business/component/product';
import { registerChargeCode } from '../../src/business/component/service';
import { encodeId, type Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { newNumber } from '../support/party-world';
import { acc, type OrderRow, type OrderWorld } from './order-world';

/* What orders of new subscribers need of a catalogue: charge codes, and plans that are sold everywhere. */

const TERMS = {
  revenueAccount: '6001', deferredAccount: '2204', discountAccount: null, taxCategory: null, writeOffPriority: 100, billGroup: 'BASIC',
  discountable: false, invoiceable: true, bearsLateFee: false, collectedFor: null,
}; // prettier-ignore

/** Charge codes MONTHLY_FEE, HELD (a deposit) and, with 6 % tax, SETUP_FEE. */
export async function registerChargeCodes(world: OrderWorld): Promise<void> {
  const code = { name: '账目', nameEn: 'Charge', serviceType: null, from: world.clock.now() };
  await world.chargeCode('SETUP_FEE', 600);
  await world.run(registerChargeCode, { ...code, code: 'MONTHLY_FEE', kind: 'RECURRING', terms: TERMS });
  const held = { ...TERMS, deferredAccount: null, invoiceable: false };
  await world.run(registerChargeCode, { ...code, code: 'HELD', kind: 'DEPOSIT', terms: held });
}

const priceOf = (kind: string, chargeCode: string, more: object) => ({
  kind, code: kind, name: chargeCode, nameEn: chargeCode, chargeCode, taxIncluded: true, ...more,
}); // prettier-ignore
export const monthly = (amount: string) => priceOf('RECURRING', 'MONTHLY_FEE', { timing: 'ADVANCE', phases: [{ amount }] });
export const oneTime = (amount: string) => priceOf('ONE_TIME', 'SETUP_FEE', { amount });

/** A plan of mobile lines, on sale from the root on. */
export async function sellPlan(
  world: OrderWorld,
  code: string,
  prices: readonly object[],
  kind: 'PLAN' | 'ADD_ON' = 'PLAN',
  more: object = {},
): Promise<void> {
  const made = { code, name: `产品${code}`, nameEn: `Product ${code}`, kind, serviceType: 'MOBILE', organisationId: world.root };
  const { productId } = await world.run(createProduct, made);
  const { versionId } = await world.run(draftProductVersion, {
    productId,
    expectedVersion: 1,
    definition: { prices, ...more } as unknown as Json,
  });
  await world.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await world.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
}

/** The input of an item that opens a mobile line of Hangzhou. */
export function openingOf(world: OrderWorld, accountId: Id<'account'>, plan: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    serviceType: 'MOBILE',
    organisationId: encodeId('organisation', world.hangzhou),
    identifier: newNumber(),
    accountId: acc(accountId),
    plan: { code: plan },
    ...more,
  };
}

/** The subscriber that the first item of an order is about. */
export async function subscriberOfOrder(world: OrderWorld, order: Pick<OrderRow, 'id'> | null): Promise<string | null> {
  const seen = 'query ($id: ID!) { order(id: $id) { items { subscriber { id } } } }';
  const read = await world.read<{ order: { items: { subscriber: { id: string } | null }[] } }>(seen, { id: order?.id });
  return read.order.items[0]?.subscriber?.id ?? null;
}
