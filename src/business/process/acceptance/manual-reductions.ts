import { AUTHORITY_KINDS, authorityOf, isWithinAuthority, type AuthorityKind } from '../../component/discount';
import { refuseOrder, type GivenByHand, type ManualReduction, type QuoteLine } from '../../component/order';
import { selectChargeCodes } from '../../component/service';
import { formatAmount, roundHalfAwayFromZero } from '../../../kernel/money';
import { ok, type Bilingual, type Result } from '../../../kernel/result';
import { splitByLargestRemainder } from '../../../kernel/split';
import { isCharged, type ItemLine } from './charges-of-order';
import type { Reduction } from './discount-lines';
import { kindOf } from './kinds';
import type { Accepting, AgreedPrice } from './order-kind';
import { lineOf } from './ordered-discounts';
import type { AcceptanceRefusal } from './refusals';

const BASIS_POINTS = 10_000n;

const NAMES: Readonly<Record<AuthorityKind, Bilingual>> = {
  MANUAL_DISCOUNT: { zh: '手工优惠', en: 'Discount by hand' },
  WAIVER: { zh: '减免', en: 'Let off' },
};

/** What was agreed to at the counter, as it makes lines smaller. */
export interface ByHand {
  readonly reductions: readonly Reduction[];
  readonly sums: Readonly<Record<AuthorityKind, bigint>>;
}

/**
 * What is taken off by hand 手工优惠、减免, of what discounts leave: of the one-time charges and first periods of an item under a charge
 * code, or of one price. Of several lines each bears its part.
 */
export async function manualReductions(
  accepting: Accepting,
  manual: readonly ManualReduction[],
  { lines, reductions }: { readonly lines: readonly ItemLine[]; readonly reductions: readonly Reduction[] },
): Promise<Result<ByHand, AcceptanceRefusal>> {
  const sums: Record<AuthorityKind, bigint> = { MANUAL_DISCOUNT: 0n, WAIVER: 0n };
  const taken: Reduction[] = [];
  const fixed = await fixedCodes(accepting, manual.length === 0 ? [] : lines);
  for (const [at, one] of manual.entries()) {
    const field = `manual.${at}`;
    const places = lines.flatMap((line, place) => (isMeant(one, line) ? [place] : []));
    if (places.length === 0) return refuseOrder('MANUAL_NOT_FOUND', field);
    const barred = places.map((place) => lines[place]?.chargeCode ?? '').find((code) => fixed.has(code));
    if (barred !== undefined) return refuseOrder('MANUAL_NOT_DISCOUNTABLE', field, { code: barred });
    const left = places.map((place) => leftOf(lines[place], place, [...reductions, ...taken]));
    const leftMinor = left.reduce((sum, amount) => sum + amount, 0n);
    const asked = askedOf(one, leftMinor, accepting.currency);
    if (asked === undefined) return refuseOrder('CURRENCY_DIFFERS', `${field}.amount`);
    if (asked > leftMinor) return refuseOrder('MANUAL_TOO_MUCH', field, { left: formatAmount({ ...accepting, amountMinor: leftMinor }) });
    sums[one.kind] += asked;
    const parts = asked === 0n ? [] : splitByLargestRemainder(asked, left);
    parts.forEach((amountMinor, part) => {
      if (amountMinor > 0n) taken.push(toldByHand(accepting, one, { place: places[part] ?? 0, amountMinor, ofMinor: left[part] ?? 0n }));
    });
  }
  return ok({ reductions: taken, sums });
}

function isMeant({ itemNo, chargeCode, priceCode }: ManualReduction, line: ItemLine): boolean {
  if (line.itemNo !== itemNo || !isCharged(line)) return false;
  return chargeCode === null ? line.of?.priceCode === priceCode : line.chargeCode === chargeCode;
}

/** Charge codes that cannot be discounted, of those that the lines are under. */
async function fixedCodes({ wide, startAt }: Accepting, lines: readonly QuoteLine[] | readonly ItemLine[]): Promise<ReadonlySet<string>> {
  const codes = [...new Set(lines.flatMap(({ chargeCode }) => chargeCode ?? []))];
  if (codes.length === 0) return new Set();
  const known = await selectChargeCodes(wide, codes, { validAt: startAt, knownAt: null });
  return new Set(known.filter(({ terms }) => terms?.discountable !== true).map(({ code }) => code));
}

function leftOf(line: ItemLine | undefined, place: number, reductions: readonly Reduction[]): bigint {
  return reductions.reduce((left, one) => (one.place === place ? left - one.amountMinor : left), line?.amountMinor ?? 0n);
}

function askedOf({ amount, basisPoints }: ManualReduction, leftMinor: bigint, currency: string): bigint | undefined {
  if (amount === null) return roundHalfAwayFromZero(leftMinor * BigInt(basisPoints ?? 0), BASIS_POINTS);
  return amount.currency === currency ? BigInt(amount.amountMinor) : undefined;
}

function toldByHand(
  { currency }: Accepting,
  { kind, basisPoints, reason }: ManualReduction,
  { place, amountMinor, ofMinor }: { readonly place: number; readonly amountMinor: bigint; readonly ofMinor: bigint },
): Reduction {
  const [of, off] = [ofMinor, amountMinor].map((minor) => formatAmount({ amountMinor: minor, currency }));
  const part = basisPoints === null ? `${off}` : `${of} × ${(basisPoints / 100).toString()}% = ${off}`;
  return { place, name: NAMES[kind], amountMinor, explanation: { zh: `${part}：${reason}`, en: `${part}: ${reason}` } };
}

/**
 * What a quotation gives away by hand, by kind, and whether it is beyond the authority of who asks 优惠权限: what prices that were agreed
 * upon are below the list counts as a discount by hand.
 */
export async function givenAway(accepting: Accepting, lines: readonly ItemLine[], { sums }: Pick<ByHand, 'sums'>): Promise<GivenByHand[]> {
  const charged = lines.filter(isCharged);
  const belowList = charged.reduce((sum, { agreed }) => sum + givenBy(agreed), 0n);
  const ofMinor = charged.reduce((sum, { agreed, amountMinor }) => sum + (agreed?.listMinor ?? amountMinor), 0n);
  const amounts = { ...sums, MANUAL_DISCOUNT: sums.MANUAL_DISCOUNT + belowList };
  const kinds = AUTHORITY_KINDS.filter((kind) => amounts[kind] > 0n);
  if (kinds.length === 0) return [];
  const { unit, organisationId } = accepting;
  const authority = await authorityOf(unit, organisationId, linesOfBusiness(accepting));
  return kinds.map((kind) => {
    const given = { amountMinor: amounts[kind], ofMinor };
    return { kind, ...given, needsApproval: !isWithinAuthority(authority[kind], given) };
  });
}

/** A price above the list gives nothing away. */
function givenBy(agreed: AgreedPrice | undefined): bigint {
  return agreed !== undefined && agreed.listMinor > agreed.agreedMinor ? agreed.listMinor - agreed.agreedMinor : 0n;
}

/** The lines of business that an order is about: who gives something away on it must have them all. */
function linesOfBusiness(accepting: Accepting): string[] {
  const lines = accepting.items.map((item) => {
    const { subscriber, opens } = kindOf(item).touches(item.content);
    const id = subscriber?.id ?? opens?.id;
    return id === undefined ? null : lineOf(accepting, id);
  });
  return [...new Set(lines.flatMap((line) => line ?? []))];
}
