import { Field, ID, InputType, Int } from 'type-graphql';
import type { RatingType } from '../../../../business/component/account';
import {
  ADD_ONS_MAX, DISCOUNTS_MAX, NEGOTIATED_MAX, type BundleToJoin, type ContentOf, type ItemRequest, type OrderedDiscount, type OrderedProduct,
  type PlanChangeTime,
} from '../../../../business/component/order'; // prettier-ignore
import type { StopReason } from '../../../../business/component/subscriber';
import { Failure } from '../../../../kernel/failure';
import { MoneyInputType, readMoney, readOptionalMoney } from '../../server/money.input';
import { readId, readOptionalId } from '../../server/node-id';
import type { Json } from '../../../../kernel/stable-json';
import { JsonObjectScalar } from '../../server/scalar';
import { NumberPatternInputType, readPattern } from '../number/number.input';
import { RatingTypeEnum, StopReasonEnum } from '../../server/party-enum';
import { PlanChangeTimeEnum } from './order-enum';

@InputType({ description: 'What an item about one subscriber names.' })
abstract class SubscriberItemInput {
  @Field(() => ID, { description: 'A subscriber of the order’s customer.' })
  public subscriberId!: string;
}

@InputType('StandingItemInput', { description: 'A stop that the customer asks for, or takes back 停机、复机.' })
export class StandingItemInputType extends SubscriberItemInput {
  @Field(() => StopReasonEnum, { description: 'CUSTOMER_REQUEST or LOSS; the others are not the customer’s.' })
  public reason!: StopReason;
}

@InputType('AnyNumberInput', {
  description:
    'What any number is to be like 选号. One that is free is chosen when the quotation is asked for, and kept for who asked as long as a ' +
    'number is reserved at a counter; the quotation says which, and its order keeps it. Without a class, one that is of no class.',
})
export class AnyNumberInputType {
  @Field(() => ID, {
    nullable: true,
    description: 'Of this pool 号池; of any that is used at the subscriber’s organisation, when not given.',
  })
  public numberPoolId?: string | null;
  @Field(() => String, { nullable: true, description: 'Of this class of good numbers 靓号等级.' })
  public classCode?: string | null;
  @Field(() => NumberPatternInputType, { nullable: true })
  public pattern?: NumberPatternInputType | null;
}

@InputType('ChangeNumberItemInput', { description: 'Another number or login 改号.' })
export class ChangeNumberItemInputType extends SubscriberItemInput {
  @Field(() => String, {
    nullable: true,
    description: 'In the form of the service type; else `anyNumber` is given.',
  })
  public identifier?: string | null;
  @Field(() => AnyNumberInputType, { nullable: true, description: 'Any free number that fits 选号, instead of a named one.' })
  public anyNumber?: AnyNumberInputType | null;
}

@InputType('ReplaceSimItemInput', { description: 'Another SIM card or device 换卡.' })
export class ReplaceSimItemInputType extends SubscriberItemInput {
  @Field(() => String, { description: 'The number of the new card (ICCID).' })
  public sim!: string;
}

@InputType('ChangePaymentItemInput', {
  description: 'Another account pays 变更付费关系: by default where neither group nor cap is given, else for that part.',
})
export class ChangePaymentItemInputType extends SubscriberItemInput {
  @Field(() => ID, { description: 'An account of any customer in scope 代付.' })
  public accountId!: string;
  @Field(() => String, { nullable: true, description: 'Pays this group of charges only.' })
  public chargeGroup?: string | null;
  @Field(() => MoneyInputType, { nullable: true, description: 'Pays up to this much a billing period.' })
  public cap?: MoneyInputType | null;
  @Field(() => Int, {
    nullable: true,
    description: '0 to 999: the lower, the earlier it is used; 100 when not given. Not for the default.',
  })
  public priority?: number | null;
}

@InputType('TransferItemInput', { description: 'Another customer owns, uses and pays for it 过户.' })
export class TransferItemInputType extends SubscriberItemInput {
  @Field(() => ID, { description: 'The new owner.' })
  public customerId!: string;
  @Field(() => ID, { description: 'An account of the new owner, the default from then on.' })
  public accountId!: string;
}

@InputType('RelocateItemInput', { description: 'The line ends at another address 移机.' })
export class RelocateItemInputType extends SubscriberItemInput {
  @Field(() => String, { description: 'The new address, 1 to 200 characters.' })
  public address!: string;
  @Field(() => ID, { nullable: true, description: 'The node that manages the subscriber from then on; as now, when not given.' })
  public organisationId?: string | null;
}

@InputType('SynchroniseItemInput', { description: 'The network told again what the service is to be 同步开通.' })
export class SynchroniseItemInputType extends SubscriberItemInput {}

@InputType('TerminateItemInput', { description: 'The end of the service 销户.' })
export class TerminateItemInputType extends SubscriberItemInput {}

@InputType('ChangeRatingTypeItemInput', { description: 'From prepaid to postpaid or back 预后付费转换.' })
export class ChangeRatingTypeItemInputType {
  @Field(() => ID, { description: 'An account of the order’s customer.' })
  public accountId!: string;
  @Field(() => RatingTypeEnum)
  public ratingType!: RatingType;
}

@InputType('ChangeBillingDayItemInput', { description: 'Another billing day 变更账期日.' })
export class ChangeBillingDayItemInputType {
  @Field(() => ID, { description: 'An account of the order’s customer.' })
  public accountId!: string;
  @Field(() => Int, { description: '1 to 31; past the end of a month, its last day.' })
  public day!: number;
}

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

@InputType({ description: 'What every opening of a subscriber says.' })
abstract class OpeningInput {
  @Field(() => String, { description: 'Code of the service type: the line of business.' })
  public serviceType!: string;
  @Field(() => ID, { description: 'The organisation node that is to manage the subscriber.' })
  public organisationId!: string;
  @Field(() => String, { nullable: true, description: 'The SIM card’s number (ICCID), for a service that has one.' })
  public sim?: string | null;
  @Field(() => ID, { nullable: true, description: 'The customer that uses it 使用客户; the owner when not given.' })
  public userId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The customer that pays for it 付费客户; the owner when not given.' })
  public payerId?: string | null;
  @Field(() => ID, { description: 'The account that pays whatever no other payment relation pays.' })
  public accountId!: string;
  @Field(() => JsonObjectScalar, { nullable: true, description: 'As the service type demands.' })
  public attributes?: Readonly<Record<string, Json>> | null;
  @Field(() => OrderedProductInputType, { description: 'The plan 主套餐.' })
  public plan!: OrderedProductInputType;
  @Field(() => [OrderedProductInputType], { nullable: true, description: `What is added to it 附加产品; at most ${ADD_ONS_MAX}.` })
  public addOns?: OrderedProductInputType[] | null;
  @Field(() => [String], {
    nullable: true,
    description:
      `Codes of discounts 优惠 that are granted with it, at most ${DISCOUNTS_MAX}: those of the level SUBSCRIBER to the subscriber, when it is ` +
      'activated where it is opened ahead; those of ACCOUNT and BILL, only where it is not, to its account, which must be of the same customer.',
  })
  public discounts?: string[] | null;
}

@InputType('PreOpenItemInput', {
  description:
    'A subscriber that is opened ahead 预开户: its number or login, a plan, and what is added to it, which begin when it is activated.',
})
export class PreOpenItemInputType extends OpeningInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The access number or login, in the form of the service type: free, or reserved by the caller. The order keeps it. Else `anyNumber` is given.',
  })
  public identifier?: string | null;
  @Field(() => AnyNumberInputType, { nullable: true, description: 'Any free number that fits 选号, instead of a named one.' })
  public anyNumber?: AnyNumberInputType | null;
}

@InputType('OpenItemInput', {
  description: 'A new subscriber that the order’s customer owns 开户: its number or login, a plan, and what is added to it.',
})
export class OpenItemInputType extends PreOpenItemInputType {
  @Field(() => BundleToJoinInputType, {
    nullable: true,
    description: 'It is opened as a member of this bundle. The recurring prices of its plan are not charged while it is in it.',
  })
  public bundle?: BundleToJoinInputType | null;
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

@InputType('PortInItemInput', {
  description:
    'A new subscriber whose number comes from another operator 携入. People agree with that operator first, in the queue of the rule.',
})
export class PortInItemInputType extends OpeningInput {
  @Field(() => String, { description: 'The number that it brings: none of ours, or one of ours that had gone out.' })
  public identifier!: string;
  @Field(() => String, { description: 'The operator that it comes from 携出方, 1 to 100 characters.' })
  public donor!: string;
  @Field(() => String, { description: 'The code by which that operator lets it go 授权码, 1 to 40 characters.' })
  public authorisationCode!: string;
}

@InputType('PortOutItemInput', {
  description:
    'A subscriber goes to another operator with its number 携出. Its item then shows the code by which that operator asks for it, and until when.',
})
export class PortOutItemInputType extends SubscriberItemInput {
  @Field(() => String, { nullable: true, description: 'The operator that it goes to 携入方, where it is known, at most 100 characters.' })
  public recipient?: string | null;
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
abstract class InstanceItemInput extends SubscriberItemInput {
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

@InputType('ActivateItemInput', {
  description:
    'A subscriber that was opened ahead goes in service 激活, for the order’s customer, who must have a valid identity document: he owns and pays ' +
    'for it from then on, whoever had it ready, and its products begin.',
})
export class ActivateItemInputType {
  @Field(() => ID, { description: 'A subscriber in scope that was opened ahead, of whatever customer.' })
  public subscriberId!: string;
  @Field(() => ID, { nullable: true, description: 'The customer that uses it 使用客户; the owner when not given.' })
  public userId?: string | null;
  @Field(() => ID, { description: 'An account of the order’s customer, the default from then on.' })
  public accountId!: string;
  @Field(() => OrderedProductInputType, { nullable: true, description: 'The plan 主套餐; what was chosen at the opening, when not given.' })
  public plan?: OrderedProductInputType | null;
  @Field(() => [OrderedProductInputType], {
    nullable: true,
    description: `What is added to a plan that is given 附加产品; at most ${ADD_ONS_MAX}.`,
  })
  public addOns?: OrderedProductInputType[] | null;
  @Field(() => [String], {
    nullable: true,
    description:
      `Codes of discounts 优惠 that begin with it, at most ${DISCOUNTS_MAX}, of its own level or of its account’s; not given: those that were ` +
      'chosen ahead, unless another plan is named; none: an empty list.',
  })
  public discounts?: string[] | null;
}

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

type Given = { readonly [Name in keyof OrderItemInputType]-?: Exclude<OrderItemInputType[Name], null | undefined> };
type Readers = { readonly [Name in keyof Given]: (item: Given[Name], field: string) => ItemRequest };

const PRIORITY = 100;
const about = ({ subscriberId }: SubscriberItemInput, field: string) => ({
  subscriberId: readId('subscriber', subscriberId, `${field}.subscriberId`),
});

const instance = ({ instanceId }: InstanceItemInput, field: string) => ({
  instanceId: readId('productInstance', instanceId, `${field}.instanceId`),
});

const ordered = ({ code, quantity, prices }: OrderedProductInputType, field: string): OrderedProduct => ({
  code,
  quantity: quantity ?? null,
  versionId: null,
  ...(prices != null &&
    prices.length > 0 && {
      prices: prices.map((price, place) => ({ code: price.code, amount: keptMoney(price.amount, `${field}.prices.${place}.amount`) })),
    }),
});

/** An amount as orders keep it. @throws Failure BAD_USER_INPUT as readMoney, and below zero */
export function keptMoney(money: MoneyInputType, field: string): { readonly amountMinor: string; readonly currency: string } {
  const { amountMinor, currency } = readMoney(money, field);
  if (amountMinor < 0n) throw new Failure('BAD_USER_INPUT', `${field}.amount is below zero.`, { field: `${field}.amount` });
  return { amountMinor: amountMinor.toString(), currency };
}

const toJoin = ({ itemNo, bundleInstanceId, role }: BundleToJoinInputType, field: string): BundleToJoin => ({
  itemNo: itemNo ?? null,
  bundleInstanceId: readOptionalId('bundleInstance', bundleInstanceId, `${field}.bundleInstanceId`) ?? null,
  role,
});

const namingOf = ({ identifier, anyNumber }: Pick<OpenItemInputType, 'identifier' | 'anyNumber'>, field: string) => ({
  identifier: identifier ?? null,
  ...(anyNumber != null && {
    anyNumber: {
      numberPoolId: readOptionalId('numberPool', anyNumber.numberPoolId, `${field}.anyNumber.numberPoolId`) ?? null,
      classCode: anyNumber.classCode ?? null,
      pattern: readPattern(anyNumber.pattern),
    },
  }),
});

const newSubscriberOf = (item: OpeningInput, field: string): Omit<ContentOf<'PRE_OPEN'>, 'identifier' | 'anyNumber' | 'goodNumber'> => ({
  subscriberId: null,
  serviceType: item.serviceType,
  organisationId: readId('organisation', item.organisationId, `${field}.organisationId`),
  sim: item.sim ?? null,
  userId: readOptionalId('customer', item.userId, `${field}.userId`) ?? null,
  payerId: readOptionalId('customer', item.payerId, `${field}.payerId`) ?? null,
  accountId: readId('account', item.accountId, `${field}.accountId`),
  attributes: item.attributes ?? {},
  plan: ordered(item.plan, `${field}.plan`),
  addOns: (item.addOns ?? []).map((one, place) => ordered(one, `${field}.addOns.${place}`)),
  ...discountsAsked(item.discounts),
});

const openingOf = (item: PreOpenItemInputType, field: string): ContentOf<'PRE_OPEN'> => ({
  ...newSubscriberOf(item, field),
  ...namingOf(item, field),
});

/** How each field of an item becomes what the order keeps. */
const READERS: Readers = {
  open: (item, field) => ({
    kind: 'OPEN',
    content: {
      ...openingOf(item, field),
      ...(item.bundle != null && { bundle: toJoin(item.bundle, `${field}.bundle`) }),
    },
  }),
  preOpen: (item, field) => ({ kind: 'PRE_OPEN', content: openingOf(item, field) }),
  portIn: (item, field) => {
    const { identifier, donor, authorisationCode } = item;
    return {
      kind: 'PORT_IN',
      content: { ...newSubscriberOf(item, field), identifier, donor, authorisationCode },
    };
  },
  portOut: (item, field) => ({ kind: 'PORT_OUT', content: { ...about(item, field), recipient: item.recipient ?? null } }),
  activate: (item, field) => ({
    kind: 'ACTIVATE',
    content: {
      subscriberId: readId('subscriber', item.subscriberId, `${field}.subscriberId`),
      userId: readOptionalId('customer', item.userId, `${field}.userId`) ?? null,
      accountId: readId('account', item.accountId, `${field}.accountId`),
      plan: item.plan == null ? null : ordered(item.plan, `${field}.plan`),
      addOns: item.addOns == null ? null : item.addOns.map((one, place) => ordered(one, `${field}.addOns.${place}`)),
      ...(item.discounts != null && { discounts: item.discounts.map(discountAsked) }),
    },
  }),
  openBundle: (item, field) => ({
    kind: 'OPEN_BUNDLE',
    content: {
      bundleInstanceId: null,
      bundle: { code: item.bundle, quantity: 1, versionId: null },
      accountId: readId('account', item.accountId, `${field}.accountId`),
      organisationId: readId('organisation', item.organisationId, `${field}.organisationId`),
      ...discountsAsked(item.discounts),
    },
  }),
  joinBundle: (item, field) => ({
    kind: 'JOIN_BUNDLE',
    content: { ...about(item, field), bundle: toJoin(item.bundle, `${field}.bundle`) },
  }),
  leaveBundle: (item, field) => ({ kind: 'LEAVE_BUNDLE', content: about(item, field) }),
  closeBundle: (item, field) => ({
    kind: 'CLOSE_BUNDLE',
    content: { bundleInstanceId: readId('bundleInstance', item.bundleInstanceId, `${field}.bundleInstanceId`) },
  }),
  suspend: (item, field) => ({ kind: 'SUSPEND', content: { ...about(item, field), reason: ownStop(item.reason) } }),
  resume: (item, field) => ({ kind: 'RESUME', content: { ...about(item, field), reason: ownStop(item.reason) } }),
  changeNumber: (item, field) => ({ kind: 'CHANGE_NUMBER', content: { ...about(item, field), ...namingOf(item, field) } }),
  replaceSim: (item, field) => ({ kind: 'REPLACE_SIM', content: { ...about(item, field), sim: item.sim } }),
  changePayment: (item, field) => {
    const cap = readOptionalMoney(item.cap, `${field}.cap`) ?? null;
    return {
      kind: 'CHANGE_PAYMENT',
      content: {
        ...about(item, field),
        accountId: readId('account', item.accountId, `${field}.accountId`),
        chargeGroup: item.chargeGroup ?? null,
        cap: cap === null ? null : { amountMinor: cap.amountMinor.toString(), currency: cap.currency },
        priority: item.priority ?? PRIORITY,
      },
    };
  },
  transfer: (item, field) => ({
    kind: 'TRANSFER',
    content: {
      ...about(item, field),
      customerId: readId('customer', item.customerId, `${field}.customerId`),
      accountId: readId('account', item.accountId, `${field}.accountId`),
    },
  }),
  relocate: (item, field) => ({
    kind: 'RELOCATE',
    content: {
      ...about(item, field),
      address: item.address,
      organisationId: readOptionalId('organisation', item.organisationId, `${field}.organisationId`) ?? null,
    },
  }),
  changeRatingType: (item, field) => ({
    kind: 'CHANGE_RATING_TYPE',
    content: { accountId: readId('account', item.accountId, `${field}.accountId`), ratingType: item.ratingType },
  }),
  changeBillingDay: (item, field) => ({
    kind: 'CHANGE_BILLING_DAY',
    content: { accountId: readId('account', item.accountId, `${field}.accountId`), day: item.day },
  }),
  addProduct: (item, field) => ({
    kind: 'ADD_PRODUCT',
    content: {
      ...about(item, field),
      product: ordered(item.product, `${field}.product`),
      instanceId: null,
      ...discountsAsked(item.discounts),
    },
  }),
  removeProduct: (item, field) => ({ kind: 'REMOVE_PRODUCT', content: { ...about(item, field), ...instance(item, field) } }),
  changeQuantity: (item, field) => ({
    kind: 'CHANGE_QUANTITY',
    content: { ...about(item, field), ...instance(item, field), quantity: item.quantity },
  }),
  changePlan: (item, field) => ({
    kind: 'CHANGE_PLAN',
    content: {
      ...about(item, field),
      plan: ordered(item.plan, `${field}.plan`),
      when: item.when,
      instanceId: null,
      replacesId: null,
      ...discountsAsked(item.discounts),
    },
  }),
  synchronise: (item, field) => ({ kind: 'SYNCHRONISE', content: about(item, field) }),
  terminate: (item, field) => ({ kind: 'TERMINATE', content: about(item, field) }),
  grantDiscount: ({ subscriberId, bundleInstanceId, accountId, discount }, field) => ({
    kind: 'GRANT_DISCOUNT',
    content: {
      subscriberId: readOptionalId('subscriber', subscriberId, `${field}.subscriberId`) ?? null,
      bundleInstanceId: readOptionalId('bundleInstance', bundleInstanceId, `${field}.bundleInstanceId`) ?? null,
      accountId: readOptionalId('account', accountId, `${field}.accountId`) ?? null,
      discount: discountAsked(discount),
    },
  }),
  endDiscount: ({ grantedDiscountId }, field) => ({
    kind: 'END_DISCOUNT',
    content: {
      subscriberId: null,
      accountId: null,
      grantedDiscountId: readId('grantedDiscount', grantedDiscountId, `${field}.grantedDiscountId`),
    },
  }),
};

/** Which version of it is granted, is decided when it is quoted. */
function discountAsked(code: string): OrderedDiscount {
  return { code, versionId: null };
}

function discountsAsked(codes: readonly string[] | null | undefined): { readonly discounts?: OrderedDiscount[] } {
  return codes == null || codes.length === 0 ? {} : { discounts: codes.map(discountAsked) };
}

/** What is not the customer's to begin or end is kept as it was sent, and refused by the order with its reason. */
function ownStop(reason: StopReason): 'CUSTOMER_REQUEST' | 'LOSS' {
  return reason as 'CUSTOMER_REQUEST' | 'LOSS';
}

/**
 * Reads the items of an order from outside.
 * @throws Failure BAD_USER_INPUT when an item is none, or several, of the things that it can be
 */
export function readItems(items: readonly OrderItemInputType[]): ItemRequest[] {
  return items.map((item, place) => {
    const given = (Object.keys(READERS) as (keyof Readers)[]).filter((name) => item[name] != null);
    const [name, ...more] = given;
    if (name === undefined || more.length > 0) {
      throw new Failure('BAD_USER_INPUT', `items.${place} must have exactly one of its fields.`, { field: `items.${place}` });
    }
    const read = READERS[name] as (item: unknown, field: string) => ItemRequest;
    return read(item[name], `items.${place}.${name}`);
  });
}
