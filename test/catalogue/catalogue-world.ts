import { registerChargeCode, type ChargeKind } from '../../src/business/component/service';
import {
  createProduct, draftProductVersion, moveProductVersion, sellable, type Offer, type ProductKind, type SellableAsked,
} from '../../src/business/component/product'; // prettier-ignore
import {
  createDiscount, draftDiscountVersion, grantable, moveDiscountVersion, type Grantable, type GrantableAsked,
} from '../../src/business/component/discount'; // prettier-ignore
import type { Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import type { TestDatabase } from '../support/database';
import { PartyWorld } from '../support/party-world';

/** The charge codes that the tests sell under: two of every line of business, the others of one. */
const CHARGE_CODES: readonly (readonly [string, ChargeKind, string | null])[] = [
  ['MONTHLY_FEE', 'RECURRING', null],
  ['INSTALLATION', 'ONE_TIME', null],
  ['MOBILE_FEE', 'RECURRING', 'MOBILE'],
  ['BROADBAND_FEE', 'RECURRING', 'BROADBAND'],
  ['MOBILE_USAGE', 'USAGE', 'MOBILE'],
  ['DEPOSIT', 'DEPOSIT', null],
  ['PENALTY', 'PENALTY', null],
  ['TOLL', 'ONE_TIME', null],
];
/** Of the charge codes: nothing is taken off these. */
const NOT_DISCOUNTABLE: readonly string[] = ['DEPOSIT', 'PENALTY', 'TOLL'];

/** A product that was released, with its version on sale. */
export interface Released {
  readonly productId: Id<'product'>;
  readonly versionId: Id<'productVersion'>;
}

/** A discount that was released, with its version. */
export interface ReleasedDiscount {
  readonly discountId: Id<'discount'>;
  readonly versionId: Id<'discountVersion'>;
}

interface Placed {
  readonly serviceType?: string | null;
  readonly organisationId?: Id<'organisation'>;
}

/** An operator with charge codes, and short ways to put products and discounts on sale through the real use cases. */
export class CatalogueWorld extends PartyWorld {
  public override async found(): Promise<void> {
    await super.found();
    for (const [code, kind, serviceType] of CHARGE_CODES) {
      const terms = {
        revenueAccount: '6001', deferredAccount: kind === 'RECURRING' ? '2204' : null, discountAccount: NOT_DISCOUNTABLE.includes(code) ? null : '6001',
        taxCategory: null, writeOffPriority: 100,
        billGroup: 'BASIC', discountable: !NOT_DISCOUNTABLE.includes(code), invoiceable: kind !== 'DEPOSIT', bearsLateFee: false, collectedFor: null,
      }; // prettier-ignore
      await this.run(registerChargeCode, { code, kind, serviceType, name: code, nameEn: code, terms });
    }
  }

  public async product(code: string, more: { kind?: ProductKind; serviceType?: string | null; organisationId?: Id<'organisation'> } = {}) {
    const { kind = 'PLAN', serviceType = kind === 'BUNDLE' ? null : 'MOBILE', organisationId = this.root } = more;
    return (await this.run(createProduct, { code, name: `产品${code}`, nameEn: `Product ${code}`, kind, serviceType, organisationId }))
      .productId;
  }

  /** A product with one version, on sale from now. */
  public async released(code: string, document: Json, more: Parameters<CatalogueWorld['product']>[1] = {}): Promise<Released> {
    const productId = await this.product(code, more);
    const documents = more.kind === 'BUNDLE' ? { bundle: document } : { definition: document };
    const { versionId } = await this.run(draftProductVersion, { productId, expectedVersion: 1, ...documents });
    await this.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    await this.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
    return { productId, versionId };
  }

  public async versionOfProduct(productId: Id<'product'>): Promise<number> {
    const [row] = await this.rows<{ version: number }>('SELECT version FROM product WHERE id = $1', productId);
    return row?.version ?? 0;
  }

  public offers(asked: Partial<SellableAsked>, context = this.context): Promise<Offer[]> {
    return sellable(context, { organisationId: this.hangzhou, at: this.clock.now(), codes: [], ...asked });
  }

  public async discount(code: string, { serviceType = null, organisationId = this.root }: Placed = {}): Promise<Id<'discount'>> {
    const names = { name: `优惠${code}`, nameEn: `Discount ${code}` };
    return (await this.run(createDiscount, { code, ...names, serviceType, organisationId })).discountId;
  }

  /** A discount with one version, granted from now. */
  public async releasedDiscount(code: string, definition: Json, placed: Placed = {}): Promise<ReleasedDiscount> {
    const discountId = await this.discount(code, placed);
    const { versionId } = await this.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition });
    await this.run(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    await this.run(moveDiscountVersion, { versionId, expectedVersion: 2, to: 'active' });
    return { discountId, versionId };
  }

  public async versionOfDiscount(discountId: Id<'discount'>): Promise<number> {
    const [row] = await this.rows<{ version: number }>('SELECT version FROM discount WHERE id = $1', discountId);
    return row?.version ?? 0;
  }

  public granted(asked: Partial<GrantableAsked>, context = this.context): Promise<Grantable[]> {
    return grantable(context, { organisationId: this.hangzhou, at: this.clock.now(), codes: [], ...asked });
  }

  public rows<Row>(text: string, ...values: readonly unknown[]): Promise<Row[]> {
    return this.catalogue.raw<Row>(text, values);
  }

  public constructor(private readonly catalogue: TestDatabase) {
    super(catalogue);
  }
}

export function useCatalogueWorld(database: TestDatabase): CatalogueWorld {
  const world = new CatalogueWorld(database);
  beforeAll(() => world.found());
  return world;
}

/** A monthly fee of a plan, as it is written. */
export const FEE = {
  kind: 'RECURRING', code: 'FEE', name: '月租', nameEn: 'Monthly fee', chargeCode: 'MONTHLY_FEE', taxIncluded: true, timing: 'ARREARS',
  phases: [{ amount: '30.00' }],
} as const; // prettier-ignore

/** A tenth off what remains of a subscriber's charges, as it is written. */
export const TENTH = {
  name: '九折', nameEn: 'A tenth off', effect: { kind: 'PERCENTAGE', basisPoints: 1_000 }, level: 'SUBSCRIBER',
} as const; // prettier-ignore
