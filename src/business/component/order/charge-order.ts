import type { OrderItem } from '../../../data/operation/order/order-item';
import type { ProductOrder } from '../../../data/operation/order/product-order';
import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { feeDue, postEntry, type DueFee } from '../ledger';
import { noteCharged, selectChargeCodes } from '../service';
import { grossOf, type QuoteLine } from './model/quote-line';

/**
 * Charges the fees of an order 受理收费, once they have all been paid: what was paid before stood to the account's credit until then.
 * @returns the entry; null where nothing is charged
 */
export async function chargeOrder(
  unit: Unit,
  { id, organisationId, accountId, due }: ProductOrder,
  items: readonly OrderItem[],
  lines: readonly QuoteLine[],
): Promise<Id<'ledgerEntry'> | null> {
  const fees = feesOf(lines);
  const codes = [...new Set(fees.flatMap(({ line }) => line.chargeCode ?? []))];
  const terms = new Map((await selectChargeCodes(unit, codes, { validAt: unit.now, knownAt: null })).map((one) => [one.code, one.terms]));
  const posting = feeDue(
    due.currency,
    fees.map(({ line, reductions }): DueFee => {
      const ofCode = line.chargeCode === null ? null : terms.get(line.chargeCode);
      invariant(line.chargeCode !== null && ofCode != null, 'what is charged has a charge code in force');
      const { revenueAccount: revenue, deferredAccount: deferred, discountAccount: discount } = ofCode;
      return {
        chargeCode: line.chargeCode,
        subscriberId: items.find(({ itemNo }) => itemNo === line.itemNo)?.subscriberId ?? null,
        amountMinor: sumOf([line, ...reductions], grossOf),
        taxMinor: sumOf([line, ...reductions], ({ taxMinor }) => taxMinor),
        discountMinor: -sumOf(reductions, netOf),
        accounts: { revenue, deferred, discount },
        earned: 'NOW',
      };
    }),
  );
  if (posting === undefined) return null;
  await noteCharged(unit.transaction, codes, unit.now);
  return postEntry(unit, { ...posting, cause: { kind: 'ORDER', id }, organisationId, accountId });
}

/** A fee that is due at once, with what discounts take off it. */
interface Fee {
  readonly line: QuoteLine;
  readonly reductions: readonly QuoteLine[];
}

function feesOf(lines: readonly QuoteLine[]): Fee[] {
  return lines.flatMap((line, place) => {
    const { dueNow, kind, reduces } = line;
    if (!dueNow || kind === 'DEPOSIT' || kind === 'TAX' || reduces !== undefined) return [];
    return [{ line, reductions: lines.filter((other) => other.reduces === place + 1) }];
  });
}

function netOf(line: QuoteLine): bigint {
  return grossOf(line) - line.taxMinor;
}

function sumOf(lines: readonly QuoteLine[], amountOf: (line: QuoteLine) => bigint): bigint {
  return lines.reduce((sum, line) => sum + amountOf(line), 0n);
}
