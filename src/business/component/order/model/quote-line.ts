import type { Bilingual } from '../../../../kernel/result';
import type { Json } from '../../../../kernel/stable-json';

/** What a line of a quotation is for. */
export const QUOTE_LINE_KINDS = {
  ONE_TIME: { zh: '一次性费用', en: 'Charged once, with this order.' },
  RECURRING: { zh: '周期费用', en: 'Charged each period from then on; nothing of it is due now.' },
  DEPOSIT: { zh: '押金', en: 'A deposit: held, and given back.' },
  DISCOUNT: { zh: '优惠', en: 'A reduction of what is due.' },
  CREDIT: { zh: '退费', en: 'Of what was billed in advance, what is not used any more: given back on the next bill, nothing of it now.' },
  PENALTY: { zh: '违约金', en: 'For leaving a contract early.' },
  PENALTY_RETURN: {
    zh: '退还违约金',
    en: 'Of what was charged for leaving with a planned change, what is not owed after all: given back at once.',
  },
  DEPOSIT_RETURN: {
    zh: '退还押金',
    en: 'A deposit that is given back when the order is done, to the credit of the account that paid it; nothing of it is taken off what is due.',
  },
  TAX: { zh: '税额', en: 'Tax on what is due, where prices do not include it.' },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type QuoteLineKind = keyof typeof QUOTE_LINE_KINDS;

/** One line of a quotation. Amounts are in the smallest unit of its currency; a discount's is below zero. */
export interface QuoteLine {
  /** The item that it is for, from 1. */
  readonly itemNo: number;
  readonly kind: QuoteLineKind;
  readonly name: Bilingual;
  readonly chargeCode: string | null;
  readonly quantity: number;
  readonly amountMinor: bigint;
  /** Whether it is part of what is to be paid at once. */
  readonly dueNow: boolean;
  readonly taxIncluded: boolean;
  /** The tax on it, in it or beside it; of what is due at once only. */
  readonly taxMinor: bigint;
  /** Of a reduction: the line of the quotation that it is taken off, from 1. */
  readonly reduces?: number;
  /** How the amount comes about, in words. */
  readonly explanation: Bilingual;
}

export function writeLines(lines: readonly QuoteLine[]): Json {
  return lines.map((line) => ({ ...line, amountMinor: line.amountMinor.toString(), taxMinor: line.taxMinor.toString() }));
}

type KeptLine = Omit<QuoteLine, 'amountMinor' | 'taxMinor'> & Readonly<Record<'amountMinor' | 'taxMinor', string>>;

/** Reads lines as they were kept. */
export function readLines(json: Json): QuoteLine[] {
  return (json as unknown as readonly KeptLine[]).map((line) => ({
    ...line,
    amountMinor: BigInt(line.amountMinor),
    taxMinor: BigInt(line.taxMinor),
  }));
}

/** What is to be paid at once: the fees, which are never below zero, and the deposits, from which nothing is taken off. */
export function dueOf(lines: readonly QuoteLine[]): bigint {
  const sumOf = (isDeposit: boolean): bigint =>
    lines.reduce((sum, line) => (line.dueNow && (line.kind === 'DEPOSIT') === isDeposit ? sum + line.amountMinor : sum), 0n);
  return atLeastZero(sumOf(false)) + sumOf(true);
}

/** What is given back beyond what is owed stands to the account's credit: nobody pays less than nothing. */
export function atLeastZero(amountMinor: bigint): bigint {
  return amountMinor < 0n ? 0n : amountMinor;
}

/** What a line asks for with its tax; that of a line of tax is part of those it is on. */
export function grossOf({ amountMinor, taxMinor, taxIncluded }: QuoteLine): bigint {
  return taxIncluded ? amountMinor : amountMinor + taxMinor;
}
