import { periodOfDay, totalOf, type InstanceTimeline, type RecurringPrice, type StandingProduct } from '../../component/product';
import type { Instant } from '../../../kernel/clock';
import type { DayNumber } from '../../../kernel/day-number';
import type { Id } from '../../../kernel/id';
import { formatAmount } from '../../../kernel/money';
import { isBefore } from '../../../kernel/period';
import { payingAccount } from './next-period';
import type { Accepting, PricedLine } from './order-kind';
import { agreedFor, explainPieces, lineOf, reckoningFrom, type Priced, type Reckoning } from './quote-products';
import { asAgreed, definitionSold, timelineOf } from './sold-product';

/** What another quantity of a product costs: fees and deposits of what is added, and what recurs from then to the end of the period. */
export async function quoteQuantity(
  accepting: Accepting,
  product: StandingProduct,
  quantity: number,
  subscriberId: Id<'subscriber'>,
): Promise<PricedLine[]> {
  const { prices } = await definitionSold(accepting.wide, product);
  const reckoning = await reckoningFrom(accepting, await payingAccount(accepting, subscriberId), accepting.startAt);
  const held = await timelineOf(accepting, subscriberId, product);
  const changed = { ...held, quantities: [...held.quantities, { from: reckoning.start, quantity }] };
  const added = quantity - product.quantity;
  const { code } = product;
  return prices.flatMap((price) => {
    const instance = asAgreed(changed, product, price.code);
    if (price.kind !== 'RECURRING') return added > 0 ? lineOf(price, { code, quantity: added }, reckoning) : [];
    const agreed = instance.negotiated[0]?.amountMinor ?? undefined;
    const { agreed: _ofAll, ...line } = recurringFrom(price, instance, { code, quantity, agreed }, reckoning);
    // What was agreed upon for what is held was given away then; who adds to it gives away as much for each.
    return [{ ...line, ...(added > 0 && agreedFor(price, agreed, added)) }];
  });
}

/** What recurs from the day of a change to the end of its period; of a trial, what comes after it. */
function recurringFrom(price: RecurringPrice, instance: InstanceTimeline, product: Priced, reckoning: Reckoning): PricedLine {
  const { start, cycles, currency, parameters, accountId } = reckoning;
  const pieces = periodOfDay({ price, instance, cycles, parameters }, start).filter(({ to }) => to > start);
  const [line] = pieces.length > 0 ? [] : lineOf(price, product, reckoning);
  if (line !== undefined) return line;
  const { name, chargeCode, taxIncluded } = price;
  const of = { product: product.code, priceCode: price.code, accountId, pieces };
  const said = { kind: 'RECURRING', name, chargeCode, quantity: product.quantity, taxIncluded, taxMinor: 0n, dueNow: false } as const;
  return { ...said, amountMinor: totalOf(pieces), explanation: explainPieces(pieces, currency), of };
}

/**
 * What of a plan that ends has been billed in advance and will not be used: for information, it is given back on the next bill (domain.md
 * §5.3: billed less the ideal of the part used).
 */
export async function quoteCredit(
  accepting: Accepting,
  product: StandingProduct,
  { subscriberId, from }: { readonly subscriberId: Id<'subscriber'>; readonly from: Instant },
): Promise<PricedLine[]> {
  const accountId = await payingAccount(accepting, subscriberId);
  const { prices } = await definitionSold(accepting.wide, product);
  const reckoning = await reckoningFrom(accepting, accountId, from);
  const instance = await timelineOf(accepting, subscriberId, product);
  // One that ends by itself before was never billed for more.
  if (product.validTo !== null && isBefore(product.validTo, from)) return [];
  return prices.flatMap((price) =>
    price.kind === 'RECURRING' && price.timing === 'ADVANCE'
      ? creditOf(price, asAgreed(instance, product, price.code), product.quantity, reckoning)
      : [],
  );
}

/** An instance as it was known on a day, when its period was billed: what changed after it settles on the next bill. */
function asOf(instance: InstanceTimeline, day: DayNumber): InstanceTimeline {
  const stops = instance.stops
    .filter(({ from }) => from <= day)
    .map((stop) => (stop.to === null || stop.to <= day ? stop : { ...stop, to: null }));
  return { ...instance, quantities: instance.quantities.filter(({ from }) => from <= day), stops };
}

function creditOf(price: RecurringPrice, instance: InstanceTimeline, quantity: number, reckoning: Reckoning): PricedLine[] {
  const { start, cycles, currency, parameters } = reckoning;
  const charge = { price, instance, cycles, parameters };
  const [first] = periodOfDay(charge, start);
  if (first === undefined) return [];
  const known = parameters.changes === 'AT_ONCE' ? instance : asOf(instance, Math.max(first.period.from, instance.start));
  // What begins on that very day is not billed yet: its bill is made after it.
  const billed = periodOfDay({ ...charge, instance: known }, start).filter(({ billedOn }) => billedOn < start);
  const ended = { ...charge, instance: { ...instance, end: { day: start, by: 'SUCCESSION' as const } } };
  const used = periodOfDay(ended, first.period.from);
  const credit = totalOf(billed) - totalOf(used);
  if (credit <= 0n) return [];
  const [had, spent, back] = [totalOf(billed), totalOf(used), credit].map((minor) => formatAmount({ amountMinor: minor, currency }));
  const { zh, en } = explainPieces(used, currency);
  const { chargeCode, taxIncluded, name } = price;
  return [
    {
      kind: 'CREDIT',
      name: { zh: `退还${name.zh}`, en: `Given back: ${name.en}` },
      chargeCode,
      quantity,
      amountMinor: -credit,
      dueNow: false,
      taxIncluded,
      taxMinor: 0n,
      explanation: {
        zh: `已预收 ${had ?? ''}，已使用 ${spent ?? ''}${zh === '' ? '' : `（${zh}）`}，退还 ${back ?? ''}`,
        en: `Billed in advance ${had ?? ''}, used ${spent ?? ''}${en === '' ? '' : ` (${en})`}; ${back ?? ''} is given back.`,
      },
    },
  ];
}
