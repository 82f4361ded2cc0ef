import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import { NEGOTIATED_MAX } from '../../../../business/component/order';
import { readNegotiated, type HeldProduct, type Product, type TermContract } from '../../../../business/component/product';
import { localDateOf, type LocalDate } from '../../../../kernel/calendar';
import { encodeId } from '../../../../kernel/id';
import type { Money } from '../../../../kernel/money';
import { DateScalar } from '../../server/date-scalar';
import { Validity } from '../../server/fact-time';
import { cost } from '../../server/guard/cost-hint';
import { MoneyType } from '../../server/money.type';
import { Node } from '../../server/node-id';
import { TermRenewalEnum } from './catalogue-enum';

@ObjectType('ContractPeriod', { simpleResolvers: true, description: 'The time for which an instance of a product is bound 合约期.' })
export class ContractPeriodType {
  public constructor(private readonly value: NonNullable<HeldProduct['term']>) {}

  @Field(() => DateScalar)
  public get from(): LocalDate | undefined {
    return localDateOf(this.value.from);
  }
  @Field(() => DateScalar, {
    description: 'The first day after the term; with renewal SAME_TERM the same term follows it, and again after that.',
  })
  public get until(): LocalDate | undefined {
    return localDateOf(this.value.until);
  }
  @Field(() => TermRenewalEnum, { description: 'What follows.' })
  public get renewal(): TermContract['renewal'] {
    return this.value.renewal as TermContract['renewal'];
  }
}

@ObjectType('NegotiatedPrice', { simpleResolvers: true, description: 'What was agreed upon instead of the list 协议价.' })
export class NegotiatedPriceType {
  public constructor(
    /** Of a price of the version. */
    private readonly price: string,
    private readonly money: Money,
  ) {}

  @Field(() => String, { description: 'Of a price of `productVersion`.' })
  public get code(): string {
    return this.price;
  }
  @Field(() => MoneyType, { description: 'For one.' })
  public get amount(): MoneyType {
    return new MoneyType(this.money);
  }
}

@ObjectType('ProductInstance', {
  implements: Node,
  simpleResolvers: true,
  description: 'A product that a subscriber holds 用户产品 (TMF637 Product), as it was at the instant asked for.',
})
export class ProductInstanceType {
  /** `ahead` is the product, where the counter view has read it too. */
  public constructor(
    public readonly value: HeldProduct,
    public readonly ahead: Product | null | undefined = undefined,
  ) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('productInstance', this.value.instanceId);
  }
  @Field(() => Boolean, { description: 'Whether it is the plan 主套餐 of its subscriber; a subscriber has one at most at any instant.' })
  public get isPlan(): boolean {
    return this.value.isPlan;
  }
  @Field(() => Int)
  public get quantity(): number {
    return this.value.quantity;
  }
  @Field(() => ContractPeriodType, { nullable: true, description: 'Null where nothing binds it.' })
  public get term(): ContractPeriodType | null {
    return this.value.term === null ? null : new ContractPeriodType(this.value.term);
  }
  @Extensions(cost({ listSize: 1 }))
  @Field(() => [NegotiatedPriceType], { description: `What was agreed upon instead of the list 协议价; at most ${NEGOTIATED_MAX}.` })
  public get negotiatedPrices(): NegotiatedPriceType[] {
    const { negotiated, negotiatedCurrency: currency } = this.value;
    if (currency === null) return [];
    return [...readNegotiated(negotiated)].map(([code, amountMinor]) => new NegotiatedPriceType(code, { amountMinor, currency }));
  }
  @Field(() => Int, { description: 'The item of `order` that made it what it is.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
  @Field(() => Validity, { description: 'When it is this: in this version, and so many.' })
  public get validity(): Validity {
    return new Validity(this.value);
  }
}
