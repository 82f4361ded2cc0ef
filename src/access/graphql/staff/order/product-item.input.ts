import { Field, ID, InputType, Int } from 'type-graphql';
import { DISCOUNTS_MAX, NEGOTIATED_MAX, type PlanChangeTime } from '../../../../business/component/order';
import { MoneyInputType } from '../../server/money.input';
import { PlanChangeTimeEnum } from './order-enum';
import { SubscriberItemInput } from './subscriber-item.input';

@InputType('AgreedPriceInput', { description: 'What is agreed upon for a price instead of the list 协议价.' })
export class AgreedPriceInputType {
  @Field(() => String, { description: 'Code of a one-time or recurring price of the product.' })
  public code!: string;
  @Field(() => MoneyInputType, { description: 'For one, in the operator’s currency, as the price declares with or without tax.' })
  public amount!: MoneyInputType;
}

@InputType('OrderedProductInput', { description: 'A product that is ordered 订购产品.' })
export class OrderedProductInputType {
  @Field(() => String, { description: 'Code of a product that is sold at the accepting organisation now.' })
  public code!: string;
  @Field(() => Int, { nullable: true, description: 'How many, within what the product allows; its standard quantity when not given.' })
  public quantity?: number | null;
  @Field(() => [AgreedPriceInputType], {
    nullable: true,
    description:
      `Prices that are agreed upon, at most ${NEGOTIATED_MAX}; what they are below the list is given away by hand, and waits for approval ` +
      'beyond the authority of who asks.',
  })
  public prices?: AgreedPriceInputType[] | null;
}

@InputType('AddProductItemInput', { description: 'An add-on beside what the subscriber holds 增订.' })
export class AddProductItemInputType extends SubscriberItemInput {
  @Field(() => OrderedProductInputType)
  public product!: OrderedProductInputType;
  @Field(() => [String], {
    nullable: true,
    description: `Codes of discounts 优惠 of the level SUBSCRIBER that are granted with it, at most ${DISCOUNTS_MAX}.`,
  })
  public discounts?: string[] | null;
}

@InputType()
export abstract class InstanceItemInput extends SubscriberItemInput {
  @Field(() => ID, { description: 'A product that the subscriber holds (`ProductInstance`).' })
  public instanceId!: string;
}

@InputType('RemoveProductItemInput', { description: 'The end of an add-on 退订; the plan is changed instead.' })
export class RemoveProductItemInputType extends InstanceItemInput {}

@InputType('ChangeQuantityItemInput', { description: 'More or fewer of a product that the subscriber holds 变更数量.' })
export class ChangeQuantityItemInputType extends InstanceItemInput {
  @Field(() => Int, { description: 'How many from then on, within what the product allows.' })
  public quantity!: number;
}

@InputType('ChangePlanItemInput', {
  description: 'Another plan 变更套餐. What is held ends when it begins; a change that was planned before is replaced.',
})
export class ChangePlanItemInputType extends SubscriberItemInput {
  @Field(() => OrderedProductInputType)
  public plan!: OrderedProductInputType;
  @Field(() => PlanChangeTimeEnum)
  public when!: PlanChangeTime;
  @Field(() => [String], {
    nullable: true,
    description: `Codes of discounts 优惠 of the level SUBSCRIBER that begin with it, at most ${DISCOUNTS_MAX}.`,
  })
  public discounts?: string[] | null;
}

@InputType('GrantDiscountItemInput', {
  description: 'A discount for a subscriber, a bundle or an account 办理优惠: exactly one of them is named.',
})
export class GrantDiscountItemInputType {
  @Field(() => ID, { nullable: true, description: 'A subscriber of the order’s customer: for a discount of the level SUBSCRIBER.' })
  public subscriberId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'A bundle that the order’s customer holds: for one of the level BUNDLE. Needs account:write.',
  })
  public bundleInstanceId?: string | null;
  @Field(() => ID, { nullable: true, description: 'An account of the order’s customer: for one of the levels ACCOUNT and BILL.' })
  public accountId?: string | null;
  @Field(() => String, { description: 'Code of a discount that is granted at the accepting organisation now.' })
  public discount!: string;
}

@InputType('EndDiscountItemInput', { description: 'The end of a discount that was granted 取消优惠.' })
export class EndDiscountItemInputType {
  @Field(() => ID, { description: 'A `GrantedDiscount` of a subscriber, a bundle or an account of the order’s customer.' })
  public grantedDiscountId!: string;
}
