import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  PRODUCT_REFUSALS, fromStored, type BundleDefinition, type Eligibility, type Product, type ProductDefinition, type ProductKind,
  type ProductRelease, type ReleasedVersion, type VersionState,
} from '../../../../business/component/product'; // prettier-ignore
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import type { CurrencyCode } from '../../../../kernel/money';
import type { Period } from '../../../../kernel/period';
import { connectionType } from '../../server/connection';
import { Validity } from '../../server/fact-time';
import { cost } from '../../server/guard/cost-hint';
import { MoneyType } from '../../server/money.type';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';
import { ProductKindEnum, VersionStateEnum } from './catalogue-enum';
import { BundleDefinitionType, EligibilityType, ProductDefinitionType } from './definition.type';

@ObjectType('Product', {
  implements: Node,
  simpleResolvers: true,
  description: 'A product 产品 or a bundle 套餐 (TMF620 ProductOffering), sold at its node and below; what it says stands in its versions.',
})
export class ProductType {
  public constructor(public readonly value: Product) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('product', this.value.id);
  }
  @Field(() => String, { description: 'Short and unique, for people and files.' })
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String)
  public get nameEn(): string {
    return this.value.nameEn;
  }
  @Field(() => ProductKindEnum)
  public get kind(): ProductKind {
    return this.value.kind;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
}

@ObjectType('SalePeriod', { simpleResolvers: true, description: 'A time in which a version is sold 在售时段, half-open.' })
export class SalePeriodType {
  @Field(() => DateTimeScalar)
  public readonly from: Instant;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while no end is set.' })
  public readonly to: Instant | null;

  public constructor({ from, to }: Period) {
    this.from = from;
    this.to = to;
  }
}

@ObjectType('ProductVersion', {
  implements: Node,
  simpleResolvers: true,
  description: 'One version of a product or a bundle 产品版本. What was released never changes.',
})
export class ProductVersionType {
  public constructor(public readonly value: ReleasedVersion<'product'>) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('productVersion', this.value.id);
  }
  @Field(() => Int, { description: 'From 1, in the order of their making.' })
  public get number(): number {
    return this.value.number;
  }
  @Field(() => VersionStateEnum)
  public get state(): VersionState {
    return this.value.state;
  }
  @Extensions(cost({ listSize: 2 }))
  @Field(() => [SalePeriodType], { description: 'When it is, was or will be sold, in order. A suspension is a gap.' })
  public get sold(): SalePeriodType[] {
    return this.value.sold.map((period) => new SalePeriodType(period));
  }
  @Field(() => DateTimeScalar, { nullable: true })
  public get releasedAt(): Instant | null {
    return this.value.releasedAt;
  }
  @Field(() => ProductDefinitionType, { nullable: true, description: 'Of a plan or an add-on; null of a bundle.' })
  public get definition(): ProductDefinitionType | null {
    const read = fromStored<ProductDefinition | BundleDefinition>(this.value.definition);
    return 'members' in read ? null : new ProductDefinitionType(read, this.value.currency as CurrencyCode);
  }
  @Field(() => BundleDefinitionType, { nullable: true, description: 'Of a bundle; null of a plan or an add-on.' })
  public get bundle(): BundleDefinitionType | null {
    const read = fromStored<ProductDefinition | BundleDefinition>(this.value.definition);
    return 'members' in read ? new BundleDefinitionType(read, this.value.currency as CurrencyCode) : null;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
}

@ObjectType('NodePrice', { simpleResolvers: true, description: 'Other amounts of a price at a node.' })
export class NodePriceType {
  @Field(() => String, { description: 'Code of the price.' })
  public readonly code: string;
  @Extensions(cost({ listSize: 2 }))
  @Field(() => [MoneyType], { description: 'One, or of a recurring price one for each phase.' })
  public readonly amounts: readonly MoneyType[];

  public constructor({ code, amountsMinor }: { readonly code: string; readonly amountsMinor: readonly bigint[] }, currency: CurrencyCode) {
    this.code = code;
    this.amounts = amountsMinor.map((amountMinor) => new MoneyType({ amountMinor, currency }));
  }
}

@ObjectType('ProductRelease', {
  simpleResolvers: true,
  description: 'What a node says of a product for itself and those below it 分级发布.',
})
export class ProductReleaseType {
  public constructor(public readonly value: ProductRelease) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('fact', this.value.id);
  }
  @Field(() => Boolean, { description: 'Whether it is sold there at all.' })
  public get sold(): boolean {
    return this.value.sold;
  }
  @Field(() => EligibilityType, { description: 'Who may have it there, beside what the product says.' })
  public get narrowing(): EligibilityType {
    return new EligibilityType(fromStored<Eligibility>(this.value.narrowing));
  }
  @Extensions(cost({ listSize: 2 }))
  @Field(() => [NodePriceType], { description: 'Other amounts there; they hold as long as the version on sale allows them. At most 50.' })
  public get prices(): NodePriceType[] {
    const prices = fromStored<readonly { readonly code: string; readonly amountsMinor: readonly bigint[] }[]>(this.value.prices);
    return prices.map((price) => new NodePriceType(price, this.value.currency as CurrencyCode));
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

export const ProductConnection = connectionType('Product', () => ProductType);
export const ProductVersionConnection = connectionType('ProductVersion', () => ProductVersionType);
export const ProductReleaseConnection = connectionType('ProductRelease', () => ProductReleaseType);
export const ProductUserError = userErrorType('Product', PRODUCT_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The product as it is now.' })
export class ProductPayload {
  @Field(() => ProductType, { nullable: true, description: 'Null when refused.' })
  public product?: ProductType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [ProductUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The version as it is now.' })
export class ProductVersionPayload {
  @Field(() => ProductVersionType, { nullable: true, description: 'Null when refused.' })
  public productVersion?: ProductVersionType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [ProductUserError])
  public userErrors!: UserErrorOf<string>[];
}
