import { createProduct, draftProductVersion, moveProductVersion } from '../../src/business/component/product';
import { registerChargeCode } from '../../src/business/component/service';
import { encodeId, type Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import type { TestDatabase } from '../support/database';
import { newKey, newNumber } from '../support/party-world';
import { acc, OrderWorld, type OrderRow } from './order-world';

export const price = (kind: string, code: string, more: Json): Json => ({
  kind, code, name: code, nameEn: code, taxIncluded: true, ...(more as object),
}); // prettier-ignore
export const monthly = (amount: string, more: Json = {}): Json =>
  price('RECURRING', 'MONTHLY', { chargeCode: 'MONTHLY_FEE', timing: 'ADVANCE', phases: [{ amount }], ...(more as object) });

/** A product that a subscriber holds, as a clerk sees it. */
export interface SeenProduct {
  readonly id: string;
  readonly quantity: number;
  readonly product: { readonly code: string };
  readonly order: { readonly orderNo: string };
}

/** Who holds what: a customer with an account that is billed on the first, and a subscriber opened by an order. */
export interface Holder {
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'>;
  /** As GraphQL has it. */
  readonly id: string;
}

/** A world with products on sale, and subscribers who hold them. */
export class ProductWorld extends OrderWorld {
  public override async found(): Promise<void> {
    await super.found();
    await this.chargeCode('INSTALLATION', 600);
    const terms = {
      revenueAccount: '6001', deferredAccount: '2204', discountAccount: null, taxCategory: null, writeOffPriority: 100, billGroup: 'BASIC',
      discountable: false, invoiceable: true, bearsLateFee: false, collectedFor: null,
    }; // prettier-ignore
    const code = { name: '账目', nameEn: 'Charge', serviceType: null, from: this.clock.now() };
    await this.run(registerChargeCode, { ...code, code: 'MONTHLY_FEE', kind: 'RECURRING', terms });
    const deposit = { ...terms, deferredAccount: null, invoiceable: false };
    await this.run(registerChargeCode, { ...code, code: 'DEPOSIT', kind: 'DEPOSIT', terms: deposit });
    const penalty = { ...terms, deferredAccount: null, taxCategory: 'INSTALLATION_TAX' };
    await this.run(registerChargeCode, { ...code, code: 'PENALTY', kind: 'PENALTY', terms: penalty });
  }

  public async sell(
    code: string,
    definition: Json,
    kind: 'PLAN' | 'ADD_ON' | 'BUNDLE' = 'PLAN',
    serviceType: string | null = 'MOBILE',
  ): Promise<Id<'product'>> {
    const made = { code, name: `产品${code}`, nameEn: `Product ${code}`, kind, serviceType, organisationId: this.root };
    const { productId } = await this.run(createProduct, made);
    await this.sellNext(productId, 1, definition, kind === 'BUNDLE' ? 'bundle' : 'definition');
    return productId;
  }

  /** Releases a version of a product; what was sold before is not sold any more. */
  public async sellNext(
    productId: Id<'product'>,
    expectedVersion: number,
    says: Json,
    as: 'definition' | 'bundle' = 'definition',
  ): Promise<void> {
    const { versionId } = await this.run(draftProductVersion, { productId, expectedVersion, [as]: says });
    await this.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    await this.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
  }

  public async holder(plan: string, addOns: readonly { code: string; quantity?: number }[] = []): Promise<Holder> {
    const { customerId, accountId } = await this.payer({ account: { billingDay: 1 } });
    const organisationId = encodeId('organisation', this.hangzhou);
    const of = { serviceType: 'MOBILE', organisationId, identifier: newNumber(), accountId: acc(accountId) };
    const order = await this.order(customerId, [{ open: { ...of, plan: { code: plan }, addOns } }]);
    const seen = 'query ($id: ID!) { order(id: $id) { items { subscriber { id } } } }';
    const { order: read } = await this.read<{ order: { items: { subscriber: { id: string } }[] } }>(seen, { id: order.id });
    return { customerId, accountId, id: read.items[0]?.subscriber.id ?? '' };
  }

  /** Submits a quotation and pays what is due. */
  public async pay(quotationId: string, amount: string): Promise<OrderRow> {
    const submitted = await this.mutate('submitOrder', { quotationId });
    const paid = await this.mutate('recordOrderPayment', {
      orderId: submitted.order?.id, expectedVersion: 1, method: 'CASH', amount: { amount, currency: 'CNY' }, reference: newKey(),
    }); // prettier-ignore
    if (paid.order === null) throw new Error(`not paid: ${JSON.stringify([submitted.errors, paid.errors])}`);
    return paid.order;
  }

  public async productsOf(id: string, at = this.clock.now()): Promise<SeenProduct[]> {
    const products = 'products(validAt: $at) { id quantity product { code } order { orderNo } }';
    const document = `query ($id: ID!, $at: DateTime) { subscriber(id: $id) { ${products} } }`;
    return (await this.read<{ subscriber: { products: SeenProduct[] } }>(document, { id, at: at.toString() })).subscriber.products;
  }

  /** What a subscriber holds at an instant, as `CODE × quantity`. */
  public async heldBy(id: string, at = this.clock.now()): Promise<string[]> {
    return (await this.productsOf(id, at)).map(({ product, quantity }) => `${product.code} × ${quantity}`);
  }

  /** The id of the instance of a product that a subscriber holds now. */
  public async instanceOf(id: string, code: string): Promise<string> {
    return (await this.productsOf(id)).find(({ product }) => product.code === code)?.id ?? '';
  }

  /** The lines of a quotation, as `KIND amount explanation`. */
  public async linesOf(quotationId: string, language: 'zh' | 'en' = 'en'): Promise<string[]> {
    const ask = 'query ($id: ID!) { quotation(id: $id) { lines { kind amount { amount } dueNow explanation } } }';
    type Lines = { quotation: { lines: { kind: string; amount: { amount: string }; dueNow: boolean; explanation: string }[] } };
    const { quotation } = await this.read<Lines>(ask, { id: quotationId }, { ...this.clerk, language });
    return quotation.lines.map(
      ({ kind, amount, dueNow, explanation }) => `${kind} ${amount.amount}${dueNow ? ' due' : ''}: ${explanation}`,
    );
  }
}

export function useProductWorld(database: TestDatabase): ProductWorld {
  const world = new ProductWorld(database);
  beforeAll(() => world.found());
  return world;
}
