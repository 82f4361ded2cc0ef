import { selectPlanChangesOf } from '../../../data/operation/order/select-plan-changes';
import { selectQuotationsById } from '../../../data/operation/order/quotation';
import type { ReadContext } from '../../context';
import type { Id } from '../../../kernel/id';
import { readLines, type QuoteLine } from './model/quote-line';

/** What was charged for leaving a plan with a change that is planned 已收违约金, less what was given back. */
export interface ChargedForLeaving {
  readonly minor: bigint;
  /** To one customer: a line may have changed hands since. */
  minorOf(customerId: Id<'customer'>): bigint;
}

export const NOTHING_CHARGED: ChargedForLeaving = { minor: 0n, minorOf: () => 0n };

/**
 * What orders that are done have charged for leaving a plan that is still held, as the lines have it: with its tax where it is included.
 * What was let off by hand was not charged. `wide` sees the orders whatever the caller may.
 */
export async function chargedForLeaving(
  wide: ReadContext,
  subscriberId: Id<'subscriber'>,
  instanceId: Id<'productInstance'>,
): Promise<ChargedForLeaving> {
  const changes = await selectPlanChangesOf(wide, subscriberId, instanceId);
  if (changes.length === 0) return NOTHING_CHARGED;
  const quotations = await selectQuotationsById(wide, changes.map(({ quotationId }) => quotationId)); // prettier-ignore
  const linesOf = new Map(quotations.map(({ id, lines }) => [id, readLines(lines)]));
  const sums = new Map<Id<'customer'>, bigint>();
  for (const { quotationId, itemNo, customerId } of changes) {
    sums.set(customerId, (sums.get(customerId) ?? 0n) + chargedBy(linesOf.get(quotationId) ?? [], itemNo));
  }
  const minor = [...sums.values()].reduce((total, sum) => total + sum, 0n);
  return { minor, minorOf: (customerId) => sums.get(customerId) ?? 0n };
}

function chargedBy(lines: readonly QuoteLine[], itemNo: number): bigint {
  const isIt = (line: QuoteLine | undefined): boolean =>
    line?.itemNo === itemNo && (line.kind === 'PENALTY' || line.kind === 'PENALTY_RETURN');
  return lines
    .filter((line) => isIt(line) || (line.reduces !== undefined && isIt(lines[line.reduces - 1])))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
