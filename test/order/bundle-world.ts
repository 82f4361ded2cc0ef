import { createOrganisation } from '../../src/business/component/organisation';
import { seedCatalogue } from '../../src/business/process/demonstration/seed-catalogue';
import { seedCharges } from '../../src/business/process/demonstration/seed-charges';
import { Seeding } from '../../src/business/process/demonstration/seeding';
import { encodeId, type Id } from '../../src/kernel/id';
import type { TestDatabase } from '../support/database';
import { newNumber } from '../support/party-world';
import { acc, OrderWorld, type OrderRow } from './order-world';

type Item = Readonly<Record<string, unknown>>;

/** A customer that holds, with what it opened in one order. */
export interface Holder {
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'>;
}

export interface Line {
  readonly itemNo: number;
  readonly kind: string;
  readonly chargeCode: string | null;
  readonly amount: { readonly amount: string };
  readonly tax: { readonly amount: string };
  readonly dueNow: boolean;
  readonly explanation: string;
}

let logins = 0;

/** A world in which the demonstration's bundles are sold, by its own prices. */
export class BundleWorld extends OrderWorld {
  public override async found(): Promise<void> {
    await super.found();
    const partner = { organisationId: this.root, code: 'SP', name: '合作伙伴', kind: 'PARTNER' as const };
    const { organisationId: partnerId } = await this.run(createOrganisation, partner);
    const seeding = new Seeding(this.db.core, this.clock);
    const now = this.clock.now();
    await seedCharges(seeding, partnerId, now);
    const nodes = { 'SANHU-DEMO': this.root, ZJ: this.root, 'ZJ-NB': this.ningbo, 'ZJ-WZ': this.ningbo };
    await seedCatalogue(seeding, new Map(Object.entries(nodes)), now);
  }

  public openBundle({ accountId }: Holder, bundle = 'FUSION-199'): Item {
    return { openBundle: { bundle, accountId: acc(accountId), organisationId: encodeId('organisation', this.hangzhou) } };
  }

  /** Opens a subscriber on a plan; in a bundle, if `bundle` is given. */
  public open({ accountId }: Holder, serviceType: string, plan: string, bundle?: Item): Item {
    logins += 1;
    const identifier =
      serviceType === 'MOBILE' ? newNumber() : serviceType === 'BROADBAND' ? `login-${logins}` : `0571${String(logins).padStart(8, '8')}`;
    const organisationId = encodeId('organisation', this.hangzhou);
    return {
      open: { serviceType, organisationId, identifier, accountId: acc(accountId), plan: { code: plan }, ...(bundle && { bundle }) },
    };
  }

  /** The demonstration's FUSION-199: a mobile, a broadband and a fixed line, and more members if there are. */
  public fusion(holder: Holder, ...more: Item[]): Item[] {
    return [
      this.openBundle(holder),
      this.open(holder, 'MOBILE', 'MOBILE-5G-129', { itemNo: 1, role: 'MOBILE' }),
      this.open(holder, 'BROADBAND', 'BROADBAND-300M', { itemNo: 1, role: 'BROADBAND' }),
      this.open(holder, 'FIXED_LINE', 'FIXED-LINE-25', { itemNo: 1, role: 'FIXED_LINE' }),
      ...more,
    ];
  }

  public async linesOf(quotationId: string): Promise<Line[]> {
    const fields = 'itemNo kind chargeCode amount { amount } tax { amount } dueNow explanation';
    const { quotation } = await this.read<{ quotation: { lines: Line[] } }>(
      `query ($id: ID!) { quotation(id: $id) { lines { ${fields} } } }`,
      { id: quotationId },
    );
    return quotation.lines;
  }

  /** Quotes, submits and pays; nothing may be refused. */
  public async sell(holder: Holder, items: readonly Item[]): Promise<OrderRow> {
    const accountId = acc(holder.accountId);
    const { quotationId, due, errors } = await this.quote(holder.customerId, items, { accountId });
    if (errors.length > 0) throw new Error(`not quoted: ${JSON.stringify(errors)}`);
    const { order, errors: refused } = await this.mutate('submitOrder', { quotationId });
    if (order === null) throw new Error(`not submitted: ${JSON.stringify(refused)}`);
    return order.state === 'pending' ? this.pay(order, due) : order;
  }

  public async pay({ id: orderId, version: expectedVersion }: OrderRow, amount: string): Promise<OrderRow> {
    const money = { amount, currency: 'CNY' };
    const paid = await this.mutate('recordOrderPayment', { orderId, expectedVersion, method: 'CASH', amount: money, reference: orderId });
    if (paid.order === null) throw new Error(`not paid: ${JSON.stringify(paid.errors)}`);
    return paid.order;
  }

  /** The bundle that an order opened, and the subscribers of its items. */
  public async soldBy(order: OrderRow): Promise<{ bundle: string; subscribers: string[] }> {
    const read = await this.read<{ order: { items: { bundle: { id: string } | null; subscriber: { id: string } | null }[] } }>(
      'query ($id: ID!) { order(id: $id) { items { bundle { id } subscriber { id } } } }',
      { id: order.id },
    );
    const { items } = read.order;
    return { bundle: items[0]?.bundle?.id ?? '', subscribers: items.flatMap(({ subscriber }) => subscriber?.id ?? []) };
  }

  /** Who is in a bundle, as `role subscriber`, in the order of the roles. */
  public async membersOf(bundle: string, at = ''): Promise<string[]> {
    const members = `members(first: 20 ${at}) { nodes { role subscriber { id } } }`;
    const { node } = await this.read<{ node: { members: { nodes: { role: string; subscriber: { id: string } }[] } } }>(
      `query ($id: ID!) { node(id: $id) { ... on BundleInstance { ${members} } } }`,
      { id: bundle },
    );
    return node.members.nodes.map(({ role, subscriber }) => `${role} ${subscriber.id}`).sort();
  }

  public async standingsOf(bundle: string, from: string, to: string): Promise<string[]> {
    const standings = 'standings(from: $from, to: $to) { from to state amount { amount } members }';
    const { node } = await this.read<{
      node: { standings: { from: string; to: string; state: string; amount: { amount: string } | null; members: number }[] };
    }>(`query ($id: ID!, $from: Date!, $to: Date!) { node(id: $id) { ... on BundleInstance { ${standings} } } }`, { id: bundle, from, to });
    return node.standings.map(
      (one) => `${one.from} ${one.to} ${one.state} ${one.members}${one.amount === null ? '' : ` ${one.amount.amount}`}`,
    );
  }
}

/** A world of its own for a test file, founded before its tests. */
export function useBundleWorld(database: TestDatabase): BundleWorld {
  const world = new BundleWorld(database);
  beforeAll(() => world.found());
  return world;
}
