import { z } from 'zod';
import type { Id, IdKind } from '../../../../kernel/id';
import type { OrderKindName } from './order-kinds';

const idOf = <Kind extends IdKind>(_kind: Kind): z.ZodType<Id<Kind>> => z.uuid() as unknown as z.ZodType<Id<Kind>>;
const text = (most: number): z.ZodString => z.string().min(1).max(most);
const subscriberId = idOf('subscriber');
/** Arrears, violations and what a regulator orders are not the customer's to begin or end. */
const ownStop = z.enum(['CUSTOMER_REQUEST', 'LOSS']);
const money = z.strictObject({ amountMinor: z.string().regex(/^\d{1,18}$/), currency: z.string().length(3) });

/** What each kind of item says, as it is kept with the order. */
export const ITEM_CONTENTS = {
  SUSPEND: z.strictObject({ subscriberId, reason: ownStop }),
  RESUME: z.strictObject({ subscriberId, reason: ownStop }),
  CHANGE_NUMBER: z.strictObject({ subscriberId, identifier: text(64) }),
  REPLACE_SIM: z.strictObject({ subscriberId, sim: text(40) }),
  CHANGE_PAYMENT: z.strictObject({
    subscriberId,
    accountId: idOf('account'),
    /** Neither group nor cap: the account is the default from then on. */
    chargeGroup: text(40).nullable(),
    cap: money.nullable(),
    priority: z.int().min(0).max(999),
  }),
  TRANSFER: z.strictObject({ subscriberId, customerId: idOf('customer'), accountId: idOf('account') }),
  RELOCATE: z.strictObject({ subscriberId, address: text(200), organisationId: idOf('organisation').nullable() }),
  CHANGE_RATING_TYPE: z.strictObject({ accountId: idOf('account'), ratingType: z.enum(['PREPAID', 'POSTPAID']) }),
  CHANGE_BILLING_DAY: z.strictObject({ accountId: idOf('account'), day: z.int() }),
  TERMINATE: z.strictObject({ subscriberId }),
} as const satisfies Readonly<Record<OrderKindName, z.ZodType>>;

export type ItemKind = keyof typeof ITEM_CONTENTS;
export type ContentOf<Kind extends ItemKind> = z.infer<(typeof ITEM_CONTENTS)[Kind]>;

/** What an item asks for: its kind, and what that kind says. */
export type ItemRequest = { readonly [Kind in ItemKind]: { readonly kind: Kind; readonly content: ContentOf<Kind> } }[ItemKind];

/** Where the content of an item stands in the input: `items.0.changeNumber`. */
export function contentField(place: number, kind: ItemKind): string {
  const name = kind.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `items.${place}.${name}`;
}
