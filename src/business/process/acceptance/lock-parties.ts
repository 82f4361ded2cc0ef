import { holdAccounts, lockAccounts } from '../../component/account';
import { holdCustomers } from '../../component/customer';
import { lockNumbersOfSubscribers } from '../../component/number';
import { refuseOrder } from '../../component/order';
import { lockBundles, type LockedBundle } from '../../component/product';
import { lockSubscribers } from '../../component/subscriber';
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import type { Accepting, Named, Parties, Touched } from './order-kind';
import type { Refused } from './refusals';

/** What parties are locked for. */
export interface LockPurpose {
  /** To quote what is asked for, and no more: nobody is given a number in this unit. */
  readonly quotes?: boolean;
  /** To go on with an order that has begun: whom it is to open may be there, and the bundle too. */
  readonly begun?: boolean;
}

/**
 * Locks the parties that an order touches: numbers, customers, accounts, subscribers, bundles, each by id, as every unit does. Those out
 * of the unit's scope are not there; a bundle is, since a member that may be touched may leave it.
 */
export async function lockParties(
  unit: Unit,
  touched: readonly Touched[],
  customerId: Id<'customer'>,
  { quotes = false, begun = false }: LockPurpose = {},
): Promise<Parties> {
  await lockNumbersOfSubscribers(unit, numbersOf(touched, begun), quotes ? 'SEEN' : 'LOCKED');
  const customerIds = new Set([customerId, ...touched.flatMap(({ customers = [] }) => customers.map(({ id }) => id))]);
  const accountIds = new Set(touched.flatMap(({ accounts = [] }) => accounts.map(({ id }) => id)));
  const subscriberIds = new Set(touched.flatMap(({ subscriber }) => (subscriber === undefined ? [] : [subscriber.id])));
  // Accounts in one statement, and so in one order, even where one alone is changed.
  const lock = touched.some(({ changesAccounts }) => changesAccounts === true) ? 'change' : 'hold';
  const customers = await holdCustomers(unit, [...customerIds], 'customer:read');
  const accounts = accountIds.size === 0 ? [] : await holdAccounts(unit, [...accountIds], 'account:write', lock);
  const subscribers = subscriberIds.size === 0 ? [] : await lockSubscribers(unit, [...subscriberIds], 'subscriber:write');
  return {
    customers: new Map(customers.map((customer) => [customer.id, customer])),
    accounts: new Map(accounts.map((account) => [account.id, account])),
    subscribers: new Map(subscribers.map((subscriber) => [subscriber.id, subscriber])),
    bundles: new Map((await lockTouchedBundles(unit, touched, begun)).map((bundle) => [bundle.id, bundle])),
  };
}

function numbersOf(touched: readonly Touched[], begun: boolean): Parameters<typeof lockNumbersOfSubscribers>[1] {
  return touched.flatMap(({ number, opens }) => {
    if (number === undefined) return [];
    const { subscriberId, next } = number;
    return [{ subscriberId: opens === undefined || begun ? subscriberId : null, next }];
  });
}

async function lockTouchedBundles(unit: Unit, touched: readonly Touched[], begun: boolean): Promise<LockedBundle[]> {
  const named = touched.flatMap(({ bundle, opensBundle, endedBundle }) => [bundle?.id, begun ? opensBundle : undefined, endedBundle]);
  const ids = [...new Set(named.flatMap((id) => id ?? []))];
  const ofSubscribers = touched.flatMap(({ inBundle, subscriber }) =>
    inBundle === true && subscriber !== undefined ? [subscriber.id] : [],
  );
  return ids.length + ofSubscribers.length === 0 ? [] : lockBundles(unit, { ids, ofSubscribers });
}

/** Reads the locked rows of what an effect has changed again, for the next one: it must know the version they have now. */
export async function readAgain(wide: Unit, parties: Parties, touched: Touched): Promise<void> {
  const { accounts = [], changesAccounts, subscriber } = touched;
  await readBundlesAgain(wide, parties, touched);
  if (changesAccounts === true) {
    const ids = accounts.map(({ id }) => id);
    for (const account of await lockAccounts(wide, ids, 'account:write')) parties.accounts.set(account.id, account);
  }
  if (subscriber === undefined) return;
  for (const row of await lockSubscribers(wide, [subscriber.id], 'subscriber:write')) parties.subscribers.set(row.id, row);
}

/** Whoever joins or leaves a bundle changes who is in it. */
async function readBundlesAgain(wide: Unit, { bundles }: Parties, { opensBundle, opens }: Touched): Promise<void> {
  // Who opens a bundle, or a subscriber that joins one, has said so himself.
  if (opens !== undefined || opensBundle !== undefined) return;
  const ids = [...bundles.keys()];
  const read = ids.length === 0 ? [] : await lockBundles(wide, { ids, ofSubscribers: [] });
  for (const bundle of read) bundles.set(bundle.id, { ...bundle, inScope: bundles.get(bundle.id)?.inScope ?? true });
}

/** What is missing of the parties that an item names, or is no longer what it was. */
export function missingOf({ customers, accounts, subscribers, bundles }: Parties, touched: Touched): Refused | undefined {
  const refused: Refused[] = [];
  const look = <Party extends string>(
    named: readonly Named<Party>[],
    rows: ReadonlyMap<Party, { readonly status: string }>,
    missing: 'CUSTOMER_NOT_FOUND' | 'ACCOUNT_NOT_FOUND',
    ended: 'CUSTOMER_NOT_ACTIVE' | 'ACCOUNT_NOT_ACTIVE',
  ): void => {
    for (const { id, field } of named) {
      const row = rows.get(id);
      if (row === undefined) refused.push(refuseOrder(missing, field));
      else if (row.status !== 'ACTIVE') refused.push(refuseOrder(ended, field));
    }
  };
  look(touched.customers ?? [], customers, 'CUSTOMER_NOT_FOUND', 'CUSTOMER_NOT_ACTIVE');
  look(touched.accounts ?? [], accounts, 'ACCOUNT_NOT_FOUND', 'ACCOUNT_NOT_ACTIVE');
  const { subscriber, bundle: named } = touched;
  if (subscriber !== undefined && !subscribers.has(subscriber.id)) refused.push(refuseOrder('SUBSCRIBER_NOT_FOUND', subscriber.field));
  const bundle = named === undefined ? undefined : bundles.get(named.id);
  if (named !== undefined && bundle?.inScope !== true) refused.push(refuseOrder('BUNDLE_NOT_FOUND', named.field));
  else if (named !== undefined && bundle?.endedAt !== null) refused.push(refuseOrder('BUNDLE_ENDED', named.field));
  return refused.length === 0 ? undefined : { ok: false, refusals: refused.flatMap(({ refusals }) => refusals) };
}

/** The customer whose order it is must be there and active; so must the account, and be the customer's. */
export function checkOwner({ parties, customerId, accountId }: Accepting): Refused | undefined {
  const touched = {
    customers: [{ id: customerId, field: 'customerId' }],
    ...(accountId !== null && { accounts: [{ id: accountId, field: 'accountId' }] }),
  };
  const missing = missingOf(parties, touched);
  const account = accountId === null ? undefined : parties.accounts.get(accountId);
  const another = account !== undefined && account.customer_id !== customerId;
  return missing ?? (another ? refuseOrder('ACCOUNT_NOT_THEIRS', 'accountId') : undefined);
}
