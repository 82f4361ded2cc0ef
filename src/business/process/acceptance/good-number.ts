import { Temporal } from 'temporal-polyfill';
import {
  classesOfNumbers,
  commitToNumber,
  holdDeposit,
  selectNumberCommitments,
  type NumberClass,
  type NumberCommitment,
} from '../../component/number';
import { refuseOrder, type GoodNumber, type ItemRequest, type QuoteLine } from '../../component/order';
import { definitionsOf, leastMonthlyOf, readNegotiated, selectStandingProducts } from '../../component/product';
import { selectIdentifiers } from '../../component/subscriber';
import type { Unit } from '../../context';
import { localDate } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { currencyOf, formatAmount, type Money } from '../../../kernel/money';
import { invariant } from '../../../kernel/failure';
import { refusedBy } from '../../../kernel/result';
import type { AcceptanceRefusal, Refused } from './refusals';
import type { Accepting } from './order-kind';
import { agreedPrices, type Ordered } from './ordered-products';
import { widen } from './widen';

/** The part of an item's content that gives a number. */
export interface GivesNumber {
  readonly identifier: string | null;
  readonly goodNumber?: GoodNumber | undefined;
}

/** The classes of all numbers that items name are read at once: each item finds its own there. */
export async function readClasses(unit: Unit, items: readonly ItemRequest[]): Promise<void> {
  const values = items.flatMap(({ content }) =>
    'identifier' in content && content.identifier !== null ? [content.identifier.trim()] : [],
  );
  const known = await knownClasses(unit);
  if (values.length === 0) return;
  const read = await classesOfNumbers(widen(unit), values);
  for (const value of values) known.set(value, read.get(value));
}

function knownClasses(unit: Unit): Promise<Map<string, NumberClass | undefined>> {
  return unit.once('classes of numbers', () => Promise.resolve(new Map<string, NumberClass | undefined>()));
}

async function classOf(unit: Unit, number: string): Promise<NumberClass | undefined> {
  const known = await knownClasses(unit);
  return known.has(number) ? known.get(number) : (await classesOfNumbers(widen(unit), [number])).get(number);
}

/** What the class of the number asks for now 靓号: it holds for the order, whatever becomes of the class or of the number's. */
export async function fixGoodNumber(unit: Unit, identifier: string | null): Promise<{ goodNumber?: GoodNumber }> {
  const found = identifier === null ? undefined : await classOf(unit, identifier.trim());
  if (found === undefined) return {};
  const { code: classCode, currency, minimumSpendMinor, minimumSpendMonths: months, depositMinor, depositChargeCode } = found;
  const minimumSpend = { amountMinor: minimumSpendMinor.toString(), currency };
  return {
    goodNumber: { classCode, minimumSpend, months, deposit: { amountMinor: depositMinor.toString(), currency }, depositChargeCode },
  };
}

function amountOf({ amountMinor, currency: code }: GoodNumber['deposit']): Money {
  const currency = currencyOf(code);
  invariant(currency !== undefined, 'a class has a currency');
  return { amountMinor: BigInt(amountMinor), currency };
}

/** Whether a number of a class can be had: what the plan costs a month must reach what the class asks for. */
export async function checkGoodNumber(
  { currency }: Accepting,
  { identifier, goodNumber }: GivesNumber,
  monthlyWithin: (months: number) => bigint | Promise<bigint>,
  field = 'identifier',
): Promise<Refused | undefined> {
  if (identifier === null || goodNumber === undefined) return undefined;
  const { classCode, months } = goodNumber;
  const asked = amountOf(goodNumber.minimumSpend);
  const tooLittle = months > 0 && (await monthlyWithin(months)) < asked.amountMinor;
  return refusedBy<AcceptanceRefusal>(
    asked.currency !== currency && refuseOrder('CURRENCY_DIFFERS', field),
    tooLittle &&
      refuseOrder('NUMBER_NEEDS_SPEND', field, {
        number: identifier,
        class: classCode,
        amount: `${formatAmount(asked)} ${asked.currency}`,
      }),
  );
}

/** What the plan among the products of an item costs a month at least. */
export function monthlyOf(ordered: readonly Ordered[]): (months: number) => bigint {
  const plan = ordered.find(({ kind }) => kind === 'PLAN');
  return (months) => (plan === undefined ? 0n : leastMonthlyOf(plan.offer.definition, plan.quantity, months, agreedPrices(plan.product)));
}

/** What the plan that a subscriber holds, or is to hold, costs a month at least; nothing, where it holds none. */
export function monthlyHeld({ wide }: Accepting, subscriberId: Id<'subscriber'>): (months: number) => Promise<bigint> {
  return async (months) => {
    const plans = (await selectStandingProducts(wide, subscriberId, wide.now)).filter(({ isPlan }) => isPlan);
    const definitions = await definitionsOf(
      wide,
      plans.map(({ versionId }) => ({ versionId, state: 'active' as const })),
    );
    const costs = plans.map(({ versionId, quantity, negotiated }) => {
      const definition = definitions.get(versionId);
      return definition === undefined ? 0n : leastMonthlyOf(definition, quantity, months, readNegotiated(negotiated));
    });
    return costs.length === 0 ? 0n : costs.reduce((least, cost) => (cost < least ? cost : least));
  };
}

/** What a subscriber undertook to spend for the number that it has, where that binds it on a day. */
export async function undertakenOn(
  { wide }: Accepting,
  subscriberId: Id<'subscriber'>,
  day: Temporal.PlainDate,
): Promise<NumberCommitment[]> {
  const undertaken = (await selectNumberCommitments(wide, [subscriberId])).filter(({ until }) => until > day.toString());
  if (undertaken.length === 0) return [];
  const had = await selectIdentifiers(wide, [subscriberId], { validAt: wide.now, knownAt: null });
  return undertaken.filter(({ number }) => had.some(({ value }) => value === number));
}

/**
 * Whether what a plan is to cost a month from an instant on reaches what was undertaken for the subscriber's number 保底承诺; where the order
 * gives it another, what that one asks for.
 */
export async function checkUndertaken(
  accepting: Accepting,
  subscriberId: Id<'subscriber'>,
  { from, monthlyWithin, field }: { readonly from: Instant; readonly monthlyWithin: (months: number) => bigint; readonly field: string },
): Promise<Refused | undefined> {
  const { items, timeZone } = accepting;
  const changed = items.find((item) => item.kind === 'CHANGE_NUMBER' && item.content.subscriberId === subscriberId);
  if (changed?.kind === 'CHANGE_NUMBER') return checkGoodNumber(accepting, changed.content, monthlyWithin, field);
  const day = localDate(from, timeZone);
  const short = (await undertakenOn(accepting, subscriberId, day)).filter(
    ({ until, minimumSpendMinor }) => monthlyWithin(monthsBetween(day, Temporal.PlainDate.from(until))) < minimumSpendMinor,
  );
  return refusedBy<AcceptanceRefusal>(
    ...short.map(({ number, classCode, minimumSpendMinor: amountMinor, currency }) =>
      refuseOrder('NUMBER_NEEDS_SPEND', field, {
        number,
        class: classCode,
        amount: `${formatAmount({ amountMinor, currency })} ${currency}`,
      }),
    ),
  );
}

/** Months, of which the last may be begun only. */
function monthsBetween(from: Temporal.PlainDate, until: Temporal.PlainDate): number {
  const { months, days } = from.until(until, { largestUnit: 'months' });
  return months + (days > 0 ? 1 : 0);
}

/** The deposit of a number of a class 靓号押金, due at once. */
export function quoteGoodNumber({ identifier, goodNumber }: GivesNumber): Omit<QuoteLine, 'itemNo'>[] {
  if (identifier === null || goodNumber === undefined) return [];
  const { classCode, depositChargeCode: chargeCode } = goodNumber;
  const { amountMinor, currency } = amountOf(goodNumber.deposit);
  if (amountMinor === 0n) return [];
  const amount = formatAmount({ amountMinor, currency });
  return [
    {
      kind: 'DEPOSIT',
      name: { zh: `靓号押金（${identifier}）`, en: `Deposit for the number ${identifier}` },
      chargeCode,
      quantity: 1,
      amountMinor,
      dueNow: true,
      taxIncluded: true,
      taxMinor: 0n,
      explanation: { zh: `号码等级 ${classCode} 的押金：${amount}`, en: `What class ${classCode} asks for: ${amount}.` },
    },
  ];
}

/** Records what is undertaken with a number of a class, and what is held for it, by the item that gives it. */
export async function undertake(
  { wide, orderId, organisationId, accountId, timeZone }: Accepting,
  { identifier, goodNumber }: GivesNumber,
  { subscriberId, itemNo }: { readonly subscriberId: Id<'subscriber'>; readonly itemNo: number },
): Promise<void> {
  if (identifier === null || goodNumber === undefined) return;
  const { classCode, months, depositChargeCode: chargeCode } = goodNumber;
  const given = { subscriberId, number: identifier.trim(), classCode, orderId, itemNo };
  if (months > 0) {
    const { amountMinor: minimumSpendMinor, currency } = amountOf(goodNumber.minimumSpend);
    await commitToNumber(wide, { ...given, currency, minimumSpendMinor, months }, timeZone);
  }
  const { amountMinor, currency } = amountOf(goodNumber.deposit);
  if (amountMinor === 0n) return;
  invariant(accountId !== null, 'what is due has been paid by an account');
  await holdDeposit(wide, { ...given, accountId, organisationId, chargeCode, currency, amountMinor });
}
