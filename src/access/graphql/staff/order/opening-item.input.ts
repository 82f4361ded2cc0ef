import { Field, ID, InputType } from 'type-graphql';
import { ADD_ONS_MAX, DISCOUNTS_MAX } from '../../../../business/component/order';
import type { Json } from '../../../../kernel/stable-json';
import { JsonObjectScalar } from '../../server/scalar';
import { BundleToJoinInputType } from './bundle-item.input';
import { OrderedProductInputType } from './product-item.input';
import { AnyNumberInputType } from './subscriber-item.input';

@InputType({ description: 'What every opening of a subscriber says.' })
export abstract class OpeningInput {
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
