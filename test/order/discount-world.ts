import { createDiscount, draftDiscountVersion, moveDiscountVersion, setDiscountBudget } from '../../src/business/component/discount';
import { createProduct, draftProductVersion, moveProductVersion } from '../../src/business/component/product';
import { registerChargeCode } from '../../src/business/component/service';
import { registerTaxCategory } from '../../src/business/component/tax';
import { encodeId, type Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import type { TestDatabase } from '../support/database';
import { newNumber } from '../support/party-world';
import { acc, OrderWorld, sub } from './order-world';

type Given = Readonly<Record<string, unknown>>;

/** A line of a quotation as the tests read it. */
export interface QuotedLine {
  readonly itemNo: number;
  readonly kind: string;
  readonly name: string;
  readonly chargeCode: string | null;
  readonly amount: { readonly amount: string };
  readonly tax: { readonly amount: string };
  readonly dueNow: boolean;
  readonly reduces: number | null;
  readonly explanation: string;
}

const price = (kind: string, code: string, more: Json) => ({ kind, code, name: code, nameEn: code, taxIncluded: true, ...(more as object) }); // prettier-ignore

/** A monthly fee, paid in advance. */
export const monthly = (amount: string, more: Json = {}): Json =>
  price('RECURRING', 'MONTHLY', { chargeCode: 'MONTHLY_FEE', timing: 'ADVANCE', phases: [{ amount }], ...(more as object) });

/** A fee at the opening. */
export const setup = (amount: string, more: Json = {}): Json =>
  price('ONE_TIME', 'SETUP', { chargeCode: 'SETUP_FEE', amount, ...(more as object) });

/** What an operator sells with discounts: charge codes of 6 % that can be discounted, and one that cannot. */
export class DiscountWorld extends OrderWorld {
  public override async found(): Promise<void> {
    await super.found();
    const from = this.clock.now();
    await this.run(registerTaxCategory, { code: 'VAT6', name: '税目', nameEn: 'Category', basisPoints: 600, from });
    const terms = {
      revenueAccount: '6001', deferredAccount: null, discountAccount: '600199', taxCategory: 'VAT6', writeOffPriority: 10, billGroup: 'FEE',
      discountable: true, invoiceable: true, bearsLateFee: false, collectedFor: null,
    }; // prettier-ignore
    const code = { name: '账目', nameEn: 'Charge', serviceType: null, from };
    await this.run(registerChargeCode, { ...code, code: 'MONTHLY_FEE', kind: 'RECURRING', terms: { ...terms, deferredAccount: '2205' } });
    await this.run(registerChargeCode, { ...code, code: 'SETUP_FEE', kind: 'ONE_TIME', terms });
    const never = { ...terms, discountAccount: null, discountable: false };
    await this.run(registerChargeCode, { ...code, code: 'CARD_FEE', kind: 'ONE_TIME', terms: never });
  }

  public async sell(code: string, prices: readonly Json[], kind: 'PLAN' | 'ADD_ON' = 'PLAN', more: Given = {}): Promise<void> {
    const made = { code, name: `产品${code}`, nameEn: `Product ${code}`, kind, serviceType: 'MOBILE', organisationId: this.root };
    const { productId } = await this.run(createProduct, made);
    const definition = { prices, ...more } as unknown as Json;
    const { versionId } = await this.run(draftProductVersion, { productId, expectedVersion: 1, definition });
    await this.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    await this.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
  }

  /** A draft after what is on sale. */
  public async draftOf(code: string, prices: readonly Json[]): Promise<void> {
    const [row] = await this.db.raw<{ id: Id<'product'>; version: number }>('SELECT id, version FROM product WHERE code = $1', [code]);
    if (row === undefined) throw new Error(`no product ${code}`);
    await this.run(draftProductVersion, { productId: row.id, expectedVersion: row.version, definition: { prices } });
  }

  public async draftDiscount(code: string, definition: Given): Promise<void> {
    const [row] = await this.db.raw<{ id: Id<'discount'>; version: number }>('SELECT id, version FROM discount WHERE code = $1', [code]);
    if (row === undefined) throw new Error(`no discount ${code}`);
    const said = { name: `优惠${code}`, nameEn: `Discount ${code}`, level: 'SUBSCRIBER', ...definition } as unknown as Json;
    await this.run(draftDiscountVersion, { discountId: row.id, expectedVersion: row.version, definition: said });
  }

  /** A discount that is granted from now on; `limit` is its budget. */
  public async offer(
    code: string,
    definition: Given,
    { serviceType = null, organisationId = this.root, limit }: {
      readonly serviceType?: string | null; readonly organisationId?: Id<'organisation'>; readonly limit?: bigint;
    } = {}, // prettier-ignore
  ): Promise<{ readonly discountId: Id<'discount'>; readonly versionId: Id<'discountVersion'> }> {
    const names = { name: `优惠${code}`, nameEn: `Discount ${code}` };
    const { discountId } = await this.run(createDiscount, { code, ...names, serviceType, organisationId });
    const said = { ...names, level: 'SUBSCRIBER', ...definition } as unknown as Json;
    const { versionId } = await this.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition: said });
    await this.run(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    await this.run(moveDiscountVersion, { versionId, expectedVersion: 2, to: 'active' });
    if (limit !== undefined) {
      await this.run(setDiscountBudget, { discountId, expectedVersion: 4, limit: { amountMinor: limit, currency: 'CNY' } });
    }
    return { discountId, versionId };
  }

  /** An item that opens a subscriber. */
  public opening(accountId: Id<'account'>, more: Given = {}): Given {
    return {
      open: {
        serviceType: 'MOBILE',
        organisationId: encodeId('organisation', this.hangzhou),
        identifier: newNumber(),
        accountId: acc(accountId),
        plan: { code: 'PLAN' },
        ...more,
      },
    };
  }

  public async linesOf(quotationId: string): Promise<QuotedLine[]> {
    const { quotation } = await this.read<{ quotation: { lines: QuotedLine[] } }>(
      `query ($id: ID!) { quotation(id: $id) { lines {
        itemNo kind name chargeCode amount { amount } tax { amount } dueNow reduces explanation } } }`,
      { id: quotationId },
    );
    return quotation.lines;
  }

  /** The lines of a quotation in short: kind, amount, and what a reduction is taken off. */
  public async shortOf(quotationId: string): Promise<string[]> {
    return (await this.linesOf(quotationId)).map(
      ({ kind, amount, reduces, dueNow }) => `${kind} ${amount.amount}${dueNow ? ' now' : ''}${reduces === null ? '' : ` off ${reduces}`}`,
    );
  }

  /** What a subscriber, or an account, has of discounts, at an instant. */
  public async discountsOf(of: Id<'subscriber'> | string, kind: 'subscriber' | 'account' = 'subscriber', at?: string): Promise<Granted[]> {
    const id = of.includes('_') ? of : sub(of as Id<'subscriber'>);
    const args = at === undefined ? '' : `(validAt: "${at}")`;
    const asked = `id periods itemNo discount { code } discountVersion { number } order { orderNo } reserved { amount }
      returns { on amount { amount } } validity { from to }`;
    const answer = await this.read<Record<string, { discounts: Granted[] }>>(
      `query ($id: ID!) { ${kind}(id: $id) { discounts${args} { ${asked} } } }`,
      { id },
    );
    return answer[kind]?.discounts ?? [];
  }

  public async usedOf(discountId: Id<'discount'>): Promise<bigint> {
    const [row] = await this.db.raw<{ used: string }>('SELECT used_minor::text AS used FROM discount_budget WHERE discount_id = $1', [
      discountId,
    ]);
    return BigInt(row?.used ?? 0);
  }

  /** Pays all that an order waits for. */
  public async pay(order: { readonly id: string; readonly version: number }, amount: string): ReturnType<OrderWorld['mutate']> {
    return this.mutate('recordOrderPayment', {
      orderId: order.id, expectedVersion: order.version, method: 'CASH', amount: { amount, currency: 'CNY' }, reference: `r-${order.id}`,
    }); // prettier-ignore
  }

  /** The subscriber of the first item of an order, as it is published. */
  public async subscriberOf(order: { readonly id: string }): Promise<string> {
    const read = 'query ($id: ID!) { order(id: $id) { items { subscriber { id } } } }';
    const answer = await this.read<{ order: { items: { subscriber: { id: string } | null }[] } }>(read, { id: order.id });
    return answer.order.items[0]?.subscriber?.id ?? '';
  }
}

export interface Granted {
  readonly id: string;
  readonly periods: number | null;
  readonly itemNo: number;
  readonly discount: { readonly code: string } | null;
  readonly reserved: { readonly amount: string } | null;
  readonly returns: readonly { readonly on: string; readonly amount: { readonly amount: string } }[];
  readonly validity: { readonly from: string; readonly to: string | null };
}

export function useDiscountWorld(database: TestDatabase): DiscountWorld {
  const world = new DiscountWorld(database);
  beforeAll(() => world.found());
  return world;
}
