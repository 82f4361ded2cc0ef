import type { DiscountDefinition, DiscountStep, IdleDiscount, ReturnPart } from '../../component/discount';
import { dateOf } from '../../../kernel/day-number';
import { formatAmount, type CurrencyCode } from '../../../kernel/money';
import type { Bilingual } from '../../../kernel/result';

/* What a quotation says of the discounts in it: enough to reckon each again by hand. */

interface Taken {
  /** What of the step falls on the line. */
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
}

/** How a step comes about, and what of it falls on this line where there are several. */
export function toldStep(definition: Pick<DiscountDefinition, 'effect'>, step: DiscountStep, { amountMinor, currency }: Taken): Bilingual {
  const told = (minor: bigint): string => formatAmount({ amountMinor: minor, currency });
  const { limitedBy, reductionMinor } = step;
  const { zh, en } = computed(definition, step, told);
  const bound = {
    CAP: { zh: `；封顶 ${told(reductionMinor)}`, en: `; capped at ${told(reductionMinor)}` },
    AMOUNT_LEFT: { zh: `；余额仅 ${told(reductionMinor)}`, en: `; of it ${told(reductionMinor)} are left` },
  };
  const limit = limitedBy === null ? NOTHING : bound[limitedBy];
  const share =
    amountMinor === reductionMinor ? NOTHING : { zh: `；分摊至本项 ${told(amountMinor)}`, en: `; of it on this ${told(amountMinor)}` };
  return { zh: `${zh}${limit.zh}${share.zh}`, en: `${en}${limit.en}${share.en}` };
}

const NOTHING: Bilingual = { zh: '', en: '' };

function computed({ effect }: Pick<DiscountDefinition, 'effect'>, step: DiscountStep, told: (minor: bigint) => string): Bilingual {
  const { baseMinor, computedMinor, proration } = step;
  const [base, off] = [told(baseMinor), told(computedMinor)];
  switch (effect.kind) {
    case 'PERCENTAGE':
      return percentage(base, effect.basisPoints, off);
    case 'AMOUNT': {
      const amount = told(effect.amountMinor);
      if (proration === null) return { zh: `每期 ${amount}，不超过 ${base}`, en: `${amount} a period, of ${base}` };
      const { days, of } = proration;
      return { zh: `${amount} × ${days}/${of} 天 = ${off}，不超过 ${base}`, en: `${amount} × ${days}/${of} days = ${off}, of ${base}` };
    }
    case 'PRICE_OVERRIDE': {
      const other = told(effect.amountMinor);
      return { zh: `${base} 按每期 ${other} 收取，减 ${off}`, en: `${base} at ${other} a period instead: ${off} less` };
    }
    case 'THRESHOLD': {
      const reached = { zh: `消费 ${base} 满 ${told(effect.spendMinor)}`, en: `${base} reach ${told(effect.spendMinor)}` };
      const { reduction } = effect;
      const part = reduction.kind === 'PERCENTAGE' ? percentage(base, reduction.basisPoints, off) : { zh: `减 ${off}`, en: `${off} less` };
      return { zh: `${reached.zh}：${part.zh}`, en: `${reached.en}: ${part.en}` };
    }
    default:
      return { zh: `减免 ${base}`, en: `All of ${base}.` };
  }
}

function percentage(base: string, basisPoints: number, off: string): Bilingual {
  const rate = `${(basisPoints / 100).toString()}%`;
  return { zh: `${base} × ${rate} = ${off}`, en: `${base} × ${rate} = ${off}` };
}

/** Why a discount takes nothing off this order; `by` is the one of its group that won. */
export function toldIdle(
  { effect, lasts }: Pick<DiscountDefinition, 'effect' | 'lasts'>,
  reason: IdleDiscount['reason'],
  by: Bilingual | undefined,
  currency: CurrencyCode,
): Bilingual {
  if (effect.kind === 'FREE_UNITS') {
    const { zh, en } = UNITS[effect.unit];
    const periods = lasts.periods === null ? NOTHING : { zh: `，共 ${lasts.periods} 期`, en: `, for ${lasts.periods} periods` };
    return {
      zh: `每期赠送 ${effect.amount} ${zh}${periods.zh}`,
      en: `${effect.amount} ${en} for nothing each period${periods.en}`,
    };
  }
  if (reason === 'EXCLUDED') return { zh: `同组优惠“${by?.zh ?? ''}”减免更多`, en: `“${by?.en ?? ''}” of its group takes off more.` };
  if (reason === 'NOTHING_ELIGIBLE') return { zh: '本单没有适用的费用', en: 'Nothing in this order falls under it.' };
  if (effect.kind !== 'THRESHOLD') return { zh: '无可减免', en: 'There is nothing left to take off.' };
  const spend = formatAmount({ amountMinor: effect.spendMinor, currency });
  return { zh: `未满 ${spend}`, en: `${spend} are not reached.` };
}

/** Of a discount that is held, what the charges of the order alone do not tell. */
export const ON_BILL: Bilingual = {
  zh: '已办优惠，按整期账单计算，在账单上减免',
  en: 'Held already: it is reckoned of the whole bill, and acts there.',
};

const UNITS: Readonly<Record<'SECOND' | 'BYTE' | 'MESSAGE', Bilingual>> = {
  SECOND: { zh: '秒', en: 'seconds' },
  BYTE: { zh: '字节', en: 'bytes' },
  MESSAGE: { zh: '条', en: 'messages' },
};

/** When money that is paid ahead comes back. */
export function toldDeposit(returns: readonly ReturnPart[], currency: CurrencyCode): Bilingual {
  const [first] = returns;
  const last = returns[returns.length - 1];
  if (first === undefined || last === undefined) return NOTHING;
  const told = (minor: bigint): string => formatAmount({ amountMinor: minor, currency });
  const total = told(returns.reduce((sum, { amountMinor }) => sum + amountMinor, 0n));
  const days = [first, last].map(({ day }) => dateOf(day).toString());
  const parts = first.amountMinor === last.amountMinor ? told(first.amountMinor) : `${told(first.amountMinor)}/${told(last.amountMinor)}`;
  return {
    zh: `预存返还：${days[0]} 至 ${days[1]}，分 ${returns.length} 期，每期 ${parts}，共 ${total}`,
    en: `Comes back in ${returns.length} parts of ${parts}, ${days[0]} to ${days[1]}: ${total} in all.`,
  };
}
