import { ORDER_KINDS, withTax, type ItemRequest, type OrderRefusal, type QuoteLine } from '../../component/order';
import type { Result } from '../../../kernel/result';
import { kindOf } from './kinds';
import type { Accepting } from './order-kind';

/** What the items cost: the fee of each kind's rule, what the kind itself adds, and the tax of what is due at once. */
export async function quoteItems(accepting: Accepting, items: readonly ItemRequest[]): Promise<Result<QuoteLine[], OrderRefusal>> {
  const lines: QuoteLine[] = [];
  for (const [place, item] of items.entries()) {
    const itemNo = place + 1;
    const fee = feeOf(accepting, item);
    if (fee !== undefined) lines.push({ ...fee, itemNo });
    for (const line of (await kindOf(item).quote?.(accepting, item.content)) ?? []) lines.push({ ...line, itemNo });
  }
  return withTax(accepting.unit, lines);
}

function feeOf({ rules, parties }: Accepting, item: ItemRequest): Omit<QuoteLine, 'itemNo'> | undefined {
  const { subscriber, opens } = kindOf(item).touches(item.content);
  const line = subscriber === undefined ? (opens?.serviceType ?? null) : (parties.subscribers.get(subscriber.id)?.service_type ?? null);
  const rule = rules(item.kind, line);
  if (rule.feeMinor === 0n) return undefined;
  const { zh, en } = ORDER_KINDS[item.kind];
  return {
    kind: 'ONE_TIME',
    name: { zh: `${zh}手续费`, en: `Fee: ${en}` },
    chargeCode: rule.feeChargeCode,
    quantity: 1,
    amountMinor: rule.feeMinor,
    dueNow: true,
    taxIncluded: rule.feeTaxIncluded,
    taxMinor: 0n,
    explanation: { zh: '按受理规则收取', en: 'As the rule of this kind of order says.' },
  };
}
