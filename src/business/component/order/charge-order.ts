import type { Unit } from '../../context';
import { invariant } from '../../../kernel/failure';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import { feeDue, type DueFee } from '../ledger';
import { noteCharged, selectChargeCodes, type ChargeTerms } from '../service';
import { grossOf, type QuoteLine } from './model/quote-line';
import type { OrderInHand } from './order-in-hand';

/**
 * Charges the fees of an order 受理收费, under the terms of their charge codes as they are now; where one has none any more, as it was
 * accepted. {@link keepOrder} posts them.
 */
export async function chargeOrder(unit: Unit, inHand: OrderInHand, accountId: Id<'account'>, lines: readonly QuoteLine[]): Promise<void> {
  const { items } = inHand;
  const { id: orderId, organisationId, due, createdAt } = inHand.order;
  const fees = feesOf(lines);
  const codes = [...new Set(fees.flatMap(({ line }) => line.chargeCode ?? []))];
  const { terms, uncharged } = await termsOf(unit, codes, createdAt);
  const posting = feeDue(
    due.currency,
    fees.map(({ line, reductions }): DueFee => {
      const ofCode = line.chargeCode === null ? undefined : terms.get(line.chargeCode);
      invariant(line.chargeCode !== null && ofCode !== undefined, 'what is charged has a charge code in force');
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
  if (posting === undefined) return;
  if (uncharged.length > 0) await noteCharged(unit.transaction, uncharged, unit.now);
  const id = newId('ledgerEntry');
  inHand.entries.push({ ...posting, id, cause: { kind: 'ORDER', id: orderId }, organisationId, accountId });
  inHand.changes = { ...inHand.changes, feeEntryId: id };
}

/** What is charged, and under which of the codes nothing has been before. */
async function termsOf(
  unit: Unit,
  codes: readonly string[],
  acceptedAt: Instant,
): Promise<{ readonly terms: ReadonlyMap<string, ChargeTerms>; readonly uncharged: readonly string[] }> {
  const terms = new Map<string, ChargeTerms>();
  const uncharged = new Set<string>();
  for (const validAt of [unit.now, acceptedAt]) {
    const missing = codes.filter((code) => !terms.has(code));
    const found = missing.length === 0 ? [] : await selectChargeCodes(unit, missing, { validAt, knownAt: null });
    for (const one of found) {
      if (one.terms !== null) terms.set(one.code, one.terms);
      if (!one.charged) uncharged.add(one.code);
    }
  }
  return { terms, uncharged: [...uncharged] };
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
