import type { BoundProduct } from '../../component/order';
import {
  RECURRING_PARAMETERS, chargeEarlyTermination, remainingFeesOf, termOn,
  type ContractTime, type EarlyTerminationCharge, type StandingProduct, type Term, type TermContract,
} from '../../component/product'; // prettier-ignore
import { localDateOf } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import { dateOf, dayNumberAt, dayNumberOf } from '../../../kernel/day-number';
import type { Id } from '../../../kernel/id';
import { formatAmount, type CurrencyCode } from '../../../kernel/money';
import type { Bilingual } from '../../../kernel/result';
import { readHolding } from './held-products';
import { payingAccount } from './next-period';
import type { Accepting } from './order-kind';
import { reckoningFrom, type Line } from './quote-products';
import { definitionSold, timelineOf } from './sold-product';

/** Whose product is left, and when. */
interface Leaving {
  readonly subscriberId: Id<'subscriber'>;
  readonly at: Instant;
}

/** The contracts of a subscriber's products that bind when the order takes effect. */
export async function boundProducts(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<BoundProduct[]> {
  const { held, definitions } = await readHolding(accepting, subscriberId);
  const day = dayNumberAt(accepting.startAt, accepting.timeZone);
  return held.flatMap((product) => {
    const contract = definitions.get(product.versionId)?.term ?? null;
    const time = contractTime(product);
    const term = contract === null || time === undefined ? undefined : termOn(contract, time, day);
    return term === undefined ? [] : [{ product: product.code, until: String(dateOf(term.to)) }];
  });
}

function contractTime({ termFrom }: StandingProduct): ContractTime | undefined {
  const from = termFrom === null ? undefined : localDateOf(termFrom);
  return from === undefined ? undefined : { start: dayNumberOf(from), pausedDays: 0 };
}

/**
 * What it costs to leave the contract of a product at an instant 违约金, due at once; nothing where none binds, or it costs nothing. Who has
 * paid for leaving it with the next period, and now leaves it otherwise, owes the difference.
 */
export async function quoteLeaving(accepting: Accepting, product: StandingProduct, { subscriberId, at }: Leaving): Promise<Line[]> {
  const { wide, currency } = accepting;
  const time = contractTime(product);
  const { term: contract, prices } = time === undefined ? NOTHING : await definitionSold(wide, product);
  if (time === undefined || contract === null) return [];
  const { cycles } = await reckoningFrom(accepting, await payingAccount(accepting, subscriberId), at);
  const instance = await timelineOf(accepting, subscriberId, product);
  const recurring = prices.filter((price) => price.kind === 'RECURRING');
  const charges = recurring.map((price) => ({ price, instance, cycles, parameters: RECURRING_PARAMETERS }));
  const chargeAt = (instant: Instant): EarlyTerminationCharge | undefined => {
    const day = dayNumberAt(instant, accepting.timeZone);
    return chargeEarlyTermination(contract, time, day, (term) => remainingFeesOf(charges, day, term));
  };
  const charge = chargeAt(at);
  const left = await leftBefore(accepting, product, subscriberId);
  const paidMinor = (left === null ? undefined : chargeAt(left))?.amountMinor ?? 0n;
  if (charge === undefined || charge.amountMinor <= paidMinor) return [];
  const { chargeCode, taxIncluded } = contract.earlyTermination;
  const name = { zh: `违约金：${product.name}`, en: `Early termination: ${product.nameEn}` };
  const amountMinor = charge.amountMinor - paidMinor;
  const explanation = lessPaid(explainedLeaving(contract, charge, currency), paidMinor, currency);
  return [{ kind: 'PENALTY', name, chargeCode, quantity: 1, amountMinor, dueNow: true, taxIncluded, taxMinor: 0n, explanation }];
}

const NOTHING = { term: null, prices: [] } as const;

/** When a planned change ends a plan, if that was quoted as leaving it: the same product goes on without. */
async function leftBefore(
  accepting: Accepting,
  { isPlan, productId, validTo }: StandingProduct,
  of: Id<'subscriber'>,
): Promise<Instant | null> {
  if (!isPlan || validTo === null) return null;
  const { planned } = await readHolding(accepting, of);
  return planned.some((next) => next.productId !== productId) ? validTo : null;
}

function lessPaid({ zh, en }: Bilingual, paidMinor: bigint, currency: CurrencyCode): Bilingual {
  if (paidMinor === 0n) return { zh, en };
  const paid = formatAmount({ amountMinor: paidMinor, currency });
  return { zh: `${zh}；减去已随预约变更收取的 ${paid}`, en: `${en}; less ${paid} charged with the change that was planned` };
}

/** By what term, and how it is reckoned: enough to reckon it again. */
export function explainedLeaving({ earlyTermination }: TermContract, charge: EarlyTerminationCharge, currency: CurrencyCode): Bilingual {
  const { term, month } = charge;
  const told = (minor: bigint): string => formatAmount({ amountMinor: minor, currency });
  const [amount, fees] = [told(charge.amountMinor), told(charge.remainingFeesMinor)];
  const { zh, en } = spanOf(term);
  const of = { zh: `合约期 ${zh}，第 ${month} 个月`, en: `Contract of ${en}, month ${month}` };
  switch (earlyTermination.kind) {
    case 'FIXED':
      return { zh: `${of.zh}：固定 ${amount}`, en: `${of.en}: fixed ${amount}` };
    case 'BY_MONTH':
      return { zh: `${of.zh}：该月 ${amount}`, en: `${of.en}: ${amount} in that month` };
    case 'PERCENTAGE_OF_REMAINING': {
      const percent = `${earlyTermination.basisPoints / 100} %`;
      return { zh: `${of.zh}：剩余费用 ${fees} × ${percent} = ${amount}`, en: `${of.en}: remaining fees ${fees} × ${percent} = ${amount}` };
    }
  }
}

function spanOf({ from, to }: Term): Bilingual {
  const [first, last] = [from, to - 1].map((day) => String(dateOf(day)));
  return { zh: `${first ?? ''} 至 ${last ?? ''}`, en: `${first ?? ''} to ${last ?? ''}` };
}
