import {
  applyDiscounts, discountSpan, returnSchedule, type ChargeToDiscount, type DepositReturn, type DiscountStep, type GrantedDiscount,
  type IdleDiscount, type Reservation, type ReturnPart,
} from '../../component/discount'; // prettier-ignore
import type { QuoteLine } from '../../component/order';
import { recurringParameters } from '../../component/product';
import { selectChargeCodes } from '../../component/service';
import { cycleAt, type Cycles } from '../../../kernel/cycle';
import { dayNumberAt, type DayNumber, type DaySpan } from '../../../kernel/day-number';
import type { TimeZone } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Bilingual } from '../../../kernel/result';
import { billingAccounts, cyclesFor } from './billing-account';
import { toldDeposit, toldIdle, toldStep } from './discount-words';
import { kindOf } from './kinds';
import type { Accepting, PricedLine } from './order-kind';
import type { OrderedGrant } from './ordered-discounts';

/** A line of an item before discounts. */
export type ItemLine = PricedLine & Pick<QuoteLine, 'itemNo'>;

/** What is taken off a line. */
export interface Reduction {
  /** The place of the line among those of the items, from 0. */
  readonly place: number;
  readonly name: Bilingual;
  readonly amountMinor: bigint;
  readonly explanation: Bilingual;
}

/** What discounts take off the lines of an order, what they ask for or say beside, and what they take from budgets. */
export interface Discounted {
  readonly reductions: readonly Reduction[];
  /** Money that is paid ahead, and discounts that take nothing, with their reasons. */
  readonly besides: readonly QuoteLine[];
  readonly budgets: readonly Reservation[];
}

/** A discount of the order as it acts, with the account by whose billing periods it lasts. */
export interface ActingGrant {
  readonly grant: OrderedGrant & { readonly offer: NonNullable<OrderedGrant['offer']> };
  readonly accountId: Id<'account'> | null;
  readonly acting: GrantedDiscount;
}

type AccountId = Id<'account'>;

/**
 * What the discounts of an order take off its one-time charges and its first periods (domain.md §5.4). One that takes nothing is told
 * with its reason; money that is paid ahead is a deposit.
 */
export async function discountLines(
  accepting: Accepting,
  lines: readonly ItemLine[],
  ordered: readonly OrderedGrant[],
): Promise<Discounted> {
  if (ordered.length === 0) return { reductions: [], besides: [], budgets: [] };
  const accounts = await billingAccounts(accepting, ordered);
  const cycles = await cyclesFor(accepting, [...accounts, accepting.accountId, ...lines.map((line) => line.of?.accountId ?? null)]);
  const acting = actingGrants(accepting, ordered, { accounts, cycles });
  const charges = await chargesOf(accepting, lines, cycles);
  const steps: DiscountStep[] = [];
  const idle: IdleDiscount[] = [];
  for (const [charged, discounts] of byAccount(accepting, charges, acting)) {
    const bill = applyDiscounts(charged, discounts);
    steps.push(...bill.steps);
    idle.push(...bill.idle);
  }
  const acted = { acting, steps, idle };
  return {
    reductions: reductionsOf(accepting, lines, acted),
    besides: besidesOf(accepting, acted),
    budgets: budgetsOf(acting, lines, steps),
  };
}

/** The lines of a quotation: each, and after it what is taken off it, as lines below zero. */
export function composeLines(lines: readonly ItemLine[], reductions: readonly Reduction[], besides: readonly QuoteLine[]): QuoteLine[] {
  const told: QuoteLine[] = [];
  lines.forEach(({ of: _of, leaves: _leaves, ...line }, place) => {
    told.push(line);
    const reduces = told.length;
    for (const one of reductions) {
      if (one.place !== place) continue;
      const { name, amountMinor, explanation } = one;
      told.push({ ...line, kind: 'DISCOUNT', name, quantity: 1, amountMinor: -amountMinor, reduces, explanation });
    }
  });
  return [...told, ...besides];
}

/** The billing periods of an account. */
type CyclesOf = (accountId: AccountId | null) => Cycles;

/** Discounts as they act from the start of the order on, each for its billing periods. */
function actingGrants(
  accepting: Accepting,
  ordered: readonly OrderedGrant[],
  { accounts, cycles }: { readonly accounts: readonly (AccountId | null)[]; readonly cycles: CyclesOf },
): ActingGrant[] {
  return ordered.flatMap((grant, place) => {
    const { offer, subscriberId, begins } = grant;
    if (offer === undefined) return [];
    const from = dayNumberAt(begins, accepting.timeZone);
    const accountId = accounts[place] ?? null;
    const { definition } = offer;
    const acting = {
      id: String(place).padStart(4, '0'),
      definition,
      holder: definition.level === 'SUBSCRIBER' ? subscriberId : null,
      days: grantedDays(accepting, definition.lasts.periods, from, cycles(accountId)),
      instants: { from: begins.epochMilliseconds, to: Number.POSITIVE_INFINITY },
      leftMinor: definition.lasts.amountMinor,
      used: [],
    };
    return [{ grant: { ...grant, offer }, accountId, acting }];
  });
}

/** The days on which a discount of so many billing periods is valid, from its first on. */
export function grantedDays({ operator }: Accepting, periods: number | null, from: DayNumber, cycles: Cycles): DaySpan {
  const { partialFirstPeriod } = recurringParameters(operator);
  return discountSpan(from, periods, cycles, { partialFirstPeriod });
}

/** When what is paid ahead with an order comes back. */
export function returnsOf(returns: DepositReturn, paidAt: Instant, timeZone: TimeZone): ReturnPart[] {
  return returnSchedule(returns, dayNumberAt(paidAt, timeZone));
}

/** What is a charge: a deposit is held, and a credit is given back on a bill. */
const CHARGED: readonly QuoteLine['kind'][] = ['ONE_TIME', 'RECURRING', 'PENALTY'];

export function isCharged({ kind }: Pick<QuoteLine, 'kind'>): boolean {
  return CHARGED.includes(kind);
}

/** A charge that discounts may act on, with the account on whose bill it stands. */
interface ChargeOfOrder {
  readonly charge: ChargeToDiscount;
  readonly accountId: AccountId | null;
}

/** The charges of an order: one for each piece of a first period, and for each charge once. `id` is the place of its line. */
async function chargesOf(accepting: Accepting, lines: readonly ItemLine[], cycles: CyclesOf): Promise<ChargeOfOrder[]> {
  const { wide, items, startAt, timeZone } = accepting;
  const codes = [...new Set(lines.flatMap(({ chargeCode }) => chargeCode ?? []))];
  const known = await selectChargeCodes(wide, codes, { validAt: startAt, knownAt: null });
  const discountable = new Set(known.filter(({ terms }) => terms?.discountable === true).map(({ code }) => code));
  const day = dayNumberAt(startAt, timeZone);
  const today = { from: day, to: day + 1 };
  return lines.flatMap((line, place): ChargeOfOrder[] => {
    if (!isCharged(line) || line.chargeCode === null) return [];
    const item = items[line.itemNo - 1];
    const { subscriber, opens } = item === undefined ? {} : kindOf(item).touches(item.content);
    const { product = '', priceCode = null, accountId = accepting.accountId, pieces = [] } = line.of ?? {};
    const charge = {
      chargeCode: line.chargeCode,
      product,
      priceCode,
      subscriber: subscriber?.id ?? opens?.id ?? '',
      bundle: null,
      discountable: discountable.has(line.chargeCode),
      eventAt: null,
      quantity: line.quantity,
    };
    const period = cycleAt(cycles(accountId), day);
    if (line.kind !== 'RECURRING') {
      const once = { kind: 'ONE_TIME' as const, amountMinor: line.amountMinor, days: today, counts: null };
      return [{ accountId, charge: { ...charge, ...once, id: `${place}`, period } }];
    }
    if (pieces.length === 0) {
      // A part of what is reckoned as one, as of a bundle: it is for the rest of the period.
      const rest = { kind: 'RECURRING' as const, amountMinor: line.amountMinor, days: { from: day, to: period.to }, counts: null };
      return [{ accountId, charge: { ...charge, ...rest, id: `${place}`, period } }];
    }
    return pieces.map(({ from, to, period, countedBefore, counted, countedOf, amountMinor }, piece) => ({
      accountId,
      charge: {
        ...charge,
        kind: 'RECURRING',
        id: `${place}/${piece}`,
        amountMinor,
        days: { from, to },
        period,
        counts: { countedBefore, counted, countedOf },
      },
    }));
  });
}

/**
 * The charges and discounts of one account after the other: a discount of an account acts on its own charges alone. All of a
 * subscriber stands with the first account that it has charges on.
 */
function byAccount(
  { accountId: payingId }: Accepting,
  charges: readonly ChargeOfOrder[],
  acting: readonly ActingGrant[],
): (readonly [ChargeToDiscount[], GrantedDiscount[]])[] {
  const ofSubscriber = new Map<string, AccountId | null>();
  const inOrder = [...charges].sort((one, other) => Number(one.charge.product === '') - Number(other.charge.product === ''));
  for (const { charge, accountId } of inOrder) {
    if (charge.subscriber !== '' && !ofSubscriber.has(charge.subscriber)) ofSubscriber.set(charge.subscriber, accountId);
  }
  const accountOf = ({ charge, accountId }: ChargeOfOrder): AccountId | null => ofSubscriber.get(charge.subscriber) ?? accountId;
  const accountFor = ({ grant: { holder }, accountId }: ActingGrant): AccountId | null =>
    holder !== undefined && 'subscriberId' in holder ? (ofSubscriber.get(holder.subscriberId) ?? accountId ?? payingId) : accountId;
  const accounts = new Set([...charges.map(accountOf), ...acting.map(accountFor)]);
  return [...accounts].map((account) => [
    charges.filter((one) => accountOf(one) === account).map(({ charge }) => charge),
    acting.filter((one) => accountFor(one) === account).map((one) => one.acting),
  ]);
}

interface Acted {
  readonly acting: readonly ActingGrant[];
  readonly steps: readonly DiscountStep[];
  readonly idle: readonly IdleDiscount[];
}

/** What each step takes off each line. */
function reductionsOf({ currency }: Accepting, lines: readonly ItemLine[], { acting, steps }: Acted): Reduction[] {
  const byId = new Map(acting.map((one) => [one.acting.id, one]));
  return lines.flatMap((_line, place) =>
    steps.flatMap((step): Reduction[] => {
      const definition = byId.get(step.discountId)?.grant.offer.definition;
      const amountMinor = takenOff(step, place);
      if (definition === undefined || amountMinor === 0n) return [];
      return [{ place, name: definition.name, amountMinor, explanation: toldStep(definition, step, { amountMinor, currency }) }];
    }),
  );
}

/** What is paid ahead, and what takes nothing. */
function besidesOf({ currency, timeZone }: Accepting, { acting, idle }: Acted): QuoteLine[] {
  const byId = new Map(acting.map((one) => [one.acting.id, one]));
  const told: QuoteLine[] = [];
  for (const { grant } of acting) {
    const { effect, name } = grant.offer.definition;
    if (effect.kind !== 'DEPOSIT_RETURN') continue;
    const explanation = toldDeposit(returnsOf(effect.returns, grant.begins, timeZone), currency);
    told.push({ ...NOTHING, itemNo: grant.itemNo, kind: 'DEPOSIT', name, amountMinor: effect.depositMinor, dueNow: true, explanation });
  }
  for (const one of idle) {
    const found = byId.get(one.discountId);
    if (found === undefined || found.grant.offer.definition.effect.kind === 'DEPOSIT_RETURN') continue;
    const { definition } = found.grant.offer;
    const by = one.by === null ? undefined : byId.get(one.by)?.grant.offer.definition.name;
    const explanation = toldIdle(definition, one.reason, by, currency);
    told.push({ ...NOTHING, itemNo: found.grant.itemNo, kind: 'DISCOUNT', name: definition.name, explanation });
  }
  return told;
}

const NOTHING = { chargeCode: null, quantity: 1, amountMinor: 0n, dueNow: false, taxIncluded: true, taxMinor: 0n } as const;

/** What a step takes off a line, over all its pieces. */
function takenOff({ allocations }: DiscountStep, place: number): bigint {
  return allocations.reduce((sum, { chargeId, amountMinor }) => (chargeId.split('/')[0] === `${place}` ? sum + amountMinor : sum), 0n);
}

/**
 * What each discount takes from its budget: what it takes off at once, and what it takes off the first periods, as many times as it
 * lasts; of money that is paid ahead what comes back beyond it. What it lasts for bounds it.
 */
function budgetsOf(acting: readonly ActingGrant[], lines: readonly ItemLine[], steps: readonly DiscountStep[]): Reservation[] {
  const amounts = new Map<string, Reservation>();
  for (const { grant, acting: discount } of acting) {
    const { discountId, definition } = grant.offer;
    const { periods, amountMinor: most } = definition.lasts;
    const own = steps.filter((step) => step.discountId === discount.id);
    let amountMinor = 0n;
    lines.forEach((line, place) => {
      const off = own.reduce((sum, step) => sum + takenOff(step, place), 0n);
      amountMinor += line.dueNow ? off : off * BigInt(periods ?? 1);
    });
    if (most !== null && most < amountMinor) amountMinor = most;
    if (definition.effect.kind === 'DEPOSIT_RETURN') amountMinor = definition.effect.returns.totalMinor - definition.effect.depositMinor;
    if (amountMinor === 0n) continue;
    const key = `${grant.itemNo} ${discountId}`;
    amounts.set(key, { itemNo: grant.itemNo, discountId, amountMinor: (amounts.get(key)?.amountMinor ?? 0n) + amountMinor });
  }
  return [...amounts.values()];
}
