import type { ReadContext } from '../../context';
import { ok, type Result } from '../../../kernel/result';
import { operatorParameters } from '../organisation';
import { selectChargeCodes } from '../service';
import { computeTax, selectTaxCategories } from '../tax';
import type { QuoteLine } from './model/quote-line';
import { refuseOrder, type OrderRefusal } from './model/refusals';

/**
 * Adds the tax of what is due at once: to each line what of it is tax, and where prices do not include it, a line of its own. All of
 * it is one bill, so tax is rounded as the operator rounds that of a bill (domain.md §5.7). A deposit is owed back, and bears none.
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
  const rateOf = ({ chargeCode }: QuoteLine): number => rates.get(known.get(chargeCode ?? '')?.taxCategory ?? '') ?? 0;
  const taxable = lines.filter(({ dueNow, kind }) => dueNow && kind !== 'DEPOSIT');
  const items = taxable.map((line) => ({ amountMinor: line.amountMinor, taxIncluded: line.taxIncluded, basisPoints: rateOf(line) }));
  const { taxRounding } = await operatorParameters({ sql });
  const taxed = computeTax(items, taxRounding);
  const taxes = new Map(taxable.map((line, place) => [line, taxed.items[place]?.taxMinor ?? 0n]));
  const all = lines.map((line) => ({ ...line, taxMinor: taxes.get(line) ?? 0n }));
  const besides = all.filter(({ dueNow, taxIncluded }) => dueNow && !taxIncluded);
  return ok([...all, ...taxLine(besides)]);
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
