import { endDiscountsOfBundle } from '../../component/discount';
import { orderRules, type ItemRequest } from '../../component/order';
import { operatorParameters } from '../../component/organisation';
import { endLapsedBundle } from '../../component/product';
import type { Unit } from '../../context';
import type { TimeZone } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { laterOf } from '../../../kernel/period';
import { kindOf } from './kinds';
import { lockParties, type LockPurpose } from './lock-parties';
import type { Accepting, Parties, Touched } from './order-kind';
import { widen } from './widen';

/** Whose order it is, and where it is accepted. */
export interface OrderOf {
  readonly id: Id<'order'>;
  readonly customerId: Id<'customer'>;
  readonly organisationId: Id<'organisation'>;
  /** What is due at once is charged to it. */
  readonly accountId: Id<'account'> | null;
  /** When it is to take effect; now, when not given. */
  readonly requestedStartAt: Instant | null;
}

/**
 * Locks what the items touch and reads what decides about them. `by` is who may touch the parties: the caller where an order is
 * quoted or submitted, the order itself from then on. The first charge of an account locks its row: `charges` does so in its place.
 */
export async function beginAccepting(
  unit: Unit,
  { id: orderId, customerId, organisationId, accountId, requestedStartAt }: OrderOf,
  items: readonly ItemRequest[],
  by: 'CALLER' | 'ORDER',
  { charges = false, ...purpose }: LockPurpose & { readonly charges?: boolean } = {},
): Promise<Accepting> {
  const wide = widen(unit);
  const touched: Touched[] = items.map((item) => kindOf(item).touches(item.content));
  if (accountId !== null) touched.push({ accounts: [{ id: accountId, field: 'accountId' }], changesAccounts: charges });
  const parties = await lockParties(by === 'CALLER' ? unit : wide, touched, customerId, purpose);
  const operator = await operatorParameters(unit);
  await endLapsedBundles(wide, parties, operator.timeZone);
  const rules = await orderRules(unit);
  const startAt = requestedStartAt === null ? unit.now : laterOf(requestedStartAt, unit.now);
  const order = { orderId, customerId, organisationId, accountId, items, startAt };
  return {
    unit: by === 'CALLER' ? unit : wide,
    wide,
    ...order,
    parties,
    rules,
    operator,
    timeZone: operator.timeZone,
    currency: operator.currency,
  };
}

/** Bundles whose grace is over have ended, though upkeep has not said so yet: who was left in one is in none. Upkeep charges for it. */
async function endLapsedBundles(wide: Unit, { bundles }: Parties, timeZone: TimeZone): Promise<void> {
  for (const bundle of bundles.values()) {
    if (!(await endLapsedBundle(wide, bundle, timeZone))) continue;
    await endDiscountsOfBundle(wide, bundle);
    bundles.set(bundle.id, { ...bundle, endedAt: wide.now, members: [] });
  }
}
