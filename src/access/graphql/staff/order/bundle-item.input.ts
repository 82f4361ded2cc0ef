import { Field, ID, InputType, Int } from 'type-graphql';
import { DISCOUNTS_MAX } from '../../../../business/component/order';
import { SubscriberItemInput } from './subscriber-item.input';

@InputType('BundleToJoinInput', {
  description:
    'The bundle that a subscriber is to be in 融合套餐成员: named by the item that opens it, or by its id. Exactly one is given.',
})
export class BundleToJoinInputType {
  @Field(() => Int, { nullable: true, description: 'Number, from 1, of an earlier item of the order that opens the bundle.' })
  public itemNo?: number | null;
  @Field(() => ID, { nullable: true, description: 'A bundle that is there. Needs account:write at its node.' })
  public bundleInstanceId?: string | null;
  @Field(() => String, { description: 'The role 成员角色, as the bundle names it; the plan is one of the products of the role.' })
  public role!: string;
}

@InputType('OpenBundleItemInput', {
  description:
    `A bundle 融合套餐 that the order’s customer is to hold. Its members join by other items of the order, after this one: as many as it
  needs at least.`.replace(/\s+/g, ' '),
})
export class OpenBundleItemInputType {
  @Field(() => String, { description: 'Code of a bundle that is sold at the accepting organisation now.' })
  public bundle!: string;
  @Field(() => ID, { description: 'An account of the order’s customer: it is charged for the bundle.' })
  public accountId!: string;
  @Field(() => ID, { description: 'The organisation node that is to manage the bundle.' })
  public organisationId!: string;
  @Field(() => [String], {
    nullable: true,
    description:
      `Codes of discounts 优惠 that are granted with it, at most ${DISCOUNTS_MAX}: those of the level BUNDLE to the bundle, whose price they ` +
      'make smaller as one; those of ACCOUNT and BILL to its account.',
  })
  public discounts?: string[] | null;
}

@InputType('JoinBundleItemInput', {
  description:
    `A subscriber becomes a member of a bundle 加入融合套餐: its owner is the order’s customer, or the bundle is. Its plan is one of the role’s
  products; where it is not, a changePlan item stands before this one.`.replace(/\s+/g, ' '),
})
export class JoinBundleItemInputType extends SubscriberItemInput {
  @Field(() => BundleToJoinInputType)
  public bundle!: BundleToJoinInputType;
}

@InputType('LeaveBundleItemInput', {
  description:
    'A member leaves its bundle 退出融合套餐, keeps its plan, and pays the stand-alone price. For its owner, or the bundle’s holder.',
})
export class LeaveBundleItemInputType extends SubscriberItemInput {}

@InputType('CloseBundleItemInput', { description: 'A bundle ends for all its members 终止融合套餐.' })
export class CloseBundleItemInputType {
  @Field(() => ID, { description: 'A bundle that the order’s customer holds. Needs account:write at its node.' })
  public bundleInstanceId!: string;
}
