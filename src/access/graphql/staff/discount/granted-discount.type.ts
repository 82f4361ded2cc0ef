import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import { readReturns, type Discount, type HeldDiscount } from '../../../../business/component/discount';
import type { LocalDate } from '../../../../kernel/calendar';
import { dateOf } from '../../../../kernel/day-number';
import { encodeId } from '../../../../kernel/id';
import type { Money } from '../../../../kernel/money';
import { DateScalar } from '../../server/date-scalar';
import { Validity } from '../../server/fact-time';
import { cost } from '../../server/guard/cost-hint';
import { MoneyType } from '../../server/money.type';
import { Node } from '../../server/node-id';

@ObjectType('DepositReturnPart', { simpleResolvers: true, description: 'A part of money paid ahead that comes back 返还.' })
export class DepositReturnPartType {
  public constructor(
    private readonly day: number,
    private readonly money: Money,
  ) {}

  @Field(() => DateScalar)
  public get on(): LocalDate {
    return dateOf(this.day);
  }
  @Field(() => MoneyType)
  public get amount(): MoneyType {
    return new MoneyType(this.money);
  }
}

@ObjectType('GrantedDiscount', {
  implements: Node,
  simpleResolvers: true,
  description: 'A discount that a subscriber, a bundle or an account has 已办优惠, as it was at the instant asked for.',
})
export class GrantedDiscountType {
  /** `ahead` is the discount, where the counter view has read it too. */
  public constructor(
    public readonly value: HeldDiscount,
    public readonly ahead: Discount | null | undefined = undefined,
  ) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('grantedDiscount', this.value.grantId);
  }
  @Field(() => Int, { nullable: true, description: 'For how many billing periods it was granted; null: until it is ended.' })
  public get periods(): number | null {
    return this.value.periods;
  }
  @Field(() => MoneyType, { nullable: true, description: 'For how much money in all it was granted; null: no such end.' })
  public get amount(): MoneyType | null {
    return this.money(this.value.amountMinor);
  }
  @Field(() => MoneyType, { nullable: true, description: 'What its order keeps of the discount’s budget; null where there is none.' })
  public get reserved(): MoneyType | null {
    return this.money(this.value.reservedMinor);
  }
  @Extensions(cost({ listSize: 12 }))
  @Field(() => [DepositReturnPartType], { description: 'When money paid ahead comes back 预存返还; at most 120 parts.' })
  public get returns(): DepositReturnPartType[] {
    const { currency } = this.value;
    return readReturns(this.value.returns).map(({ day, amountMinor }) => new DepositReturnPartType(day, { amountMinor, currency }));
  }
  @Field(() => Int, { description: 'The item of `order` that granted it.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
  @Field(() => Validity, { description: 'From its grant until it ends: by itself, or with its holder.' })
  public get validity(): Validity {
    return new Validity(this.value);
  }

  private money(amountMinor: bigint | null): MoneyType | null {
    return amountMinor === null ? null : new MoneyType({ amountMinor, currency: this.value.currency });
  }
}
