import type { OrderBatch } from '../../../data/operation/order-batch/order-batch';
import { refuseOrder, type ItemRequest, type OrderedProduct } from '../../component/order';
import { operatorParameters } from '../../component/organisation';
import { searchAccounts } from '../../component/account';
import { searchCustomers } from '../../component/customer';
import { selectStandingProducts } from '../../component/product';
import { selectSubscriberByIdentifier } from '../../component/subscriber';
import type { Unit } from '../../context';
import { localDateOf, startOfDay } from '../../../kernel/calendar';
import type { Id } from '../../../kernel/id';
import { invariant } from '../../../kernel/failure';
import { isBefore, laterOf } from '../../../kernel/period';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import type { AcceptanceRefusal, QuoteOrderInput } from '../acceptance';
import type { RowAsked } from './row-asked';

/**
 * What rows ask for as one order: a row by itself of one item, a group of a bundle and of an item for each row. The subscriber that a row names
 * is looked for now, among those in the caller's scope.
 */
export async function orderOfRows(
  unit: Unit,
  { organisationId, customerId, accountId }: OrderBatch,
  rows: readonly RowAsked[],
): Promise<Result<QuoteOrderInput, AcceptanceRefusal>> {
  const [asked] = rows;
  invariant(asked !== undefined, 'an order is of a row at least');
  const items: ItemRequest[] = [];
  if (asked.group !== undefined) {
    const bundle = wanted({ code: asked.group.bundle, quantity: 1 });
    items.push({ kind: 'OPEN_BUNDLE', content: { bundleInstanceId: null, bundle, accountId, organisationId } });
  }
  for (const row of rows) {
    const item = await itemOfRow(unit, { organisationId, accountId }, row);
    if (!item.ok) return item;
    items.push(item.value);
  }
  const { timeZone } = await operatorParameters(unit);
  const day = asked.start === null ? undefined : localDateOf(asked.start);
  // A day that has begun is now: a file of today is for today. One that lies in the past is refused.
  const begins = day === undefined ? null : startOfDay(day, timeZone);
  const today = begins !== null && startOfDay(unit.now.toZonedDateTimeISO(timeZone).toPlainDate(), timeZone).equals(begins);
  const requestedStartAt = begins === null ? null : today ? laterOf(begins, unit.now) : begins;
  const { externalId, note } = asked;
  return ok({ organisationId, customerId, accountId, items, requestedStartAt, externalId, note });
}

async function itemOfRow(
  unit: Unit,
  { organisationId, accountId }: Pick<OrderBatch, 'organisationId' | 'accountId'>,
  asked: RowAsked,
): Promise<Result<ItemRequest, AcceptanceRefusal>> {
  const { kind, number, serviceType, sim, plan, products, newNumber, reason, when, attributes, address } = asked;
  if (kind === 'OPEN') {
    if (serviceType === null || plan === null) return refuseOrder('ITEM_INVALID', 'plan', { reason: 'serviceType, plan' });
    const parties = { userId: null, payerId: null, accountId, organisationId };
    const content = {
      ...parties,
      subscriberId: null,
      serviceType,
      identifier: number,
      sim,
      attributes,
      plan: wanted(plan),
      addOns: products.map(wanted),
      // The item before those of the group opens it.
      ...(asked.group !== undefined && { bundle: { itemNo: 1, bundleInstanceId: null, role: asked.group.role } }),
    };
    return ok({ kind, content });
  }
  const holder = await selectSubscriberByIdentifier(unit, number, null, { validAt: unit.now, knownAt: null });
  if (holder === undefined) return refuseOrder('SUBSCRIBER_NOT_FOUND', 'number');
  const subscriberId: Id<'subscriber'> = holder.id;
  switch (kind) {
    case 'SUSPEND':
    case 'RESUME':
      return ok({ kind, content: { subscriberId, reason } });
    case 'CHANGE_NUMBER':
      return ok({ kind, content: { subscriberId, identifier: newNumber ?? '' } });
    case 'REPLACE_SIM':
      return ok({ kind, content: { subscriberId, sim: sim ?? '' } });
    case 'ADD_PRODUCT': {
      const [product] = products;
      if (product === undefined) return refuseOrder('ITEM_INVALID', 'products', { reason: 'products' });
      return ok({ kind, content: { subscriberId, product: wanted(product), instanceId: null } });
    }
    case 'CHANGE_PLAN':
      if (plan === null) return refuseOrder('ITEM_INVALID', 'plan', { reason: 'plan' });
      return ok({ kind, content: { subscriberId, plan: wanted(plan), when, instanceId: null, replacesId: null } });
    case 'REMOVE_PRODUCT': {
      const held = await selectStandingProducts(unit, subscriberId, unit.now);
      const product = held.find(({ isPlan, code, validFrom }) => !isPlan && !isBefore(unit.now, validFrom) && code === products[0]?.code);
      if (product === undefined) return refuseOrder('INSTANCE_NOT_HELD', 'instanceId');
      return ok({ kind, content: { subscriberId, instanceId: product.instanceId } });
    }
    case 'RELOCATE':
      return ok({ kind, content: { subscriberId, address: address ?? '', organisationId: null } });
    case 'TRANSFER':
      return transferOf(unit, subscriberId, asked);
    case 'TERMINATE':
      return ok({ kind, content: { subscriberId } });
  }
}

const ONE = { first: 1, after: null } as const;

/** Both parties are named by their numbers, as paper names them. */
async function transferOf(
  unit: Unit,
  subscriberId: Id<'subscriber'>,
  { toCustomer = '', toAccount = '' }: RowAsked,
): Promise<Result<ItemRequest, AcceptanceRefusal>> {
  const [customer] = (await searchCustomers(unit, { customerNo: toCustomer }, ONE)).rows;
  const [account] = (await searchAccounts(unit, { accountNo: toAccount }, ONE)).rows;
  const missing = refusedBy<AcceptanceRefusal>(
    customer === undefined && refuseOrder('CUSTOMER_NOT_FOUND', 'customerId'),
    account === undefined && refuseOrder('ACCOUNT_NOT_FOUND', 'accountId'),
  );
  if (missing !== undefined || customer === undefined || account === undefined)
    return missing ?? refuseOrder('CUSTOMER_NOT_FOUND', 'customerId');
  return ok({ kind: 'TRANSFER', content: { subscriberId, customerId: customer.id, accountId: account.id } });
}

function wanted({ code, quantity }: { readonly code: string; readonly quantity: number | null }): OrderedProduct {
  return { code, quantity, versionId: null };
}
