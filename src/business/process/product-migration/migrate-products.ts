import { CUSTOMER_GRADES } from '../../component/customer';
import { keepDoneOrders, type DoneItem, type DoneOrder } from '../../component/order';
import { operatorParameters } from '../../component/organisation';
import { holdProducts, type Holding, type ProductToHold } from '../../component/product';
import type { Unit } from '../../context';
import { instantToText, type Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';

/** What the subscribers of one customer hold in the system that it comes from, judged by `judgeHoldings`. */
export interface Migration {
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'>;
  readonly organisationId: Id<'organisation'>;
  /** By which the customer is known there. */
  readonly externalId: string | null;
  readonly note: string | null;
  readonly subscribers: readonly {
    readonly subscriberId: Id<'subscriber'>;
    readonly serviceType: string;
    readonly since: Instant;
    readonly products: readonly ProductToHold[];
  }[];
}

/** Done as they are written, they hurry nobody. */
const PRIORITY = CUSTOMER_GRADES.length;

/**
 * Takes over what subscribers hold 存量迁移, in the unit that opens them: one order for each customer, complete, whose items say what each
 * subscriber has held since when. By it every product leads to an order, as if it had been sold here.
 * @returns how many products they hold
 */
export async function migrateProducts(unit: Unit, migrations: readonly Migration[]): Promise<number> {
  const { currency, timeZone } = await operatorParameters(unit);
  const orders: DoneOrder[] = [];
  const holdings: Holding[] = [];
  for (const { subscribers, ...migration } of migrations) {
    const holders = subscribers.filter(({ products }) => products.length > 0);
    if (holders.length === 0) continue;
    const id = newId('order');
    const { organisationId } = migration;
    const sale = { organisationId, sold: { organisationId, at: unit.now } };
    orders.push({ ...migration, id, priority: PRIORITY, currency, items: holders.map(itemOf) });
    for (const [place, holder] of holders.entries())
      holdings.push({ ...holder, ...sale, from: holder.since, orderId: id, itemNo: place + 1 });
  }
  await keepDoneOrders(unit, orders);
  await holdProducts(unit, holdings, timeZone);
  return holdings.reduce((sum, { products }) => sum + products.length, 0);
}

function itemOf({ subscriberId, serviceType, since, products }: Migration['subscribers'][number]): DoneItem {
  const ordered = products.map(({ code, quantity, versionId }) => ({ code, quantity, versionId }));
  const content = { subscriberId, since: instantToText(since), products: ordered };
  return {
    request: { kind: 'MIGRATE', content },
    action: 'ADD',
    subscriberId,
    serviceType,
    result: { products: products.length },
    effectiveAt: since,
  };
}
