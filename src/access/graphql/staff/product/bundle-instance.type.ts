import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { BundleInstance, BundleMembership, BundleStanding, Product } from '../../../../business/component/product';
import type { NamedMembership } from '../../../../business/view/counter';
import type { LocalDate } from '../../../../kernel/calendar';
import type { Instant } from '../../../../kernel/clock';
import { dateOf } from '../../../../kernel/day-number';
import { encodeId } from '../../../../kernel/id';
import type { CurrencyCode } from '../../../../kernel/money';
import { connectionType } from '../../server/connection';
import { DateScalar } from '../../server/date-scalar';
import { Validity } from '../../server/fact-time';
import { MoneyType } from '../../server/money.type';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';
import { BundleStandingEnum } from './catalogue-enum';

@ObjectType('BundleInstance', {
  implements: Node,
  simpleResolvers: true,
  description: `A bundle that was sold 融合套餐实例: held by a customer, charged to an account, with subscribers as its members. Seen with
  account:read at its node.`.replace(/\s+/g, ' '),
})
export class BundleInstanceType {
  /** `ahead` is the product, where the counter view has read it too. */
  public constructor(
    public readonly value: BundleInstance,
    public readonly ahead: Product | null | undefined = undefined,
  ) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('bundleInstance', this.value.bundleInstanceId);
  }
  @Field(() => DateTimeScalar, { description: 'When it was opened. It is charged as one from the day on which it is complete.' })
  public get openedAt(): Instant {
    return this.value.openedAt;
  }
  @Field(() => Int, { description: 'The item of `order` that made it what it is.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
  @Field(() => Validity, { description: 'When it is this: in this version, of this holder, charged to this account.' })
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('BundleMembership', { simpleResolvers: true, description: 'A subscriber that is in a bundle 融合套餐成员.' })
export class BundleMembershipType {
  /** `ahead` is the bundle, where the counter view has read it too. */
  public constructor(
    public readonly value: BundleMembership,
    public readonly ahead: NamedMembership['bundle'] | undefined = undefined,
  ) {}

  @Field(() => String, { description: 'The role 成员角色, as the bundle names it.' })
  public get role(): string {
    return this.value.role;
  }
  @Field(() => Int, { description: 'The item of `order` by which it joined.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('BundleStanding', { simpleResolvers: true, description: 'How a bundle stands for some days 融合套餐状态.' })
export class BundleStandingType {
  public constructor(
    private readonly value: BundleStanding,
    private readonly currency: CurrencyCode,
  ) {}

  @Field(() => DateScalar)
  public get from(): LocalDate {
    return dateOf(this.value.from);
  }
  @Field(() => DateScalar, { description: 'The first day on which it no longer stands so.' })
  public get to(): LocalDate {
    return dateOf(this.value.to);
  }
  @Field(() => BundleStandingEnum)
  public get state(): BundleStanding['state'] {
    return this.value.state;
  }
  @Field(() => MoneyType, { nullable: true, description: 'Of REPRICED: a period at this instead of its first recurring price.' })
  public get amount(): MoneyType | null {
    const { amountMinor } = this.value;
    return amountMinor === null ? null : new MoneyType({ amountMinor, currency: this.currency });
  }
  @Field(() => Int, { description: 'How many are in it.' })
  public get members(): number {
    return this.value.members.length;
  }
}

export const BundleInstanceConnection = connectionType('BundleInstance', () => BundleInstanceType);
export const BundleMembershipConnection = connectionType('BundleMembership', () => BundleMembershipType);
