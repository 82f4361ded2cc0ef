import { ORDER_KINDS, withTax, type GivenByHand, type ItemRequest, type QuotationRequest, type QuoteLine } from '../../component/order';
import type { Reservation } from '../../component/discount';
import { ok, type Result } from '../../../kernel/result';
import type { ItemLine } from './charges-of-order';
import { fixContractsLeft } from './contracts-left';
import { composeLines, discountLines } from './discount-lines';
import { checkBudgets } from './grant-ordered';
import { kindOf } from './kinds';
import { givenAway, manualReductions } from './manual-reductions';
import type { Accepting, PricedLine } from './order-kind';
import { numbered, orderedDiscounts } from './ordered-discounts';
import type { AcceptanceRefusal } from './refusals';

/** What an order costs, with the contracts that its items leave, what is given away on it by hand, and what it takes from the budgets of discounts. */
export interface Quoted {
  readonly items: readonly ItemRequest[];
  readonly lines: readonly QuoteLine[];
  readonly givenAway: readonly GivenByHand[];
  readonly budgets: readonly Reservation[];
}

/** What the items cost: the fee of each kind's rule, what the kind itself adds, what discounts and clerks take off, and the tax of what is due at once. */
export async function quoteItems(
  accepting: Accepting,
  { items, manual = [] }: Pick<QuotationRequest, 'items' | 'manual'>,
): Promise<Result<Quoted, AcceptanceRefusal>> {
  const priced: ItemLine[] = [];
  for (const [place, item] of items.entries()) {
    const itemNo = place + 1;
    const fee = feeOf(accepting, item);
    if (fee !== undefined) priced.push({ ...fee, itemNo });
    for (const line of (await kindOf(item).quote?.(accepting, item.content)) ?? []) priced.push({ ...line, itemNo });
  }
  const ordered = (await orderedDiscounts(accepting, numbered(items))).filter(({ later }) => later !== true);
  const { reductions, besides, budgets } = await discountLines(accepting, priced, ordered);
  const short = await checkBudgets(accepting, ordered, budgets);
  if (short !== undefined) return short;
  const byHand = await manualReductions(accepting, manual, { lines: priced, reductions });
  if (!byHand.ok) return byHand;
  const taxed = await withTax(accepting.unit, composeLines(priced, [...reductions, ...byHand.value.reductions], besides));
  if (!taxed.ok) return taxed;
  const fixed = fixContractsLeft(items, priced);
  return ok({ items: fixed, lines: taxed.value, budgets, givenAway: await givenAway(accepting, priced, byHand.value) });
}

function feeOf({ rules, parties }: Accepting, item: ItemRequest): PricedLine | undefined {
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
