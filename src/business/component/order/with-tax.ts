import type { ReadContext } from '../../context';
import { roundHalfAwayFromZero } from '../../../kernel/money';
import { ok, type Result } from '../../../kernel/result';
import { operatorParameters } from '../organisation';
import { selectChargeCodes } from '../service';
import { computeTax, selectTaxCategories, type TaxRounding } from '../tax';
import type { QuoteLine } from './model/quote-line';
import { refuseOrder, type OrderRefusal } from './model/refusals';

/**
 * Adds the tax of what is due at once: to each line what of it is tax, and where prices do not include it, a line of its own. All of
 * it is one bill, so tax is rounded as the operator rounds that of a bill (domain.md §5.7), on what discounts leave of each line. A
 * deposit is owed back, and bears none.
 */
export async function withTax(
  { sql, now }: Pick<ReadContext, 'sql' | 'now'>,
  lines: readonly QuoteLine[],
): Promise<Result<QuoteLine[], OrderRefusal>> {
  const codes = [...new Set(lines.flatMap(({ dueNow, chargeCode }) => (dueNow && chargeCode !== null ? [chargeCode] : [])))];
  if (codes.length === 0) return ok([...lines]);
  const time = { validAt: now, knownAt: null };
  const known = new Map((await selectChargeCodes({ sql }, codes, time)).map(({ code, terms }) => [code, terms]));
  const unknown = codes.find((code) => known.get(code) == null);
  if (unknown !== undefined) return refuseOrder('CHARGE_CODE_NOT_IN_FORCE', 'items', { code: unknown });
  const categories = [...known.values()].flatMap((terms) => terms?.taxCategory ?? []);
  const rates = new Map((await selectTaxCategories({ sql }, categories, time)).map(({ code, rate }) => [code, rate?.basisPoints ?? 0]));
  const { taxRounding } = await operatorParameters({ sql });
  const all = taxed(lines, taxRounding, ({ chargeCode }) => rates.get(known.get(chargeCode ?? '')?.taxCategory ?? '') ?? 0);
  const besides = all.filter(({ dueNow, taxIncluded }) => dueNow && !taxIncluded);
  return ok([...all, ...taxLine(besides)]);
}

/**
 * The lines with the tax in or beside them. A reduction has the tax of what it takes off, and its line that of the whole, so that
 * together they have the tax of what is left.
 */
function taxed(lines: readonly QuoteLine[], rounding: TaxRounding, rateOf: (line: QuoteLine) => number): QuoteLine[] {
  const taxes = lines.map((line) => (line.dueNow && line.reduces !== undefined ? taxOf(line, rateOf(line)) : 0n));
  const whole = lines.flatMap(({ dueNow, kind, reduces }, place) => (dueNow && kind !== 'DEPOSIT' && reduces === undefined ? [place] : []));
  const reductionsOf = (place: number): number[] => lines.flatMap(({ reduces }, other) => (reduces === place + 1 ? [other] : []));
  const items = whole.map((place) => {
    const line = lines[place] as QuoteLine;
    const amountMinor = reductionsOf(place).reduce((sum, other) => sum + (lines[other]?.amountMinor ?? 0n), line.amountMinor);
    return { amountMinor, taxIncluded: line.taxIncluded, basisPoints: rateOf(line) };
  });
  const { items: ofNet } = computeTax(items, rounding);
  whole.forEach((place, item) => {
    const reduced = reductionsOf(place).reduce((sum, other) => sum + (taxes[other] ?? 0n), 0n);
    taxes[place] = (ofNet[item]?.taxMinor ?? 0n) - reduced;
  });
  return lines.map((line, place) => ({ ...line, taxMinor: taxes[place] ?? 0n }));
}

const WHOLE = 10_000n;

/** The tax in or beside one amount by itself. */
function taxOf({ amountMinor, taxIncluded }: QuoteLine, basisPoints: number): bigint {
  const rate = BigInt(basisPoints);
  return roundHalfAwayFromZero(amountMinor * rate, taxIncluded ? WHOLE + rate : WHOLE);
}

/** What is to be paid beside the prices that do not include it. */
function taxLine(lines: readonly QuoteLine[]): QuoteLine[] {
  const amountMinor = lines.reduce((sum, { taxMinor }) => sum + taxMinor, 0n);
  if (amountMinor === 0n) return [];
  return [
    {
      itemNo: lines[0]?.itemNo ?? 1,
      kind: 'TAX',
      name: { zh: '税额', en: 'Tax' },
      chargeCode: null,
      quantity: 1,
      amountMinor,
      dueNow: true,
      taxIncluded: true,
      taxMinor: 0n,
      explanation: { zh: '不含税价格的税额，按税率合计舍入', en: 'Of the prices without tax, rounded once a rate.' },
    },
  ];
}
