import { Field, InputType } from 'type-graphql';
import { OpenBundleItemInputType, JoinBundleItemInputType, LeaveBundleItemInputType, CloseBundleItemInputType } from './bundle-item.input';
import { PreOpenItemInputType, OpenItemInputType, PortInItemInputType, ActivateItemInputType } from './opening-item.input';
import {
  AddProductItemInputType,
  RemoveProductItemInputType,
  ChangeQuantityItemInputType,
  ChangePlanItemInputType,
  GrantDiscountItemInputType,
  EndDiscountItemInputType,
} from './product-item.input';
import {
  StandingItemInputType,
  ChangeNumberItemInputType,
  ReplaceSimItemInputType,
  ChangePaymentItemInputType,
  TransferItemInputType,
  RelocateItemInputType,
  SynchroniseItemInputType,
  TerminateItemInputType,
  PortOutItemInputType,
  ChangeRatingTypeItemInputType,
  ChangeBillingDayItemInputType,
} from './subscriber-item.input';

@InputType('OrderItemInput', { description: 'One thing that an order does: exactly one of these is given.' })
export class OrderItemInputType {
  @Field(() => OpenItemInputType, { nullable: true, description: '开户' })
  public open?: OpenItemInputType | null;
  @Field(() => PreOpenItemInputType, {
    nullable: true,
    description: '预开户: out of service until it is activated; nothing of its products is asked for before.',
  })
  public preOpen?: PreOpenItemInputType | null;
  @Field(() => ActivateItemInputType, { nullable: true, description: '激活' })
  public activate?: ActivateItemInputType | null;
  @Field(() => OpenBundleItemInputType, { nullable: true, description: '办理融合套餐' })
  public openBundle?: OpenBundleItemInputType | null;
  @Field(() => JoinBundleItemInputType, { nullable: true, description: '加入融合套餐' })
  public joinBundle?: JoinBundleItemInputType | null;
  @Field(() => LeaveBundleItemInputType, { nullable: true, description: '退出融合套餐' })
  public leaveBundle?: LeaveBundleItemInputType | null;
  @Field(() => CloseBundleItemInputType, { nullable: true, description: '终止融合套餐' })
  public closeBundle?: CloseBundleItemInputType | null;
  @Field(() => PortInItemInputType, { nullable: true, description: '携入' })
  public portIn?: PortInItemInputType | null;
  @Field(() => PortOutItemInputType, { nullable: true, description: '携出' })
  public portOut?: PortOutItemInputType | null;
  @Field(() => StandingItemInputType, { nullable: true, description: '停机' })
  public suspend?: StandingItemInputType | null;
  @Field(() => StandingItemInputType, { nullable: true, description: '复机' })
  public resume?: StandingItemInputType | null;
  @Field(() => ChangeNumberItemInputType, { nullable: true, description: '改号' })
  public changeNumber?: ChangeNumberItemInputType | null;
  @Field(() => ReplaceSimItemInputType, { nullable: true, description: '换卡' })
  public replaceSim?: ReplaceSimItemInputType | null;
  @Field(() => ChangePaymentItemInputType, { nullable: true, description: '变更付费关系' })
  public changePayment?: ChangePaymentItemInputType | null;
  @Field(() => TransferItemInputType, { nullable: true, description: '过户' })
  public transfer?: TransferItemInputType | null;
  @Field(() => RelocateItemInputType, { nullable: true, description: '移机' })
  public relocate?: RelocateItemInputType | null;
  @Field(() => ChangeRatingTypeItemInputType, { nullable: true, description: '预后付费转换' })
  public changeRatingType?: ChangeRatingTypeItemInputType | null;
  @Field(() => ChangeBillingDayItemInputType, { nullable: true, description: '变更账期日' })
  public changeBillingDay?: ChangeBillingDayItemInputType | null;
  @Field(() => AddProductItemInputType, { nullable: true, description: '增订产品' })
  public addProduct?: AddProductItemInputType | null;
  @Field(() => RemoveProductItemInputType, { nullable: true, description: '退订产品' })
  public removeProduct?: RemoveProductItemInputType | null;
  @Field(() => ChangeQuantityItemInputType, { nullable: true, description: '变更数量' })
  public changeQuantity?: ChangeQuantityItemInputType | null;
  @Field(() => ChangePlanItemInputType, { nullable: true, description: '变更套餐' })
  public changePlan?: ChangePlanItemInputType | null;
  @Field(() => SynchroniseItemInputType, { nullable: true, description: '同步开通' })
  public synchronise?: SynchroniseItemInputType | null;
  @Field(() => TerminateItemInputType, { nullable: true, description: '销户' })
  public terminate?: TerminateItemInputType | null;
  @Field(() => GrantDiscountItemInputType, { nullable: true, description: '办理优惠' })
  public grantDiscount?: GrantDiscountItemInputType | null;
  @Field(() => EndDiscountItemInputType, { nullable: true, description: '取消优惠' })
  public endDiscount?: EndDiscountItemInputType | null;
}
