import type { ChargeToDiscount } from '../../component/discount';
import type { QuoteLine } from '../../component/order';
import { selectChargeCodes } from '../../component/service';
import { cycleAt, type Cycles } from '../../../kernel/cycle';
import { dayNumberAt } from '../../../kernel/day-number';
import type { Id } from '../../../kernel/id';
import { kindOf } from './kinds';
import type { Accepting, PricedLine } from './order-kind';

/** A line of an item before discounts. */
export type ItemLine = PricedLine & Pick<QuoteLine, 'itemNo'>;

/** The billing periods of an account. */
export type CyclesOf = (accountId: Id<'account'> | null) => Cycles;

/** What is a charge: a deposit is held, and a credit is given back on a bill. */
const CHARGED: readonly QuoteLine['kind'][] = ['ONE_TIME', 'RECURRING', 'PENALTY'];

export function isCharged({ kind }: Pick<QuoteLine, 'kind'>): boolean {
  return CHARGED.includes(kind);
}

/** The charges of an order: one for each piece of a first period, and for each charge once. `id` is the place of its line. */
export async function chargesOf(accepting: Accepting, lines: readonly ItemLine[], cycles: CyclesOf): Promise<ChargeToDiscount[]> {
  const { wide, items, startAt, timeZone } = accepting;
  const codes = [...new Set(lines.flatMap(({ chargeCode }) => chargeCode ?? []))];
  const known = await selectChargeCodes(wide, codes, { validAt: startAt, knownAt: null });
  const discountable = new Set(known.filter(({ terms }) => terms?.discountable === true).map(({ code }) => code));
  const day = dayNumberAt(startAt, timeZone);
  const today = { from: day, to: day + 1 };
  return lines.flatMap((line, place): ChargeToDiscount[] => {
    if (!isCharged(line) || line.chargeCode === null) return [];
    const item = items[line.itemNo - 1];
    const { subscriber, opens } = item === undefined ? {} : kindOf(item).touches(item.content);
    const { product = '', priceCode = null, accountId = accepting.accountId, pieces = [], bundle } = line.of ?? {};
    const wholeOf = (piece: number): ChargeToDiscount['whole'] =>
      bundle === undefined ? null : { id: `${bundle.id} ${priceCode ?? ''} ${piece}`, amountMinor: bundle.wholes[piece] ?? 0n };
    const charge = {
      chargeCode: line.chargeCode,
      product,
      priceCode,
      subscriber: subscriber?.id ?? opens?.id ?? '',
      bundle: bundle?.id ?? null,
      account: accountId,
      discountable: discountable.has(line.chargeCode),
      eventAt: null,
      quantity: line.quantity,
    };
    const period = cycleAt(cycles(accountId), day);
    if (line.kind !== 'RECURRING') {
      const once = { kind: 'ONE_TIME' as const, amountMinor: line.amountMinor, days: today, period };
      return [{ ...charge, ...once, counts: null, whole: wholeOf(0), id: `${place}` }];
    }
    return pieces.map(({ from, to, countedBefore, counted, countedOf, amountMinor, period: within }, piece) => ({
      ...charge,
      kind: 'RECURRING',
      id: `${place}/${piece}`,
      amountMinor,
      days: { from, to },
      period: within,
      counts: { countedBefore, counted, countedOf },
      whole: wholeOf(piece),
    }));
  });
}
