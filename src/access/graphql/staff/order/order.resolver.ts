import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import {
  FIRST_RULES, ORDER_KIND_NAMES, searchOrders, selectOrderByNo, selectOrderKindRules, selectOrderTimeliness, selectOrderWorkList,
  type OrderFilter, type OrderKindName,
} from '../../../../business/component/order'; // prettier-ignore
import { operatorParameters } from '../../../../business/component/organisation';
import { instantToText, type Instant } from '../../../../kernel/clock';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { isBefore } from '../../../../kernel/period';
import type { Json } from '../../../../kernel/stable-json';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs, Validity, factTimeOf } from '../../server/fact-time';
import { given } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { DateTimeScalar } from '../../server/scalar';
import { loadAccount } from '../account/account.resolver';
import { AccountType } from '../account/account.type';
import { loadCustomer } from '../customer/customer.resolver';
import { CustomerType } from '../customer/customer.type';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import { loadSubscriber } from '../subscriber/subscriber.resolver';
import { SubscriberType } from '../subscriber/subscriber.type';
import { NetworkStepType } from './network-step.type';
import { OrderKindRuleType } from './order-kind-rule.type';
import { OrderFilterType } from './order.input';
import {
  networkStepsOfOrderLoader, orderHistoryLoader, orderItemsLoader, orderLoader, orderPaymentsLoader, quotationLoader, workOrdersOfOrderLoader,
} from './order.loader'; // prettier-ignore
import {
  OrderConnection, OrderEventConnection, OrderEventType, OrderItemType, OrderPaymentType, OrderTimelinessType, OrderType, QuotationType,
} from './order.type'; // prettier-ignore
import { WorkOrderType } from './work-order.type';

/** How long a time timeliness may be asked for at once. */
const TIMELINESS_DAYS_MAX = 366;

@Resolver(() => OrderType)
export class OrderResolver {
  @Query(() => OrderType, {
    nullable: true,
    description: 'An order in scope, by its id or its number; null when there is none. Needs order:read.',
  })
  public async order(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('orderNo', () => String, { nullable: true }) orderNo: string | null,
    @Ctx() context: GraphContext,
  ): Promise<OrderType | null> {
    if ((id == null) === (orderNo == null)) throw new Failure('BAD_USER_INPUT', 'Give one of id and orderNo.');
    if (id != null) return loadOrder(context, readId('order', id));
    const order = await selectOrderByNo(context, orderNo as string);
    return order === undefined ? null : new OrderType(order);
  }

  @Query(() => OrderConnection, { description: 'Orders in scope 受理单查询, oldest first. Needs order:read.' })
  public async orders(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => OrderFilterType, { nullable: true }) filter: OrderFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<OrderType>> {
    const found = await searchOrders(context, readFilter(filter), pageOf(page));
    return toConnection(OrderConnection, found, (order) => new OrderType(order), (order) => [order.value.id]); // prettier-ignore
  }

  @Query(() => OrderConnection, {
    description:
      'What a node and those below it have to do 在途受理: open orders by priority, then by when they are due. Needs order:read.',
  })
  public async orderWorkList(
    @Arg('organisationId', () => ID) organisationId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<OrderType>> {
    const found = await selectOrderWorkList(context, readId('organisation', organisationId, 'organisationId'), pageOf(page, 3));
    const cursorOf = ({ value }: OrderType): string[] => [String(value.priority), instantToText(value.dueAt), value.id];
    return toConnection(OrderConnection, found, (order) => new OrderType(order), cursorOf);
  }

  @Extensions(cost({ listSize: 20, weight: 5 }))
  @Query(() => [OrderTimelinessType], {
    description: `How many orders of each kind ended in a time, at a node and below it, and how many of them when they were due 及时率.
    At most ${TIMELINESS_DAYS_MAX} days; at most one row a kind. Needs order:read.`.replace(/\s+/g, ' '),
  })
  public async orderTimeliness(
    @Arg('organisationId', () => ID) organisationId: string,
    @Arg('from', () => DateTimeScalar) from: Instant,
    @Arg('to', () => DateTimeScalar) to: Instant,
    @Ctx() context: GraphContext,
  ): Promise<OrderTimelinessType[]> {
    if (!isBefore(from, to) || isBefore(from.add({ hours: 24 * TIMELINESS_DAYS_MAX }), to)) {
      throw new Failure('BAD_USER_INPUT', `to must lie after from, by at most ${TIMELINESS_DAYS_MAX} days.`, { field: 'to' });
    }
    const id = readId('organisation', organisationId, 'organisationId');
    return (await selectOrderTimeliness(context, id, { from, to })).map((row) => new OrderTimelinessType(row));
  }

  @Extensions(cost({ listSize: ORDER_KIND_NAMES.length }))
  @Query(() => [OrderKindRuleType], {
    description: 'What holds for each kind of order 受理规则: those that were set, and for the others the program’s own. Needs order:read.',
  })
  public async orderKindRules(@Args(() => FactTimeArgs) time: FactTimeArgs, @Ctx() context: GraphContext): Promise<OrderKindRuleType[]> {
    if (!context.scope.permits('order:read')) return [];
    const { currency } = await operatorParameters(context);
    const set = await selectOrderKindRules(context.sql, factTimeOf(time, context.now));
    const general = new Set(set.filter(({ serviceType }) => serviceType === null).map(({ kind }) => kind));
    const own = ORDER_KIND_NAMES.filter((kind) => !general.has(kind)).map((kind) => ({ ...FIRST_RULES[kind], kind, serviceType: null }));
    return [
      ...own.map((rule) => new OrderKindRuleType(rule, currency, null)),
      ...set.map(
        (rule) => new OrderKindRuleType(Object.assign({}, rule, { kind: rule.kind as OrderKindName }), currency, new Validity(rule)),
      ),
    ];
  }

  @Extensions(cost({ listSize: 3 }))
  @FieldResolver(() => [OrderItemType], { description: 'What it does, at most 100.' })
  public async items(@Root() { value }: OrderType, @Ctx() context: GraphContext): Promise<OrderItemType[]> {
    return (await orderItemsLoader(context).load(value.id)).map((item) => new OrderItemType(item));
  }

  @FieldResolver(() => OrderEventConnection, { description: 'Every step of it and of its items, from the beginning.' })
  public async history(
    @Root() { value }: OrderType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<OrderEventType>> {
    const found = await orderHistoryLoader(context, pageOf(page)).load(value.id);
    return toConnection(OrderEventConnection, found, (event) => new OrderEventType(event), (event) => [String(event.value.eventNo)]); // prettier-ignore
  }

  @Extensions(cost({ listSize: 2 }))
  @FieldResolver(() => [OrderPaymentType], { description: 'What was paid and given back.' })
  public async payments(@Root() { value }: OrderType, @Ctx() context: GraphContext): Promise<OrderPaymentType[]> {
    return (await orderPaymentsLoader(context).load(value.id)).map((payment) => new OrderPaymentType(payment));
  }

  @Extensions(cost({ listSize: 2 }))
  @FieldResolver(() => [WorkOrderType], { description: 'Its manual steps 工单. Needs workorder:read.' })
  public async workOrders(@Root() { value }: OrderType, @Ctx() context: GraphContext): Promise<WorkOrderType[]> {
    return (await workOrdersOfOrderLoader(context).load(value.id)).map((work) => new WorkOrderType(work));
  }

  @Extensions(cost({ listSize: 2 }))
  @FieldResolver(() => [NetworkStepType], {
    description: 'What the network is told for it 开通, at most one for each item; none where its lines are not provisioned by a system.',
  })
  public async networkSteps(@Root() { value }: OrderType, @Ctx() context: GraphContext): Promise<NetworkStepType[]> {
    return (await networkStepsOfOrderLoader(context).load(value.id)).map((step) => new NetworkStepType(step));
  }

  @FieldResolver(() => QuotationType, { nullable: true, description: 'What it was accepted upon.' })
  public async quotation(@Root() { value }: OrderType, @Ctx() context: GraphContext): Promise<QuotationType | null> {
    return loadQuotation(context, value.quotationId);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whose order it is; null when outside scope.' })
  public async customer(@Root() { value }: OrderType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return loadCustomer(context, value.customerId);
  }

  @FieldResolver(() => AccountType, { nullable: true, description: 'To which what is due at once is charged; null when outside scope.' })
  public async account(@Root() { value }: OrderType, @Ctx() context: GraphContext): Promise<AccountType | null> {
    return value.accountId === null ? null : loadAccount(context, value.accountId);
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The hall that accepted it.' })
  public async organisation(@Root() { value }: OrderType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }
}

@Resolver(() => OrderItemType)
export class OrderItemResolver {
  @FieldResolver(() => SubscriberType, { nullable: true, description: 'What it is about; null when outside scope, or not there yet.' })
  public async subscriber(@Root() { value }: OrderItemType, @Ctx() context: GraphContext): Promise<SubscriberType | null> {
    return value.subscriberId === null ? null : loadSubscriber(context, value.subscriberId);
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'Another customer that it names, as the new owner; null when outside scope.',
  })
  public async customer(@Root() { value }: OrderItemType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    const id = namedIn(value.content, 'customerId');
    return id === undefined ? null : loadCustomer(context, id as Id<'customer'>);
  }

  @FieldResolver(() => AccountType, { nullable: true, description: 'The account that it names; null when outside scope.' })
  public async account(@Root() { value }: OrderItemType, @Ctx() context: GraphContext): Promise<AccountType | null> {
    const id = namedIn(value.content, 'accountId');
    return id === undefined ? null : loadAccount(context, id as Id<'account'>);
  }
}

function namedIn(content: Json, field: string): string | undefined {
  const id = (content as Readonly<Record<string, Json | undefined>>)[field];
  return typeof id === 'string' ? id : undefined;
}

@Resolver(() => QuotationType)
export class QuotationResolver {
  @Query(() => QuotationType, { nullable: true, description: 'A quotation in scope 报价; null when there is none. Needs order:read.' })
  public async quotation(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<QuotationType | null> {
    return loadQuotation(context, readId('quotation', id));
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whom it was made for; null when outside scope.' })
  public async customer(@Root() { value }: QuotationType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return loadCustomer(context, value.customerId);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The one order that used it; null while none has.' })
  public async usedBy(@Root() { value }: QuotationType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return value.usedByOrderId === null ? null : loadOrder(context, value.usedByOrderId);
  }
}

export async function loadOrder(context: GraphContext, id: Id<'order'>): Promise<OrderType | null> {
  const order = await orderLoader(context).load(id);
  return order === undefined ? null : new OrderType(order);
}

export async function loadQuotation(context: GraphContext, id: Id<'quotation'>): Promise<QuotationType | null> {
  const quotation = await quotationLoader(context).load(id);
  return quotation === undefined ? null : new QuotationType(quotation, context.language);
}

function readFilter(filter: OrderFilterType | null | undefined): OrderFilter {
  if (filter == null) return {};
  return given({
    ...filter,
    customerId: readOptionalId('customer', filter.customerId, 'filter.customerId'),
    subscriberId: readOptionalId('subscriber', filter.subscriberId, 'filter.subscriberId'),
    organisationId: readOptionalId('organisation', filter.organisationId, 'filter.organisationId'),
  });
}
