import { z } from 'zod';
import type { Id, IdKind } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import type { OrderKindName } from './order-kinds';

/** Of what each id in a content is: whoever writes an item in words of his own has to know. */
const ID_KINDS = z.registry<{ readonly kind: IdKind }>();
const idOf = <Kind extends IdKind>(kind: Kind): z.ZodType<Id<Kind>> =>
  z.uuid().register(ID_KINDS, { kind }) as unknown as z.ZodType<Id<Kind>>;
const text = (most: number): z.ZodString => z.string().min(1).max(most);
const subscriberId = idOf('subscriber');
/** Arrears, violations and what a regulator orders are not the customer's to begin or end. */
const ownStop = z.enum(['CUSTOMER_REQUEST', 'LOSS']);
/** An amount as it is kept. */
export const money = z.strictObject({ amountMinor: z.string().regex(/^\d{1,18}$/), currency: z.string().length(3) });

/** How many of one product a subscriber can hold. */
const QUANTITY_MAX = 1_000_000;

/** Of a product that is not held yet; null until it is quoted. */
const newInstance = idOf('productInstance').nullable();

/** When it was quoted: the plans that were to follow then. What they cost to leave for is part of what was quoted. */
const plannedIds = z.array(idOf('productInstance')).optional();

/** When another plan begins 变更生效时间. */
export const PLAN_CHANGE_TIMES = ['NOW', 'NEXT_PERIOD'] as const;
export type PlanChangeTime = (typeof PLAN_CHANGE_TIMES)[number];

/** How many prices of one product are agreed upon. */
export const NEGOTIATED_MAX = 20;

/** A product that is ordered. Which version, and how many, is decided when it is quoted: null before. */
const product = z.strictObject({
  code: text(64),
  quantity: z.int().min(1).max(QUANTITY_MAX).nullable(),
  versionId: idOf('productVersion').nullable(),
  /** When it was quoted: what was sold then is sold. */
  soldAt: z.string().optional(),
  /** What was agreed instead of the list 协议价, by price; for one of the product. */
  prices: z
    .array(z.strictObject({ code: text(64), amount: money }))
    .max(NEGOTIATED_MAX)
    .optional(),
});
export type OrderedProduct = z.infer<typeof product>;

/** The bundle that a subscriber is to join: one that an earlier item of the order opens, or one that is there; and its role in it. */
const bundleToJoin = z.strictObject({
  itemNo: z.int().min(1).nullable(),
  bundleInstanceId: idOf('bundleInstance').nullable(),
  role: text(40),
});
export type BundleToJoin = z.infer<typeof bundleToJoin>;

/** How many products one subscriber is opened with beside its plan. */
export const ADD_ONS_MAX = 50;

const digits = text(18).optional();
/** What any number is to be like 选号, where none is named. */
const anyNumber = z.strictObject({
  numberPoolId: idOf('numberPool').nullable(),
  classCode: text(32).nullable(),
  pattern: z.strictObject({ startsWith: digits, endsWith: digits, contains: digits, tailShape: text(8).optional(), without: digits }),
  /** When it was quoted: until when the number that was chosen is kept for who asked. */
  keptUntil: z.string().optional(),
});
export type AnyNumber = z.infer<typeof anyNumber>;

/** What the class of a good number 靓号 asked for when it was quoted: that is what is undertaken. */
const goodNumber = z.strictObject({
  classCode: text(32),
  minimumSpend: money,
  months: z.int(),
  deposit: money,
  depositChargeCode: text(64).nullable(),
});
export type GoodNumber = z.infer<typeof goodNumber>;

/** A number or login, or (before it is quoted) what any number is to be like instead. */
const identifier = { identifier: text(64).nullable(), anyNumber: anyNumber.optional(), goodNumber: goodNumber.optional() };
/** A discount that is asked for. Which version is decided when it is quoted: null before. */
const discount = z.strictObject({
  code: text(64),
  versionId: idOf('discountVersion').nullable(),
  /** When it was quoted: what was granted then is granted. */
  grantedAt: z.string().optional(),
});
export type OrderedDiscount = z.infer<typeof discount>;

/** How many discounts one item asks for. */
export const DISCOUNTS_MAX = 20;
const discounts = z.array(discount).max(DISCOUNTS_MAX).optional();

/** Who has a discount: exactly one of the three. */
const holder = {
  subscriberId: idOf('subscriber').nullable(),
  accountId: idOf('account').nullable(),
  bundleInstanceId: idOf('bundleInstance').nullable().optional(),
};

const attributes = z.record(text(64), z.json()) as unknown as z.ZodType<Readonly<Record<string, Json>>>;

const openingParts = {
  /** Of the subscriber that is not there yet; null until it is quoted. */
  subscriberId: subscriberId.nullable(),
  serviceType: text(64),
  organisationId: idOf('organisation'),
  sim: text(40).nullable(),
  userId: idOf('customer').nullable(),
  payerId: idOf('customer').nullable(),
  accountId: idOf('account'),
  attributes,
  plan: product,
  addOns: z.array(product).max(ADD_ONS_MAX),
  discounts,
};
const opening = z.strictObject({ ...openingParts, ...identifier });

/** How many contracts one item leaves: more than a subscriber can hold products. */
const CONTRACTS_MAX = 200;

/** When it was quoted: the contracts that it was to leave 违约, of products and bundles. */
const leavesIds = z.array(z.uuid()).max(CONTRACTS_MAX).optional();

/** What each kind of item says, as it is kept with the order. */
export const ITEM_CONTENTS = {
  OPEN: opening.extend({
    /** It is opened as a member of a bundle. */
    bundle: bundleToJoin.optional(),
  }),
  PRE_OPEN: opening,
  ACTIVATE: z
    .strictObject({
      subscriberId,
      userId: idOf('customer').nullable(),
      accountId: idOf('account'),
      /** Null: what was chosen when it was opened ahead; so for what is added. When it was quoted: what begins. */
      plan: product.nullable(),
      addOns: z.array(product).max(ADD_ONS_MAX).nullable(),
      /** Null: with the plan that was chosen ahead, the discounts that were chosen with it. */
      discounts: z.array(discount).max(DISCOUNTS_MAX).nullable().optional(),
      /** The number that it has, when it was quoted. */
      number: text(64).optional(),
      goodNumber: goodNumber.optional(),
    })
    .refine(({ plan, addOns }) => plan !== null || addOns === null, { path: ['addOns'], message: 'only with a plan' }),
  OPEN_BUNDLE: z.strictObject({
    /** Of the bundle that is not there yet; null until it is quoted. */
    bundleInstanceId: idOf('bundleInstance').nullable(),
    bundle: product,
    accountId: idOf('account'),
    organisationId: idOf('organisation'),
    discounts,
  }),
  JOIN_BUNDLE: z.strictObject({ subscriberId, bundle: bundleToJoin }),
  LEAVE_BUNDLE: z.strictObject({ subscriberId, leavesIds }),
  CLOSE_BUNDLE: z.strictObject({ bundleInstanceId: idOf('bundleInstance'), leavesIds }),
  /** One that has ended as its grace was over. */
  LAPSE_BUNDLE: z.strictObject({ bundleInstanceId: idOf('bundleInstance') }),
  PORT_IN: z.strictObject({
    ...openingParts,
    identifier: text(64),
    goodNumber: goodNumber.optional(),
    /** The operator that it comes from, and the code by which that lets it go. */
    donor: text(100),
    authorisationCode: text(40),
  }),
  PORT_OUT: z.strictObject({
    subscriberId,
    /** The operator that it goes to, where it is known. */
    recipient: text(100).nullable(),
    /** Once it is accepted. */
    authorisation: z.strictObject({ code: text(40), expiresAt: z.string() }).optional(),
    plannedIds,
    leavesIds,
  }),
  SUSPEND: z.strictObject({ subscriberId, reason: ownStop }),
  RESUME: z.strictObject({ subscriberId, reason: ownStop }),
  CHANGE_NUMBER: z.strictObject({
    subscriberId,
    ...identifier,
    /** When it was quoted, it was opened ahead and not in service yet: its number asks for nothing before that. */
    beforeService: z.literal(true).optional(),
  }),
  REPLACE_SIM: z.strictObject({ subscriberId, sim: text(40) }),
  CHANGE_PAYMENT: z.strictObject({
    subscriberId,
    accountId: idOf('account'),
    /** Neither group nor cap: the account is the default from then on. */
    chargeGroup: text(40).nullable(),
    cap: money.nullable(),
    priority: z.int().min(0).max(999),
  }),
  TRANSFER: z.strictObject({ subscriberId, customerId: idOf('customer'), accountId: idOf('account'), leavesIds }),
  RELOCATE: z.strictObject({ subscriberId, address: text(200), organisationId: idOf('organisation').nullable() }),
  CHANGE_RATING_TYPE: z.strictObject({ accountId: idOf('account'), ratingType: z.enum(['PREPAID', 'POSTPAID']) }),
  CHANGE_BILLING_DAY: z.strictObject({ accountId: idOf('account'), day: z.int() }),
  ADD_PRODUCT: z.strictObject({ subscriberId, product, instanceId: newInstance, discounts }),
  REMOVE_PRODUCT: z.strictObject({ subscriberId, instanceId: idOf('productInstance') }),
  CHANGE_QUANTITY: z.strictObject({ subscriberId, instanceId: idOf('productInstance'), quantity: z.int().min(1).max(QUANTITY_MAX) }),
  CHANGE_PLAN: z.strictObject({
    subscriberId,
    plan: product,
    when: z.enum(PLAN_CHANGE_TIMES),
    instanceId: newInstance,
    /** The plan that is held when it is quoted; null before, and where none is. */
    replacesId: newInstance,
    plannedIds,
    discounts,
  }),
  SYNCHRONISE: z.strictObject({ subscriberId }),
  TERMINATE: z.strictObject({ subscriberId, plannedIds, leavesIds }),
  /** What the subscriber has held since an instant, in a system that it comes from. */
  MIGRATE: z.strictObject({
    subscriberId,
    since: z.string(),
    products: z
      .array(product)
      .min(1)
      .max(ADD_ONS_MAX + 1),
  }),
  GRANT_DISCOUNT: z.strictObject({ ...holder, discount }),
  /** Whose it is, is found when it is quoted. */
  END_DISCOUNT: z.strictObject({ ...holder, grantedDiscountId: idOf('grantedDiscount') }),
} as const satisfies Readonly<Record<OrderKindName, z.ZodType>>;

/** What a field of a content names by its id; undefined where it is no id. */
export function idKindIn(field: z.core.$ZodType): IdKind | undefined {
  return ID_KINDS.get(field)?.kind;
}

export type ItemKind = keyof typeof ITEM_CONTENTS;
export type ContentOf<Kind extends ItemKind> = z.infer<(typeof ITEM_CONTENTS)[Kind]>;

/** What an item asks for: its kind, and what that kind says. */
export type ItemRequest = { readonly [Kind in ItemKind]: { readonly kind: Kind; readonly content: ContentOf<Kind> } }[ItemKind];

/** Where the content of an item stands in the input: `items.0.changeNumber`. */
export function contentField(place: number, kind: ItemKind): string {
  return `items.${place}.${itemName(kind)}`;
}

/** A kind as a key of an input: `changeNumber`. */
export function itemName(kind: ItemKind): string {
  return kind.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
