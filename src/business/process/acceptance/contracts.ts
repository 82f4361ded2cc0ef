import { NOTHING_CHARGED, chargedForLeaving, type BoundProduct } from '../../component/order';
import {
  chargeEarlyTermination, remainingFeesOf, stoppedDays, termOn,
  type ContractTime, type EarlyTerminationCharge, type InstanceEnd, type Price, type StandingProduct, type Term, type TermContract,
} from '../../component/product'; // prettier-ignore
import { localDateOf } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import { dateOf, dayNumberAt, dayNumberOf, type DayNumber } from '../../../kernel/day-number';
import type { Id } from '../../../kernel/id';
import { formatAmount, type CurrencyCode } from '../../../kernel/money';
import type { Bilingual } from '../../../kernel/result';
import { readHolding } from './held-products';
import { payingAccount } from './next-period';
import type { Accepting } from './order-kind';
import { reckoningFrom, type Line } from './quote-products';
import { asAgreed, definitionSold, stoppedSpans, timelineOf } from './sold-product';

/** Whose product is left, when, and whether another takes its place. */
interface Leaving {
  readonly subscriberId: Id<'subscriber'>;
  readonly at: Instant;
  /** `RENEWAL`: the same product goes on with a term of its own, so no contract is left. */
  readonly by: InstanceEnd['by'] | 'RENEWAL';
}

/** The contracts of a subscriber's products that bind when the order takes effect. */
export async function boundProducts(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<BoundProduct[]> {
  const { held, definitions } = await readHolding(accepting, subscriberId);
  const timeAt = await contractTimes(accepting, subscriberId);
  const day = dayNumberAt(accepting.startAt, accepting.timeZone);
  return held.flatMap((product) => {
    const contract = definitions.get(product.versionId)?.term ?? null;
    const time = timeAt(product, day);
    const term = contract === null || time === undefined ? undefined : termOn(contract, time, day);
    return term === undefined ? [] : [{ product: product.code, until: String(dateOf(term.to)) }];
  });
}

/** When the contract of a product began, and by how many days up to a day it became longer; undefined where it has none. */
type ContractTimes = (product: StandingProduct, day: DayNumber) => ContractTime | undefined;

async function contractTimes(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<ContractTimes> {
  const pauses = accepting.operator.contractsWhileStopped === 'PAUSE' ? await stoppedSpans(accepting, subscriberId) : [];
  return ({ termFrom }, day) => {
    const from = termFrom === null ? undefined : localDateOf(termFrom);
    if (from === undefined) return undefined;
    const start = dayNumberOf(from);
    return { start, pausedDays: stoppedDays(pauses, { from: start, to: day }) };
  };
}

/**
 * What it costs to leave the contract of a product at an instant 违约金, due at once; nothing where none binds, or it costs nothing. Who was
 * charged for leaving it with a change that is planned, and now leaves it otherwise, owes the difference; it is given back where that
 * is less, as it is whole where he stays.
 */
export async function quoteLeaving(accepting: Accepting, product: StandingProduct, leaving: Leaving): Promise<Line[]> {
  const { wide, currency, customerId } = accepting;
  if (product.termFrom === null) return [];
  const { term: contract, prices } = await definitionSold(wide, product);
  if (contract === null) return [];
  const charge =
    leaving.by === 'RENEWAL' ? undefined : await leavingCharge(accepting, { product, contract, prices }, { ...leaving, by: leaving.by });
  const charged = product.isPlan ? await chargedForLeaving(wide, leaving.subscriberId, product.instanceId) : NOTHING_CHARGED;
  const { chargeCode, taxIncluded } = contract.earlyTermination;
  const same = { chargeCode, quantity: 1, dueNow: true, taxIncluded, taxMinor: 0n } as const;
  const amountMinor = (charge?.amountMinor ?? 0n) - charged.minor;
  if (amountMinor > 0n && charge !== undefined) {
    const name = { zh: `违约金：${product.name}`, en: `Early termination: ${product.nameEn}` };
    const explanation = lessCharged(explainedLeaving(contract, charge, currency), charged.minor, currency);
    return [{ ...same, kind: 'PENALTY', name, amountMinor, leaves: { id: product.instanceId, code: product.code }, explanation }];
  }
  // Another's money is not given to whoever holds the line now.
  const backMinor = lesserOf(-amountMinor, charged.minorOf(customerId));
  if (backMinor <= 0n) return [];
  const name = { zh: `退还违约金：${product.name}`, en: `Early termination given back: ${product.nameEn}` };
  return [
    { ...same, kind: 'PENALTY_RETURN', name, amountMinor: -backMinor, explanation: explainedReturn(charged.minor, charge, currency) },
  ];
}

function lesserOf(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

interface BoundBy {
  readonly product: StandingProduct;
  readonly contract: TermContract;
  readonly prices: readonly Price[];
}

/** What leaving costs at an instant. A day that is charged though the product ends on it is none of those that remain. */
async function leavingCharge(
  accepting: Accepting,
  { product, contract, prices }: BoundBy,
  { subscriberId, at, by }: Leaving & { readonly by: InstanceEnd['by'] },
): Promise<EarlyTerminationCharge | undefined> {
  const { cycles, parameters } = await reckoningFrom(accepting, await payingAccount(accepting, subscriberId), at);
  const instance = await timelineOf(accepting, subscriberId, product);
  const timeAt = await contractTimes(accepting, subscriberId);
  const recurring = prices.filter((price) => price.kind === 'RECURRING');
  const charges = recurring.map((price) => ({ price, instance: asAgreed(instance, product, price.code), cycles, parameters }));
  const charged = by === 'TERMINATION' && parameters.terminationDay === 'CHARGED' ? 1 : 0;
  const day = dayNumberAt(at, accepting.timeZone);
  const time = timeAt(product, day);
  return time && chargeEarlyTermination(contract, time, day, (term) => remainingFeesOf(charges, day + charged, term));
}

function lessCharged({ zh, en }: Bilingual, chargedMinor: bigint, currency: CurrencyCode): Bilingual {
  if (chargedMinor <= 0n) return { zh, en };
  const charged = formatAmount({ amountMinor: chargedMinor, currency });
  return { zh: `${zh}；减去已随预约变更收取的 ${charged}`, en: `${en}; less ${charged} charged with the change that was planned` };
}

function explainedReturn(chargedMinor: bigint, owed: EarlyTerminationCharge | undefined, currency: CurrencyCode): Bilingual {
  const [charged, due] = [chargedMinor, owed?.amountMinor ?? 0n].map((amountMinor) => formatAmount({ amountMinor, currency }));
  return {
    zh: `预约变更已收取 ${charged ?? ''}，现应收 ${due ?? ''}`,
    en: `${charged ?? ''} was charged with the change that was planned; ${due ?? ''} is owed now.`,
  };
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
