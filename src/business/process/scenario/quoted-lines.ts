import type { z } from 'zod';
import { linesOf, QUOTE_LINE_KINDS, type QuoteLine, type QuoteLineKind } from '../../component/order';
import { operatorParameters } from '../../component/organisation';
import type { Id } from '../../../kernel/id';
import { formatAmount, type CurrencyCode } from '../../../kernel/money';
import type { Json } from '../../../kernel/stable-json';
import { StepMistake } from './problem';
import type { Stage } from './stage';
import { amount, fields, orNone, text, trueOrFalse, whole, word, type WrittenAmount } from './written/fields';
import { NONE } from './written/handle';

const KINDS = Object.keys(QUOTE_LINE_KINDS) as readonly QuoteLineKind[];

/** A line of a quotation, as far as a file looks at it. */
const line = fields({
  item: whole(1, 100).optional(),
  kind: word(KINDS).optional(),
  amount: amount.optional(),
  chargeCode: orNone(text).optional(),
  quantity: whole(1, 1_000_000).optional(),
  dueNow: trueOrFalse.optional(),
  taxIncluded: trueOrFalse.optional(),
  tax: amount.optional(),
  name: text.optional(),
  explanation: text.optional(),
});
export const quotedLine = line as z.ZodType<QuotedLine>;
export type QuotedLine = z.output<typeof line>;

type Shown = Readonly<Record<string, Json>>;

/** What is looked at of a line that a file does not have. */
const TOLD_OF_OTHERS = ['item', 'kind', 'amount', 'chargeCode'];

/** The lines of a quotation as a file writes them. */
export async function quotedLines(stage: Stage, quotationId: Id<'quotation'>, currency: CurrencyCode): Promise<Json> {
  return (await linesOf(stage.context, quotationId)).map((one) => shownLine(one, currency));
}

function shownLine({ itemNo: item, name, explanation, amountMinor, taxMinor, ...more }: QuoteLine, currency: CurrencyCode): Json {
  const { kind, chargeCode, quantity, dueNow, taxIncluded } = more;
  const decimals = (minor: bigint): string => formatAmount({ amountMinor: minor, currency });
  return {
    item,
    kind,
    amount: decimals(amountMinor),
    chargeCode: chargeCode ?? NONE,
    quantity,
    dueNow,
    taxIncluded,
    tax: decimals(taxMinor),
    name: `${name.zh} / ${name.en}`,
    explanation: `${explanation.zh} / ${explanation.en}`,
  };
}

/** Of each line what a file says of the one in its place; of a text, that it is in it. */
export function linesLookedAt(lines: readonly QuotedLine[] | undefined, actual: Json): Json {
  return (actual as readonly Shown[]).map((shown, n) => {
    const written: Readonly<Record<string, unknown>> = lines?.[n] ?? {};
    const keys = Object.keys(written).length === 0 ? TOLD_OF_OTHERS : Object.keys(written).filter((key) => written[key] !== undefined);
    return Object.fromEntries(keys.map((key) => [key, lookedAt(key, shown[key] ?? null, written[key])]));
  });
}

function lookedAt(key: string, actual: Json, wanted: unknown): Json {
  const isWithin =
    (key === 'name' || key === 'explanation') && typeof wanted === 'string' && typeof actual === 'string' && actual.includes(wanted);
  return isWithin ? wanted : actual;
}

/** The lines that a file expects, in the same form. */
export async function linesExpected(stage: Stage, lines: readonly QuotedLine[] | undefined): Promise<Json> {
  const { currency } = await operatorParameters(stage.context);
  return (lines ?? []).map(({ amount: written, tax, chargeCode, ...rest }, n) => ({
    ...said(rest),
    ...(chargeCode === undefined ? {} : { chargeCode: chargeCode ?? NONE }),
    ...(written === undefined ? {} : { amount: decimalsOf(written, currency, ['lines', n, 'amount']) }),
    ...(tax === undefined ? {} : { tax: decimalsOf(tax, currency, ['lines', n, 'tax']) }),
  }));
}

function said(fieldsOfLine: Readonly<Record<string, unknown>>): Shown {
  return Object.fromEntries(Object.entries(fieldsOfLine).filter(([, value]) => value !== undefined)) as Shown;
}

/** An amount in the operator's currency, as it is compared; null for none. */
export async function operatorsDecimals(stage: Stage, written: WrittenAmount | undefined, key: string): Promise<Json> {
  return written === undefined ? null : decimalsOf(written, (await operatorParameters(stage.context)).currency, [key]);
}

/** @throws StepMistake at the place when it is no amount of that currency */
function decimalsOf(written: WrittenAmount, currency: CurrencyCode, place: readonly (string | number)[]): string {
  const read = written.in(currency);
  if ('reason' in read) throw new StepMistake(place, read.reason);
  return formatAmount(read.money);
}
