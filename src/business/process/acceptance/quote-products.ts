import { selectBillingDays } from '../../component/account';
import {
  firstPeriodOf, recurringParameters, totalOf, type Price, type RecurringParameters, type RecurringPiece, type RecurringPrice,
} from '../../component/product'; // prettier-ignore
import { cyclesOf, type Cycles } from '../../../kernel/cycle';
import { dateOf, dayNumberAt, type DayNumber } from '../../../kernel/day-number';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { formatAmount, type CurrencyCode } from '../../../kernel/money';
import type { Bilingual } from '../../../kernel/result';
import type { Accepting, PricedLine } from './order-kind';
import { agreedPrices, type Ordered } from './ordered-products';

export type Line = PricedLine;

/** What a price is reckoned by. */
export interface Reckoning {
  readonly start: DayNumber;
  readonly cycles: Cycles;
  readonly currency: CurrencyCode;
  readonly parameters: RecurringParameters;
  readonly accountId: Id<'account'>;
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
): Promise<PricedLine[]> {
  const reckoning = await reckoningFrom(accepting, accountId, from);
  return ordered.flatMap(({ offer: { code, definition, setAside }, quantity, product }) => {
    const agreed = agreedPrices(product);
    return definition.prices.flatMap((price) => {
      const lines = lineOf(price, { code, quantity, agreed: agreed?.get(price.code) }, reckoning);
      return setAside.includes(price.code) ? lines.map(byTheListAgain) : lines;
    });
  });
}

/** Tells that the price of a node holds no longer: a later version of the product does not allow it. */
export function byTheListAgain<Told extends { readonly explanation: Bilingual }>(line: Told): Told {
  const { zh, en } = line.explanation;
  const told = {
    zh: '下级组织的价格超出此版本授权，按标准价',
    en: 'the price that a lower node asks is beyond what this version allows: by the list',
  };
  return { ...line, explanation: { zh: `${zh}（${told.zh}）`, en: `${en} (${told.en})` } };
}

/** How prices are reckoned from an instant on, by the billing day that the account has then. */
export async function reckoningFrom(accepting: Accepting, accountId: Id<'account'>, from: Instant): Promise<Reckoning> {
  const { wide, orderId, operator, timeZone, currency } = accepting;
  const start = dayNumberAt(from, timeZone);
  const [billing] = await wide.once(`billing day of ${accountId} at ${from.toString()} for ${orderId}`, () =>
    selectBillingDays(wide, [accountId], { validAt: from, knownAt: null }),
  );
  const cycles = cyclesOf([{ from: start, anchorDay: billing?.day ?? 1 }]);
  return { start, cycles, currency, parameters: recurringParameters(operator), accountId };
}

/** A product whose price it is, and how many of it. */
export interface Priced {
  readonly code: string;
  readonly quantity: number;
  /** What was agreed upon instead of the list, for one. */
  readonly agreed?: bigint | undefined;
}

/** What a price costs an instance that begins. */
export function lineOf(price: Price, { code, quantity, agreed }: Priced, reckoning: Reckoning): PricedLine[] {
  if (price.kind === 'USAGE') return [];
  const { name, chargeCode, taxIncluded } = price;
  const line = { name, chargeCode, quantity, taxMinor: 0n };
  const of = { product: code, priceCode: price.code, accountId: reckoning.accountId, pieces: [] };
  if (price.kind === 'RECURRING') {
    const piecesAt = (amountMinor?: bigint): RecurringPiece[] =>
      firstPeriodOf(price, reckoning.start, quantity, { ...reckoning, agreedMinor: amountMinor });
    const pieces = piecesAt(agreed);
    const listMinor = agreed === undefined ? undefined : totalOf(piecesAt());
    const explanation = agreedFrom(listMinor, explained(price, pieces, reckoning), reckoning.currency);
    const recurring = { ...line, kind: 'RECURRING', amountMinor: totalOf(pieces), dueNow: false, taxIncluded, explanation } as const;
    return [{ ...recurring, of: { ...of, pieces }, ...agreedFor(price, agreed, quantity) }];
  }
  const unitMinor = agreed ?? price.amountMinor;
  const amount = formatAmount({ amountMinor: unitMinor, currency: reckoning.currency });
  const listMinor = agreed === undefined ? undefined : price.amountMinor * BigInt(quantity);
  const told = { zh: `${amount} × ${quantity}`, en: `${amount} × ${quantity}` };
  const explanation = agreedFrom(listMinor, told, reckoning.currency);
  const deposit = price.kind === 'DEPOSIT';
  const amountMinor = unitMinor * BigInt(quantity);
  const once = { ...line, kind: price.kind, amountMinor, dueNow: true, taxIncluded: deposit || taxIncluded, explanation, of };
  return [{ ...once, ...agreedFor(price, agreed, quantity) }];
}

/** What was agreed upon for so many instead of the list, of what is charged once or of a whole period. */
export function agreedFor(
  price: Exclude<Price, { readonly kind: 'USAGE' }>,
  agreed: bigint | undefined,
  quantity: number,
): Pick<PricedLine, 'agreed'> {
  if (agreed === undefined) return {};
  const phases = price.kind === 'RECURRING' ? price.phases : [price];
  const dearest = phases.reduce((most, { amountMinor }) => (amountMinor > most ? amountMinor : most), 0n);
  return { agreed: { agreedMinor: agreed * BigInt(quantity), listMinor: dearest * BigInt(quantity) } };
}

/** That an amount was agreed upon, and what the list would ask for. */
function agreedFrom(listMinor: bigint | undefined, { zh, en }: Bilingual, currency: CurrencyCode): Bilingual {
  if (listMinor === undefined) return { zh, en };
  const list = formatAmount({ amountMinor: listMinor, currency });
  return { zh: `协议价：${zh}（标准价 ${list}）`, en: `As agreed: ${en} (by the list ${list})` };
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
