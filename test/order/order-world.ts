import { registerStandardChart } from '../../src/business/component/ledger';
import { registerChargeCode } from '../../src/business/component/service';
import { PERMISSION_CODES } from '../../src/business/component/staff';
import { registerTaxCategory } from '../../src/business/component/tax';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import type { Language } from '../../src/kernel/result';
import type { TestDatabase } from '../support/database';
import { Graph, scopeAt, type Caller } from '../support/graph';
import { newKey, PartyWorld } from '../support/party-world';

type Items = readonly Readonly<Record<string, unknown>>[];

export interface UserError {
  readonly code: string;
  readonly field: readonly string[] | null;
  readonly message: string;
}

export interface OrderRow {
  readonly id: string;
  readonly orderNo: string;
  readonly state: string;
  readonly version: number;
}

const ORDER = 'id orderNo state version';

/** A customer with an account and a mobile subscriber that was opened some months ago. */
export interface Household {
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'>;
  readonly subscriberId: Id<'subscriber'>;
}

/** A world in which orders are taken over GraphQL, as clerks do. */
export class OrderWorld extends PartyWorld {
  public graph!: Graph;
  /** A clerk of the city with every right there. */
  public clerk!: Caller;

  public constructor(public readonly db: TestDatabase) {
    super(db);
  }

  public override async found(): Promise<void> {
    this.clock.set('2026-01-05T01:00:00Z');
    await super.found();
    await this.run(registerStandardChart, {});
    this.graph = new Graph(this.db.core, this.clock);
    this.clerk = this.clerkAt(this.hangzhou);
  }

  /** A charge code of one-time fees, under a tax category of its own. */
  public async chargeCode(code: string, basisPoints: number): Promise<void> {
    const taxCategory = `${code}_TAX`;
    const from = this.clock.now();
    await this.run(registerTaxCategory, { code: taxCategory, name: '税目', nameEn: 'Category', basisPoints, from });
    const terms = {
      revenueAccount: '6001', deferredAccount: null, discountAccount: null, taxCategory, writeOffPriority: 10, billGroup: 'FEE',
      discountable: false, invoiceable: true, bearsLateFee: false, collectedFor: null,
    }; // prettier-ignore
    await this.run(registerChargeCode, { code, name: '手续费', nameEn: 'Fee', kind: 'ONE_TIME', serviceType: null, terms, from });
  }

  public clerkAt(node: Id<'organisation'>, more: Partial<Caller> = {}): Caller {
    return { scope: scopeAt(node, PERMISSION_CODES), staffId: newId('staff'), ...more };
  }

  public async household(): Promise<Household> {
    const now = this.clock.now();
    this.clock.set(now.subtract({ hours: 24 * 365 }).toString());
    const { customerId, accountId } = await this.payer();
    const subscriberId = await this.subscriber(customerId, accountId);
    this.clock.set(now.toString());
    return { customerId, accountId, subscriberId };
  }

  public async quote(
    customerId: Id<'customer'>,
    items: Items,
    { by = this.clerk, language = 'en', ...more }: { by?: Caller; language?: Language; [name: string]: unknown } = {},
  ): Promise<{ quotationId: string; due: string; errors: UserError[] }> {
    const input = {
      idempotencyKey: newKey(),
      organisationId: encodeId('organisation', this.hangzhou),
      customerId: encodeId('customer', customerId),
      items,
      ...more,
    };
    const { quoteOrder } = await this.graph.read<{
      quoteOrder: { quotation: { id: string; due: { amount: string } } | null; userErrors: UserError[] };
    }>(
      'mutation ($input: QuoteOrderInput!) { quoteOrder(input: $input) { quotation { id due { amount } } userErrors { code field message } } }',
      { input },
      { ...by, language },
    );
    const { quotation, userErrors: errors } = quoteOrder;
    return { quotationId: quotation?.id ?? '', due: quotation?.due.amount ?? '', errors };
  }

  /** The refusals of a quotation, as `field CODE`. */
  public async refusalsOf(customerId: Id<'customer'>, items: Items, more: Parameters<OrderWorld['quote']>[2] = {}): Promise<string[]> {
    const { errors } = await this.quote(customerId, items, more);
    return errors.map(({ code, field }) => (field === null ? code : `${field.join('.')} ${code}`));
  }

  /** One mutation about an order; `order` is null where it was refused. */
  public async mutate(
    name: string,
    input: Readonly<Record<string, unknown>>,
    by: Caller = this.clerk,
  ): Promise<{ order: OrderRow | null; errors: UserError[] }> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const answer = await this.graph.read<Record<string, { order: OrderRow | null; userErrors: UserError[] }>>(
      `mutation ($input: ${type}!) { ${name}(input: $input) { order { ${ORDER} } userErrors { code field message } } }`,
      { input: { idempotencyKey: newKey(), ...input } },
      by,
    );
    const payload = answer[name];
    return { order: payload?.order ?? null, errors: payload?.userErrors ?? [] };
  }

  /** Quotes and submits; neither may be refused. */
  public async order(customerId: Id<'customer'>, items: Items, more: Parameters<OrderWorld['quote']>[2] = {}): Promise<OrderRow> {
    const { quotationId, errors } = await this.quote(customerId, items, more);
    if (errors.length > 0) throw new Error(`not quoted: ${JSON.stringify(errors)}`);
    const submitted = await this.mutate('submitOrder', { quotationId }, more.by);
    if (submitted.order === null) throw new Error(`not submitted: ${JSON.stringify(submitted.errors)}`);
    return submitted.order;
  }

  public async read<Data>(document: string, variables: Readonly<Record<string, unknown>> = {}, by = this.clerk): Promise<Data> {
    return this.graph.read<Data>(document, variables, by);
  }

  /** The books of an account, by ledger account: debit positive. */
  public async booksOf(accountId: string): Promise<Record<string, number>> {
    const rows = await this.db.raw<{ code: string; sum: string }>(
      'SELECT ledger_account AS code, sum(amount_minor) AS sum FROM ledger_line WHERE account_id = $1 GROUP BY 1 HAVING sum(amount_minor) <> 0',
      [accountId],
    );
    return Object.fromEntries(rows.map(({ code, sum }) => [code, Number(sum)]));
  }

  /** The history of an order as `item from→to REASON`. */
  public async historyOf(orderId: string): Promise<string[]> {
    const { order } = await this.read<{
      order: { history: { nodes: { itemNo: number | null; from: string | null; to: string; reason: string }[] } };
    }>('query ($id: ID!) { order(id: $id) { history(first: 100) { nodes { itemNo from to reason } } } }', { id: orderId });
    return order.history.nodes.map(({ itemNo, from, to, reason }) => `${itemNo ?? 'order'} ${from ?? ''}→${to} ${reason}`);
  }
}

export const sub = (id: Id<'subscriber'>): string => encodeId('subscriber', id);
export const acc = (id: Id<'account'>): string => encodeId('account', id);
export const cus = (id: Id<'customer'>): string => encodeId('customer', id);

/** A world of its own for a test file, founded before its tests. */
export function useOrderWorld(database: TestDatabase): OrderWorld {
  const world = new OrderWorld(database);
  beforeAll(() => world.found());
  return world;
}
