import {
  chargeRecurring, periodOfDay, readNegotiated, totalOf, type RecurringPrice, type StandingProduct,
} from '../../component/product'; // prettier-ignore
import type { Id } from '../../../kernel/id';
import { payingAccount } from './next-period';
import type { Accepting } from './order-kind';
import { explainPieces, lineOf, reckoningFrom, type Line } from './quote-products';
import { asAgreed, definitionSold, timelineOf } from './sold-product';

/** What recurs of a plan that is held, from the order's start to the end of the period, as if no bundle covered it. */
export async function quotePlan(accepting: Accepting, product: StandingProduct, subscriberId: Id<'subscriber'>): Promise<Line[]> {
  const { prices } = await definitionSold(accepting.wide, product);
  const reckoning = await reckoningFrom(accepting, await payingAccount(accepting, subscriberId), accepting.startAt);
  const { start, cycles, currency, parameters, accountId } = reckoning;
  const instance = await timelineOf(accepting, subscriberId, product);
  const { code, quantity } = product;
  const agreed = readNegotiated(product.negotiated);
  const lineFor = (price: RecurringPrice): Line[] => {
    const charge = { price, instance: asAgreed(instance, product, price.code), cycles, parameters };
    const [first] = periodOfDay(charge, start);
    const pieces = first === undefined ? [] : chargeRecurring({ ...charge, span: { from: start, to: first.period.to } });
    // In a trial, what comes after it.
    if (pieces.length === 0) return lineOf(price, { code, quantity, agreed: agreed.get(price.code) }, reckoning);
    const { name, chargeCode, taxIncluded } = price;
    const said = { kind: 'RECURRING', name, chargeCode, quantity, taxIncluded, taxMinor: 0n, dueNow: false } as const;
    const of = { product: code, priceCode: price.code, accountId, pieces };
    return [{ ...said, amountMinor: totalOf(pieces), explanation: explainPieces(pieces, currency), of }];
  };
  return prices.flatMap((price) => (price.kind === 'RECURRING' ? lineFor(price) : []));
}
