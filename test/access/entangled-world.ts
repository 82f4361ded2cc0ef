import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallContext } from '../../src/business/context';
import { mergeAccounts } from '../../src/business/process/merge-accounts';
import { mergeCustomers } from '../../src/business/process/merge-customers';
import { createOrderBatch } from '../../src/business/process/order-batch';
import { createImportJob } from '../../src/business/process/party-import';
import { setParentAccount } from '../../src/business/component/account';
import { assignCustomerManager, relateCustomers } from '../../src/business/component/customer';
import { createDiscount, draftDiscountVersion, moveDiscountVersion, releaseDiscount } from '../../src/business/component/discount';
import { createProduct, draftProductVersion, moveProductVersion, releaseProduct } from '../../src/business/component/product';
import { createNumberPool } from '../../src/business/component/number';
import { addNumbers } from '../../src/business/process/stock-numbers';
import { registerChargeCode } from '../../src/business/component/service';
import { grantRole } from '../../src/business/component/staff';
import { addPaymentRelation } from '../../src/business/component/subscriber';
import { assignSubscriberCustomer } from '../../src/business/process/beside-orders';
import type { Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { placeOrder, type PlacedOrder } from '../support/place-order';
import { sellBundle } from '../support/sell-bundle';
import type { HttpWorld, Parties } from './http-world';

/**
 * Ties the parties of two places together in every way that the system can: whoever may see one of them stands one step
 * from the other. The system does it; nobody of one place could.
 */
export async function entangle(world: HttpWorld, here: Parties, there: Parties): Promise<void> {
  await tieCustomers(world, here, there);
  await tieAccounts(world, here, there);
  await tieSubscribers(world, here, there);
}

async function tieCustomers({ access, parties, staff }: HttpWorld, here: Parties, there: Parties): Promise<void> {
  const version = (id: Id<'customer'>): Promise<number> => parties.versionOf('customer', id);
  for (const [customerId, relatedCustomerId, kind] of [
    [here.personId, there.companyId, 'EMPLOYER'],
    [there.personId, here.personId, 'FAMILY'],
  ] as const) {
    await access.run(relateCustomers, { customerId, relatedCustomerId, kind, expectedVersion: await version(customerId) });
  }
  await access.run(assignCustomerManager, {
    customerId: here.personId,
    staffId: staff.otherClerk,
    expectedVersion: await version(here.personId),
  });
  const merged = await parties.customer({ organisationId: here.node, kind: 'ENTERPRISE', name: `并${here.companyName}` });
  const survivor = await parties.customer({ organisationId: there.node, kind: 'ENTERPRISE', name: `存${there.companyName}` });
  await access.run(mergeCustomers, { survivorId: survivor, survivorVersion: 1, mergedId: merged, mergedVersion: 1 });
}

async function tieAccounts({ access, parties }: HttpWorld, here: Parties, there: Parties): Promise<void> {
  const below = { payer: 'PARENT', consolidatedBill: true } as const;
  for (const [accountId, parentAccountId] of [
    [here.accountId, there.accountId],
    [there.companyAccountId, here.companyAccountId],
  ] as const) {
    await access.run(setParentAccount, {
      ...below,
      accountId,
      parentAccountId,
      expectedVersion: await parties.versionOf('account', accountId),
    });
  }
  // Of a customer elsewhere, and elsewhere of a customer here; and one that was merged into one elsewhere.
  await parties.account(there.personId, { organisationId: here.node, name: `${there.companyName}在此` });
  await parties.account(here.personId, { organisationId: there.node, name: `${here.companyName}在彼` });
  const merged = await parties.account(here.personId, { organisationId: here.node, name: `并户${here.companyName}` });
  const survivor = await parties.account(here.personId, { organisationId: there.node, name: `存户${there.companyName}` });
  await access.run(mergeAccounts, { survivorId: survivor, survivorVersion: 1, mergedId: merged, mergedVersion: 1 });
}

async function tieSubscribers({ access, parties }: HttpWorld, here: Parties, there: Parties): Promise<void> {
  const version = (id: Id<'subscriber'>): Promise<number> => parties.versionOf('subscriber', id);
  for (const [subscriberId, accountId] of [
    [here.mobileId, there.accountId],
    [there.mobileId, here.accountId],
  ] as const) {
    await access.run(addPaymentRelation, {
      subscriberId,
      accountId,
      chargeGroup: 'VOICE',
      priority: 3,
      expectedVersion: await version(subscriberId),
    });
  }
  for (const [subscriberId, customerId] of [
    [here.broadbandId, there.personId],
    [there.broadbandId, here.personId],
  ] as const) {
    await access.run(assignSubscriberCustomer, { subscriberId, customerId, role: 'USER', expectedVersion: await version(subscriberId) });
    await access.run(assignSubscriberCustomer, { subscriberId, customerId, role: 'PAYER', expectedVersion: await version(subscriberId) });
  }
  await parties.subscriber(there.personId, here.accountId, { organisationId: here.node });
  await parties.subscriber(here.personId, there.accountId, { organisationId: there.node });
}

/** An order that one place accepted for a customer of another, with a step that somebody of a third has taken. */
export async function orderFor(world: HttpWorld, here: Id<'organisation'>, of: Parties): Promise<PlacedOrder> {
  const relocate = { subscriberId: of.broadbandId, address: '西湖区 1 号', organisationId: null };
  const transfer = { subscriberId: of.mobileId, customerId: of.companyId, accountId: of.companyAccountId };
  const items = [
    { kind: 'RELOCATE', content: relocate },
    { kind: 'TRANSFER', content: transfer },
  ] as const;
  const order = { organisationId: here, customerId: of.personId, accountId: of.accountId };
  const placed = await placeOrder(world.parties, { ...order, items });
  const staffId = here === world.theirs.node ? world.staff.clerk : world.staff.otherClerk;
  await world.database.raw("UPDATE work_order SET state = 'active', assignee_id = $2 WHERE id = $1", [placed.workOrderId, staffId]);
  // It is at work no longer, so that another order for the same subscriber can be placed elsewhere.
  await world.database.raw("UPDATE product_order SET state = 'acknowledged' WHERE id = $1", [placed.orderId]);
  return placed;
}

/**
 * A subscriber of each place that holds a product of theirs and has a discount of theirs, by an order of theirs, as its account has one;
 * and is to have another product by one more order.
 * @returns the instances, ours first
 */
export async function openAtTheirs(world: HttpWorld): Promise<readonly Id<'productInstance'>[]> {
  const { ours, theirs } = world;
  await productAt(world, theirs.node, 'PLAN-BB', 'BROADBAND');
  await productAt(world, theirs.node, 'PLAN-BB-NEXT', 'BROADBAND');
  const discounts = ['OFF-LINE', 'OFF-ACCOUNT'].map((code) => ({ code, versionId: null }));
  await discountAt(world, theirs.node, 'OFF-LINE', { serviceType: 'BROADBAND' });
  await discountAt(world, theirs.node, 'OFF-ACCOUNT', { level: 'ACCOUNT' });
  const instances: Id<'productInstance'>[] = [];
  for (const parties of [ours, theirs]) {
    const content = {
      subscriberId: null, serviceType: 'BROADBAND', organisationId: parties.node, identifier: `opened-${instances.length}`, sim: null, userId: null,
      payerId: null, accountId: parties.accountId, attributes: {}, plan: { code: 'PLAN-BB', quantity: null, versionId: null }, addOns: [],
      discounts,
    }; // prettier-ignore
    const order = { organisationId: theirs.node, customerId: parties.personId, accountId: parties.accountId };
    const { orderId } = await placeOrder(world.parties, { ...order, items: [{ kind: 'OPEN', content }] });
    const opened = 'SELECT id, subscriber_id FROM product_instance WHERE order_id = $1';
    type Opened = { id: Id<'productInstance'>; subscriber_id: Id<'subscriber'> };
    for (const { id, subscriber_id: subscriberId } of await world.database.raw<Opened>(opened, [orderId])) {
      instances.push(id);
      const plan = { code: 'PLAN-BB-NEXT', quantity: null, versionId: null };
      const change = { subscriberId, plan, when: 'NEXT_PERIOD', instanceId: null, replacesId: null } as const;
      await placeOrder(world.parties, { ...order, items: [{ kind: 'CHANGE_PLAN', content: change }] });
    }
  }
  return instances;
}

/**
 * A bundle that is managed at each place and was sold at the other, to a customer of that, with members of that; and one of ours in ours.
 * @returns the one at theirs
 */
export async function bundlesAcross({ parties, ours, theirs, database }: HttpWorld): Promise<Id<'bundleInstance'>> {
  for (const [code, here, there, members] of [
    ['BUNDLE-OURS', ours, theirs, [ours.node, theirs.node]],
    ['BUNDLE-THEIRS', theirs, ours, [ours.node]],
  ] as const) {
    const holder = { customerId: there.personId, accountId: there.accountId };
    await sellBundle(parties, { code, hall: there.node, organisationId: here.node, ...holder, members });
  }
  const [bundle] = await database.raw<{ id: Id<'bundleInstance'> }>('SELECT id FROM bundle_instance WHERE organisation_id = $1', [
    theirs.node,
  ]);
  return bundle?.id as Id<'bundleInstance'>;
}

/** Someone of the hall who also has a role in the other city. */
export async function hireForTwoCities({ access }: HttpWorld): Promise<Id<'staff'>> {
  const staffId = await access.staff('two.cities', access.hallOne);
  for (const organisationId of [access.hallOne, access.ningbo]) {
    await access.run(grantRole, { staffId, roleId: await access.roleId('HALL_CLERK'), organisationId, linesOfBusiness: null });
  }
  return staffId;
}

/** A charge that is collected on behalf of the partner 代收. Everybody who may see charge codes sees it, but not who the partner is. */
export async function chargeForPartner({ access, partnerNode }: HttpWorld, code: string): Promise<void> {
  const terms = {
    revenueAccount: '224102', deferredAccount: null, discountAccount: null, taxCategory: null, writeOffPriority: 90, billGroup: 'ON_BEHALF',
    discountable: false, invoiceable: false, bearsLateFee: false, collectedFor: partnerNode,
  }; // prettier-ignore
  const name = { code, name: '代收费', nameEn: 'On behalf', kind: 'ONE_TIME', serviceType: null } as const;
  await access.run(registerChargeCode, { ...name, terms });
}

/** A product that belongs to a node, with a version on sale. */
export async function productAt(
  { access }: HttpWorld,
  organisationId: Id<'organisation'>,
  code: string,
  serviceType = 'MOBILE',
): Promise<Id<'product'>> {
  const name = { code, name: `${code}产品`, nameEn: `${code} product`, kind: 'PLAN', serviceType } as const;
  const { productId } = await access.run(createProduct, { ...name, organisationId });
  const { versionId } = await access.run(draftProductVersion, { productId, expectedVersion: 1, definition: { prices: [] } });
  await access.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await access.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
  return productId;
}

/** The operator's own product, of which two places say something, and one product of each place. */
export async function catalogueOf(world: HttpWorld): Promise<{ readonly ours: Id<'product'>; readonly theirs: Id<'product'> }> {
  const { access, ours, theirs, parties } = world;
  const everywhere = await productAt(world, access.root, 'PLAN-ZJ');
  for (const { node: organisationId } of [ours, theirs]) {
    const expectedVersion = await parties.versionOf('product', everywhere);
    await access.run(releaseProduct, { productId: everywhere, expectedVersion, organisationId, sold: true });
  }
  return { ours: await productAt(world, ours.node, 'PLAN-HZ'), theirs: await productAt(world, theirs.node, 'PLAN-NB') };
}

/** A pool that all use, with a number of the other city's subscriber and one that its clerk reserved; and one in each place. */
export async function poolNumbers({
  access,
  ours,
  theirs,
  staff,
  database,
}: HttpWorld): Promise<Readonly<Record<'ours' | 'theirs', Id<'numberPool'>>>> {
  const pools: [string, Id<'organisation'>, string[]][] = [
    ['POOL-ALL', access.root, [theirs.mobile, '16611110000', '16611110001']],
    ['POOL-OURS', ours.node, ['16622220000']],
    ['POOL-THEIRS', theirs.node, ['16633330000']],
  ];
  const made: Id<'numberPool'>[] = [];
  for (const [code, organisationId, numbers] of pools) {
    const { numberPoolId } = await access.run(createNumberPool, { organisationId, code, name: `${code}号池`, serviceType: 'MOBILE' });
    await access.run(addNumbers, { numberPoolId, numbers, classes: [] });
    made.push(numberPoolId);
  }
  await database.raw(
    `UPDATE access_number SET state = 'preOccupied', until = now() + interval '1 day', holder_kind = 'STAFF', holder_id = $2 WHERE value = $1`,
    ['16611110000', staff.otherClerk],
  );
  const [, here, there] = made as [Id<'numberPool'>, Id<'numberPool'>, Id<'numberPool'>];
  return { ours: here, theirs: there };
}

const WAIVER = { name: '减免', nameEn: 'Waiver', effect: { kind: 'WAIVER' } };

const MOBILE = { serviceType: 'MOBILE' } as const;

/** A discount that belongs to a node, with a version that is granted. */
async function discountAt(
  { access }: HttpWorld,
  organisationId: Id<'organisation'>,
  code: string,
  { serviceType, level = 'SUBSCRIBER' }: { readonly serviceType?: string; readonly level?: string } = {},
): Promise<Id<'discount'>> {
  const name = { code, name: `${code}优惠`, nameEn: `${code} discount`, serviceType: serviceType ?? null };
  const { discountId } = await access.run(createDiscount, { ...name, organisationId });
  const { versionId } = await access.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition: { ...WAIVER, level } });
  await access.run(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await access.run(moveDiscountVersion, { versionId, expectedVersion: 2, to: 'active' });
  return discountId;
}

/** The operator's own discount, of which two places say something, and one discount of each place. */
export async function discountsOf(world: HttpWorld): Promise<{ readonly ours: Id<'discount'>; readonly theirs: Id<'discount'> }> {
  const { access, ours, theirs, parties } = world;
  const everywhere = await discountAt(world, access.root, 'OFF-ZJ', MOBILE);
  for (const { node: organisationId } of [ours, theirs]) {
    const expectedVersion = await parties.versionOf('discount', everywhere);
    await access.run(releaseDiscount, { discountId: everywhere, expectedVersion, organisationId, granted: true });
  }
  return { ours: await discountAt(world, ours.node, 'OFF-HZ', MOBILE), theirs: await discountAt(world, theirs.node, 'OFF-NB', MOBILE) };
}

/** A batch of orders at a node, of a file that nobody sends: its one row is none, or the order that is given. */
export async function batchAt(
  { access, database }: HttpWorld,
  organisationId: Id<'organisation'>,
  { companyId: customerId, companyAccountId: accountId }: Pick<Parties, 'companyId' | 'companyAccountId'>,
  orderId?: Id<'order'>,
): Promise<Id<'orderBatch'>> {
  const fileDigest = createHash('sha256').update(`batch ${organisationId}`).digest('hex');
  const rows = [{ row: 1, line: 2, kind: null, number: null, groupRow: null, asked: null, refusals: [] }];
  const input = { organisationId, customerId, accountId, fileName: `${organisationId}.csv`, fileDigest, rows };
  const { orderBatchId } = await access.run(createOrderBatch, input);
  if (orderId !== undefined) {
    const accepted = `UPDATE order_batch_row SET state = 'ACCEPTED', asked = '{}', refusals = NULL, order_id = $2 WHERE batch_id = $1`;
    await database.raw(accepted, [orderBatchId, orderId]);
  }
  return orderBatchId;
}

const MAPPING = JSON.parse(readFileSync(join(__dirname, '..', '..', 'deploy', 'import', 'telco-customer-churn.json'), 'utf8')) as Json;

/** An import at a node, of a file that nobody sends. */
export async function importAt({ access }: HttpWorld, organisationId: Id<'organisation'>, context?: CallContext): Promise<Id<'importJob'>> {
  const fileDigest = createHash('sha256').update(organisationId).digest('hex');
  const file = { fileName: `${organisationId}.csv`, fileDigest, fileBytes: 1, columns: null };
  return (await access.run(createImportJob, { ...file, organisationId, mapping: MAPPING }, context)).importJobId;
}
