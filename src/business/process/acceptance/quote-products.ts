import { selectBillingDays } from '../../component/account';
import type { QuoteLine } from '../../component/order';
import {
  firstPeriodOf,
  recurringParameters,
  totalOf,
  type Price,
  type RecurringParameters,
  type RecurringPiece,
  type RecurringPrice,
} from '../../component/product';
import { cyclesOf, type Cycles } from '../../../kernel/cycle';
import { dateOf, dayNumberAt, type DayNumber } from '../../../kernel/day-number';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { formatAmount, type CurrencyCode } from '../../../kernel/money';
import type { Bilingual } from '../../../kernel/result';
import type { Accepting } from './order-kind';
import type { Ordered } from './ordered-products';

export type Line = Omit<QuoteLine, 'itemNo'>;

/** What a price is reckoned by. */
export interface Reckoning {
  readonly start: DayNumber;
  readonly cycles: Cycles;
  readonly currency: CurrencyCode;
  readonly parameters: RecurringParameters;
}

/**
 * What products cost that begin when the order takes effect, or later 产品报价: fees and deposits at once, and the first period of what
 * recurs, by the billing day that the account has then. What usage costs is not known before.
 */
export async function quoteProducts(
  accepting: Accepting,
  ordered: readonly Ordered[],
  accountId: Id<'account'>,
  from: Instant = accepting.startAt,
): Promise<Line[]> {
  const reckoning = await reckoningFrom(accepting, accountId, from);
  return ordered.flatMap(({ offer, quantity }) => offer.definition.prices.flatMap((price) => lineOf(price, quantity, reckoning)));
}

/** How prices are reckoned from an instant on, by the billing day that the account has then. */
export async function reckoningFrom(accepting: Accepting, accountId: Id<'account'>, from: Instant): Promise<Reckoning> {
  const { wide, operator, timeZone, currency } = accepting;
  const start = dayNumberAt(from, timeZone);
  const [billing] = await selectBillingDays(wide, [accountId], { validAt: from, knownAt: null });
  return { start, cycles: cyclesOf([{ from: start, anchorDay: billing?.day ?? 1 }]), currency, parameters: recurringParameters(operator) };
}

/** What a price costs an instance that begins. */
export function lineOf(price: Price, quantity: number, reckoning: Reckoning): Line[] {
  if (price.kind === 'USAGE') return [];
  const { name, chargeCode, taxIncluded } = price;
  const line = { name, chargeCode, quantity, taxMinor: 0n };
  if (price.kind === 'RECURRING') {
    const pieces = firstPeriodOf(price, reckoning.start, quantity, reckoning);
    const explanation = explained(price, pieces, reckoning);
    return [{ ...line, kind: 'RECURRING', amountMinor: totalOf(pieces), dueNow: false, taxIncluded, explanation }];
  }
  const amount = formatAmount({ amountMinor: price.amountMinor, currency: reckoning.currency });
  const explanation = { zh: `${amount} × ${quantity}`, en: `${amount} × ${quantity}` };
  const deposit = price.kind === 'DEPOSIT';
  const amountMinor = price.amountMinor * BigInt(quantity);
  return [{ ...line, kind: price.kind, amountMinor, dueNow: true, taxIncluded: deposit || taxIncluded, explanation }];
}

const MEASURES: Readonly<Record<RecurringPiece['measure'], Bilingual>> = {
  DAYS: { zh: '天', en: 'days' },
  DAYS_30: { zh: '天（每月按 30 天）', en: 'days (of 30 a month)' },
  HALVES: { zh: '半月', en: 'halves of a month' },
  PERIODS: { zh: '周期', en: 'period' },
};

/** How the first period comes about. */
export function explained({ trial }: RecurringPrice, pieces: readonly RecurringPiece[], { currency }: Reckoning): Bilingual {
  const { zh, en } = explainPieces(pieces, currency);
  const free = trial !== null;
  return { zh: `${free ? '试用期后：' : ''}${zh}`, en: `${free ? 'After the trial: ' : ''}${en}` };
}

/** How charges come about: of each piece its days, the price of a whole period, and the part that is charged. */
export function explainPieces(pieces: readonly RecurringPiece[], currency: CurrencyCode): Bilingual {
  const told = (language: 'zh' | 'en'): string =>
    pieces
      .map(({ from, to, wholeMinor, counted, countedOf, measure, amountMinor }) => {
        const [whole, part] = [wholeMinor, amountMinor].map((minor) => formatAmount({ amountMinor: minor, currency }));
        const days = [from, to - 1].map((day) => dateOf(day).toString()).join(language === 'zh' ? ' 至 ' : ' to ');
        return `${days}: ${whole} × ${counted}/${countedOf} ${MEASURES[measure][language]} = ${part}`;
      })
      .join('; ');
  return { zh: told('zh'), en: told('en') };
}
