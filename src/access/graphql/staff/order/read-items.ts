import type { BundleToJoin, ContentOf, ItemRequest, OrderedDiscount, OrderedProduct } from '../../../../business/component/order';
import type { StopReason } from '../../../../business/component/subscriber';
import { Failure } from '../../../../kernel/failure';
import { type MoneyInputType, readMoney, readOptionalMoney } from '../../server/money.input';
import { readId, readOptionalId } from '../../server/node-id';
import { readPattern } from '../number/number.input';
import type { BundleToJoinInputType } from './bundle-item.input';
import type { OpeningInput, PreOpenItemInputType, OpenItemInputType } from './opening-item.input';
import type { OrderItemInputType } from './order-item.input';
import type { OrderedProductInputType, InstanceItemInput } from './product-item.input';
import type { SubscriberItemInput } from './subscriber-item.input';

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
