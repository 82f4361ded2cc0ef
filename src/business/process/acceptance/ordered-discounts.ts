import { Temporal } from 'temporal-polyfill';
import {
  GRANTED_MAX, grantable, selectDiscountsOfAccounts, selectDiscountsOfBundles, selectDiscountsOfSubscribers,
  type DiscountHolder, type Grantable, type HeldDiscount,
} from '../../component/discount'; // prettier-ignore
import { contentField, refuseOrder, type ItemRequest } from '../../component/order';
import { checkEligibility, toldReasons, type EligibilityFacts } from '../../component/product';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import { refusedBy } from '../../../kernel/result';
import { billingAccounts, cyclesFor } from './billing-account';
import { isEndedBy } from './ended-grants';
import { endOfGrant } from './granted-days';
import { kindOf } from './kinds';
import type { Accepting, WantedDiscount } from './order-kind';
import { factsOf, isOffered } from './ordered-products';
import type { AcceptanceRefusal, Refused } from './refusals';

/** A discount that an item asks for, with what is granted for it. */
export interface OrderedGrant extends WantedDiscount {
  /** The field in the input, the item's path before it. */
  readonly path: string;
  readonly itemNo: number;
  /** When it begins: with the effect of its item. */
  readonly begins: Instant;
  /** Undefined where nothing is granted under the code there. */
  readonly offer: Grantable | undefined;
  /** Who would have it; undefined where its level is none of theirs. */
  readonly holder: DiscountHolder | undefined;
}

/** What is granted for the discounts of items: the versions that were quoted, even if others are granted by now. */
export async function orderedDiscounts(accepting: Accepting, items: readonly NumberedItem[]): Promise<readonly OrderedGrant[]> {
  const { organisationId, unit, startAt } = accepting;
  const wanted: Omit<OrderedGrant, 'offer' | 'holder'>[] = [];
  for (const { itemNo, item } of items) {
    const kind = kindOf(item);
    const asked = kind.asks?.(item.content).discounts ?? [];
    const begins = asked.length === 0 ? startAt : ((await kind.begins?.(accepting, item.content)) ?? startAt);
    const field = contentField(itemNo - 1, item.kind);
    wanted.push(...asked.map((one) => ({ ...one, itemNo, begins, path: `${field}.${one.field}` })));
  }
  if (wanted.length === 0) return [];
  const versionIds = [...new Set(wanted.flatMap(({ discount }) => discount.versionId ?? []))];
  const grantedAt = wanted.find(({ discount }) => discount.grantedAt !== undefined)?.discount.grantedAt;
  const at = grantedAt === undefined ? unit.now : Temporal.Instant.from(grantedAt);
  const offers = await grantable(unit, { organisationId, at, codes: [], versionIds });
  const held = new Map(offers.filter(({ state }) => isOffered(state)).map((offer) => [offer.versionId, offer]));
  return wanted.map((one) => {
    const offer = one.discount.versionId === null ? undefined : held.get(one.discount.versionId);
    return { ...one, offer, holder: offer === undefined ? undefined : holderOf(one, offer) };
  });
}

/** An item with its number within the order. */
export interface NumberedItem {
  readonly itemNo: number;
  readonly item: ItemRequest;
}

export function numbered(items: readonly ItemRequest[]): NumberedItem[] {
  return items.map((item, place) => ({ itemNo: place + 1, item }));
}

function holderOf(
  { subscriberId, accountId, bundleInstanceId = null }: WantedDiscount,
  { definition: { level } }: Grantable,
): DiscountHolder | undefined {
  if (level === 'SUBSCRIBER') return subscriberId === null ? undefined : { subscriberId };
  if (level === 'BUNDLE') return bundleInstanceId === null ? undefined : { bundleInstanceId };
  return accountId === null ? undefined : { accountId };
}

/** Every reason why the discounts of items cannot be granted 优惠资格; the rest of the items has been checked. */
export async function checkDiscounts(accepting: Accepting, items: readonly NumberedItem[]): Promise<Refused | undefined> {
  const ordered = await orderedDiscounts(accepting, items);
  if (ordered.length === 0) return undefined;
  const ordering = accepting.items.flatMap((item) => kindOf(item).asks?.(item.content).products ?? []);
  const facts = await factsOf(
    accepting,
    ordered.flatMap(({ offer }) => offer?.eligibility ?? []),
    ordering,
  );
  const held = await heldBy(accepting, ordered);
  const ends = await endsOf(accepting, ordered, held);
  const refused: (Refused | undefined)[] = [];
  for (const [place, one] of ordered.entries()) {
    const until = ends[place] ?? null;
    const beside = held.filter((other) => isBeside(one, until, other) && !isEndedBy(upTo(accepting, one), other, accepting.startAt));
    const wrong = checkOne(accepting, one, facts) ?? checkBeside(one, ordered.slice(0, place), beside);
    if (wrong !== undefined) refused.push(wrong);
  }
  return refusedBy<AcceptanceRefusal>(...refused);
}

function checkOne(accepting: Accepting, one: OrderedGrant, facts: EligibilityFacts): Refused | undefined {
  const { offer, holder, path, discount } = one;
  if (offer === undefined) return refuseOrder('DISCOUNT_NOT_GRANTED', path, { discount: discount.code });
  const { code, definition, currency, serviceType, eligibility } = offer;
  if (holder === undefined) return refuseOrder('DISCOUNT_LEVEL_WRONG', path, { discount: code, level: definition.level });
  const line = 'subscriberId' in holder ? lineOf(accepting, holder.subscriberId) : null;
  const account = 'accountId' in holder ? accepting.parties.accounts.get(holder.accountId) : undefined;
  const reasons = eligibility.flatMap((each) => checkEligibility(each, facts));
  return refusedBy<AcceptanceRefusal>(
    currency !== accepting.currency && refuseOrder('CURRENCY_DIFFERS', path),
    serviceType !== null && line !== null && serviceType !== line && refuseOrder('DISCOUNT_OF_ANOTHER_LINE', path, { discount: code }),
    account !== undefined && account.customer_id !== accepting.customerId && refuseOrder('ACCOUNT_NOT_THEIRS', path),
    reasons.length > 0 && refuseOrder('DISCOUNT_NOT_ELIGIBLE', path, { discount: code, reasons: toldReasons(reasons) }),
  );
}

/** The line of business of a subscriber that is there, or is to be opened by the order. */
export function lineOf({ parties, items }: Pick<Accepting, 'parties' | 'items'>, subscriberId: Id<'subscriber'>): string | null {
  const opened = items.flatMap((item) => kindOf(item).touches(item.content).opens ?? []).find(({ id }) => id === subscriberId);
  return parties.subscribers.get(subscriberId)?.service_type ?? opened?.serviceType ?? null;
}

/** Whether its holder has it already, or another of its group, or more than can be had. */
function checkBeside(one: OrderedGrant, before: readonly OrderedGrant[], held: readonly HeldDiscount[]): Refused | undefined {
  const { offer, holder, path } = one;
  if (offer === undefined || holder === undefined) return undefined;
  const { code: discount, discountId, definition } = offer;
  const own = held.filter((other) => nameOf(other) === nameOf(holder));
  const asked = before.flatMap((other) =>
    other.holder !== undefined && nameOf(other.holder) === nameOf(holder) ? (other.offer ?? []) : [],
  );
  const group = definition.exclusionGroup;
  const isHeld = own.some((other) => other.discountId === discountId) || asked.some((other) => other.discountId === discountId);
  const inGroup =
    group !== null &&
    (own.some(({ exclusionGroup }) => exclusionGroup === group) || asked.some((other) => other.definition.exclusionGroup === group));
  if (isHeld) return refuseOrder('DISCOUNT_HELD', path, { discount });
  if (inGroup) return refuseOrder('DISCOUNT_EXCLUDED', path, { discount });
  return own.length + asked.length >= GRANTED_MAX ? refuseOrder('TOO_MANY', path, { max: GRANTED_MAX }) : undefined;
}

function nameOf(holder: DiscountHolder | HeldDiscount): string {
  if ('subscriberId' in holder && holder.subscriberId !== null) return holder.subscriberId;
  if ('bundleInstanceId' in holder && holder.bundleInstanceId !== null) return holder.bundleInstanceId;
  return 'accountId' in holder ? String(holder.accountId) : '';
}

/** The items that are done before a discount is granted: its own too. */
function upTo({ items }: Accepting, { itemNo }: OrderedGrant): readonly ItemRequest[] {
  return items.slice(0, itemNo);
}

/** Whether one that is held, or is to begin later, is held at a time at which this one would be. */
function isBeside({ begins }: OrderedGrant, until: Instant | null, { validFrom, validTo }: HeldDiscount): boolean {
  return (validTo === null || isBefore(begins, validTo)) && (until === null || isBefore(validFrom, until));
}

/** When each discount would end by itself; it matters only where another is to begin later. */
async function endsOf(
  accepting: Accepting,
  ordered: readonly OrderedGrant[],
  held: readonly HeldDiscount[],
): Promise<readonly (Instant | null)[]> {
  if (!held.some(({ validFrom }) => ordered.some(({ begins }) => isBefore(begins, validFrom)))) return [];
  const accounts = await billingAccounts(accepting, ordered);
  const cycles = await cyclesFor(accepting, accounts);
  return ordered.map(({ offer, begins }, place) =>
    endOfGrant(accepting, offer?.definition.lasts.periods ?? null, begins, cycles(accounts[place] ?? null)),
  );
}

/** What those who are to have discounts have already when the order takes effect, and what they are to have later. */
async function heldBy({ wide, startAt }: Accepting, ordered: readonly OrderedGrant[]): Promise<HeldDiscount[]> {
  const time = { from: startAt };
  const subscribers = ordered.flatMap(({ holder }) => (holder !== undefined && 'subscriberId' in holder ? [holder.subscriberId] : []));
  const accounts = ordered.flatMap(({ holder }) => (holder !== undefined && 'accountId' in holder ? [holder.accountId] : []));
  const bundles = ordered.flatMap(({ holder }) => (holder !== undefined && 'bundleInstanceId' in holder ? [holder.bundleInstanceId] : []));
  return [
    ...(await selectDiscountsOfSubscribers(wide, [...new Set(subscribers)], time)),
    ...(await selectDiscountsOfBundles(wide, [...new Set(bundles)], time)),
    ...(await selectDiscountsOfAccounts(wide, [...new Set(accounts)], time)),
  ];
}
