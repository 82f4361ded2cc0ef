import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  DISCOUNT_REFUSALS, type AuthorityKind, type Discount, type DiscountAuthority, type DiscountBudget, type DiscountDefinition,
  type DiscountRelease,
} from '../../../../business/component/discount'; // prettier-ignore
import { fromStored, type Eligibility, type ReleasedVersion, type VersionState } from '../../../../business/component/product';
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import type { CurrencyCode } from '../../../../kernel/money';
import { connectionType } from '../../server/connection';
import { Validity } from '../../server/fact-time';
import { cost } from '../../server/guard/cost-hint';
import { MoneyType } from '../../server/money.type';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';
import { VersionStateEnum } from '../product/catalogue-enum';
import { EligibilityType } from '../product/definition.type';
import { SalePeriodType } from '../product/product.type';
import { DiscountDefinitionType } from './discount-definition.type';
import { AuthorityKindEnum } from './discount-enum';

@ObjectType('Discount', {
  implements: Node,
  simpleResolvers: true,
  description: 'A discount 优惠, granted at its node and below; what it says stands in its versions.',
})
export class DiscountType {
  public constructor(public readonly value: Discount) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('discount', this.value.id);
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
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
}

@ObjectType('DiscountVersion', {
  implements: Node,
  simpleResolvers: true,
  description: 'One version of a discount 优惠版本. What was released never changes.',
})
export class DiscountVersionType {
  public constructor(public readonly value: ReleasedVersion<'discount'>) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('discountVersion', this.value.id);
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
  @Field(() => [SalePeriodType], { description: 'When it is, was or will be granted, in order. A suspension is a gap.' })
  public get granted(): SalePeriodType[] {
    return this.value.sold.map((period) => new SalePeriodType(period));
  }
  @Field(() => DateTimeScalar, { nullable: true })
  public get releasedAt(): Instant | null {
    return this.value.releasedAt;
  }
  @Field(() => DiscountDefinitionType)
  public get definition(): DiscountDefinitionType {
    return new DiscountDefinitionType(fromStored<DiscountDefinition>(this.value.definition), this.value.currency as CurrencyCode);
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

@ObjectType('DiscountRelease', {
  simpleResolvers: true,
  description: 'What a node says of a discount for itself and those below it 分级发布.',
})
export class DiscountReleaseType {
  public constructor(public readonly value: DiscountRelease) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('fact', this.value.id);
  }
  @Field(() => Boolean, { description: 'Whether it is granted there at all.' })
  public get granted(): boolean {
    return this.value.granted;
  }
  @Field(() => EligibilityType, { description: 'Who may have it there, beside what the discount says.' })
  public get narrowing(): EligibilityType {
    return new EligibilityType(fromStored<Eligibility>(this.value.narrowing));
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('DiscountBudget', { simpleResolvers: true, description: 'How much a discount may give away in all 优惠预算.' })
export class DiscountBudgetType {
  public constructor(private readonly value: DiscountBudget) {}

  @Field(() => MoneyType)
  public get limit(): MoneyType {
    return this.money(this.value.limitMinor);
  }
  @Field(() => MoneyType, { description: 'What it has given away already.' })
  public get used(): MoneyType {
    return this.money(this.value.usedMinor);
  }
  @Field(() => DateTimeScalar, { description: 'When its limit was set.' })
  public get changedAt(): Instant {
    return this.value.changedAt;
  }

  private money(amountMinor: bigint): MoneyType {
    return new MoneyType({ amountMinor, currency: this.value.currency as CurrencyCode });
  }
}

@ObjectType('DiscountAuthority', {
  simpleResolvers: true,
  description:
    'How much holders of a role may give away by hand on one order 优惠权限, at the nodes of their grants. Both limits must hold.',
})
export class DiscountAuthorityType {
  public constructor(public readonly value: DiscountAuthority) {}

  @Field(() => AuthorityKindEnum)
  public get kind(): AuthorityKind {
    return this.value.kind;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Null: no limit.' })
  public get amount(): MoneyType | null {
    const { amountMinor, currency } = this.value;
    return amountMinor === null ? null : new MoneyType({ amountMinor, currency: currency as CurrencyCode });
  }
  @Field(() => Int, { nullable: true, description: 'Of the order’s one-time and first-period charges; null: no limit.' })
  public get basisPoints(): number | null {
    return this.value.basisPoints;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
}

export const DiscountConnection = connectionType('Discount', () => DiscountType);
export const DiscountVersionConnection = connectionType('DiscountVersion', () => DiscountVersionType);
export const DiscountReleaseConnection = connectionType('DiscountRelease', () => DiscountReleaseType);
export const DiscountUserError = userErrorType('Discount', DISCOUNT_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The discount as it is now.' })
export class DiscountPayload {
  @Field(() => DiscountType, { nullable: true, description: 'Null when refused.' })
  public discount?: DiscountType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [DiscountUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The version as it is now.' })
export class DiscountVersionPayload {
  @Field(() => DiscountVersionType, { nullable: true, description: 'Null when refused.' })
  public discountVersion?: DiscountVersionType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [DiscountUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The authority as it is now.' })
export class DiscountAuthorityPayload {
  @Field(() => DiscountAuthorityType, { nullable: true, description: 'Null when refused, or without catalogue:read.' })
  public discountAuthority?: DiscountAuthorityType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [DiscountUserError])
  public userErrors!: UserErrorOf<string>[];
}
